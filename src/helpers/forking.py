"""The fork server: loaded once, it starts a warm process for every section."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.connection import Connection

PRELOAD = "helpers.preload"


class ForkedProcessDiedError(RuntimeError):
    """The process that ran the cells ended before they did."""


def available() -> bool:
    """Whether this system has fork at all; Windows has not."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def works() -> bool:
    """Whether the server really gives processes here; waits until it has loaded."""
    if not available():
        return False
    try:
        start_server()
        process = multiprocessing.get_context("forkserver").Process(target=int, daemon=True)
        process.start()
        process.join()
    except (OSError, EOFError):
        return False
    return process.exitcode == 0


def start_server() -> None:
    """Start the server, which loads while the caller goes on; do nothing if it runs or cannot."""
    if not available():
        return
    multiprocessing.get_context("forkserver").set_forkserver_preload([PRELOAD])
    forkserver.ensure_running()


@contextmanager
def running(sources: Sequence[str], folder: str) -> Iterator[Connection]:
    """Run cells in a process forked for them; gives the connection their outputs come by.

    The process has ended when the block has, however that ends.
    """
    from helpers.shell import run_cells

    start_server()
    context = multiprocessing.get_context("forkserver")
    answers, answer = context.Pipe(duplex=False)
    process = context.Process(target=run_cells, args=(sources, folder, answer), daemon=True)
    process.start()
    answer.close()
    try:
        yield answers
    finally:
        process.join(timeout=1)
        if process.is_alive():
            process.kill()
            process.join()
        answers.close()
