"""A batch: which runs, which of them need be made, and what came of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.inputs.csv_files import LARGEST, decoded
from helpers.inputs.plain_files import parsed_json, read_plain
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.workflow import unforeseen
from helpers.workflow.atomic import locked_workspace, replace_folder
from helpers.workflow.batch.tasks import ReportResult, ReportTask, task
from helpers.workflow.batch.workers import perform_all, workers
from helpers.workflow.record import RECORD, as_text
from helpers.workflow.up_to_date import check_freshness

Say = Callable[[str], None]


@dataclass
class Results:
    """What came of a batch, by the names of its runs."""

    made: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkerOptions:
    """Where a batch is performed: how many at once here, or a cluster's address."""

    jobs: int | None = None
    cluster: str = ""


def run_names(project: Project, wanted: Sequence[str]) -> list[str]:
    """The runs that patterns, folders and list files name, each once, in order.

    A pattern or folder means files of parameters; a list file names a run a line. Raises
    `UnreadableInputError` where one of them names nothing.
    """
    names: dict[str, None] = {}
    for each in wanted:
        found = list(_named(project, each))
        if not found:
            raise UnreadableInputError(f"“{each}”没有对应的参数文件", place=Place("params"))
        names.update(dict.fromkeys(found))
    return list(names)


def _named(project: Project, wanted: str) -> Iterator[str]:
    path = project.root / wanted
    if path.is_dir():
        yield from (file.stem for file in sorted(path.glob("*.yaml")))
    elif path.is_file() and path.suffix != ".yaml":
        place = Place(wanted)
        lines = decoded(read_plain(path, place, LARGEST), place).splitlines()
        yield from (line.strip() for line in lines if line.strip() and line[:1] != "#")
    elif Path(wanted).is_absolute() or ".." in Path(wanted).parts:
        raise UnreadableInputError(f"“{wanted}”不在项目文件夹内")
    else:
        pattern = wanted if wanted.endswith(".yaml") else f"params/{wanted}.yaml"
        try:
            files = sorted(project.root.glob(pattern))
        except (ValueError, NotImplementedError):
            raise UnreadableInputError(f"“{wanted}”的写法不对", place=Place("params")) from None
        yield from (file.stem for file in files if file.parent == project.root / "params")


def run_batch(
    project: Project,
    names: Sequence[str],
    formats: OutputFormats,
    where: WorkerOptions,
    say: Say,
    *,
    resume: bool,
) -> Results:
    """Make the reports of all runs; one that fails does not stop the others.

    With `resume`, those whose reports stand, whole and current, are left alone.
    """
    results = Results()
    outputs = project.root / "outputs"
    outputs.mkdir(exist_ok=True)
    if resume:
        results.unchanged = _unchanged_runs(project, names, formats, say)
    rest = [name for name in names if name not in set(results.unchanged)]
    if not rest:
        return results
    from helpers.workflow.manifest import commit_of

    commit = commit_of(project.root)
    with workers(where.jobs, where.cluster) as (executor, at_once):
        unreadable: list[ReportResult] = []
        tasks = _gathered(project, rest, formats, unreadable)
        done = perform_all(executor, tasks, at_once)
        for number, made in enumerate(chain(done, iter(unreadable)), 1):
            error = made.error or _keep(project, made, commit, say)
            if made.details:
                error = f"{error}，{unforeseen.log_details(made.details)}"
            if error:
                results.failed[made.name] = error
            else:
                results.made.append(made.name)
            first, *_ = error.splitlines() or [""]
            outcome = f"失败：{first}" if error else f"完成（{made.seconds:.1f} 秒）"
            say(f"[{number}/{len(rest)}] {made.name}　{outcome}")
    return results


def _unchanged_runs(
    project: Project, names: Sequence[str], formats: OutputFormats, say: Say
) -> list[str]:
    """The runs that need not be made again; says why others do."""
    unchanged = []
    for name in names:
        try:
            freshness = check_freshness(project, name, project.params(name), formats)
        except ReportError:  # reported when its turn comes
            continue
        if freshness.manifest:
            unchanged.append(name)
            if freshness.strangers:
                say(f"{name}　有不属于报告的文件：{'、'.join(freshness.strangers)}")
        elif freshness.why:
            say(f"{name}　{freshness.why}，重新生成")
    return unchanged


def _gathered(
    project: Project, names: Sequence[str], formats: OutputFormats, unreadable: list[ReportResult]
) -> Iterator[ReportTask]:
    """The tasks of the runs, read when a worker is free; those that cannot be are put aside."""
    for name in names:
        try:
            yield task(project, name, formats)
        except (ReportError, OSError) as error:
            unreadable.append(ReportResult(name, error=str(error)))
        except Exception as error:  # noqa: BLE001 - the other reports go on
            unreadable.append(ReportResult.unforeseen(name, error))


def _keep(project: Project, made: ReportResult, commit: str, say: Say) -> str:
    """Put a finished report in its place, whole or not at all; gives what kept it from that."""
    output = project.output(made.name)
    try:
        with locked_workspace(output, say) as aside:
            for file, content in made.files.items():
                (aside / file).parent.mkdir(parents=True, exist_ok=True)
                (aside / file).write_bytes(_signed(content, commit) if file == RECORD else content)
            replace_folder(output, aside)
    except OSError as error:
        return f"不能写入 outputs/{made.name}：{error.strerror}"
    except Exception as error:  # noqa: BLE001 - the other reports go on
        return unforeseen.describe(error)
    return ""


def _signed(manifest: bytes, commit: str) -> bytes:
    """A manifest with the commit it was made at, which a worker cannot know."""
    return as_text(parsed_json(manifest) | {"commit": commit}).encode()
