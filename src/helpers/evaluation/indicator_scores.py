"""The score of one indicator: by its direction, its grade, and a person's finding."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from helpers.evaluation.fact_ids import (
    completion_id,
    excess_id,
    points_id,
    score_id,
    share_id,
    target_id,
)
from helpers.evaluation.indicators import Indicator, result_text
from helpers.figures import ratios
from helpers.figures.facts import Facts
from helpers.figures.number import Number, constant
from helpers.inputs.rubrics import Rubric
from helpers.inputs.schema.evaluation import QUALITATIVE, RESULTS, SMALLER, YES
from helpers.inputs.tables import Table


class Outcome(NamedTuple):
    """What came of scoring, but for the score itself.

    `deduction_fact_id` names the fact that shows what was lost, `why` says it in words, or
    why there is no score; `confirmed` is whether the rules used are known to hold. `measured`
    names the fact an item was scored by.
    """

    deduction_fact_id: str = ""
    why: str = ""
    confirmed: bool = True
    measured: str = ""


def score_indicator(
    facts: Facts, tables: Mapping[str, Table], rubric: Rubric, indicator: Indicator
) -> Outcome:
    """Enter the score of one indicator.

    Quantities: by completion rate, capped; a target of zero, or a result of zero
    where less is better, is met or not; negative values are for a person to judge.
    """
    if indicator.direction == QUALITATIVE:
        return _qualitative(facts, tables, rubric, indicator)
    lacking = [
        facts[id].reason
        for id in (points_id(indicator.id), target_id(indicator.id), indicator.id)
        if not facts[id].defined
    ]
    if not indicator.direction:
        lacking.append(f"{indicator.name}未填方向")
    if lacking:
        return _unscored(facts, indicator, lacking[0])
    actual, target = facts[indicator.id].known, facts[target_id(indicator.id)].known
    if target == 0 or (indicator.direction == SMALLER and actual == 0 < target):
        return _pass_or_fail(facts, rubric, indicator, actual, target)
    if actual < 0 or target < 0:
        reason = "指标值或完成值为负数，不能按比例计分，由人工评定"
        return _unscored(facts, indicator, reason)
    return _by_completion(facts, tables, rubric, indicator)


def _pass_or_fail(
    facts: Facts, rubric: Rubric, indicator: Indicator, actual: Fraction, target: Fraction
) -> Outcome:
    met = actual <= target if indicator.direction == SMALLER else actual >= target
    score = ratios.share_score(100 if met else 0, facts[points_id(indicator.id)])
    _computed(facts, rubric, indicator, score)
    return Outcome(why="" if met else "指标值为零，未达到，不得分")


def _by_completion(
    facts: Facts, tables: Mapping[str, Table], rubric: Rubric, indicator: Indicator
) -> Outcome:
    rate, points = facts[completion_id(indicator.id)], facts[points_id(indicator.id)]
    deduction = over_target_deduction(facts, rubric, indicator)
    found = result_text(tables, indicator, "指标值偏低") == YES
    reason = result_text(tables, indicator, "认定理由")
    if deduction and found and reason:
        share = constant(deduction, "%")
        _computed(facts, rubric, indicator, ratios.deducted_score(points, share))
        why = f"指标值偏低：{reason}"
        return Outcome(excess_id(indicator.id), why, rubric.over_target.confirmed)
    decimals = rubric.rounding.rate_decimals
    _computed(facts, rubric, indicator, ratios.rate_score(rate, points, rate_decimals=decimals))
    if rate.known >= 100:
        return Outcome()
    return Outcome(rate.id, result_text(tables, indicator, "偏差原因"))


def over_target_deduction(facts: Facts, rubric: Rubric, indicator: Indicator) -> Fraction:
    """Percent of the points a person may take off because the target was set too low.

    Zero unless more is better and the result lies far enough above a target above zero.
    Enters the excess as a fact where it is above zero.
    """
    actual, target = facts[indicator.id], facts[target_id(indicator.id)]
    if indicator.direction == SMALLER or not (actual.defined and target.defined):
        return Fraction(0)
    if target.known <= 0:
        return Fraction(0)
    excess = ratios.excess_rate(actual, target)
    deduction = rubric.over_target.deduction(excess.known)
    id = excess_id(indicator.id)
    if deduction and id not in facts:
        facts.name(id, f"{indicator.name}超额率", excess)
    return deduction


def _qualitative(
    facts: Facts, tables: Mapping[str, Table], rubric: Rubric, indicator: Indicator
) -> Outcome:
    """Score a grade by the share a person gave within it."""
    results, confirmed = tables[RESULTS.name], rubric.qualitative.confirmed
    name = result_text(tables, indicator, "定性等次")
    level = rubric.qualitative.level(name)
    if indicator.result is None or level is None:
        reason = f"定性等次“{name}”不在评分表中" if name else "未填定性等次"
        return _unscored(facts, indicator, reason, confirmed=confirmed)
    given, label = results.number(indicator.result, "评定比例"), f"{indicator.name}评定比例"
    share = facts.name(share_id(indicator.id), label, given, decimals=None)
    if not share.defined or not level.holds(share.known):
        reason = f"评定比例应在“{name}”的{level.from_}%～{level.to}%之内"
        return _unscored(facts, indicator, reason, confirmed=confirmed)
    score = ratios.share_score(share, facts[points_id(indicator.id)])
    _computed(facts, rubric, indicator, score)
    if share.known >= 100:
        return Outcome(confirmed=confirmed)
    return Outcome(share.id, result_text(tables, indicator, "偏差原因"), confirmed)


def _computed(facts: Facts, rubric: Rubric, indicator: Indicator, score: Number) -> None:
    label, decimals = f"{indicator.name}得分", rubric.rounding.score_decimals
    added_up = rubric.rounding.of(score)
    facts.name(score_id(indicator.id), label, added_up, unit="分", decimals=decimals)


def _unscored(
    facts: Facts, indicator: Indicator, reason: str, *, confirmed: bool = True
) -> Outcome:
    rests_on = (facts[indicator.id],)
    lack = Number(None, "分", args=rests_on, reason=reason, lack="unscored")
    facts.name(score_id(indicator.id), f"{indicator.name}得分", lack)
    return Outcome(why=reason, confirmed=confirmed)
