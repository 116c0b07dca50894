"""The tables of targets: goals, indicators beside their results, the matrix, the quality check."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.blocks.model import GridCell
from helpers.blocks.words import with_unit, words
from helpers.evaluation.fact_ids import completion_id, staff_id, target_id
from helpers.evaluation.indicator_quality import QUALITIES, qualities
from helpers.evaluation.indicators import Indicator, result_text
from helpers.figures.number import MISSING
from helpers.inputs.data_frames import explained
from helpers.inputs.schema.evaluation import (
    EFFECT_GROUPS,
    GOALS,
    INDICATORS,
    LARGER,
    OUTPUT_GROUPS,
    PROJECT_GOALS,
    QUALITATIVE,
    SMALLER,
)
from helpers.run import Run

HEAD = ["二级指标", "三级指标", "指标值", "完成值", "完成率", "佐证编号", "偏差原因"]
SIGNS = {LARGER: "≥", SMALLER: "≤"}


def target_cell(run: Run, indicator: Indicator) -> GridCell:
    """The target with its sign and unit; the words of the grade for a qualitative one."""
    if indicator.direction == QUALITATIVE:
        return "定性"
    target = run.facts[target_id(indicator.id)]
    sign = SIGNS.get(indicator.direction, "") if target.defined else ""
    return words(sign, with_unit(target))


def result_cell(run: Run, indicator: Indicator) -> GridCell:
    """The result with its unit, or the grade given to a qualitative one."""
    if indicator.direction == QUALITATIVE:
        return result_text(run.tables, indicator, "定性等次") or MISSING
    return with_unit(run.facts[indicator.id])


def outputs(run: Run) -> pd.DataFrame:
    """Output indicators beside their targets, the staff supported first among them."""
    table, facts = run.tables["人员"], run.facts
    ids = [staff_id(table.string(line, "编号")) for line in table.lines]
    staffed: list[tuple[GridCell, ...]] = [
        (
            "产出数量",
            f"保障{facts[id].label}",
            with_unit(facts[target_id(id)]),
            with_unit(facts[id]),
            *("—" for _ in range(3)),
        )
        for id in ids
    ]
    frame = pd.DataFrame([*staffed, *_rows(run, OUTPUT_GROUPS)], columns=HEAD)
    return explained(frame, _none(run, "产出指标"))


def effects(run: Run) -> pd.DataFrame:
    """Effect indicators beside their targets."""
    frame = pd.DataFrame(_rows(run, EFFECT_GROUPS), columns=HEAD)
    return explained(frame, _none(run, "效果指标"))


def _none(run: Run, kind: str) -> str:
    """What stands in place of indicators of a kind where there are none."""
    given = run.tables[INDICATORS.name].given
    return f"没有部门整体的{kind}。" if given else f"本年度未提供“{INDICATORS.name}”。"


def _rows(run: Run, groups: Iterable[str]) -> list[tuple[GridCell, ...]]:
    own = [each for each in run.evaluation.indicators if not each.owner]
    return [
        (
            each.written,
            each.name,
            target_cell(run, each),
            result_cell(run, each),
            run.facts.get(completion_id(each.id), "—"),
            evidence(run, each),
            result_text(run.tables, each, "偏差原因") or "—",
        )
        for group in groups
        for each in own
        if each.kind == group
    ]


def evidence(run: Run, indicator: Indicator) -> str:
    """The number of the evidence; a result without one is said to have none."""
    has_result = run.facts[indicator.id].defined or result_text(run.tables, indicator, "定性等次")
    return result_text(run.tables, indicator, "佐证编号") or ("无佐证" if has_result else "—")


def matrix(run: Run) -> pd.DataFrame:
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
        duty, named = table.string(line, "职责"), table.string(line, "绩效目标")
        rows.append((duty, named, "、".join(measured), "、".join(serving)))
    frame = pd.DataFrame(rows, columns=["职责", "绩效目标", "绩效指标", "项目"])
    return explained(frame, f"本年度未提供“{GOALS.name}”。")


def indicator_quality(run: Run) -> pd.DataFrame:
    """Whether each indicator is quantified, comparable, and tied to policy, money and goal."""
    rows = []
    for each in run.evaluation.indicators:
        held = qualities(run.tables, each)
        rows.append((each.name, *("有" if held[name] else "缺" for name in QUALITIES)))
    frame = pd.DataFrame(rows, columns=["绩效指标", *QUALITIES])
    return explained(frame, f"本年度未提供“{INDICATORS.name}”。")
