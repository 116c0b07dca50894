"""Faults that are really caused: what can be done is done, and what stood still stands whole."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup
from faults import WITHOUT_FORK, command, spoil, started, until
from project_copies import Copy, contents, left_running

BIN = Path(sys.executable).parent
IMPATIENT = "import helpers.execution.runner as r; r.TIME_LIMIT = 3; "
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
    assert BeautifulSoup(page, "html.parser").select("table[id^=s11-table-sheet]")
    assert contents(last) == contents(built)
    assert left_running(project.root) == []


@pytest.mark.surroundings
def test_ordinary_kernels_are_stopped_and_named_as_well(
    project: Copy, times: Callable[[int, int], int], record_property: Callable[[str, object], None]
) -> None:
    """As on Windows; the section after them is done."""
    faults = [FAULTS[name] for name in FAULTS if name[:2] in {"01", "03", "05", "06"}]
    faults = faults[: times(2, 4)]
    record_property("faults", len(faults))
    project.sections(len(faults) + 1)
    notebooks = list(FAULTS)[: len(faults)]
    headings = [
        spoil(project, name, source) for name, (source, _) in zip(notebooks, faults, strict=True)
    ]
    done = run(project, IMPATIENT + WITHOUT_FORK, "build", "2023")
    assert done.returncode == 1, done.stdout + done.stderr
    for name, heading, (_, cause) in zip(notebooks, headings, faults, strict=True):
        [line] = [line for line in done.stderr.splitlines() if name in line]
        assert f"“{heading}”下的单元格出错" in line
        assert cause in line or "意外结束" in line
    assert f"{'一二三四五'[len(faults)]}、" in done.stdout
    assert "完成（" in done.stdout
    assert left_running(project.root) == []


@pytest.mark.surroundings
def test_a_kernel_that_will_not_start_is_one_plain_message(project: Copy, tmp_path: Path) -> None:
    """The kernel's own program fails; one that others have installed is never started."""
    project.sections(1)
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    kernel = {"argv": ["false"], "display_name": "broken", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    broken = "import helpers.execution.kernels as k; k.PROGRAM = 'raise SystemExit(3)'; "
    done = run(project, WITHOUT_FORK + broken, "build", "2023")
    assert done.returncode == 1
    assert "notebooks/01-overview.ipynb：笔记本未能运行" in done.stderr
    assert "Traceback" not in done.stderr
    done = run(project, WITHOUT_FORK, "build", "2023", JUPYTER_PATH=str(tmp_path / "jupyter"))
    assert done.returncode == 0


def servers(project: Copy) -> list[psutil.Process]:
    """The fork servers at work in a project."""
    return [
        process
        for process in psutil.process_iter(["cwd", "cmdline"])
        if process.info["cwd"] == str(project.root)
        and any("multiprocessing.forkserver" in word for word in process.info["cmdline"] or [])
    ]


def test_the_death_of_the_fork_server_is_survived_or_reported(project: Copy) -> None:
    """Killed while every section runs: no hang, no traceback, nothing left."""
    project.sections(2)
    waiting = project.root / "waiting"
    notebook = project.root / "notebooks" / "02-budget-execution.ipynb"
    spoil(project, notebook.name, f"open({str(waiting)!r}, 'w'); __import__('time').sleep(3)")
    process = started(project, "build", "2023")
    until(waiting.exists)
    for server in [each for each in servers(project) if each.ppid() == process.pid]:
        server.kill()
    said, _ = process.communicate(timeout=60)
    assert process.returncode in {0, 1}, said
    assert "Traceback" not in said
    assert left_running(project.root) == []
