"""The tables of a run and of earlier years, read and evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from helpers.characters import trimmed
from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.evaluation.evaluate import Evaluation, Rubrics, evaluate_run
from helpers.evaluation.published import PUBLISHED_RATIOS
from helpers.figures.facts import Facts
from helpers.inputs.params import MONITORING, Params
from helpers.inputs.project import Project
from helpers.inputs.row_ids import ITEM, RATIO
from helpers.inputs.rubrics import Rubric, read_rubric
from helpers.inputs.schema import TABLES, process
from helpers.inputs.schema.report import NARRATIVE, ORGANISATION
from helpers.inputs.survey_answers import Answers, read_answers
from helpers.inputs.table_files import read_tables
from helpers.inputs.tables import Table

MONITORED = (process.MONTHLY, process.MONITORING, NARRATIVE)
"""What monitoring in August has: nothing of the year's end."""


@dataclass(frozen=True)
class LoadedTables:
    """A run's tables and figures before anything is checked, and the score sheets used."""

    tables: dict[str, Table]
    answers: Answers
    rubrics: Rubrics
    evaluation: Evaluation
    errors: list[ReportError]
    inputs: tuple[Table | Answers, ...]


def read_other_departments(project: Project, params: Params) -> dict[str, str]:
    """The departments of the project's other runs, each with the first file that names it.

    A file of parameters that cannot be read names none: it stops its own run, not this one.
    """
    found: dict[str, str] = {}
    for path in sorted((project.root / "params").glob("*.yaml")):
        with suppress(UnreadableInputError):
            named = trimmed(project.department(path.stem))
            if named and named != params.department:
                found.setdefault(named, project.relative(path))
    return found


def read_bodies_of_source(project: Project, params: Params) -> dict[str, str]:
    """The 机构 of the run this was started from, if it is another department's, each with its file.

    A run that is not there any more, or cannot be read, has none.
    """
    with suppress(UnreadableInputError):
        if params.started_from:
            source = project.params(params.started_from)
            if source.department != params.department:
                specs = (replace(ORGANISATION, optional=True),)
                tables, _ = read_tables(project.data(source), source.data, specs)
                bodies = tables[ORGANISATION.name]
                names = (bodies.string(line, "机构名称") for line in bodies.lines)
                return dict.fromkeys(filter(None, names), bodies.file)
    return {}


def read_run_tables(project: Project, params: Params, earlier: Mapping[int, Facts]) -> LoadedTables:
    """Read a run's own tables, those of its stage, and evaluate them.

    There are no figures where two rows clash.
    """
    folder, rubrics = project.data(params), _read_rubrics(project, params)
    ratios = {label: id for id, label in PUBLISHED_RATIOS.items()}
    outside = {ITEM: _items(rubrics.department), RATIO: ratios}
    if params.stage == MONITORING:
        specs = tuple(replace(spec, optional=spec is NARRATIVE) for spec in MONITORED)
        tables, errors = read_tables(folder, params.data, specs)
        answers = Answers(params.data)
        inputs: tuple[Table | Answers, ...] = tuple(tables.values())
        tables = {spec.name: Table.absent(spec, params.data) for spec in TABLES} | tables
    else:
        tables, errors = read_tables(folder, params.data, TABLES, outside)
        answers, wrong = read_answers(folder, params.data)
        errors += wrong
        inputs = (*tables.values(), answers)
    try:
        evaluation = evaluate_run(tables, answers, rubrics, params, earlier)
        errors += evaluation.errors
    except UnreadableInputError:
        raise
    except ReportError as error:
        errors.append(error)
        evaluation = Evaluation.empty(rubrics.department)
    return LoadedTables(tables, answers, rubrics, evaluation, errors, inputs)


def _items(rubric: Rubric) -> dict[str, str]:
    """The ids of a rubric's items by their names, where these are one item's alone."""
    often = Counter(item.name for _, item in rubric.items)
    return {item.name: item.id for _, item in rubric.items if often[item.name] == 1}


def _read_rubrics(project: Project, params: Params) -> Rubrics:
    """The score sheets a run's parameters name."""
    return Rubrics(
        params.rubric,
        read_rubric(project.root, params.rubric, "department"),
        params.project_rubric,
        read_rubric(project.root, params.project_rubric, "project"),
    )


def read_earlier_years(project: Project, params: Params) -> dict[int, LoadedTables]:
    """Read the runs of earlier years by their year.

    Raises `UnreadableInputError` for one that is not earlier, or of another department.
    """
    found: dict[int, LoadedTables] = {}
    for name in params.earlier_runs:
        past = project.params(name)
        place = Place(f"params/{name}.yaml")
        if past.year >= params.year or past.year in found:
            raise UnreadableInputError(
                f"年度 {past.year} 不早于 {params.year}，或与其他以前年度重复",
                place=place,
                hint="请核对参数 earlier_runs",
            )
        if past.department != params.department:
            raise UnreadableInputError(
                f"单位为“{past.department}”，不是“{params.department}”",
                place=place,
                hint="earlier_runs 只列同一单位的以前年度",
            )
        found[past.year] = read_run_tables(project, past, {})
    return found
