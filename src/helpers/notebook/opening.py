"""How a notebook opens its run: by name, with the thresholds it declares, and no other run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from helpers.checks.agenda import agenda
from helpers.checks.finding import Finding
from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.inputs.params import Params, read_params
from helpers.inputs.project import NAMING, find_project
from helpers.inputs.sections import assigned
from helpers.inputs.workbooks import WORKBOOK
from helpers.notebook.report import Report
from helpers.run import Run, load_run

LOADED_RUN = "_loaded_run"
"""The name in a notebook under which the build hands over the run it has loaded, so that no
section loads it again, or something else."""

BUILDING = "REPORT_BUILDING"
"""The environment variable by which a notebook knows that a report is built of it."""

CELL = Place("参数单元格")
INJECTED = "# Parameters"
"""How papermill begins the cell of the values it was given."""

BY_COMMAND = ("stage", "draft")
"""What a command changes in a run, whether a notebook declares it or not."""


def open_report(run: str | int, **declared: object) -> Report:
    """Open a run by its name, with the values a notebook declares; blank: as in the run's file.

    In a build it is the run the build has loaded. Raises `ReportError` listing every error
    in the inputs, and `UnreadableInputError` for a value that is none, and for one that
    papermill was given for another run, or that this notebook does not declare.
    """
    names = _namespace()
    handed = names.get(LOADED_RUN)
    given = {name: _as_text(name, value) for name, value in declared.items() if value != ""}
    commanded = {name: names[name] for name in BY_COMMAND if name in names}
    if isinstance(handed, Run) and handed.params.run == str(run):
        loaded, of_file = handed, handed.params
    else:
        project = find_project()
        of_file = project.params(str(run))
        loaded = None
        _refuse_undeclared(names, {"run", *declared, *BY_COMMAND}, of_file)
    params = read_params({**of_file.model_dump(), **commanded, **given}, str(CELL))
    if loaded is None or loaded.params != params:
        loaded = load_run(find_project(), params)
    in_build = bool(os.environ.get(BUILDING))
    refused = [each for each in loaded.refused if in_build or not of_notebook(each)]
    if refused:
        raise ReportError("不能打开：\n" + "\n".join(f"  {line}" for line in agenda(refused)[0]))
    return _noted(Report(loaded, strict=in_build))


def open_run(run: str | int) -> Report:
    """Open a run by its name to explore it, with whatever errors its data has.

    Raises `UnreadableInputError` where its inputs cannot be read at all.
    """
    project = find_project()
    return _noted(Report(load_run(project, project.params(str(run))), other=True))


def _noted(report: Report) -> Report:
    """A report whose cells draw in the house style from here on.

    In a build they tell what they opened even where they show nothing.
    """
    from helpers.notebook.drawing import use_house_style

    use_house_style()
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell and os.environ.get(BUILDING):
        shell.events.register("post_run_cell", lambda _: report.tell_opened())
    return report


def of_notebook(finding: Finding) -> bool:
    """Whether a finding is about a notebook, which one opens to mend it."""
    return finding.place.file.startswith("notebooks/")


def _namespace() -> Mapping[str, Any]:
    """The names of the notebook this is called from; none outside of one."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.user_ns if shell else {}


def _as_text(name: str, value: object) -> object:
    """A threshold as text: papermill makes numbers of what looks like one."""
    if isinstance(value, float):
        hint = f'写成文字 "{value}"；用 papermill 命令时写 -r {name} {value}'
        raise UnreadableInputError(f"参数 {name} 是浮点数 {value}", place=CELL, hint=hint)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _refuse_undeclared(names: Mapping[str, Any], declared: set[str], of_file: Params) -> None:
    """See that all else papermill was given is what the run's file says."""
    sources = [source for source in names.get("In", []) if source.startswith(INJECTED)]
    values = assigned(sources[-1], CELL) if sources else {}
    if values.get(NAMING, workbook := f"{of_file.data}/{WORKBOOK}") != workbook:
        raise UnreadableInputError(
            f"参数在工作簿 {values[NAMING]} 中，运行却是 {of_file.run}",
            place=CELL,
            hint="参数文件另写一行 run，或用 papermill 的 -p run 运行名称",
        )
    for name, value in of_file.model_dump().items():
        if name in values and name not in declared and values[name] != value:
            raise UnreadableInputError(
                f"参数 {name} 为“{values[name]}”，而 params/{of_file.run}.yaml 中为“{value}”",
                place=CELL,
                hint="本笔记本没有声明这个参数；换运行只改 run，其余改参数文件",
            )
