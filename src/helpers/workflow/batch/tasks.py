"""One report as a task: its inputs go with it, its finished files come back."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from helpers.errors import Place, ReportError
from helpers.execution import processes
from helpers.inputs.fingerprints import code_fingerprint
from helpers.inputs.plain_files import read_plain
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow import unforeseen

DIED = "生成报告的进程意外结束"
OTHER_VERSION = "程序版本与发出任务的机器不同，请在各工作机上安装同一版本"


REPORTS = (*processes.SECTIONS, "helpers.workflow.batch.preload")
"""What the fork server has loaded to make whole reports."""

LARGEST = 2_000_000_000
"""Bytes of an input that travels with its task; answers of a survey have no limit of their own."""


@dataclass(frozen=True)
class ReportTask:
    """A report to be made: the files of its project, and the code that is to make it."""

    name: str
    files: dict[str, bytes] = field(repr=False)
    formats: OutputFormats
    code: str


@dataclass(frozen=True)
class ReportResult:
    """What came of a task: its files, or why there are none; how long it took."""

    name: str
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    error: str = ""
    details: str = field(default="", repr=False)
    """Where an error nobody foresaw came from."""
    seconds: float = 0

    @classmethod
    def unforeseen(cls, name: str, error: BaseException) -> ReportResult:
        """A report that an error nobody foresaw has kept from being made, and that alone."""
        return cls(name, error=unforeseen.sentence(error), details=unforeseen.details(error))


def task(project: Project, name: str, formats: OutputFormats) -> ReportTask:
    """Gather the inputs of a run.

    Raises `UnreadableInputError` where its parameters cannot be read.
    """
    names = {project.relative(path): path for path in _inputs(project, name)}
    files = {file: read_plain(path, Place(file), LARGEST) for file, path in names.items()}
    return ReportTask(name, files, formats, code_fingerprint())


def _inputs(project: Project, name: str) -> Iterator[Path]:
    """Every file a run may rest on: parameters, tables, rubrics, notebooks, pins."""
    root = project.root
    runs = [name, *project.params(name).earlier_runs]
    yield from (root / "params" / f"{run}.yaml" for run in runs)
    for folder in ("rubrics", "outlines"):
        yield from (root / "params" / folder).glob("*.yaml")
    for run in runs:
        yield from (path for path in project.data(project.params(run)).glob("*") if path.is_file())
    yield from project.notebooks
    if (root / "constraints.txt").is_file():
        yield root / "constraints.txt"


def perform(task: ReportTask) -> ReportResult:
    """Make a report in a process of its own; if that dies, this returns all the same."""
    begun = monotonic()
    if task.code != code_fingerprint():
        return ReportResult(task.name, error=OTHER_VERSION)
    if processes.available():
        made = _in_process(task) or _in_process(task) or ReportResult(task.name, error=DIED)
    else:
        made = make(task, alone=False)
    return replace(made, seconds=monotonic() - begun)


def _in_process(task: ReportTask) -> ReportResult | None:
    """What a fresh process makes of a task, or None if it dies before it is done."""
    context = processes.server_context(REPORTS)
    answers, answer = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(task, answer))
    process.start()
    answer.close()
    try:
        made: ReportResult = answers.recv()
    except EOFError:
        return None
    finally:
        process.join()
        answers.close()
    return made


def _answer(task: ReportTask, answer: Connection) -> None:
    processes.end_with_parent()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        answer.send(make(task, alone=True))
    except (KeyboardInterrupt, BrokenPipeError):
        return  # nobody waits for it any more
    finally:
        answer.close()


def make(task: ReportTask, *, alone: bool) -> ReportResult:
    """Make a report in a folder that is gone afterwards.

    `alone` says that this process has no threads, so that sections may be forked from it.
    """
    from helpers.run import load_run
    from helpers.workflow.report_files import write_report

    root = None
    try:
        root = Path(tempfile.mkdtemp(prefix="report-"))
        for file, content in task.files.items():
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            (root / file).write_bytes(content)
        project, folder = Project(root), root / "made"
        folder.mkdir()
        run = load_run(project, project.params(task.name))
        if run.refused:
            message = "；".join(str(error) for error in run.refused[:3])
            return ReportResult(task.name, error=f"有 {len(run.refused)} 处错误：{message}")
        executed = write_report(
            project,
            task.name,
            run,
            folder,
            lambda _: None,
            formats=task.formats,
            way="fork_current" if alone else "kernels",
        )
        message = "；".join(str(error) for error in executed.failed.values())
        return ReportResult(task.name, _files(folder), error=message)
    except ReportError as error:
        return ReportResult(task.name, error=str(error))
    except OSError as error:
        return ReportResult(task.name, error=f"系统拒绝了操作：{error.strerror}")
    except Exception as error:  # noqa: BLE001 - it ends this report alone
        return ReportResult.unforeseen(task.name, error)
    finally:
        if root:
            shutil.rmtree(root, ignore_errors=True)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
