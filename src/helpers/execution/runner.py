"""Execute the section notebooks with papermill, side by side, each in a fresh process."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Literal

from helpers import startup
from helpers.errors import Place, SectionFailedError, is_own
from helpers.execution import processes
from helpers.execution.kernels import private_kernel
from helpers.execution.limits import Limits
from helpers.inputs.headings import HEADING
from helpers.inputs.sections import INJECTED, declared_parameters
from helpers.run import Run

with startup.without_grammar():
    import nbformat
    import papermill
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError

    from helpers.execution.engines import CellStoppedError, KernelEngine  # papermill imports it

ESCAPED = re.compile(r"(?<!\\)\\u([0-9a-f]{4})")

TIME_LIMIT = 600
"""Seconds a section may take; the longest takes one, and nobody waits for what never ends."""

LIMITS = Limits()

WORDS = {
    "MemoryError": "内存用尽，或超过每个部分的上限",
    "RecursionError": "递归没有尽头，或层次过多",
    "SystemError": "解释器出错，可能内存用尽",
    "CellExecutionError": "单元格出错，错误本身不能显示",
}
"""Errors of Python whose English says nothing to those who read it."""

Way = Literal["forked", "fork_current", "kernels"]
"""In processes forked from the server, side by side; forked from this one, or in ordinary
kernels, one at a time."""


def run_sections(
    notebooks: Sequence[Path], folder: Path, run: Run, root: Path, *, way: Way
) -> Iterator[tuple[Path, float | SectionFailedError]]:
    """Execute a run's notebooks and save them, executed, in `folder`.

    Gives each notebook, in order, with the seconds it took or why it failed; one that fails
    does not stop the others.
    """
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    papermill_engines.register("kernel", KernelEngine)
    if way != "forked":  # no thread may run beside a fork
        for notebook in notebooks:
            target = folder / notebook.name
            yield target, _tried(partial(_run_section, notebook, target, run, root, way))
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        started = [
            pool.submit(_run_section, notebook, folder / notebook.name, run, root, way)
            for notebook in notebooks
        ]
        with processes.ended_if_left(started):
            for notebook, section in zip(notebooks, started, strict=True):
                yield folder / notebook.name, _tried(section.result)


def _tried(section: Callable[[], float]) -> float | SectionFailedError:
    try:
        return section()
    except SectionFailedError as error:
        return error


def _run_section(notebook: Path, output: Path, run: Run, root: Path, way: Way) -> float:
    """Execute one notebook; gives the seconds taken."""
    begin = monotonic()
    place = Place(f"notebooks/{notebook.name}")
    try:
        executed = _executed(notebook, run, root, way)
        _refuse_errors(executed, notebook, place, root)
        _keep_what_matters(executed, run.params.notice)
        nbformat.write(executed, output)
    except SectionFailedError:
        raise
    except PapermillExecutionError as error:
        cause = _cause(error.ename, error.evalue, error.traceback)
        raise _failed_cell(cause, error.source, notebook, place, root) from None
    except CellStoppedError as error:
        raise _failed_cell(str(error), error.source, notebook, place, root) from None
    except Exception as error:  # noqa: BLE001 - whatever stops one section, the others go on
        raise SectionFailedError(
            f"笔记本未能运行：{type(error).__name__} {_without_paths(str(error), root)}",
            place=place,
            hint="请重试或查看该笔记本",
        ) from None
    return monotonic() - begin


def _executed(notebook: Path, run: Run, root: Path, way: Way) -> nbformat.NotebookNode:
    """A notebook with its outputs, by papermill."""
    place = Place(f"notebooks/{notebook.name}")
    ours = {
        "folder": str(root),
        "fork_current": way == "fork_current",
        "run": run,
        "limits": LIMITS,
    }
    with private_kernel(root, LIMITS) if way == "kernels" else nullcontext(ours) as options:
        executed: nbformat.NotebookNode = papermill.execute_notebook(
            notebook,
            None,
            parameters=run.params.injected(declared_parameters(notebook, place)),
            engine_name="kernel" if way == "kernels" else "forked",
            kernel_name="python3",
            execution_timeout=TIME_LIMIT,
            progress_bar=False,
            **options,
        )
    return executed


def _refuse_errors(
    executed: nbformat.NotebookNode, notebook: Path, place: Place, root: Path
) -> None:
    """Refuse a notebook in which an error stands: papermill lets a cell leave by sys.exit(0)."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                cause = _cause(output.ename, output.evalue, output.traceback)
                raise _failed_cell(cause, cell.source, notebook, place, root)


def _cause(name: str, text: str, traceback: Sequence[str]) -> str:
    """An error in words that people read."""
    if is_own(traceback):
        return text
    return f"{WORDS[name]}（{name}）" if name in WORDS else f"{name} {text}"


def _keep_what_matters(executed: nbformat.NotebookNode, notice: str) -> None:
    """Take out what papermill and the kernel note about this one run: paths, times, versions.

    The parameters papermill injects get their Chinese back, which it writes as escapes, and
    the run's notice above them.
    """
    executed.metadata.pop("papermill", None)
    executed.metadata["language_info"] = {"name": "python"}
    for cell in executed.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
            plain = ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell.source)
            cell.source = f"# {notice}\n{plain}" if notice else plain


def _failed_cell(
    cause: str, source: str, notebook: Path, place: Place, root: Path
) -> SectionFailedError:
    heading = _heading_above(notebook, source)
    under = f"“{heading}”下的" if heading else ""
    return SectionFailedError(
        f"{under}单元格出错：{_without_paths(cause, root)}",
        place=place,
        hint="出错的代码：" + " ".join(source.split())[:60],
    )


def _heading_above(notebook: Path, source: str) -> str:
    """The last heading before the cell with that source."""
    heading = ""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code" and cell.source == source:
            break
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if match := HEADING.fullmatch(line.strip()):
                    heading = match[2]
    return heading


def _without_paths(text: str, root: Path) -> str:
    """A message without this machine's folders."""
    for folder in (root, Path.home()):
        text = text.replace(f"{folder}/", "").replace(f"{folder}\\", "").replace(str(folder), "")
    return text
