"""Run a notebook's cells in an IPython shell, in a process forked for it: no kernel, no sockets."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.compiler import XCachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from helpers import forking, notebook
from helpers.limits import Limits, Meter, limit_memory, make_tellable
from helpers.runs import Run

Output = dict[str, Any]


class Collector:
    """The outputs of the cell that runs, in the order in which a kernel would send them."""

    def __init__(self, limits: Limits) -> None:
        self.outputs: list[Output] = []
        self.count = 0
        self.errors: list[BaseException] = []
        self._meter = Meter(limits)

    def begin(self, count: int) -> None:
        """A cell begins, the n-th that runs."""
        self.outputs, self.errors, self.count = [], [], count

    def add(self, kind: str, **parts: Any) -> None:  # noqa: ANN401 - nbformat's own fields
        """Add an output with the fields nbformat wants; it is not imported, being slow to."""
        self._meter.shown(parts.get("data", {}))
        self.outputs.append({"output_type": kind, **parts})

    def write(self, name: str, text: str) -> None:
        """Add printed text; to the last output where that is text of the same stream."""
        self._meter.printed(text)
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"].append(text)
        elif text:
            self.add("stream", name=name, text=[text])

    def fail(self, shell: Any, error: BaseException) -> None:  # noqa: ANN401 - IPython's classes are hardly typed
        """Add an error, once, wherever in a cell it came up."""
        if all(error is not known for known in self.errors):
            self.errors.append(error)
            self.add("error", **_error(shell, error, make_tellable(error)))

    def taken(self) -> list[Output]:
        """The outputs of the cell, printed texts in one piece."""
        return [
            each | {"text": "".join(each["text"])} if each["output_type"] == "stream" else each
            for each in self.outputs
        ]


class _Stream:
    """Standard output or error of a cell."""

    encoding = "utf-8"

    def __init__(self, collector: Collector, name: str) -> None:
        self.collector, self.name = collector, name

    def write(self, text: str) -> int:
        self.collector.write(self.name, text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False


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
    forking.end_with_parent()
    forking.end_with_starter()
    forking.say_nothing()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a report's process has a handler of its own
    try:
        notebook.AT_HAND[:] = [run] if run else []
        _run_cells(sources, folder, answer, limits)
    except (KeyboardInterrupt, BrokenPipeError):  # nobody waits for the answers any more
        answer.close()


def _run_cells(sources: Sequence[str], folder: str, answer: Connection, limits: Limits) -> None:
    os.chdir(folder)
    collector = Collector(limits)
    shell = _new_shell(collector)
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
            answer.send((collector.taken(), error is None))
        except OSError:
            raise  # nobody waits for it any more
        except Exception as unsendable:  # noqa: BLE001 - what it shows is too large, too deep, or no data
            error = unsendable
            collector.begin(count)
            collector.fail(shell, unsendable)
            answer.send((collector.taken(), False))
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
    return shell


@contextmanager
def _captured(collector: Collector) -> Iterator[None]:
    outer = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream(collector, "stdout"), _Stream(collector, "stderr")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = outer


def _flush_figures() -> None:
    from matplotlib_inline.backend_inline import flush_figures

    flush_figures()


def _error(shell: Any, error: BaseException, text: str) -> dict[str, Any]:  # noqa: ANN401 - as above
    """An error as a kernel sends it: name, text, traceback."""
    render = getattr(error, "_render_traceback_", None)
    if render:
        traceback = render()
    else:
        traceback = shell.InteractiveTB.structured_traceback(
            type(error), error, error.__traceback__
        )
    return {"ename": type(error).__name__, "evalue": text, "traceback": list(traceback)}
