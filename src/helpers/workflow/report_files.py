"""All files of a report, written into an empty folder: notebooks, documents, facts, manifest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import Place, ReportError
from helpers.inputs.fingerprints import SourceFingerprints, made_from
from helpers.inputs.project import Project
from helpers.notebook.section_dependencies import opened_by
from helpers.publishing.formats import OutputFormats
from helpers.run import InputFile, Run, files_of_run, input_files
from helpers.workflow.record import RECORD, as_text
from helpers.workflow.section_runs import (
    ExecutedSections,
    Progress,
    execute_sections,
    section_titles,
)

if TYPE_CHECKING:
    from helpers.execution.runner import Way
    from helpers.publishing.material import Material
    from helpers.workflow.section_cache import SectionCache


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

    Where a section fails, the reviewers' page alone is written, and says so. Raises
    `ReportError` if an input was changed while they ran: one part might show what another
    does not.
    """
    from helpers.publishing.documents import documents
    from helpers.workflow.manifest import manifest, reproducible_entries

    before = made_from(project, [])
    executed = execute_sections(run, folder / "notebooks", progress, cache, way)
    inputs = _inputs(project, name, run, executed)
    made = made_from(project, ((file.file, file.sha256) for file in inputs))
    refuse_changed(project, name, run, inputs)
    if (made.code, made.pins) != (before.code, before.pins):
        raise _changed("notebooks")
    material = _material(run, executed, inputs, made)
    _write(folder / "facts.json", material.facts)
    formats = OutputFormats() if executed.failed else formats
    for file, content in documents(material, formats):
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(content)
    record = manifest(project.root, reproducible_entries(name, run, formats, inputs, made), folder)
    _write(folder / RECORD, as_text(record))
    return executed


def _inputs(project: Project, name: str, run: Run, executed: ExecutedSections) -> list[InputFile]:
    """The input files of a run, and of every other run its sections opened."""
    done = [path for path in executed.notebooks if path.name not in executed.failed]
    others = {other for path in done for other in opened_by(path.read_text("utf-8"))["runs"]}
    files = input_files(project, name, run)
    for other in sorted(others):
        known = {file.file for file in files}
        files += [file for file in files_of_run(project, other) if file.file not in known]
    return files


def _material(
    run: Run, executed: ExecutedSections, inputs: list[InputFile], made: SourceFingerprints
) -> Material:
    """What every edition is made from; sections that cannot be shown are added to the failed."""
    from helpers.inputs.headings import part
    from helpers.publishing.executed import read_sections
    from helpers.publishing.facts_file import facts_json
    from helpers.publishing.material import Material, with_facts

    sections, facts = read_sections(executed.notebooks, run, executed.failed)
    titles = section_titles(run)
    return Material(
        run=with_facts(run, facts),
        sections=sections,
        inputs=inputs,
        made=made,
        facts=facts_json(facts, made, run.params.notice),
        failed="、".join(part(titles[file]) for file in executed.failed),
    )


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


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
