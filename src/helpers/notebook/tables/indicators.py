"""The tables of targets: goals, indicators beside their results, the matrix, the quality check."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from helpers.evaluation.fact_ids import completion_id, staff_id, target_id
from helpers.evaluation.indicator_quality import QUALITIES, qualities
from helpers.evaluation.indicators import Indicator, result_text
from helpers.figures.number import MISSING
from helpers.inputs.schema.evaluation import (
    EFFECT_GROUPS,
    ELEMENTS,
    GOALS,
    INDICATORS,
    LARGER,
    OUTPUT_GROUPS,
    PROJECT_GOALS,
    QUALITATIVE,
    SMALLER,
)
from helpers.notebook import markup
from helpers.notebook.grid import Grid, GridCell
from helpers.run import Run

HEAD = ("二级指标", "三级指标", "指标值", "完成值", "完成率", "佐证编号", "偏差原因")
SIGNS = {LARGER: "≥", SMALLER: "≤"}


def target_cell(run: Run, indicator: Indicator) -> GridCell:
    """The target with its sign and unit; the words of the grade for a qualitative one."""
    if indicator.direction == QUALITATIVE:
        return "定性"
    target = run.facts[target_id(indicator.id)]
    sign = SIGNS.get(indicator.direction, "") if target.defined else ""
    return Markup("{}{}").format(sign, markup.with_unit(target))


def result_cell(run: Run, indicator: Indicator) -> GridCell:
    """The result with its unit, or the grade given to a qualitative one."""
    if indicator.direction == QUALITATIVE:
        return result_text(run.tables, indicator, "定性等次") or MISSING
    return markup.with_unit(run.facts[indicator.id])


def outputs(run: Run) -> Grid:
    """Output indicators beside their targets, the staff supported first among them."""
    table, facts = run.tables["人员"], run.facts
    ids = [staff_id(table.string(line, "编号")) for line in table.lines]
    staffed: list[tuple[GridCell, ...]] = [
        (
            "产出数量",
            f"保障{facts[id].label}",
            markup.with_unit(facts[target_id(id)]),
            markup.with_unit(facts[id]),
            "—",
            "—",
            "—",
        )
        for id in ids
    ]
    return Grid(
        "outputs", "产出指标完成情况", HEAD, [*staffed, *_rows(run, OUTPUT_GROUPS)], merged=1
    )


def effects(run: Run) -> Grid:
    """Effect indicators beside their targets."""
    return Grid("effects", "效果指标完成情况", HEAD, _rows(run, EFFECT_GROUPS), merged=1)


def completion_rows(run: Run, indicators: Iterable[Indicator]) -> list[tuple[GridCell, ...]]:
    """The rows of a completion table."""
    rows: list[tuple[GridCell, ...]] = []
    for each in indicators:
        completion = completion_id(each.id)
        rows.append(
            (
                each.kind,
                each.name,
                target_cell(run, each),
                result_cell(run, each),
                run.facts.get(completion, "—"),
                evidence(run, each),
                result_text(run.tables, each, "偏差原因") or "—",
            )
        )
    return rows


def evidence(run: Run, indicator: Indicator) -> str:
    """The number of the evidence; a result without one is said to have none."""
    has_result = run.facts[indicator.id].defined or result_text(run.tables, indicator, "定性等次")
    return result_text(run.tables, indicator, "佐证编号") or ("无佐证" if has_result else "—")


def _rows(run: Run, groups: Iterable[str]) -> list[tuple[GridCell, ...]]:
    own = [each for each in run.evaluation.indicators if not each.owner]
    return completion_rows(run, [each for group in groups for each in own if each.kind == group])


def goals(run: Run) -> Grid:
    """The department's goals by their three elements."""
    return _elements(run, GOALS.name, "绩效目标", "goals", "部门整体绩效目标")


def project_goals(run: Run) -> Grid:
    """The projects' goals by their three elements."""
    return _elements(run, PROJECT_GOALS.name, "项目名称", "project-goals", "项目绩效目标申报")


def _elements(run: Run, name: str, column: str, id: str, title: str) -> Grid:
    table = run.tables[name]
    rows = [
        (table.string(line, column), *(table.string(line, e) or MISSING for e in ELEMENTS))
        for line in table.lines
    ]
    absent = f"本年度未提供“{name}”。"
    return Grid(id, title, (column, *ELEMENTS), rows, absent=absent)


def matrix(run: Run) -> Grid:
    """Duty, goal, indicators, projects: what each goal hangs on and is measured by."""
    table, declared = run.tables[GOALS.name], run.tables[PROJECT_GOALS.name]
    targets = run.tables[INDICATORS.name]
    rows = []
    for line in table.lines:
        goal = table.string(line, "编号")
        measured = [
            each.name
            for each in run.evaluation.indicators
            if targets.string(each.line, "整体目标") == goal
        ]
        serving = [declared.string(other, "项目名称") for other in declared.where("整体目标", goal)]
        rows.append(
            (
                table.string(line, "职责") or MISSING,
                table.string(line, "绩效目标"),
                "、".join(measured) or MISSING,
                "、".join(serving) or "—",
            )
        )
    head = ("职责", "绩效目标", "绩效指标", "项目")
    return Grid("goal-matrix", "职责—目标—指标对应表", head, rows)


def indicator_quality(run: Run) -> Grid:
    """Whether each indicator is quantified, comparable, and tied to policy, money and goal."""
    rows = []
    for each in run.evaluation.indicators:
        held = qualities(run.tables, each)
        rows.append((each.name, *("有" if held[name] else "缺" for name in QUALITIES)))
    head = ("绩效指标", *QUALITIES)
    note = "“比较基准”指上年数或评分标准；“对应支出”指所属项目或支出类别。"
    return Grid("indicator-quality", "绩效指标质量审核", head, rows, note=note)
