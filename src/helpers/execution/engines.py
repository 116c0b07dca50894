"""Two papermill engines: cells in a process forked from a preloaded server, or in a kernel.

Both name the cell that was stopped from outside. The first is registered as `forked`
(`papermill --engine forked …`): each notebook gets a fresh process, so nothing leaks from one
to the next; no kernel is started and no socket opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from helpers import startup
from helpers.execution.limits import Limits
from helpers.execution.processes import current_context, server_context

with startup.without_grammar():
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import from_dict
    from papermill.engines import Engine, NBClientEngine

if TYPE_CHECKING:
    from helpers.run import Run

DIED, KILLED = "运行单元格的进程意外结束", "运行单元格的进程被系统终止，可能内存不足"
OVERTIME = "运行过久，超过时限，已停止"


class CellStoppedError(RuntimeError):
    """A cell that did not come to an end of its own: why, and its source."""

    def __init__(self, cause: str, source: str) -> None:
        super().__init__(cause)
        self.source = source


class ForkedEngine(Engine):  # type: ignore[misc] # papermill ships no types
    """Runs the code cells in a forked IPython shell and puts their outputs into the notebook."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,  # noqa: ANN401 - papermill's signature
        kernel_name: str,  # noqa: ARG003 - papermill's signature
        *,
        folder: str | None = None,
        fork_current: bool = False,
        run: Run | None = None,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        execution_timeout: float | None = None,
        **_: Any,  # noqa: ANN401 - papermill's signature
    ) -> None:
        """Run every code cell in order; the first that fails ends the run, as in a kernel.

        `folder` is the working directory of the cells; `fork_current` forks from this
        process instead of the server; `run` is what `open_report` need not load again; `limits` are
        what the cells may use, and `execution_timeout` how many seconds they may take together.
        Raises `CellStoppedError` if the process ends before its cells do, or takes longer.
        """
        cells = [
            (at, cell)
            for at, cell in enumerate(nb_man.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        sources = [cell.source for _, cell in cells]
        ends = monotonic() + execution_timeout if execution_timeout else None
        place = folder or str(Path.cwd())
        context = current_context() if fork_current else server_context()
        with _running(context, (sources, place), (limits, run)) as (process, answers):
            for count, (at, cell) in enumerate(cells, 1):
                nb_man.cell_start(cell, at)
                if not answers.poll(None if ends is None else max(0, ends - monotonic())):
                    raise CellStoppedError(OVERTIME, cell.source)
                try:
                    outputs, succeeded = answers.recv()
                except (EOFError, OSError):
                    process.join(5)
                    cause = KILLED if process.exitcode == -9 else DIED
                    raise CellStoppedError(cause, cell.source) from None
                cell.outputs, cell.execution_count = [from_dict(each) for each in outputs], count
                if not succeeded:
                    nb_man.cell_exception(cell, at)
                nb_man.cell_complete(cell, at)
                if not succeeded:
                    break


@contextmanager
def _running(
    context: Any,  # noqa: ANN401 - a context of multiprocessing, hardly typed
    cells: tuple[Sequence[str], str],
    means: tuple[Limits, Run | None],
) -> Iterator[tuple[BaseProcess, Connection]]:
    """Run cells in a process forked for them; gives it and the connection their outputs come by.

    `cells` are their sources and their working directory, `means` what they may use and the
    run they have at hand. The process has ended when the block has, however that ends.
    """
    from helpers.execution.shell import run_cells

    answers, answer = context.Pipe(duplex=False)
    process = context.Process(target=run_cells, args=(*cells, answer, *means), daemon=True)
    process.start()
    answer.close()
    try:
        yield process, answers
        process.join(timeout=1)
    finally:
        process.kill()
        process.join()
        answers.close()


class KernelEngine(NBClientEngine):  # type: ignore[misc] # as above
    """papermill's own engine, which says in which cell a kernel died or took too long."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:  # noqa: ANN401 - papermill's signature
        """Run every code cell in an ordinary kernel; `execution_timeout` is for each cell.

        Raises `CellStoppedError` if the kernel dies or takes longer.
        """
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        except (DeadKernelError, CellTimeoutError) as error:
            began = [
                cell.source
                for cell in nb_man.nb.cells
                if cell.metadata.papermill["status"] != nb_man.PENDING
            ]
            cause = OVERTIME if isinstance(error, CellTimeoutError) else DIED
            raise CellStoppedError(cause, began[-1] if began else "") from None
