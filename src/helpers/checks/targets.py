"""Checks on targets and results: complete, tied together, scored by rules a person confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.checks.finding import Check, Finding, RunContents
from helpers.checks.references import column_texts
from helpers.errors import Place
from helpers.evaluation.fact_ids import excess_id, target_id
from helpers.evaluation.indicator_facts import met
from helpers.evaluation.indicator_quality import qualities
from helpers.evaluation.indicators import Indicator, result_text
from helpers.inputs.schema.evaluation import (
    ELEMENTS,
    GOALS,
    INDICATORS,
    NO,
    PROJECT_GOALS,
    QUALITATIVE,
    RESULTS,
    YES,
)


def result_place(checked: RunContents, indicator: Indicator, column: str) -> Place:
    """Where a result stands, or the table where it should."""
    table = checked.tables[RESULTS.name]
    if indicator.result is None:
        return Place(table.file)
    return table.source(indicator.result, column).place


def complete(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask for the 指标值 and 完成值 of every indicator, and of the staff supported."""
    staff, targets = checked.tables["人员"], checked.tables[INDICATORS.name]
    for line in staff.lines:
        if staff.value(line, "指标值") is None:
            problem = f"“{staff.string(line, '人员类别')}”没有指标值，无从对照"
            yield Finding(name, "warning", staff.source(line, "指标值").place, problem, gap=True)
    for each in checked.evaluation.indicators:
        if each.direction == QUALITATIVE:
            if not result_text(checked.tables, each, "定性等次"):
                place = result_place(checked, each, "定性等次")
                yield Finding(name, "warning", place, f"“{each.name}”没有定性等次", gap=True)
            continue
        if not checked.facts[target_id(each.id)].defined:
            place = targets.source(each.line, "指标值").place
            yield Finding(name, "warning", place, f"“{each.name}”没有指标值，无从对照", gap=True)
        if not checked.facts[each.id].defined:
            place = result_place(checked, each, "完成值")
            yield Finding(name, "warning", place, f"“{each.name}”没有完成值，无从对照", gap=True)


def groups_covered(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask for a comparator of cost and for data on satisfaction."""
    facts, own = checked.facts, [i for i in checked.evaluation.indicators if not i.owner]
    table = checked.tables[INDICATORS.name]
    place, none = table.place, () if table.given else (table.place,)
    if not any(each.kind == "产出成本" and facts[target_id(each.id)].defined for each in own):
        problem = "没有带指标值的成本指标，支出总额不能说明成本高低"
        hint = "补充“产出成本”的行"
        yield Finding(name, "warning", place, problem, hint, gap=True, blanks=none)
    if not any(each.kind == "服务对象满意度" and facts[each.id].defined for each in own):
        problem = "没有满意度指标，满意度无数据"
        hint = "补充“服务对象满意度”的行"
        yield Finding(name, "warning", place, problem, hint, gap=True, blanks=none)


def elements(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that every goal says its need, its content and its results of the year."""
    for spec, label in ((GOALS, "绩效目标"), (PROJECT_GOALS, "项目名称")):
        table = checked.tables[spec.name]
        for line in table.lines:
            for element in ELEMENTS:
                if not table.string(line, element):
                    problem = f"“{table.string(line, label)}”没有写明{element}"
                    place = table.source(line, element).place
                    yield Finding(name, "warning", place, problem, gap=True)


def tied(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find goals that follow from no duty, and goals nothing measures."""
    goals = checked.tables[GOALS.name]
    measured = column_texts(checked.tables[INDICATORS.name], "整体目标")
    for line in goals.lines:
        if not goals.string(line, "职责"):
            place = goals.source(line, "职责").place
            yield Finding(name, "warning", place, "绩效目标没有对应的职责", gap=True)
        if goals.string(line, "编号") not in measured:
            problem = f"“{goals.string(line, '绩效目标')}”没有绩效指标来衡量"
            yield Finding(name, "warning", goals.source(line, "编号").place, problem)


def quality(checked: RunContents, name: str) -> Iterator[Finding]:
    """Where the department declares its goals, see that each indicator could be held to them."""
    table = checked.tables[INDICATORS.name]
    if not checked.tables[GOALS.name].given:
        return
    for each in checked.evaluation.indicators:
        lacking = [word for word, held in qualities(checked.tables, each).items() if not held]
        if lacking:
            place = table.source(each.line, "三级指标").place
            problem = f"“{each.name}”缺：{'、'.join(lacking)}"
            yield Finding(name, "warning", place, problem, gap=True)


def low_targets(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask a person whether a target far exceeded was set too low, and why they think so."""
    for each in checked.evaluation.indicators:
        excess = excess_id(each.id)
        if excess not in checked.facts:
            continue
        answer = result_text(checked.tables, each, "指标值偏低")
        place = result_place(checked, each, "指标值偏低")
        if not answer:
            problem = f"“{each.name}”超额 {checked.facts[excess].display}，指标值是否偏低须人工认定"
            yield Finding(name, "warning", place, problem, "填写是或否，并写认定理由")
        elif answer in {YES, NO} and not result_text(checked.tables, each, "认定理由"):
            problem = f"“{each.name}”指标值偏低的认定没有理由，未扣分"
            yield Finding(name, "warning", result_place(checked, each, "认定理由"), problem)


def evidence(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that a result has its evidence, and a missed target its reason."""
    met_level = checked.evaluation.sheet.rubric.qualitative.levels[0].name
    for each in checked.evaluation.indicators:
        reached = met(checked.facts, checked.tables, each, met_level)
        if not reached.defined:
            continue
        if not result_text(checked.tables, each, "佐证编号"):
            place = result_place(checked, each, "佐证编号")
            yield Finding(name, "warning", place, f"“{each.name}”的完成值无佐证", gap=True)
        if reached == 0 and not result_text(checked.tables, each, "偏差原因"):
            place = result_place(checked, each, "偏差原因")
            yield Finding(name, "warning", place, f"“{each.name}”未达到指标值，没有偏差原因")


TARGET_CHECKS = (
    Check("指标值与完成值", "每项指标都有指标值和完成值", complete),
    Check("成本与满意度", "成本有比较对象，满意度有数据", groups_covered),
    Check("目标要素", "绩效目标写明立项背景和需求、主要内容、年度成果", elements),
    Check("目标对应", "绩效目标有对应的职责，有绩效指标来衡量", tied),
    Check("指标质量", "指标量化、可比，与政策、支出和整体目标相关联", quality),
    Check("指标值偏低", "完成值远超指标值的，由人认定并写明理由", low_targets),
    Check("佐证与偏差", "完成值有佐证，未达到指标值的有原因", evidence),
)
