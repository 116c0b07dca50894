"""A section has its limits: what would take all memory, or print without end, is its own fault."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from faults import WITHOUT_FORK, command, spoil
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError
from project_copies import Copy, left_running

from helpers.errors import ReportError
from helpers.execution.engines import CellStoppedError
from helpers.execution.limits import LONGEST, Limits, Meter, make_reportable

SMALL = (
    "import helpers.execution.runner as r; from helpers.execution.limits import Limits; "
    "r.TIME_LIMIT = 60; "
    "r.LIMITS = Limits(memory=900_000_000, shown=5_000_000); "
)
"""Said before the command: limits that are met in a second."""
MEMORY = "内存用尽，或超过每个部分的上限（MemoryError）"
FAULTS = {
    "01-overview.ipynb": ("kept = []\nwhile True: kept.append(' ' * 1_000_000)", MEMORY),
    "02-budget-execution.ipynb": ("while True: print('一二三' * 100)", "打印的内容过多"),
    "03-performance-targets.ipynb": ("bytearray(100 * 2**30)", MEMORY),
    "04-budget-management.ipynb": (
        "from IPython.display import HTML\nwhile True: display(HTML('x' * 1_000_000))",
        "显示的内容过多",
    ),
    "05-conclusions.ipynb": ("def f(): return f()\nf()", "递归没有尽头"),
    "06-measures.ipynb": ("print('\\udcff')", "输出含有不成字的编码 U+DCFF"),
}


def faults(project: Copy, before: str, *names: str) -> str:
    """Build with faults in some sections; each is named. Gives what the command said."""
    headings = {name: spoil(project, name, FAULTS[name][0]) for name in names}
    done = subprocess.run(
        command(SMALL + before, "build", "2023"),
        cwd=project.root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{len(names)} 个部分未能生成" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    for name, heading in headings.items():
        [line] = [line for line in done.stderr.splitlines() if name in line]
        assert f"“{heading}”下的单元格出错" in line
        assert FAULTS[name][1] in line
    assert left_running(project.root) == []
    return done.stdout


def test_a_section_beyond_its_limits_is_named_and_the_others_are_done(project: Copy) -> None:
    """A growing list, endless printing, all memory at once, endless display, recursion."""
    assert "附件1 整体绩效评价指标体系评分表　完成（" in faults(project, "", *FAULTS)


@pytest.mark.surroundings
def test_ordinary_kernels_have_the_same_limits(project: Copy) -> None:
    """As on Windows, but for memory, which it does not limit."""
    project.sections(2)
    faults(project, WITHOUT_FORK, "01-overview.ipynb", "02-budget-execution.ipynb")


def executed(folder: Path, engine: str, source: str, **options: object) -> Any:  # noqa: ANN401 - notebook nodes
    """Run a cell by an engine of ours; gives its outputs."""
    path = folder / "in.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(source)]), path)
    done = papermill.execute_notebook(
        path, None, engine_name=engine, kernel_name="python3", progress_bar=False, **options
    )
    return done.cells[-1].outputs


ERRORS = {
    "a growing text": ("text = 'x'\nwhile True: text += text", "MemoryError"),
    "small objects": ("kept = []\nwhile True: kept.append(object())", "MemoryError"),
    "an array": ("import numpy; numpy.ones((10**6, 10**6))", "MemoryError"),
    "a value too large to show": (
        "class A:\n    def __repr__(self): return 'x' * 4 * 2**30\nA()",
        "MemoryError",
    ),
    "a value that fails to be shown": (
        "class A:\n    def _repr_html_(self): 1 / 0\nA()",
        "ZeroDivisionError",
    ),
    "deep data": (
        "deep = []\nfor _ in range(100_000): deep = [deep]\ndisplay({'a/b': deep}, raw=True)",
        "RecursionError",
    ),
    "data that are none": ("display({'application/json': lambda: 0}, raw=True)", "PicklingError"),
    "a printed half": ("print('\\ud800')", "ReportError"),
    "half on the other stream": ("import sys; sys.stderr.write('x\\udfff')", "ReportError"),
    "half in a block": ("from IPython.display import HTML; HTML('<p>\\ud83d</p>')", "ReportError"),
    "half in an error": ("raise ValueError('\\udc00')", "ValueError"),
    "an endless error": ("raise ValueError('x' * 50_000_000)", "ValueError"),
    "an error that fails to be reported": (
        "class E(Exception):\n    def __str__(self): 1 / 0\nraise E",
        "E",
    ),
}


@pytest.mark.parametrize("what", ERRORS)
def test_whatever_a_cell_does_ends_as_an_error_with_its_name(tmp_path: Path, what: str) -> None:
    """Brief, and text that can be written down."""
    source, name = ERRORS[what]
    with pytest.raises(PapermillExecutionError) as failed:
        executed(tmp_path, "forked", source, limits=Limits(memory=900_000_000))
    assert failed.value.ename == name
    assert len(failed.value.evalue) <= LONGEST
    failed.value.evalue.encode("utf-8")


def test_recursion_that_nothing_stops_ends_the_section_alone(tmp_path: Path) -> None:
    """In the interpreter's own stack, where Python has no error for it."""
    source = (
        "import sys; sys.setrecursionlimit(10**9)\n"
        "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().a"
    )
    with pytest.raises(CellStoppedError, match="意外结束"):
        executed(tmp_path, "forked", source, limits=Limits(memory=900_000_000))


def test_what_a_cell_writes_past_its_streams_reaches_no_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Neither do programs it starts, nor the last words of an interpreter that dies."""
    source = (
        "import os; os.write(1, b'LEAK'); os.system('echo LEAK; echo LEAK >&2'); print('reported')"
    )
    [output] = executed(tmp_path, "forked", source)
    assert output.text == "reported\n"
    assert "LEAK" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "count",
    [
        lambda meter: [meter.printed("x" * 10) for _ in range(11)],
        lambda meter: [meter.shown({"text/html": "x" * 60, "text/plain": "y" * 60})],
        lambda meter: [meter.shown({"image/png": b"x" * 101})],
    ],
)
def test_the_meter_counts_over_all_cells(count: Callable[[Meter], object]) -> None:
    """Many small ones as one large."""
    with pytest.raises(ReportError, match="过多，超过 100 字"):
        count(Meter(Limits(printed=100, shown=100)))


def test_an_error_of_a_million_frames_is_reported_by_its_last() -> None:
    """So that telling it takes no longer than any other."""

    def deep(left: int) -> None:
        if left:
            deep(left - 1)
        raise KeyError("end")

    with pytest.raises(KeyError) as failed:
        deep(500)
    assert make_reportable(failed.value) == "'end'"
    frames, trace = 0, failed.value.__traceback__
    while trace:
        frames, trace = frames + 1, trace.tb_next
    assert frames == 20
