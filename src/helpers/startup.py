"""What every process of ours does first: import nothing from where it stands, waste nothing."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version

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
def without_working_folder() -> Iterator[None]:
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
    """Collect unused cycles seldom: what a report is made of is used to the end."""
    gc.set_threshold(50_000, 20, 50)


GRAMMAR = "rfc3987_syntax"
"""Of IRIs: jsonschema builds it while it is imported, for over a second, wherever jupyterlab has
brought it along. Nothing of ours holds an IRI."""


@contextmanager
def without_grammar() -> Iterator[None]:
    """Import within what imports jsonschema 4, which then does without its optional grammar.

    Whoever else wants the grammar gets it afterwards. Another major version of jsonschema is
    left alone.
    """
    if "jsonschema" in sys.modules or GRAMMAR in sys.modules or not _known_jsonschema():
        yield
        return
    sys.modules[GRAMMAR] = None  # type: ignore[assignment] # means "not to be had"
    try:
        yield
    finally:
        del sys.modules[GRAMMAR]


def _known_jsonschema() -> bool:
    try:
        return version("jsonschema").startswith("4.")
    except PackageNotFoundError:
        return False
