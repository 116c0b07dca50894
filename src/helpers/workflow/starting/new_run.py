"""Start the next year, or another department: everything to fill in, in a workbook or in files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.given_params import NAMING
from helpers.inputs.outlines import read_outline
from helpers.inputs.project import Project
from helpers.inputs.sections import keys_in
from helpers.inputs.workbooks import SETTINGS, WORKBOOK
from helpers.inputs.yaml_files import mapping_text, read_mapping
from helpers.run import Run, load_run
from helpers.run.loading import reported_cells
from helpers.workflow.starting.carry_over import carried
from helpers.workflow.starting.new_files import CHECKLIST, checklist, write_csv
from helpers.workflow.starting.new_params import new_params, origin, params_text
from helpers.workflow.starting.origins import NewRun, consequences
from helpers.workflow.starting.workbook import Filling, write_workbook


def start_run(project: Project, new: NewRun, run: Run, *, workbook: bool) -> list[Path]:
    """Write `params/NAME.yaml` and `data/NAME/` from a loaded run; gives the files written.

    As one workbook that holds everything, or as a file of parameters, CSVs and a checklist.

    Raises `UnreadableInputError` for a name without a year, or one whose outputs would lie
    where another run's do, or if anything of it is already there: nothing is ever overwritten.
    """
    project.refuse_name(new.name)
    params_file = project.root / "params" / f"{new.name}.yaml"
    folder = project.root / "data" / new.name
    for path in (params_file, folder):
        if path.exists():
            place = Place(project.relative(path))
            raise UnreadableInputError("已经存在，不覆盖", place=place, hint="换一个名称")
    outline, relation = new.outline or run.params.outline, new.relation(run.params)
    asked_for = _paragraphs_asked_for(project, outline)
    blanks = carried(run.tables, relation, asked_for, every=workbook)
    values = new_params(project, run.params, new)
    told = consequences(new, run.params)
    try:
        if workbook:
            folder.mkdir(parents=True)
            last = run.params.model_dump() if relation == "next year" else {}
            filling = Filling(values, last, _choices(project), blanks, told, {}, {})
            return _write_workbook(project, new, filling)
        text = params_text(project, run.params, new, values)
        folder.mkdir(parents=True)
        written = [write_csv(folder, blank) for blank in blanks]
        listed = folder / CHECKLIST
        listed.write_text(checklist(new.name, blanks, told), encoding="utf-8", newline="\n")
        params_file.write_text(text, encoding="utf-8", newline="\n")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # nothing of it was there before
        params_file.unlink(missing_ok=True)
        raise
    return [params_file, *written, listed]


def _write_workbook(project: Project, new: NewRun, filling: Filling) -> list[Path]:
    """Write the workbook, and the file of parameters that names it.

    Twice: what stands in braces is known once the run can be read.
    """
    path = project.root / "data" / new.name / WORKBOOK
    params_file = project.root / "params" / f"{new.name}.yaml"
    made = origin(new, str(filling.values["department"]))
    named = mapping_text({"run": new.name, NAMING: project.relative(path)})
    write_workbook(path, filling)
    text = f"# {made}全部参数在工作簿的“{SETTINGS}”表中。\n{named}"
    params_file.write_text(text, encoding="utf-8", newline="\n")
    loaded = load_run(project, project.params(new.name))
    write_workbook(path, replace(filling, figures=loaded.facts, words=loaded.words))
    return [params_file, path]


def _paragraphs_asked_for(project: Project, name: str) -> frozenset[str]:
    """The keys of the paragraphs that reports of an outline have."""
    outline = read_outline(project.root, name)
    cells = reported_cells(project, outline.in_order(project.notebooks), outline)
    return frozenset(key for cell in cells if cell.kind == "code" for key in keys_in(cell.text))


def _choices(project: Project) -> dict[str, dict[str, str]]:
    """The files that parameters may name, each with what it is."""
    found: dict[str, dict[str, str]] = {"rubric": {}, "project_rubric": {}}
    for path in sorted((project.root / "params" / "rubrics").glob("*.yaml")):
        rubric = read_mapping(path, project.relative(path))
        key = "project_rubric" if rubric.get("scope") == "project" else "rubric"
        found[key][path.stem] = str(rubric.get("name", ""))
    outlines = sorted((project.root / "params" / "outlines").glob("*.yaml"))
    found["outline"] = {path.stem: read_outline(project.root, path.stem).name for path in outlines}
    return found
