"""What every process of ours does first: import nothing from where it stands, waste nothing."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SAFE = "PYTHONSAFEPATH"
"""The variable that keeps a Python from importing what lies in its working directory."""


def keep_out() -> None:
    """Let nothing in the working directory be imported, or run, by this process and its own.

    A folder of data may hold a `json.py`, and the command may be started there. Windows would
    run a `git.exe` as well. What PYTHONPATH names is its owner's affair.
    """
    os.environ[SAFE] = os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"
    sys.path[:] = [folder for folder in sys.path if folder]


@contextmanager
def kept_out() -> Iterator[None]:
    """The same for the processes started within, in a program that is not ours to change."""
    before = os.environ.get(SAFE)
    os.environ[SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE]
        else:
            os.environ[SAFE] = before


def lighten() -> None:
    """Collect unused cycles seldom, and leave a grammar out that nothing here is written in.

    What a report is made of is used to the end, so a collection finds next to nothing. The
    grammar is of IRIs: nbformat imports jsonschema, which would build it on import, wherever
    jupyterlab has brought one along, for over a second.
    """
    gc.set_threshold(50_000, 20, 50)
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # means "not to be had"
