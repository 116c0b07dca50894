"""The fork server: loaded once, it starts a warm process for every section."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from multiprocessing import forkserver
from typing import Any

from helpers import startup

SILENCE = "helpers.execution.silence_output"
"""What the server loads first."""

SECTIONS = ("helpers.execution.preload",)
"""What the server loads to run sections; who makes whole reports names more."""

PR_SET_PDEATHSIG = 1
"""Of Linux: the signal a process gets when the one that started it ends."""


def available() -> bool:
    """Whether this system has fork at all; Windows has not."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def works() -> bool:
    """Whether the server really gives processes here; waits until it has loaded."""
    if not available():
        return False
    try:
        process = server_context().Process(target=int, daemon=True)
        process.start()
        process.join()
    except (OSError, EOFError):
        return False
    return bool(process.exitcode == 0)


_loaded: dict[str, None] = {}
"""What the server of this process has loaded, or is loading, in order."""


def start_server(modules: Sequence[str]) -> None:
    """Start the server, which loads the modules while the caller goes on.

    Does nothing where there is no server, or where it runs with them; one that runs without
    is ended first, and what it had is loaded again. The command calls this as soon as it knows
    what it will need.
    """
    if not available() or (_loaded and _loaded.keys() >= set(modules)):
        return
    if _loaded:
        forkserver._forkserver._stop()  # type: ignore[attr-defined] # noqa: SLF001 - what it has loaded is settled when it starts
    _loaded.update(dict.fromkeys(modules))
    multiprocessing.get_context("forkserver").set_forkserver_preload([SILENCE, *_loaded])
    with startup.without_working_folder():
        forkserver.ensure_running()


def server_context(modules: Sequence[str] = SECTIONS) -> Any:  # noqa: ANN401 - a context of multiprocessing, hardly typed
    """Where processes come from that are forked from the server, with the modules loaded."""
    start_server(modules)
    return multiprocessing.get_context("forkserver")


def current_context() -> Any:  # noqa: ANN401 - as above
    """Where processes come from that are forked from this one, which must have no threads."""
    return multiprocessing.get_context("fork")


def may_have_children() -> bool:
    """Whether this process may start others; a worker of Dask may if its settings say so."""
    return not multiprocessing.current_process().daemon


def end_with_parent() -> None:
    """Let this process end when the one it was forked from does, however that ends.

    Linux alone can; elsewhere a process whose parent was killed ends with its cells.
    """
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def end_with_starter() -> None:
    """Let this process end when the one that asked the server for it does, even if killed."""
    if starter := multiprocessing.parent_process():

        def wait_for_its_end() -> None:
            starter.join()
            os._exit(1)

        threading.Thread(target=wait_for_its_end, daemon=True).start()


@contextmanager
def ended_if_left(waiting: Collection[Future[Any]]) -> Iterator[None]:
    """End what other threads wait for, should this block be left before they are done.

    They wait for processes started here; those are asked to end, and with them all waiting.
    """
    try:
        yield
    except BaseException:
        for future in list(waiting):
            future.cancel()
        while not all(future.done() for future in list(waiting)):
            for process in multiprocessing.active_children():
                process.terminate()
            wait(list(waiting), timeout=0.1)
        raise
