"""The rules by which a rubric scores an item: from the figure to the points, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from helpers.evaluation.fact_ids import measured_id, points_id
from helpers.evaluation.indicator_scores import Outcome
from helpers.evaluation.rubric_figures import figure
from helpers.evaluation.score_lines import UNCONFIRMED, ScoringContext
from helpers.figures import ratios
from helpers.figures.arithmetic import larger, rounded, smaller
from helpers.figures.conditions import alike, both, compared, first_of
from helpers.figures.number import Number, combined, comparable, lacking, number
from helpers.figures.units import UnitMismatchError
from helpers.inputs.formula_text import Formula, parsed
from helpers.inputs.rubric_rules import Item
from helpers.inputs.schema.evaluation import MANAGEMENT, NO, STEPS

AS_POINTS = "得分写作……× 分值，如 executed ÷ budget × 分值；百分数先 ÷ 100%"
"""What to do where a formula gives something else than points."""


class Scored(NamedTuple):
    """The score a rule gives, without value where there is none, and what else came of it."""

    score: Number
    outcome: Outcome = Outcome()


def by_rule(scored: ScoringContext, item: Item, id: str) -> Scored:
    """Score an item by its rule; `id` is the item's with the prefix of the sheet.

    Raises `UnitMismatchError` for a formula that adds up or compares what cannot be.
    """
    found = measured(scored, item, id)
    score, outcome = RULES[item.rule](scored, item, id, found)
    return Scored(score, outcome._replace(measured=found.id))


def measured(scored: ScoringContext, item: Item, id: str) -> Number:
    """The figure an item is scored by; one worked out by a formula gets the item's name.

    An item that is scored by none has one without id and value.
    """
    if item.fact:
        return figure(scored, item, item.fact)
    if item.rule == "formula" or not item.formula:
        return lacking("", "", "absent")
    worked_out = parsed(item.formula).worked_out(partial(figure, scored, item))
    return scored.facts.name(measured_id(id), item.name, worked_out)


def _taken(scored: ScoringContext, item: Item, by: Number) -> Number:
    """The figure as it is scored: without its sign, rounded, where the rubric says so."""
    decimals = scored.rubric.rounding.rate_decimals
    unsigned = larger(by, 0 - by) if item.absolute else by
    return unsigned if decimals is None else rounded(unsigned, decimals)


def _points(scored: ScoringContext, id: str) -> Number:
    return scored.facts[points_id(id)]


def _lost(score: Number, points: Number, by: Number) -> Outcome:
    """What to tell of a score below the points: the figure it was scored by."""
    less = score.defined and points.defined and score.known < points.known
    return Outcome(by.id if less else "")


def _rate(scored: ScoringContext, _: Item, id: str, by: Number) -> Scored:
    decimals = scored.rubric.rounding.rate_decimals
    score = ratios.rate_score(by, _points(scored, id), rate_decimals=decimals)
    less = by.defined and by.known < 100
    return Scored(score, Outcome(by.id if less else ""))


def _formula(scored: ScoringContext, item: Item, id: str, _: Number) -> Scored:
    """What the formula gives, not below zero nor above the points."""
    worked_out = parsed(item.formula).worked_out(partial(figure, scored, item))
    try:
        comparable("分", worked_out)
    except UnitMismatchError as error:
        raise UnitMismatchError(error.problem, hint=AS_POINTS) from None
    score = larger(0, smaller(_points(scored, id), worked_out))
    return Scored(score)


def _bands(scored: ScoringContext, item: Item, id: str, by: Number) -> Scored:
    """The points of the first band the figure lies in.

    A bound without value leaves no score, unless an earlier band holds.
    """
    if not by.defined:
        return Scored(by)
    taken, cases, holding = _taken(scored, item, by), [], False
    for band, points in zip(item.bands, item.band_points(), strict=True):
        bounds = [(sign, _bound(scored, item, bound, taken)) for sign, bound in band.bounds]
        unknown = [bound for _, bound in bounds if not bound.defined]
        if unknown and holding:
            continue
        if unknown:
            return Scored(unknown[0])
        answers = [_asked(sign, taken, bound) for sign, bound in bounds]
        case = answers[0] if len(answers) == 1 else both(*answers)
        holding = holding or bool(case.value)
        cases.append((case, points))
    chosen = first_of(cases)
    if not chosen.defined:
        return Scored(lacking("", f"{by.label}{chosen.reason}", "undefined"))
    return Scored(chosen, _lost(chosen, _points(scored, id), by))


def _bound(scored: ScoringContext, item: Item, bound: Formula, taken: Number) -> Number:
    """What a band is bounded by, in the unit of the figure where it says none."""
    worked_out = number(bound.worked_out(partial(figure, scored, item)), taken.unit)
    comparable(taken.unit, worked_out)
    return worked_out


def _asked(sign: str, taken: Number, bound: Number) -> Number:
    return alike(taken, bound) if sign == "=" else compared(sign, taken, bound)


def _per_point(scored: ScoringContext, item: Item, id: str, by: Number) -> Scored:
    """The points less so much for every step beyond the start, but never below zero."""
    assert item.loss
    taken, points = _taken(scored, item, by), _points(scored, id)
    start, per = (number(text, taken.unit) for text in (item.loss.start, item.loss.per))
    beyond = (taken, start) if item.loss.worse == "above" else (start, taken)
    steps = larger(0, combined("-", beyond)) / per
    rest = {"part": "", "none": "floor", "all": "ceil"}[item.loss.rest]
    lost = number(item.loss.points, "分") * (combined(rest, [steps]) if rest else steps)
    if item.loss.up_to is not None:
        lost = smaller(number(item.loss.up_to, "分"), lost)
    score = larger(0, points - lost)
    return Scored(score, _lost(score, points, by))


def _steps(scored: ScoringContext, item: Item, id: str, by: Number) -> Scored:
    """Score by the finance bureau's steps of the year: the first the ratio does not exceed."""
    table = scored.tables[STEPS.name]
    lines = table.where("编号", item.id)
    if not lines:
        lack = lacking("", f"评分标准未定，{UNCONFIRMED}", "unscored")
        return Scored(lack, Outcome(confirmed=False))
    if not by.defined:
        return Scored(by)
    taken = _taken(scored, item, by).known
    for line in lines:
        bound = table.number(line, "不高于")
        if not bound.defined or taken <= bound.known:
            break
    else:
        return Scored(lacking("", f"{by.label}不在各档之内", "undefined"))
    given, label = table.number(line, "得分比例"), f"{item.name}得分比例"
    step = scored.facts.name(f"{id}_step", label, given, decimals=None)
    lost = "" if step.known == 100 else by.id
    outcome = Outcome(lost, confirmed=table.string(line, "已确认") != NO)
    return Scored(ratios.share_score(step, _points(scored, id)), outcome)


def _assessed(scored: ScoringContext, item: Item, *_: object) -> Scored:
    """Take the score a person gave in 管理情况."""
    table = scored.tables[MANAGEMENT.name]
    lines = table.where("编号", item.id)
    given = [line for line in lines if table.value(line, "得分") is not None]
    if not given:
        place = table.source(lines[0], "得分").place if lines else table.place
        return Scored(lacking("", f"未评定得分（{place}）", "unscored"))
    line = given[0]
    return Scored(table.number(line, "得分"), Outcome(why=table.string(line, "扣分理由")))


def _unpublished(*_: object) -> Scored:
    """No score: how to give one was never published."""
    return Scored(lacking("", "评分标准未见公布", "unscored"), Outcome(confirmed=False))


RULES: Mapping[str, Callable[[ScoringContext, Item, str, Number], Scored]] = {
    "rate": _rate,
    "bands": _bands,
    "per_point": _per_point,
    "formula": _formula,
    "assessed": _assessed,
    "steps": _steps,
    "unpublished": _unpublished,
}
