"""Faults that are really caused: what can be done is done, and what stood still stands whole."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup
from conftest import Copy, contents, difference, left_running

BIN = Path(sys.executable).parent
COMMAND = "import sys; import helpers.cli as c; sys.argv = ['report', *sys.argv[1:]]; c.main()"
IMPATIENT = "import helpers.runner as r; r.TIME_LIMIT = 4; "
WITHOUT_FORK = "import helpers.forking as f; f.available = lambda: False; "
FAULTS = {
    "01-overview.ipynb": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "被系统终止"),
    "02-budget-execution.ipynb": (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)); bytearray(2**40)",
        "MemoryError",
    ),
    "03-performance-targets.ipynb": ("while True: pass", "超过时限"),
    "04-budget-management.ipynb": ("1 / 0", "ZeroDivisionError"),
    "05-conclusions.ipynb": ("import sys; sys.exit(0)", "SystemExit 0"),
    "06-measures.ipynb": ("import os; os._exit(0)", "意外结束"),
}


def spoil(project: Copy, notebook: str, source: str) -> str:
    """Put a cell behind the second heading of a notebook; gives that heading."""
    path = project.root / "notebooks" / notebook
    content = json.loads(path.read_text(encoding="utf-8"))
    cells = content["cells"]
    titled = [at for at, each in enumerate(cells) if "".join(each["source"]).startswith("#")]
    at = titled[min(1, len(titled) - 1)]
    at = max(at, 5)  # below the cell that opens the report
    cell = {"cell_type": "code", "execution_count": None, "id": "00-spoilt", "metadata": {}}
    cells.insert(at, cell | {"outputs": [], "source": source})
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    above = [each for each in cells[:at] if each["cell_type"] == "markdown"]
    lines = [line for each in above for line in "".join(each["source"]).splitlines()]
    return [line.lstrip("# ") for line in lines if line.startswith("#")][-1]


def sections(project: Copy, count: int) -> None:
    """Leave the report its first sections alone."""
    for path in sorted((project.root / "notebooks").glob("[0-9]*.ipynb"))[count:]:
        path.unlink()


def command(before: str, *words: str) -> list[str]:
    """The command, with something about it changed first."""
    return [sys.executable, "-c", before + COMMAND, *words]


def run(project: Copy, before: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Call the changed command in a project."""
    return subprocess.run(
        command(before, *words),
        cwd=project.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **more},
        check=False,
    )


def test_whatever_stops_a_section_is_named_and_the_others_are_done(
    project: Copy, built: Path, record_property: Callable[[str, object], None]
) -> None:
    """Killed, out of memory, endless, an error, two ways of leaving: notebook, heading, cause."""
    record_property("faults", len(FAULTS))
    last = project.root / "outputs" / "2023"
    shutil.copytree(built, last)
    headings = {name: spoil(project, name, source) for name, (source, _) in FAULTS.items()}
    done = run(project, IMPATIENT, "build", "2023")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "6 个部分未能生成" in done.stderr
    assert "Traceback" not in done.stderr
    for name, (_, cause) in FAULTS.items():
        [line] = [line for line in done.stderr.splitlines() if name in line]
        assert f"“{headings[name]}”下的单元格出错" in line
        assert cause in line
    assert "附件1 整体绩效评价指标体系评分表　完成" in done.stdout
    page = (project.root / "outputs" / "2023-failed" / "report.html").read_text("utf-8")
    assert BeautifulSoup(page, "html.parser").select("[id^=table-sheet]")
    assert contents(last) == contents(built)
    assert left_running(project.root) == []


def test_ordinary_kernels_are_stopped_and_named_as_well(
    project: Copy, record_property: Callable[[str, object], None]
) -> None:
    """As on Windows; the section after them is done."""
    sections(project, 5)
    faults = [FAULTS[name] for name in FAULTS if name[:2] in {"01", "03", "05", "06"}]
    record_property("faults", len(faults))
    notebooks = list(FAULTS)[:4]
    headings = [
        spoil(project, name, source) for name, (source, _) in zip(notebooks, faults, strict=True)
    ]
    done = run(project, IMPATIENT + WITHOUT_FORK, "build", "2023")
    assert done.returncode == 1, done.stdout + done.stderr
    for name, heading, (_, cause) in zip(notebooks, headings, faults, strict=True):
        [line] = [line for line in done.stderr.splitlines() if name in line]
        assert f"“{heading}”下的单元格出错" in line
        assert cause in line or "意外结束" in line
    assert "五、总体评价结论　完成" in done.stdout
    assert left_running(project.root) == []


def test_a_kernel_that_will_not_start_is_one_plain_message(project: Copy, tmp_path: Path) -> None:
    """The kernel's own program fails."""
    sections(project, 1)
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    kernel = {"argv": ["false"], "display_name": "broken", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    done = run(project, WITHOUT_FORK, "build", "2023", JUPYTER_PATH=str(tmp_path / "jupyter"))
    assert done.returncode == 1
    assert "notebooks/01-overview.ipynb：笔记本未能运行" in done.stderr
    assert "Traceback" not in done.stderr


def started(project: Copy, *words: str) -> subprocess.Popen[str]:
    """Start the command as a process group of its own."""
    return subprocess.Popen(
        [BIN / "report", *words],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def until(found: Callable[[], bool]) -> None:
    """Wait for something to be so."""
    ends = time.monotonic() + 60
    while not found():
        assert time.monotonic() < ends
        time.sleep(0.02)


def servers(project: Copy) -> list[psutil.Process]:
    """The fork servers at work in a project."""
    return [
        process
        for process in psutil.process_iter(["cwd", "cmdline"])
        if process.info["cwd"] == str(project.root)
        and any("multiprocessing.forkserver" in word for word in process.info["cmdline"] or [])
    ]


def test_the_death_of_the_fork_server_is_survived_or_told(project: Copy) -> None:
    """Killed while every section runs: no hang, no traceback, nothing left; the next is whole."""
    sections(project, 2)
    waiting = project.root / "waiting"
    notebook = project.root / "notebooks" / "02-budget-execution.ipynb"
    sound = notebook.read_bytes()
    spoil(project, notebook.name, f"open({str(waiting)!r}, 'w'); __import__('time').sleep(3)")
    process = started(project, "build", "2023")
    until(waiting.exists)
    for server in [each for each in servers(project) if each.ppid() == process.pid]:
        server.kill()
    said, _ = process.communicate(timeout=60)
    assert process.returncode in {0, 1}, said
    assert "Traceback" not in said
    assert left_running(project.root) == []
    notebook.write_bytes(sound)
    assert project.report("build", "2023").returncode == 0


INTERRUPTIONS = {
    "Ctrl-C": (os.killpg, signal.SIGINT),
    "ended from outside": (os.kill, signal.SIGTERM),
    "power loss": (os.killpg, signal.SIGKILL),
}


def signed(project: Copy, name: str) -> dict[str, bytes]:
    """The report's files once it is whole, with another name in its sign-off."""
    project.param("prepared_by", f'prepared_by: "{name}"')
    done = project.report("build", project.run, "--force")
    assert done.returncode == 0, done.stderr
    return contents(project.root / "outputs" / project.run)


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
    sections(project, times(2, 7))
    begun = time.monotonic()
    whole = [signed(project, "甲")]
    lasts = time.monotonic() - begun
    whole.append(signed(project, "乙"))
    moments = random.Random(str(words))
    output = project.root / "outputs" / "2023"
    for kind in INTERRUPTIONS:
        for count in range(times(1, 20)):
            project.param("prepared_by", f'prepared_by: "{"甲乙"[count % 2]}"')
            interrupted(project, words, kind, moments.uniform(0.2, 1.1 * lasts))
            assert "" in [difference(output, each) for each in whole]
    assert signed(project, "甲") == whole[0]
    aside = project.root / "outputs" / ".aside" / "2023"
    assert [path.name for path in aside.iterdir()] in ([], ["lock"])
    record_property("faults", times(1, 20) * len(INTERRUPTIONS))


def test_two_builds_of_a_run_take_turns(project: Copy) -> None:
    """The second says what it waits for; both end well, and the report is whole."""
    sections(project, 2)
    whole = signed(project, "甲")
    both = [started(project, "build", "2023", "--force") for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("另一个命令正在生成 2023，等它结束" in each for each in said) == 1
    assert difference(project.root / "outputs" / "2023", whole) == ""


def test_an_input_that_changes_during_a_build_ends_it(project: Copy) -> None:
    """One section would show what another does not."""
    sections(project, 2)
    whole = signed(project, "甲")
    waiting = project.root / "waiting"
    notebook = "02-budget-execution.ipynb"
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
    ("report.html", lambda text: text.replace("99.63%", "99.68%"), "原有的 report.html 与"),
    ("manifest.json", lambda text: text.replace('"python": "3', '"python": "2'), "版本有变化"),
]


def test_a_report_that_is_not_whole_is_named_and_made_again(
    project: Copy, record_property: Callable[[str, object], None]
) -> None:
    """Cut short, of another version, or altered: never trusted, and never packed."""
    record_property("faults", len(DAMAGES))
    sections(project, 2)
    whole = signed(project, "甲")
    for file, change, said in DAMAGES:
        damaged(project.root / "outputs" / "2023", file, change)
        if "版本" not in said:
            assert project.report("bundle", "2023").returncode == 2
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
    sections(project, 3)
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
