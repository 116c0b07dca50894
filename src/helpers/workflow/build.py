"""Build a run's report aside, then put it in the place of the last one, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

from helpers.errors import ReportError
from helpers.inputs.project import SPOILT, Project
from helpers.publishing.formats import OutputFormats
from helpers.run import Run
from helpers.workflow.atomic import locked_workspace, replace_folder
from helpers.workflow.report_files import write_report
from helpers.workflow.section_runs import ExecutedSections, Progress


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
