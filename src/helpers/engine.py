"""A papermill engine that runs a notebook in a process forked from a preloaded server.

Registered as `forked` (`papermill --engine forked …`). Each notebook gets a fresh process,
so nothing leaks from one to the next; no kernel is started and no socket opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import from_dict
from papermill.engines import Engine

from helpers.forking import ForkedProcessDiedError, running


class ForkedEngine(Engine):  # type: ignore[misc] # papermill ships no types
    """Runs the code cells in a forked IPython shell and puts their outputs into the notebook."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,  # noqa: ANN401 - papermill's signature
        kernel_name: str,  # noqa: ARG003 - papermill's signature
        *,
        folder: str | None = None,
        here: bool = False,
        **_: Any,  # noqa: ANN401 - papermill's signature
    ) -> None:
        """Run every code cell in order; the first that fails ends the run, as in a kernel.

        `folder` is the working directory of the cells; `here` forks from this process
        instead of the server. Raises `ForkedProcessDiedError` if
        the process ends before its cells do.
        """
        cells = [
            (at, cell)
            for at, cell in enumerate(nb_man.nb.cells)
            if cell.cell_type == "code" and cell.source.strip()
        ]
        sources = [cell.source for _, cell in cells]
        with running(sources, folder or str(Path.cwd()), here=here) as answers:
            for count, (at, cell) in enumerate(cells, 1):
                nb_man.cell_start(cell, at)
                try:
                    outputs, succeeded = answers.recv()
                except EOFError:
                    raise ForkedProcessDiedError("运行单元格的进程意外结束") from None
                cell.outputs, cell.execution_count = [from_dict(each) for each in outputs], count
                if not succeeded:
                    nb_man.cell_exception(cell, at)
                nb_man.cell_complete(cell, at)
                if not succeeded:
                    break
