"""Checks on figures: 勾稽关系, ranges, thresholds, and printed against computed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Place
from helpers.evaluation.budget import BUDGET_COLUMNS
from helpers.evaluation.evaluate import published_pairs
from helpers.evaluation.fact_ids import printed_id, published_id
from helpers.evaluation.published import PUBLISHED_RATIOS
from helpers.figures import rounding_intervals
from helpers.figures.number import Number, constant
from helpers.figures.ratios import sum_of_parts
from helpers.inputs.schema.report import CATEGORIES

UNIT_SUSPECT = 1000
"""An execution rate above this many percent looks like 元 typed into a 万元 column."""

SIGNED = re.compile(
    r"^published_(?!execution_rate$|carryover_rate$)|^claim_|^adjustment_\d+$|_in_\d{4}$"
)
"""Ids of the readings that may rightly be negative or above a hundred percent."""

SHORT, BEYOND = "低于", "高于"
THRESHOLDS = {
    "execution_rate": ("execution_rate_floor", SHORT),
    "carryover_rate": ("carryover_rate_ceiling", BEYOND),
    "budget_variance_rate": ("variance_rate_ceiling", BEYOND),
}


def best_known(checked: RunContents, ratio: str) -> Number:
    """The computed ratio, or the published one where it cannot be computed."""
    computed = checked.facts[ratio]
    return computed if computed.defined else checked.facts[published_id(ratio)]


def _place(fact: Number, file: str = "数据") -> Place:
    return fact.sources[0].place if fact.sources else Place(file)


def parts_sum(checked: RunContents, name: str) -> Iterator[Finding]:
    """Compare each column's total as it stands in the table with the sum of its categories."""
    facts = checked.facts
    for id, column in BUDGET_COLUMNS.items():
        total = facts[printed_id(id)] if printed_id(id) in facts else facts[id]
        parts = [f"{prefix}_{id}" for prefix in CATEGORIES.values() if f"{prefix}_{id}" in facts]
        summed = sum_of_parts(*map(facts.__getitem__, parts))
        if not (summed.defined and total.defined) or summed == total:
            continue
        problem = f"{column}合计为 {total.exact}，各类相加为 {summed.exact}"
        yield Finding(name, "error", _place(total), problem, "请核对各类和合计")


def within_budget(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask about spending over budget; far over, ask whether the cell is in 元."""
    for prefix, kind in {"basic_": "基本支出", "project_": "项目支出", "": "合计"}.items():
        rate, executed = (
            checked.facts[f"{prefix}execution_rate"],
            checked.facts[f"{prefix}executed"],
        )
        if not rate.defined or rate.known <= 100:
            continue
        place = _place(executed)
        if rate.known > UNIT_SUSPECT:
            problem = f"{kind}执行率 {rate.display}，单元格是否以元填写"
            yield Finding(name, "error", place, problem, "金额单位为万元")
        else:
            problem = f"{kind}支出超过全年预算数，执行率 {rate.display}，须说明"
            yield Finding(name, "warning", place, problem)


def _rests_on_figures(fact: Number) -> bool:
    """Whether it is computed from figures that are looked at themselves, or is no amount."""
    return bool(fact.op) and not any(arg.cell and not arg.id for arg in fact.args)


def in_range(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find amounts below zero, shares and balances beyond their whole, falls beyond 100 %."""
    for fact in checked.facts.values():
        if _rests_on_figures(fact) or not fact.defined or SIGNED.search(fact.id):
            continue
        growth, rate = fact.id.endswith("_growth"), fact.unit == "%"
        if growth and fact.known < -100:
            problem = f"{fact.label}为 {fact.display}，下降不可能超过100%"
            yield Finding(name, "error", _place(fact), problem)
        elif not growth and fact.known < 0:
            yield Finding(name, "error", _place(fact), f"{fact.label}为负数 {fact.display}")
        elif not growth and rate and fact.known > 100:
            problem = f"{fact.label}为 {fact.display}，超过100%"
            yield Finding(name, "warning", _place(fact), problem, "请核对")
    carryover = checked.facts["carryover_rate"]
    if carryover.defined and carryover.known > 100:
        problem = f"结转结余率 {carryover.display}，年末结转结余数大于全年预算数"
        yield Finding(name, "error", _place(carryover), problem)


def explained(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask for a reason where a ratio passes its threshold, and say which have none."""
    table = checked.tables["比率说明"]
    reasons = {
        table.string(line, "编号"): (line, table.string(line, "原因说明")) for line in table.lines
    }
    for ratio, (threshold, word) in THRESHOLDS.items():
        label, limit = PUBLISHED_RATIOS[ratio], checked.params.threshold(threshold)
        if limit is None:
            problem = f"{label}未设阈值（参数 {threshold}），口径待财政部门确认"
            yield Finding(name, "note", Place("params"), problem, gap=True)
            continue
        fact, (line, reason) = best_known(checked, ratio), reasons.get(ratio, (0, ""))
        falls_short = word == SHORT and checked.params.is_below(threshold, fact)
        goes_beyond = word == BEYOND and fact.defined and abs(fact.known) > limit
        if not reason and (falls_short or goes_beyond):
            shown = constant(limit, "%").named("", decimals=0).display
            problem = f"{label} {fact.display}，{word}阈值 {shown}，未说明原因"
            place = Place(table.file, line, "原因说明" if line else "")
            yield Finding(name, "warning", place, problem, "填写原因说明和依据")


def published(checked: RunContents, name: str) -> Iterator[Finding]:
    """Judge each published ratio against the computed one."""
    for shown, computed in published_pairs(checked.facts):
        judgement = rounding_intervals.judge_fact(shown, computed)
        if judgement.verdict == rounding_intervals.INCONSISTENT:
            problem = f"{shown.label} {shown.display}，不一致：{judgement.reason}"
            yield Finding(name, "warning", _place(shown), problem)
        elif judgement.verdict == rounding_intervals.UNKNOWN:
            problem = (
                f"{shown.label} {shown.display}，{rounding_intervals.UNKNOWN}：{judgement.reason}"
            )
            yield Finding(name, "note", _place(shown), problem)


def percent_sign(checked: RunContents, name: str) -> Iterator[Finding]:
    """Note a published ratio that was printed without its % sign."""
    rates = (
        fact
        for id, fact in checked.facts.items()
        if id.startswith(published_id("")) and fact.unit == "%"
    )
    for source in (source for fact in rates for source in fact.sources):
        if source.text and not source.text.endswith(("%", "％")):
            problem = f"公开数 {source.text} 未标%，按百分数处理"
            yield Finding(name, "note", source.place, problem)


FIGURE_CHECKS = (
    Check("合计勾稽", "表中合计等于各类相加", parts_sum),
    Check("支出与预算", "支出不超过预算；超出须说明，超出十倍则疑为单位填错", within_budget),
    Check("数值范围", "金额和比率在可能的范围内", in_range),
    Check("超阈值说明", "比率超过阈值时有原因说明", explained),
    Check("公开数复核", "公开报告所印比率与复核数一致", published),
    Check("百分号", "比率都标%", percent_sign),
)
