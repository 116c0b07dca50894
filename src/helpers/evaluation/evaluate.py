"""A run evaluated: every figure of the report from the tables, and the score sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from helpers.errors import ReportError
from helpers.evaluation.accounts import account_facts
from helpers.evaluation.adjustments import adjustment_facts
from helpers.evaluation.budget import budget_facts
from helpers.evaluation.counts import count, count_rows
from helpers.evaluation.earlier_years import earlier_facts
from helpers.evaluation.fact_ids import duty_count_id, project_prefix, share_id, staff_id, target_id
from helpers.evaluation.indicator_facts import indicator_facts
from helpers.evaluation.indicators import Indicator, read_indicators
from helpers.evaluation.process import process_facts
from helpers.evaluation.projects import project_facts
from helpers.evaluation.published import other_facts
from helpers.evaluation.resource_ratios import absent_resources, all_resource_facts
from helpers.evaluation.score_lines import ScoreSheet, ScoringContext
from helpers.evaluation.scoring import score
from helpers.figures import ratios
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.params import MONITORING, Params
from helpers.inputs.rubrics import Rubric, rubric_file
from helpers.inputs.survey_answers import Answers
from helpers.inputs.tables import Table

Tables = Mapping[str, Table]


@dataclass(frozen=True)
class Rubrics:
    """The rubrics of a run by their names: the department's and its projects'."""

    department_name: str
    department: Rubric
    project_name: str
    project: Rubric


@dataclass(frozen=True)
class Evaluation:
    """A run's ledger, its indicators, and its score sheets."""

    facts: Facts
    indicators: tuple[Indicator, ...]
    sheet: ScoreSheet
    project_sheets: Mapping[str, ScoreSheet]
    wrong_rows: tuple[ReportError, ...] = ()
    """Rows of which nothing could be entered."""

    @property
    def errors(self) -> list[ReportError]:
        """What is wrong, with the rubrics each fault once however many projects meet it."""
        sheets = (self.sheet, *self.project_sheets.values())
        of_rubrics = {str(error): error for sheet in sheets for error in sheet.errors}
        return [*of_rubrics.values(), *self.wrong_rows]

    @classmethod
    def empty(cls, rubric: Rubric) -> Evaluation:
        """No figures at all: what a run has whose rows contradict each other."""
        return cls(Facts(), (), ScoreSheet(rubric, "", (), ""), {})


def evaluate_run(
    tables: Tables, answers: Answers, rubrics: Rubrics, params: Params, earlier: Mapping[int, Facts]
) -> Evaluation:
    """Enter every fact of a run, readings before what is computed from them, and score it.

    At the stage of monitoring those of the year's process alone. A blank cell gives a fact
    without a value; what rests on it has none either. Raises `ReportError` where two rows
    would give the same fact.
    """
    facts = Facts()
    if params.stage == MONITORING:
        process_facts(facts, tables, answers, params)
        return replace(Evaluation.empty(rubrics.department), facts=facts)
    _counts(facts, tables)
    _organisation(facts, tables)
    _staff(facts, tables["人员"])
    account_facts(facts, tables["收入支出决算总表"], tables["支出决算表"])
    budget_facts(facts, tables["预算执行"], tables["公开比率"])
    adjustment_facts(facts, tables["预算调整明细"])
    project_facts(facts, tables["项目自评"])
    indicators = tuple(read_indicators(tables))
    met = rubrics.department.qualitative.levels[0].name
    indicator_facts(facts, tables, indicators, met)
    all_resource_facts(facts, tables)
    process_facts(facts, tables, answers, params)
    projects = {
        project: _sheet(facts, tables, indicators, rubrics, project)
        for line in tables["项目自评"].lines
        if (project := tables["项目自评"].string(line, "编号"))
    }
    sheet = _sheet(facts, tables, indicators, rubrics, "")
    earlier_facts(facts, params.year, earlier)
    wrong = tuple(other_facts(facts, tables["公开比率"]))
    return Evaluation(facts, indicators, sheet, projects, wrong)


def _sheet(
    facts: Facts, tables: Tables, indicators: tuple[Indicator, ...], rubrics: Rubrics, owner: str
) -> ScoreSheet:
    """Score a project by its id, or the department by none."""
    name = rubrics.project_name if owner else rubrics.department_name
    return score(
        ScoringContext(
            facts=facts,
            tables=tables,
            rubric=rubrics.project if owner else rubrics.department,
            file=rubric_file(name),
            prefix=project_prefix(owner) if owner else "",
            indicators=[each for each in indicators if each.owner == owner],
            absent={} if owner else absent_resources(tables),
        )
    )


def _counts(facts: Facts, tables: Tables) -> None:
    for name, column, id, label, unit in (
        ("整体绩效目标", "绩效目标", "goal_count", "部门整体绩效目标数", "个"),
        ("绩效指标", "三级指标", "indicator_count", "绩效指标数", "项"),
        ("项目自评", "项目名称", "project_count", "纳入自评的项目数", "个"),
    ):
        count_rows(facts, tables[name], column, id=id, label=label, unit=unit)


def _organisation(facts: Facts, tables: Tables) -> None:
    bodies, duties = tables["机构"], tables["职责"]
    for id, text in {"office_count": "内设机构", "other_body_count": "其他机构"}.items():
        count(facts, bodies, "类别", text, id=id, label=f"{text}数", unit="个")
    count_rows(facts, duties, "职责", id="duty_count", label="主要职责项数", unit="项")
    for body in dict.fromkeys(duties.string(line, "主体") for line in duties.lines):
        if body:
            id, label = duty_count_id(body), f"{body}主要职责项数"
            count(facts, duties, "主体", body, id=id, label=label, unit="项")


def _staff(facts: Facts, table: Table) -> None:
    groups: list[Number] = []
    for line in table.lines:
        id, label = staff_id(table.string(line, "编号")), table.string(line, "人员类别")
        groups.append(facts.name(id, label, table.number(line, "人数"), decimals=None))
        target = table.number(line, "指标值")
        facts.name(target_id(id), f"{label}指标值", target, decimals=None)
    if not groups:
        facts.lack("staff_total", "人员合计", table.file, unit="人")
        return
    staff = facts.name("staff_total", "人员合计", ratios.sum_of_parts(*groups), decimals=0)
    for group in groups:
        facts.name(share_id(group.id), f"{group.label}占比", ratios.share(group, staff))


def published_pairs(facts: Facts) -> Iterator[tuple[Number, Number]]:
    """Give each ratio the published report printed, with the fact that recomputes it."""
    for id in facts:
        if id.startswith("published_"):
            recomputed = id.removeprefix("published_")
        elif id.endswith("_growth"):
            recomputed = f"{id}_recomputed"
        else:
            continue
        if facts[id].defined:
            yield facts[id], facts[recomputed]
