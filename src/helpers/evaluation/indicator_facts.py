"""The facts of indicators: target, result, last year, completion, and how many were met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from helpers.errors import Place
from helpers.evaluation.cell_facts import reading
from helpers.evaluation.fact_ids import completion_id, target_id
from helpers.evaluation.indicators import Indicator, result_text
from helpers.figures import ratios
from helpers.figures.expressions import Name, Undefined
from helpers.figures.facts import Fact, Facts, Source
from helpers.inputs.schema.evaluation import (
    GROUPS,
    INDICATORS,
    LARGER,
    QUALITATIVE,
    RESULTS,
    SMALLER,
)
from helpers.inputs.tables import Table


def indicator_facts(
    facts: Facts, tables: Mapping[str, Table], indicators: Sequence[Indicator], met_level: str
) -> None:
    """Enter the facts of every indicator; `met_level` is the qualitative grade that counts as met.

    A blank cell gives a fact without a value.
    """
    for indicator in indicators:
        _readings(facts, tables, indicator)
        _completion(facts, indicator)
        if not indicator.owner:
            _growth(facts, indicator)
    for kind in GROUPS:
        own = [each for each in indicators if each.kind == kind and not each.owner]
        _counted(facts, tables, own, met_level, kind)


def _readings(facts: Facts, tables: Mapping[str, Table], indicator: Indicator) -> None:
    targets, results = tables[INDICATORS.name], tables[RESULTS.name]
    unit = targets.string(indicator.line, "计量单位")
    cells = [
        (results, indicator.result, "完成值", "", unit),
        (targets, indicator.line, "指标值", "_target", unit),
        (targets, indicator.line, "分值", "_points", "分"),
    ]
    if not indicator.owner:
        cells += [
            (targets, indicator.line, "上年数", "_previous", unit),
            (results, indicator.result, "同比增长", "_growth", "%"),
        ]
    for table, line, column, suffix, of in cells:
        id, label = indicator.id + suffix, indicator.name + (column if suffix else "")
        if line is None:
            reason = Undefined(f"{label}未填（{table.file}）", missing=True)
            place = Place(table.file, column=column)
            facts.add(Fact(id, label, reason, of, sources=(Source(place, ""),)))
            continue
        facts.add(reading(table, line, column, id=id, label=label, unit=of))


def _completion(facts: Facts, indicator: Indicator) -> None:
    """Enter how far the target was reached, by the direction of the indicator.

    Where that would divide by zero, the target is met or not, and there is no rate.
    """
    below = target_id(indicator.id) if indicator.direction == LARGER else indicator.id
    if facts[below].defined and facts[below].number == 0:
        return
    actual, target = Name(indicator.id), Name(target_id(indicator.id))
    trees = {
        LARGER: ratios.completion_rate(actual, target),
        SMALLER: ratios.reverse_completion_rate(target, actual),
    }
    if indicator.direction in trees:
        facts.compute(
            completion_id(indicator.id),
            f"{indicator.name}完成率",
            trees[indicator.direction],
            unit="%",
        )


def _growth(facts: Facts, indicator: Indicator) -> None:
    """Enter the growth against last year, to hold against the growth that was claimed."""
    id, growth = indicator.id, facts[f"{indicator.id}_growth"]
    facts.compute(
        f"{id}_growth_recomputed",
        f"{indicator.name}同比增长（复核）",
        ratios.year_on_year_growth(Name(id), Name(f"{id}_previous")),
        unit="%",
    )
    if growth.defined:
        facts.compute(
            f"{id}_growth_size",
            f"{indicator.name}同比增减幅度",
            ratios.size(Name(growth.id)),
            unit="%",
            decimals=growth.decimals,
        )


def is_met(
    facts: Facts, tables: Mapping[str, Table], indicator: Indicator, met_level: str
) -> bool | None:
    """Whether the target was met; None where target or result is lacking."""
    if indicator.direction == QUALITATIVE:
        level = result_text(tables, indicator, "定性等次")
        return level == met_level if level else None
    actual, target = facts[indicator.id], facts[target_id(indicator.id)]
    if not (actual.defined and target.defined):
        return None
    if indicator.direction == SMALLER:
        return actual.number <= target.number
    return actual.number >= target.number


def _counted(
    facts: Facts, tables: Mapping[str, Table], own: Sequence[Indicator], met_level: str, kind: str
) -> None:
    """Enter how many indicators of a kind can be judged, and how many of them were met."""
    verdicts = [(each, is_met(facts, tables, each, met_level)) for each in own]
    judged = [each for each, met in verdicts if met is not None]
    targets = tables[INDICATORS.name]
    for suffix, what, listed in (
        ("count", "可对照的指标数", judged),
        ("met", "达到指标值的指标数", [each for each, met in verdicts if met]),
    ):
        id, label = f"{GROUPS[kind]}_{suffix}", kind + what
        if not judged:
            facts.lack(id, label, targets.file, unit="项")
            continue
        value = Fraction(len(listed))
        sources = tuple(targets.source(each.line, "编号") for each in listed or judged)
        facts.add(Fact(id, label, value, "项", 0, formula="行数", sources=sources))
