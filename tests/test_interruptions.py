"""Commands that are interrupted, meet each other, or find an old report that is not whole."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Copy, difference, left_running
from faults import signed, spoil, started, until

INTERRUPTIONS = {
    "Ctrl-C": (os.killpg, signal.SIGINT),
    "ended from outside": (os.kill, signal.SIGTERM),
    "power loss": (os.killpg, signal.SIGKILL),
}


def interrupted(project: Copy, words: tuple[str, ...], kind: str, after: float) -> None:
    """Start a command, interrupt it, see that it ends and leaves no process."""
    send, number = INTERRUPTIONS[kind]
    process = started(project, words[0], "2023", *words[1:])
    time.sleep(after)
    with suppress(ProcessLookupError):  # it may have been faster
        send(process.pid, number)
    said, _ = process.communicate(timeout=30)
    assert process.returncode in {0, 1, -number}, said
    assert left_running(project.root) == [], said


@pytest.mark.parametrize("words", [("build", "--force"), ("batch",)], ids=["build", "batch"])
def test_an_interruption_leaves_the_old_report_whole_or_the_new_one(
    project: Copy,
    words: tuple[str, ...],
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """At random moments; never a mixture, no process left, and the next build works."""
    project.sections(times(1, 7))
    begun = time.monotonic()
    whole = [signed(project, "甲")]
    lasts = time.monotonic() - begun
    whole.append(signed(project, "乙"))
    moments = random.Random(str(words))
    output = project.root / "outputs" / "2023"
    kinds = list(INTERRUPTIONS)[times(-1, -3) if words == ("batch",) else 0 :]
    for kind in kinds:
        for count in range(times(1, 20)):
            project.param("prepared_by", f'prepared_by: "{"甲乙"[count % 2]}"')
            interrupted(project, words, kind, moments.uniform(0.2, 1.1 * lasts))
            assert "" in [difference(output, each) for each in whole]
    assert signed(project, "甲") == whole[0]
    aside = project.root / "outputs" / ".aside" / "2023"
    assert [path.name for path in aside.iterdir()] in ([], ["lock"])
    record_property("faults", times(1, 20) * len(kinds))


def test_two_builds_of_a_run_take_turns(project: Copy) -> None:
    """The second says what it waits for; both end well, and the report is whole."""
    project.sections(1)
    whole = signed(project, "甲")
    both = [started(project, "build", "2023", "--force") for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("另一个命令正在生成 2023，等它结束" in each for each in said) == 1
    assert difference(project.root / "outputs" / "2023", whole) == ""


def test_an_input_that_changes_during_a_build_ends_it(project: Copy) -> None:
    """One section would show what another does not."""
    project.sections(1)
    whole = signed(project, "甲")
    waiting = project.root / "waiting"
    notebook = "01-overview.ipynb"
    spoil(project, notebook, f"open({str(waiting)!r}, 'w'); __import__('time').sleep(2)")
    process = started(project, "build", "2023")
    until(waiting.exists)
    project.set("人员", 0, "人数", "1")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "data/2023/人员.csv：生成过程中输入有改动（请重新生成）" in said
    assert difference(project.root / "outputs" / "2023", whole) == ""


def damaged(folder: Path, file: str, change: Callable[[str], str]) -> None:
    """Change a file of a report that stands."""
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


DAMAGES: list[tuple[str, Callable[[str], str], str]] = [
    ("manifest.json", lambda text: text[: len(text) // 2], "原有的 manifest.json 不完整，不可信"),
    ("manifest.json", lambda _: '{"version": 1}', "原有的 manifest.json 不完整，不可信"),
    ("facts.json", lambda text: text[: len(text) // 2], "原有的 facts.json 与 manifest.json"),
    ("report.html", lambda text: text.replace("</html>", ""), "原有的 report.html 与"),
    ("manifest.json", lambda text: text.replace('"python": "3', '"python": "2'), "版本有变化"),
]


def test_a_report_that_is_not_whole_is_named_and_made_again(
    project: Copy, record_property: Callable[[str, object], None]
) -> None:
    """Cut short, of another version, or altered: never trusted, and never packed."""
    record_property("faults", len(DAMAGES))
    project.sections(1)
    whole = signed(project, "甲")
    for file, change, said in DAMAGES:
        damaged(project.root / "outputs" / "2023", file, change)
        if file == "facts.json":
            refused = project.report("bundle", "2023")
            assert "2023/facts.json：与 manifest.json 的记录不符" in refused.stderr
        done = project.report("build", "2023")
        assert done.returncode == 0
        assert said in done.stdout
        assert "重新生成" in done.stdout
        assert difference(project.root / "outputs" / "2023", whole) == ""


def test_a_damaged_cache_is_named_and_not_used(
    project: Copy, record_property: Callable[[str, object], None]
) -> None:
    """Cut short, altered, or of another version."""
    record_property("faults", 3)
    project.sections(3)
    whole = signed(project, "甲")
    cache = project.root / "outputs" / ".cache" / "2023"
    damaged(cache, "01-overview.json", lambda text: text[: len(text) // 2])
    damaged(cache, "02-budget-execution.json", lambda text: text.replace("99.63%", "99.68%"))
    damaged(cache, "03-performance-targets.json", lambda _: '{"version": 1}')
    shutil.rmtree(project.root / "outputs" / "2023")
    done = project.report("build", "2023")
    for name in ("01-overview", "02-budget-execution", "03-performance-targets"):
        assert f"{name}.ipynb 的缓存已损坏，不用" in done.stdout
    assert difference(project.root / "outputs" / "2023", whole) == ""
