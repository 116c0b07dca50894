"""The program of an ordinary kernel: ipykernel's own, within a section's limits.

It opens no port by which processes forked from a cell would send what they print, and runs
nothing its owner lets other kernels run when they start.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any
from unittest.mock import patch

import pandas as pd
from ipykernel import kernelapp
from ipykernel.displayhook import ZMQShellDisplayHook
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQDisplayPublisher, ZMQInteractiveShell
from traitlets import Type

from helpers.execution.limits import COLUMNS, Limits, Meter, limit_memory, make_reportable
from helpers.notebook.opening import BUILDING

_meter = Meter(Limits())
"""Counts the output of this kernel process, which runs a single section."""


class _Stream(OutStream):
    """Standard output or error of a cell, counted."""

    def write(self, string: str) -> Any:  # noqa: ANN401 - ipykernel's signature
        _meter.printed(string)
        return super().write(string)


class _Publisher(ZMQDisplayPublisher):
    """`display(...)`, counted."""

    def publish(self, data: Any, *rest: Any, **more: Any) -> None:  # noqa: ANN401 - as above
        _meter.shown(data)
        super().publish(data, *rest, **more)  # type: ignore[no-untyped-call] # untyped in ipykernel


class _Hook(ZMQShellDisplayHook):
    """The value of a cell's last expression, counted."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:  # noqa: ANN401 - as above
        _meter.shown(format_dict)
        super().write_format_data(format_dict, md_dict)  # type: ignore[no-untyped-call] # as above


class _Shell(ZMQInteractiveShell):
    """ipykernel's shell, whose errors can be reported however large they are."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def showtraceback(self, exc_tuple: Any = None, *rest: Any, **more: Any) -> None:  # noqa: ANN401 - as above
        kind, error, _ = exc_tuple or sys.exc_info()
        if error:
            make_reportable(error)
            exc_info: Any = (kind, error, error.__traceback__)
            super().showtraceback(exc_info, *rest, **more)


class _Kernel(IPythonKernel):
    """ipykernel's kernel with such a shell."""

    shell_class = Type(_Shell)


class KernelApp(kernelapp.IPKernelApp):
    """ipykernel's program, without the port by which forked processes send what they print."""

    def init_iopub(self, context: Any) -> None:  # noqa: ANN401 - ipykernel's signature
        """Begin the channel of outputs; ipykernel has no switch for the pipe beside it."""
        without_pipe = partial(_without_pipe, IOPubThread)
        with patch.object(kernelapp, "IOPubThread", without_pipe):
            super().init_iopub(context)  # type: ignore[no-untyped-call] # untyped in ipykernel


def _without_pipe(thread: Any, socket: Any, *, pipe: bool, session: Any) -> Any:  # noqa: ANN401 - of ipykernel
    if not pipe:
        raise TypeError("ipykernel no longer asks for the pipe that init_iopub leaves out")
    return thread(socket, session=session)


def main() -> None:
    """Be a kernel; the first word says its limits, the others are ipykernel's."""
    global _meter  # noqa: PLW0603 - of the process, as the limits are
    limits = Limits(*map(int, sys.argv.pop(1).split(",")))
    _meter = Meter(limits)
    limit_memory(limits.memory)
    pd.set_option("display.max_columns", COLUMNS)
    os.environ[BUILDING] = "1"
    KernelApp.launch_instance(
        exec_PYTHONSTARTUP=False,
        kernel_class=_Kernel,
        outstream_class="helpers.execution.kernel._Stream",
    )
