"""Commands that are interrupted, meet each other, or find an old report that is not whole."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from faults import signed, spoil, started, until
from project_copies import Copy, contents, difference, left_running

from helpers.errors import UnreadableInputError
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow import atomic
from helpers.workflow.bundle import bundle
from helpers.workflow.up_to_date import check_freshness

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


COMMANDS = (("build", "--force"), ("batch",))
ONCE = [(COMMANDS[0], "Ctrl-C"), (COMMANDS[1], "ended from outside"), (COMMANDS[0], "power loss")]
ALL = [(words, kind) for words in COMMANDS for kind in INTERRUPTIONS]


@pytest.mark.parametrize("part", [0, 1])
def test_an_interruption_leaves_the_old_report_whole_or_the_new_one(
    project: Copy,
    part: int,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """At random moments; never a mixture, no process left, and the next build works."""
    tried = [ONCE[:2], ONCE[2:]][part] if times(0, 1) == 0 else ALL[part::2] * 20
    record_property("faults", len(tried))
    project.sections(times(1, 7))
    begun = time.monotonic()
    whole = [signed(project, "甲")]
    lasts = time.monotonic() - begun
    whole.append(signed(project, "乙"))
    moments = random.Random(part)
    output = project.root / "outputs" / "2023"
    for count, (words, kind) in enumerate(tried):
        project.param("prepared_by", f'prepared_by: "{"甲乙"[count % 2]}"')
        interrupted(project, words, kind, moments.uniform(0.2, 1.1 * lasts))
        assert "" in [difference(output, each) for each in whole]
    assert signed(project, "甲") == whole[0]
    aside = project.root / "outputs" / ".aside" / "2023"
    assert [path.name for path in aside.iterdir()] in ([], ["lock"])


@pytest.mark.parametrize("exchange", [True, False], ids=["one step", "two renames"])
def test_a_kill_while_a_report_replaces_another_loses_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, exchange: bool
) -> None:
    """In one step there is always a report; between two renames there is none until the next."""
    if exchange and sys.platform != "linux":
        pytest.skip("只有 Linux 能一步交换")
    output, rename, renamed = tmp_path / "2023", Path.rename, []
    output.mkdir()
    (output / "report.html").write_text("old", encoding="utf-8")

    def killed_at_the_second(path: Path, target: Path) -> Path:
        renamed.append(path)
        if len(renamed) == 2:
            raise KeyboardInterrupt
        return rename(path, target)

    if not exchange:
        monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    with monkeypatch.context() as killing, suppress(KeyboardInterrupt):
        new = tmp_path / ".aside" / "2023" / "new"
        new.mkdir(parents=True)
        (new / "report.html").write_text("new", encoding="utf-8")
        killing.setattr(Path, "rename", killed_at_the_second)
        atomic.replace_folder(output, new)
    assert output.exists() == exchange
    with atomic.locked_workspace(output, print):
        found = (output / "report.html").read_text(encoding="utf-8")
    assert found == ("new" if exchange else "old")


def test_two_builds_of_a_run_take_turns(project: Copy) -> None:
    """The second says what it waits for; both end well, and the report is the same."""
    project.sections(1)
    whole = signed(project, "甲")
    both = [started(project, "build", "2023", "--force") for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("另一个命令正在生成 2023，等它结束" in each for each in said) == 1
    assert difference(project.root / "outputs" / "2023", whole) == ""


def test_sections_end_when_the_command_alone_is_killed(project: Copy) -> None:
    """As where memory runs out: an endless cell would have nobody to stop it."""
    project.sections(1)
    waiting = project.root / "waiting"
    spoil(project, "01-overview.ipynb", f"open({str(waiting)!r}, 'w')\nwhile True: pass")
    process = started(project, "build", "2023")
    until(waiting.exists)
    process.kill()
    process.communicate(timeout=30)
    assert left_running(project.root) == []


def waits_for(project: Copy, waiting: Path) -> str:
    """A cell that says it waits, and goes on once the project has a file `go`."""
    go = str(project.root / "go")
    return (
        f"open({str(waiting)!r}, 'w'); import pathlib, time\n"
        f"while not pathlib.Path({go!r}).exists(): time.sleep(0.02)"
    )


@pytest.mark.parametrize("changed", ["params/2023.yaml", "notebooks/01-overview.ipynb"])
def test_a_setting_that_changes_during_a_build_ends_it(project: Copy, changed: str) -> None:
    """The report would carry the fingerprint of the new and show the old."""
    project.sections(1)
    waiting = project.root / "waiting"
    spoil(project, "01-overview.ipynb", waits_for(project, waiting))
    process = started(project, "build", "2023")
    until(waiting.exists)
    if "params" in changed:
        project.param("prepared_by", 'prepared_by: "乙"')
    else:
        path = project.root / changed
        path.write_bytes(path.read_bytes() + b"\n")
    (project.root / "go").touch()
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert f"{changed.split('/', maxsplit=1)[0]}" in said
    assert "生成过程中输入有改动（请重新生成）" in said


def test_an_input_that_changes_during_a_build_ends_it(project: Copy) -> None:
    """One section would show what another does not."""
    project.sections(1)
    waiting = project.root / "waiting"
    spoil(project, "01-overview.ipynb", waits_for(project, waiting))
    process = started(project, "build", "2023")
    until(waiting.exists)
    project.set("人员", 0, "人数", "1")
    (project.root / "go").touch()
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "data/2023/人员.csv：生成过程中输入有改动（请重新生成）" in said
    assert not (project.root / "outputs" / "2023").exists()


def damaged(folder: Path, file: str, change: Callable[[str], str]) -> None:
    """Change a file of a report that stands."""
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


DAMAGES: list[tuple[str, Callable[[str], str], str]] = [
    ("manifest.json", lambda text: text[: len(text) // 2], "原有的 manifest.json 不完整，不可信"),
    ("manifest.json", lambda _: '{"version": 1}', "原有的 manifest.json 不完整，不可信"),
    ("facts.json", lambda text: text[: len(text) // 2], "原有的 facts.json 与 manifest.json"),
    ("report.html", lambda text: text.replace("</html>", ""), "原有的 report.html 与"),
    (
        "manifest.json",
        lambda text: text.replace('"python": "3', '"python": "2'),
        "被改动过，不可信",
    ),
]


@pytest.mark.parametrize(("file", "change", "said"), DAMAGES)
def test_a_report_that_is_not_whole_is_named_and_not_trusted(
    project: Copy, built: Path, file: str, change: Callable[[str], str], said: str
) -> None:
    """Cut short, of another version, or altered."""
    outputs = project.root / "outputs"
    shutil.copytree(built, outputs / "2023")
    here = Project(project.root)
    formats = here.params("2023"), OutputFormats()
    assert check_freshness(here, "2023", *formats).manifest
    damaged(outputs / "2023", file, change)
    freshness = check_freshness(here, "2023", *formats)
    assert freshness.manifest is None
    assert said in freshness.why
    with pytest.raises(UnreadableInputError, match=r"没有完整的报告|与 manifest.json 的记录不符"):
        bundle(here, "2023", project.load(), print)


def test_a_report_that_is_not_whole_is_made_again(project: Copy, built: Path) -> None:
    """And the command says why."""
    shutil.copytree(built, project.root / "outputs" / "2023")
    damaged(project.root / "outputs" / "2023", "facts.json", lambda text: text[:1000])
    done = project.report("build", "2023")
    assert "原有的 facts.json 与 manifest.json 的记录不符，不可信，重新生成" in done.stdout
    assert difference(project.root / "outputs" / "2023", contents(built)) == ""
