"""Build a run's report aside, then put it in the place of the last one, whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import Place, ReportError, SectionFailedError
from helpers.execution import processes
from helpers.figures.facts import Facts
from helpers.inputs.fingerprints import SourceFingerprints, made_from
from helpers.inputs.project import SPOILT, Project
from helpers.publishing.formats import OutputFormats
from helpers.run import InputFile, Run, input_files
from helpers.workflow.atomic import locked_workspace, replace_folder
from helpers.workflow.record import RECORD, as_text

if TYPE_CHECKING:
    from helpers.execution.runner import Way
    from helpers.workflow.section_cache import SectionCache

Progress = Callable[[str], None]


@dataclass(frozen=True)
class ExecutedSections:
    """The executed notebooks in order, and why some failed, by file name."""

    notebooks: list[Path]
    failed: dict[str, SectionFailedError]


def build(
    project: Project,
    name: str,
    run: Run,
    progress: Progress,
    *,
    formats: OutputFormats = OutputFormats(),  # noqa: B008 - frozen
    reuse: bool = True,
) -> Path:
    """Make a report and let it replace the last one of its stage; returns its folder.

    With `reuse`, a section that would show the same is not run again. Raises `ReportError`
    if a section fails: the last report then stays as it was, and what could be made goes to
    `outputs/NAME-failed/`.
    """
    from helpers.workflow.section_cache import SectionCache

    name_of_output = name + run.params.suffix
    cache = SectionCache(project, name_of_output, run)
    output, spoilt = (project.output(name_of_output + end) for end in ("", SPOILT))
    with locked_workspace(output, progress) as aside:
        executed = write_report(
            project, name, run, aside, progress, formats=formats, cache=cache if reuse else None
        )
        for notebook in run.notebooks:
            if notebook.name not in executed.failed:
                cache.keep(notebook, (aside / "notebooks" / notebook.name).read_text("utf-8"))
        replace_folder(spoilt if executed.failed else output, aside)
        if not executed.failed:
            shutil.rmtree(spoilt, ignore_errors=True)
    if executed.failed:
        raise _failure(executed, project.relative(spoilt))
    return output


def _failure(executed: ExecutedSections, spoilt: str) -> ReportError:
    listed = "\n".join(f"  {error}" for error in executed.failed.values())
    return ReportError(
        f"{len(executed.failed)} 个部分未能生成：\n{listed}\n"
        f"其余部分见 {spoilt}/report.html，原有报告未动"
    )


def write_report(
    project: Project,
    name: str,
    run: Run,
    folder: Path,
    progress: Progress,
    *,
    formats: OutputFormats = OutputFormats(),  # noqa: B008 - frozen
    cache: SectionCache | None = None,
    way: Way | None = None,
) -> ExecutedSections:
    """Execute the notebooks into an empty folder and write documents, facts, manifest beside them.

    Where a section fails, the reviewers' page alone is written, and says so. The sections
    run in the best `way` there is, unless one is given. Raises `ReportError` if an input was
    changed while they ran: one part might show what another does not.
    """
    from helpers.inputs.headings import part
    from helpers.publishing.body import section_bodies
    from helpers.publishing.documents import documents
    from helpers.publishing.page import Material
    from helpers.workflow.manifest import manifest, settled

    before = made_from(project, [])
    executed = _execute(run, folder, progress, cache, way)
    titles, failed = section_titles(run), executed.failed
    inputs = input_files(project, name, run)
    made = made_from(project, ((file.file, file.sha256) for file in inputs))
    refuse_changed(project, name, run, inputs)
    if (made.code, made.pins) != (before.code, before.pins):
        raise _changed("notebooks")
    facts = facts_json(run.facts, made, run.params.notice)
    material = Material(
        run=run,
        sections=list(section_bodies(executed.notebooks, titles, failed)),
        inputs=inputs,
        made=made,
        facts=facts,
        failed="、".join(part(titles[file]) for file in failed),
    )
    _write(folder / "facts.json", facts)
    formats = OutputFormats() if failed else formats
    for file, content in documents(material, formats):
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(content)
    message = settled(name, run, formats, inputs, made)
    _write(folder / RECORD, as_text(manifest(project.root, message, folder)))
    return executed


def refuse_changed(project: Project, name: str, run: Run, inputs: Sequence[InputFile]) -> None:
    """Refuse inputs that are no longer as they were when the run was loaded."""
    changed = [
        each.file for each in inputs if run.fingerprints.get(each.file, each.sha256) != each.sha256
    ]
    formats = {"stage": run.params.stage, "draft": run.params.draft}
    if project.params(name).model_copy(update=formats) != run.params:
        changed.append(f"params/{name}.yaml")
    if changed:
        raise _changed(changed[0])


def _changed(file: str) -> ReportError:
    return ReportError("生成过程中输入有改动", place=Place(file), hint="请重新生成")


def facts_json(facts: Facts, made: SourceFingerprints, notice: str) -> str:
    """The text of `facts.json`: a list of facts, one a line.

    Each says what it is made from and carries the run's notice, so that no figure travels
    without it.
    """
    common = {"made_from": made.to_json(), "notice": notice}
    listed = [fact.to_json() | common for fact in facts.values()]
    lines = ",\n".join(json.dumps(fact, ensure_ascii=False) for fact in listed)
    return f"[\n{lines}\n]\n".replace("<", "\\u003c")


def section_titles(run: Run) -> dict[str, str]:
    """The first title of each notebook, by file name."""
    first_to_last = [heading for heading in run.contents.headings if heading.level == 1]
    return {Path(each.place.file).name: each.text for each in reversed(first_to_last)}


def _execute(
    run: Run,
    folder: Path,
    progress: Progress,
    cache: SectionCache | None,
    way: Way | None,
) -> ExecutedSections:
    """Put every executed notebook into the folder, running those the cache does not have."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    titles = section_titles(run)
    changed, failed = [], {}
    for notebook in run.notebooks:
        kept = cache.fetch(notebook, progress) if cache else None
        if kept is None:
            changed.append(notebook)
        else:
            _write(notebooks / notebook.name, kept)
            progress(f"{titles[notebook.name]}　未变，沿用")
    if changed:
        from helpers.execution.runner import run_sections

        way = way or ("forked" if processes.works() else "kernels")
        if way == "kernels":
            progress("这里不能派生进程，用普通内核运行，结果相同，速度较慢")
        root = changed[0].parents[1]
        for output, result in run_sections(changed, notebooks, run, root, way=way):
            if isinstance(result, SectionFailedError):
                failed[output.name] = result
                progress(f"{titles[output.name]}　未能生成")
            else:
                progress(f"{titles[output.name]}　完成（{result:.1f} 秒）")
    return ExecutedSections([notebooks / notebook.name for notebook in run.notebooks], failed)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
