"""Checks on what lies out of all bounds: days of another time, percentages typed as fractions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Place
from helpers.figures.exact import exact_text
from helpers.inputs import cells
from helpers.inputs.params import MONITORING
from helpers.inputs.schema.evaluation import STEPS

BEFORE, AFTER = 5, 3
"""Years a day may lie before and after that of the run: old cases, deadlines to come."""

FEWEST = 2
"""A floor, or a share of the points, of fewer percent is taken for a fraction of 1."""

RATE_FLOORS = ("execution_rate_floor", "progress_floor")
RATE_CEILINGS = ("carryover_rate_ceiling", "variance_rate_ceiling", "change_rate_ceiling")
OTHER_THRESHOLDS = ("small_stratum", "weighting_gap")
"""Thresholds that may be 1 or less, but not negative."""


def days(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find days that nothing of the year can have, and a report signed before its time is over."""
    year, params = checked.params.year, checked.params
    signed = {key: getattr(params, key) for key in ("report_date", "monitoring_date")}
    given = [(Place(f"params（{key}）"), cells.day(text)) for key, text in signed.items() if text]
    for table in checked.tables.values():
        for column in [each.name for each in table.spec.columns if each.kind == "date"]:
            given += [
                (table.source(line, column).place, date.fromisoformat(text))
                for line in table.lines
                if (text := table.string(line, column))
            ]
    for place, day in given:
        if not year - BEFORE <= day.year <= year + AFTER:
            problem = f"日期 {day.isoformat()} 与报告年度 {year} 相差过远"
            yield Finding(name, "warning", place, problem, "请核对年份")
    key, over = "report_date", date(year, 12, 31)
    if params.stage == MONITORING:
        key, over = "monitoring_date", date(year, 7, 31)
    if signed[key] and cells.day(signed[key]) < over:
        problem = f"日期 {signed[key]} 早于所报告期间的结束"
        yield Finding(name, "warning", Place(f"params（{key}）"), problem, "请核对日期")


def percentages(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find thresholds and steps that no percentage can be, or that look like fractions."""
    for key in (*RATE_FLOORS, *RATE_CEILINGS, *OTHER_THRESHOLDS):
        value = checked.params.threshold(key)
        most = 100 if key in RATE_FLOORS else None
        least = 0 if key in OTHER_THRESHOLDS else 1 if key in RATE_CEILINGS else FEWEST
        if value is not None:
            yield from _rate(name, Place(f"params（{key}）"), value, most, least)
    table = checked.tables[STEPS.name]
    for column, most, fewest in (("不高于", None, 1), ("得分比例", 100, FEWEST)):
        for line in table.lines:
            step, typed = table.value(line, column), table.string(line, column)
            if isinstance(step, Fraction):
                least = 0 if typed.endswith(("%", "％")) else fewest
                yield from _rate(name, table.source(line, column).place, step, most, least)


def _rate(
    name: str, place: Place, value: Fraction, most: int | None, least: int
) -> Iterator[Finding]:
    """What is wrong with a percentage: below zero, above the most, below the least."""
    shown = exact_text(value)
    if value < 0:
        yield Finding(name, "warning", place, f"{shown} 为负数")
    elif most is not None and value > most:
        yield Finding(name, "warning", place, f"{shown} 超过 {most}%")
    elif 0 < value < least:
        hint = f"是否应为 {exact_text(value * 100)}"
        yield Finding(name, "warning", place, f"{shown} 按 {shown}% 计", hint)


BOUND_CHECKS = (
    Check("日期范围", "日期与报告年度相近，落款不早于期间结束", days),
    Check("阈值写法", "阈值和评分标准为百分数，不为负数或小数写法", percentages),
)
