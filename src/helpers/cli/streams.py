"""Standard input and output as the command finds them: closed, left by their reader, or full."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress
from typing import TextIO


def prepare() -> None:
    """See that all three are open, that no character ends a build, and that only we speak.

    What was closed leads to nowhere: otherwise the next file opened would take its place,
    and be written over by whoever prints.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
            os.set_inheritable(opened, True)  # noqa: FBT003 - it takes no name
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as we run
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # as they are
    if not sys.warnoptions:  # what libraries remark to those who develop
        warnings.showwarning = lambda *_, **__: None


def abandon(stream: TextIO) -> None:
    """Let all that is still written go nowhere, its reader having left."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def finish() -> None:
    """Write what still waits; what cannot be is dropped, as Python would tell it in English."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            abandon(stream)
