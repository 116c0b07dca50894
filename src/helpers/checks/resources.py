"""Checks on expenses, posts and funds: totals against their rows, and against the budget."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.checks.finding import Check, Finding, RunContents
from helpers.evaluation.resources import RESOURCES, parts_listed, printed_lines
from helpers.figures.ratios import sum_of_parts
from helpers.inputs.schema.resources import ECONOMIC, FUNDS

SAME = (
    (FUNDS, "funds_initial_budget", "initial_budget"),
    (FUNDS, "funds_budget", "budget"),
    (FUNDS, "funds_executed", "executed"),
    (ECONOMIC, "economic_class_final", "executed"),
)
"""Totals that tell of the same money as 预算执行 does."""


def totals(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold every printed total against the sum of its rows."""
    for resource in RESOURCES:
        table = checked.tables[resource.spec.name]
        for column, id in resource.columns.items():
            for line in printed_lines(table, column):
                rows = parts_listed(checked.facts, table, resource, id)
                printed = table.number(line, column)
                summed = sum_of_parts(*rows) if rows else printed
                if summed.defined and summed != printed:
                    problem = f"{column}合计为 {printed.exact}，各项相加为 {summed.exact}"
                    place = table.source(line, column).place
                    yield Finding(name, "error", place, problem, "请核对各项和合计")


def same_money(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold funds and economic classes against budget and spending."""
    facts = checked.facts
    for spec, own, of_budget in SAME:
        if own not in facts or not (facts[own].defined and facts[of_budget].defined):
            continue
        if facts[own].known != facts[of_budget].known:
            problem = (
                f"{facts[own].label} {facts[own].exact}，"
                f"预算执行表{facts[of_budget].label}为 {facts[of_budget].exact}"
            )
            place = checked.tables[spec.name].place
            yield Finding(name, "warning", place, problem, "请核对是否列全")


RESOURCE_CHECKS = (
    Check("经费合计", "经费、编制、资金各表所印的合计等于各项相加", totals),
    Check("资金勾稽", "资金来源、经济分类的合计与预算执行一致", same_money),
)
