"""Run a notebook's cells in an IPython shell, in a process forked for it: no kernel, no sockets."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import pandas as pd
from ipykernel.compiler import XCachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from helpers.execution import processes
from helpers.execution.collector import Collector, Stream
from helpers.execution.limits import COLUMNS, Limits, limit_memory
from helpers.notebook.opening import BUILDING, LOADED_RUN
from helpers.run import Run


class _Publisher(DisplayPublisher):
    """`display(...)`, and figures of the inline backend."""

    collector: Collector

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:  # noqa: ANN401 - IPython's signature
        self.collector.add("display_data", data=data, metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - IPython's signature
        self.collector.outputs.clear()


class _Hook(DisplayHook):
    """The value of a cell's last expression."""

    collector: Collector

    def write_output_prompt(self) -> None:
        """No prompt: the count stands in the output."""

    def finish_displayhook(self) -> None:
        """Nothing to flush."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:  # noqa: ANN401 - IPython's signature
        self.collector.add(
            "execute_result",
            data=format_dict,
            metadata=md_dict or {},
            execution_count=self.collector.count,
        )


class _Shell(InteractiveShell):
    """An IPython shell whose outputs are collected."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    compiler_class = Type(XCachingCompiler)
    collector: Collector

    def showtraceback(
        self,
        exc_tuple: tuple[type[BaseException], BaseException, Any] | None = None,
        *_: Any,  # noqa: ANN401 - IPython's signature
        **__: Any,  # noqa: ANN401 - as above
    ) -> None:
        """Collect the error as an output of its own, be it of a cell or of what a cell shows."""
        error = exc_tuple[1] if exc_tuple else sys.exc_info()[1]
        if isinstance(error, UsageError):
            self.collector.write("stderr", f"UsageError: {error}\n")
        elif error:
            self.collector.fail(self, error)

    showsyntaxerror = showindentationerror = showtraceback  # type: ignore[assignment] # as above

    def enable_gui(self, gui: object = None) -> None:
        """No event loop: nothing here has a window."""


def run_cells(
    sources: Sequence[str], folder: str, answer: Connection, limits: Limits, run: Run | None = None
) -> None:
    """Run the cells in `folder`, sending each one's outputs and whether it succeeded.

    Stops after the first cell that fails, as one does that goes beyond the limits;
    `open_report` takes `run`, if it is the one it is asked for. Meant as the target of a
    forked process.
    """
    processes.end_with_parent()
    processes.end_with_starter()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a report's process has a handler of its own
    try:
        _run_cells(sources, folder, answer, limits, run)
    except (KeyboardInterrupt, BrokenPipeError):  # nobody waits for the answers any more
        answer.close()


def _run_cells(
    sources: Sequence[str], folder: str, answer: Connection, limits: Limits, run: Run | None
) -> None:
    os.chdir(folder)
    collector = Collector(limits)
    shell = _new_shell(collector)
    shell.user_ns[LOADED_RUN] = run
    os.environ[BUILDING] = "1"
    limit_memory(limits.memory)
    for count, source in enumerate(sources, 1):
        collector.begin(count)
        shell.execution_count = count
        with _captured(collector):
            result = shell.run_cell(source, store_history=True)
            _flush_figures()
        error = result.error_before_exec or result.error_in_exec
        if error and not isinstance(error, UsageError):
            collector.fail(shell, error)
        try:
            answer.send((collector.cell_outputs(), error is None))
        except OSError:
            raise  # nobody waits for it any more
        except Exception as unsendable:  # noqa: BLE001 - what it shows is too large, too deep, or no data
            error = unsendable
            collector.begin(count)
            collector.fail(shell, unsendable)
            answer.send((collector.cell_outputs(), False))
        if error:
            break
    answer.close()


def _new_shell(collector: Collector) -> Any:  # noqa: ANN401 - IPython's classes are hardly typed
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell: Any = _Shell.instance(config=config)
    shell.collector = shell.display_pub.collector = shell.displayhook.collector = collector
    shell.enable_matplotlib("inline")
    pd.set_option("display.max_columns", COLUMNS)
    return shell


@contextmanager
def _captured(collector: Collector) -> Iterator[None]:
    outer = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream(collector, "stdout"), Stream(collector, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = outer


def _flush_figures() -> None:
    from matplotlib_inline.backend_inline import flush_figures

    flush_figures()
