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
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from helpers.execution import startup

if TYPE_CHECKING:
    from helpers.execution.limits import Limits
    from helpers.run import Run

UNHEARD = "helpers.execution.unheard"
"""What the server loads first."""

SECTIONS, REPORTS = "helpers.execution.preload", "helpers.workflow.batch.preload"
"""What the server loads: enough to run sections, or to make whole reports."""

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
        with may_have_children():
            process = context().Process(target=int, daemon=True)
            process.start()
        process.join()
    except (OSError, EOFError):
        return False
    return bool(process.exitcode == 0)


def start_server(loads: str = SECTIONS) -> None:
    """Start the server, which loads while the caller goes on; do nothing if it runs or cannot."""
    if not available():
        return
    multiprocessing.get_context("forkserver").set_forkserver_preload([UNHEARD, loads])
    with startup.kept_out():
        forkserver.ensure_running()


def context(*, here: bool = False) -> Any:  # noqa: ANN401 - either of two contexts, which share no type
    """Where processes come from: the server, or, from a process without threads, this one."""
    if here:
        return multiprocessing.get_context("fork")
    start_server()
    return multiprocessing.get_context("forkserver")


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


@contextmanager
def may_have_children() -> Iterator[None]:
    """Lets a worker of a cluster start a process: such workers are daemons, which may not.

    What is started within has ended before its task has, so nothing is left behind.
    """
    settings: dict[str, Any] = multiprocessing.process.current_process()._config  # type: ignore[attr-defined] # noqa: SLF001 - there is no other switch
    daemon = settings.get("daemon")
    settings["daemon"] = False
    try:
        yield
    finally:
        settings["daemon"] = daemon


@contextmanager
def running(
    sources: Sequence[str], folder: str, run: Run | None, limits: Limits, *, here: bool = False
) -> Iterator[tuple[BaseProcess, Connection]]:
    """Run cells in a process forked for them; gives it and the connection their outputs come by.

    They have the run at hand, and limits of what they may use. `here` forks it from this
    process, with all it holds, rather than from the server. The process has ended when the
    block has, however that ends.
    """
    from helpers.execution.shell import run_cells

    processes = context(here=here)
    answers, answer = processes.Pipe(duplex=False)
    message = (sources, folder, answer, limits, run)
    process = processes.Process(target=run_cells, args=message, daemon=True)
    process.start()
    answer.close()
    try:
        yield process, answers
        process.join(timeout=1)
    finally:
        process.kill()
        process.join()
        answers.close()
