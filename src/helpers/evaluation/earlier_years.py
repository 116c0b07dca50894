"""The same facts of earlier runs beside this year's, and how each changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from helpers.evaluation.fact_ids import change_id, earlier_id
from helpers.figures import ratios
from helpers.figures.exact import WAN
from helpers.figures.expressions import Name, Undefined
from helpers.figures.facts import Fact, Facts

COMPARED = (
    "initial_budget",
    "budget",
    "executed",
    "execution_rate",
    "project_execution_rate",
    "carryover_balance",
    "carryover_rate",
    "budget_variance_rate",
    "staff_total",
    "total_score",
)
"""The facts that are followed over the years."""


def earlier_facts(facts: Facts, year: int, earlier: Mapping[int, Facts]) -> None:
    """Enter the compared facts of earlier years, and the change from the year before."""
    for past in sorted(earlier):
        for id in COMPARED:
            facts.add(_taken_over(earlier[past][id], past))
    if year - 1 in earlier:
        for id in COMPARED:
            _change(facts, facts[id], Name(earlier_id(id, year - 1)))


def _taken_over(fact: Fact, year: int) -> Fact:
    """A fact of an earlier run as a reading of this one: its value and its sources."""
    value = fact.value
    if isinstance(value, Undefined):
        value = Undefined(f"{year}年{fact.label}没有数值：{value.reason}", missing=True)
    formula = f"{year}年同一数据项：{fact.formula or '读数'}"
    return replace(
        fact,
        id=earlier_id(fact.id, year),
        label=f"{year}年{fact.label}",
        value=value,
        tree=None,
        formula=formula,
        denominator="",
    )


def _change(facts: Facts, fact: Fact, previous: Name) -> None:
    """Enter the change against last year: growth of amounts, difference of rates and scores."""
    if fact.unit in {WAN, "人"}:
        tree, unit, label = ratios.year_on_year_growth(Name(fact.id), previous), "%", "同比增长"
    else:
        tree, label = ratios.difference(Name(fact.id), previous), "比上年增减"
        unit = "个百分点" if fact.unit == "%" else fact.unit
    change = facts.compute(change_id(fact.id), f"{fact.label}{label}", tree, unit=unit)
    facts.compute(
        f"{change.id}_size",
        f"{change.label}的幅度",
        ratios.size(Name(change.id)),
        unit=unit,
    )
