"""The same facts of earlier runs beside this year's, and how each changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from helpers.evaluation.fact_ids import change_id, earlier_id
from helpers.figures import ratios
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.figures.number import Number, lacking

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
    """Enter the compared facts of earlier years, and the change from the year before.

    Without that year the changes are entered as missing.
    """
    for past in sorted(earlier):
        for id in COMPARED:
            facts.name(
                earlier_id(id, past),
                f"{past}年{earlier[past][id].label}",
                of_other_run(earlier[past][id], f"{past}年"),
                decimals=None,
                rounding=earlier[past][id].rounding,
            )
    if year - 1 in earlier:
        for id in COMPARED:
            _change(facts, facts[id], facts[earlier_id(id, year - 1)])
    elif earlier:
        for id in COMPARED:
            label = f"{facts[id].label}比上年增减"
            for changed in (change_id(id), f"{change_id(id)}_size"):
                facts.name(changed, label, lacking(label, f"没有{year - 1}年的数据", "missing"))


def of_other_run(number: Number, whose: str) -> Number:
    """A number of another run with all behind it, its names said to be that run's."""
    made = replace(
        number,
        id="",
        label=number.label and whose + number.label,
        args=tuple(of_other_run(arg, whose) for arg in number.args),
    )
    if number.defined:
        return made
    reason = f"{whose}{number.label}没有数值：{number.reason}"
    return replace(made, reason=reason, lack="missing")


def _change(facts: Facts, fact: Number, previous: Number) -> None:
    """Enter the change against last year: growth of amounts, difference of rates and scores."""
    if fact.unit in {WAN, "人"}:
        change, unit, label = ratios.year_on_year_growth(fact, previous), "%", "同比增长"
    else:
        change, label = ratios.difference(fact, previous), "比上年增减"
        unit = "个百分点" if fact.unit == "%" else fact.unit
    changed = facts.name(change_id(fact.id), f"{fact.label}{label}", change, unit=unit)
    facts.name(f"{changed.id}_size", f"{changed.label}的幅度", ratios.size(changed))
