"""The facts of indicators: target, result, last year, completion, and how many were met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.errors import Place
from helpers.evaluation.counts import count_answers
from helpers.evaluation.fact_ids import completion_id, target_id
from helpers.evaluation.indicators import Indicator
from helpers.figures import ratios
from helpers.figures.cell import Cell
from helpers.figures.conditions import at_least, given, reads, text_in
from helpers.figures.facts import Facts
from helpers.figures.number import Number, lacking
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
            cell = Cell(Place(table.file, column=column))
            blank = lacking(label, f"{label}未填（{table.file}）", "missing", cell=cell)
            facts.name(id, label, blank, unit=of)
            continue
        facts.name(id, label, table.number(line, column), unit=of, decimals=None)


def _completion(facts: Facts, indicator: Indicator) -> None:
    """Enter how far the target was reached, by the direction of the indicator.

    Where that would divide by zero, the target is met or not, and there is no rate.
    """
    below = target_id(indicator.id) if indicator.direction == LARGER else indicator.id
    if facts[below].defined and facts[below].known == 0:
        return
    actual, target = facts[indicator.id], facts[target_id(indicator.id)]
    if indicator.direction == LARGER:
        rate = ratios.completion_rate(actual, target)
    elif indicator.direction == SMALLER:
        rate = ratios.reverse_completion_rate(target, actual)
    else:
        return
    facts.name(completion_id(indicator.id), f"{indicator.name}完成率", rate)


def _growth(facts: Facts, indicator: Indicator) -> None:
    """Enter the growth against last year, to hold against the growth that was claimed."""
    id, growth = indicator.id, facts[f"{indicator.id}_growth"]
    recomputed = ratios.year_on_year_growth(facts[id], facts[f"{id}_previous"])
    facts.name(f"{id}_growth_recomputed", f"{indicator.name}同比增长（复核）", recomputed)
    if growth.defined:
        label = f"{indicator.name}同比增减幅度"
        facts.name(f"{id}_growth_size", label, ratios.size(growth), decimals=growth.decimals)


def met(facts: Facts, tables: Mapping[str, Table], indicator: Indicator, met_level: str) -> Number:
    """Whether the target was met, 1 or 0; nothing where target or result is lacking."""
    actual, target = facts[indicator.id], facts[target_id(indicator.id)]
    if indicator.direction == QUALITATIVE:
        return reads(_level(tables, indicator), met_level)
    if indicator.direction == SMALLER:
        return at_least(target, actual)
    return at_least(actual, target)


def _level(tables: Mapping[str, Table], indicator: Indicator) -> Number:
    """The cell of the grade a qualitative indicator was given."""
    results = tables[RESULTS.name]
    if indicator.result is None:
        return text_in(Cell(Place(results.file, column="定性等次")))
    return results.text_cell(indicator.result, "定性等次")


def _counted(
    facts: Facts, tables: Mapping[str, Table], own: Sequence[Indicator], met_level: str, kind: str
) -> None:
    """Enter how many indicators of a kind can be judged, and how many of them were met."""
    targets = tables[INDICATORS.name]
    answers = [met(facts, tables, each, met_level) for each in own]
    judged = [given(answer) for answer in answers]
    for suffix, what, counted in (
        ("count", "可对照的指标数", judged),
        ("met", "达到指标值的指标数", answers),
    ):
        id, label = f"{GROUPS[kind]}_{suffix}", kind + what
        listed = counted if any(answer.value for answer in judged) else []
        count_answers(facts, targets, listed, id=id, label=label, unit="项")
