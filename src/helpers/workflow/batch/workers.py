"""Where tasks are performed: threads that each wait for a process here, or a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from helpers.errors import UnreadableInputError
from helpers.execution import processes
from helpers.inputs.fingerprints import code_fingerprint
from helpers.workflow.batch.tasks import OTHER_VERSION, REPORTS, ReportResult, ReportTask, perform

DAEMON = "DASK_DISTRIBUTED__WORKER__DAEMON"
"""Dask's setting by which its workers may start processes of their own."""

CONNECT_TIMEOUT = "5s"
"""How long a cluster may take to answer."""

AHEAD = 2
"""How many tasks a worker has in hand: one that runs and one that waits."""


@contextmanager
def workers(jobs: int | None, cluster: str) -> Iterator[tuple[Executor, int]]:
    """An executor and how many tasks it performs at once.

    Raises `UnreadableInputError` for a cluster that cannot be reached, or whose workers run
    another version of the program, or may not start processes.
    """
    if cluster:
        with _cluster(cluster) as reached:
            yield reached
        return
    processes.start_server(REPORTS)
    number = jobs or os.cpu_count() or 1
    with ThreadPoolExecutor(number) as executor:
        yield executor, number


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    try:
        from distributed import Client
    except ImportError:
        hint = "先安装：pip install -c constraints.txt -e '.[cluster]'"
        raise UnreadableInputError("没有安装 Dask", hint=hint) from None
    try:
        client = Client(address, set_as_default=False, timeout=CONNECT_TIMEOUT)
    except OSError as error:
        raise UnreadableInputError(f"连不上集群 {address}", hint="请核对地址") from error
    with client:
        found = set(client.run(code_fingerprint).values())
        if found - {code_fingerprint()}:
            raise UnreadableInputError(OTHER_VERSION)
        if not all(client.run(processes.may_have_children).values()):
            hint = f"启动工作机前设置 {DAEMON}=False，见 docs/batch.md"
            raise UnreadableInputError("工作机不能派生进程", hint=hint)
        threads = sum(client.nthreads().values())
        if not threads:
            raise UnreadableInputError(f"集群 {address} 上没有工作机")
        yield client.get_executor(pure=False, retries=3), threads


def perform_all(
    executor: Executor, tasks: Iterable[ReportTask], at_once: int
) -> Iterator[ReportResult]:
    """Give what comes of each task as it comes; few are in hand at a time, so memory stays flat."""
    waiting: dict[Future[ReportResult], str] = {}
    rest = iter(tasks)
    with processes.ended_if_left(waiting):
        while True:
            while len(waiting) < at_once * AHEAD and (task := next(rest, None)):
                waiting[executor.submit(perform, task)] = task.name
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield _outcome(future.result, waiting.pop(future))


def _outcome(result: Callable[[], ReportResult], name: str) -> ReportResult:
    """What a future holds; a worker lost for good is a failure of that report alone."""
    try:
        return result()
    except Exception as error:  # noqa: BLE001 - whatever the cluster raises, the other reports go on
        return ReportResult.unforeseen(name, error)
