"""A rubric applied to a run: every item scored by its rule, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from helpers.errors import Place, ReportError
from helpers.evaluation.fact_ids import points_id, score_id
from helpers.evaluation.indicator_scores import Outcome, score_indicator
from helpers.evaluation.item_rules import by_rule, measured
from helpers.evaluation.rubric_figures import unknown_names
from helpers.evaluation.score_lines import (
    Line,
    ScoreSheet,
    ScoringContext,
    enter_points,
    enter_score,
    enter_unscored,
)
from helpers.figures import ratios
from helpers.figures.facts import Facts
from helpers.figures.number import Number, lacking
from helpers.figures.units import UnitMismatchError
from helpers.inputs.rubric_rules import Item
from helpers.inputs.rubrics import Part
from helpers.inputs.schema.evaluation import NOT_APPLICABLE

T = TypeVar("T")


def score(scored: ScoringContext) -> ScoreSheet:
    """Score every item, enter points, scores and totals, and give the sheet."""
    lines: list[Line] = []
    for part, item in scored.rubric.items:
        enter_points(scored, f"{scored.prefix}{item.id}", item.name, item.points)
        found = _score_item(scored, part, item)
        lines += [replace(line, confirmed=line.confirmed and item.confirmed) for line in found]
    _parts(scored, lines)
    _scored_so_far(scored, lines)
    grade = _total(scored, lines)
    return ScoreSheet(scored.rubric, scored.prefix, tuple(lines), grade, tuple(scored.errors))


def _score_item(scored: ScoringContext, part: Part, item: Item) -> list[Line]:
    """Score one item by its rule; gives its lines, the item's own first."""
    id = f"{scored.prefix}{item.id}"
    case, said = scored.note(part.id, item.id)
    if case:
        outcome = enter_unscored(scored, id, item.name, said.text, said)
        found = _tried(scored, item, lambda: measured(scored, item, id))
        outcome = outcome._replace(measured=found.id if isinstance(found, Number) else "")
        return [Line(part, item, id, None, *outcome, applicable=case != NOT_APPLICABLE)]
    if item.rule == "indicators":
        return _indicators(scored, part, item, id)
    return [Line(part, item, id, None, *_by_rule(scored, item, id))]


def _tried(scored: ScoringContext, item: Item, work_out: Callable[[], T]) -> T | str:
    """What an item's rule gives; where it is wrong that is told, and why comes back."""
    wrong = unknown_names(scored, item)
    if not wrong:
        try:
            return work_out()
        except UnitMismatchError as error:
            problem, place = f"“{item.name}”：{error.problem}", Place(scored.file)
            wrong = [ReportError(problem, place=place, hint=error.hint)]
    scored.errors.extend(wrong)
    return wrong[0].problem


def _by_rule(scored: ScoringContext, item: Item, id: str) -> Outcome:
    """Score an item that has a rule of its own."""
    found = _tried(scored, item, lambda: by_rule(scored, item, id))
    if isinstance(found, str):
        return enter_unscored(scored, id, item.name, found)
    (score, outcome), points = found, scored.facts[points_id(id)]
    if score.defined and points.defined:
        enter_score(scored, id, item.name, _as_added_up(scored, score))
        return outcome
    reason = score.reason if points.defined else points.reason
    unscored = enter_unscored(scored, id, item.name, reason)
    return unscored._replace(confirmed=outcome.confirmed, measured=outcome.measured)


def _as_added_up(scored: ScoringContext, score: Number) -> Number:
    """A score as the sheet adds it up; one that a person gave with few enough digits as it is."""
    short = bool(score.cell) and score.decimals <= scored.rubric.rounding.score_decimals
    return score if short else scored.rubric.rounding.of(score)


def _indicators(scored: ScoringContext, part: Part, item: Item, id: str) -> list[Line]:
    """Score each own indicator of the item's kinds; the item's score is their sum."""
    lines: list[Line] = []
    own = [each for each in scored.indicators if each.kind in item.own_kinds]
    for indicator in own:
        case, said = scored.note(indicator.id)
        if case:
            outcome = enter_unscored(scored, indicator.id, indicator.name, said.text, said)
        else:
            outcome = score_indicator(scored.facts, scored.tables, scored.rubric, indicator)
        applies = case != NOT_APPLICABLE
        lines.append(Line(part, item, indicator.id, indicator, *outcome, applicable=applies))
    outcome = _sum_of_indicators(scored, item, id, lines)
    return [Line(part, item, id, None, *outcome), *lines]


def _sum_of_indicators(
    scored: ScoringContext, item: Item, id: str, lines: Sequence[Line]
) -> Outcome:
    facts = scored.facts
    applicable = [line for line in lines if line.applicable]
    if not applicable:
        return enter_unscored(scored, id, item.name, f"没有可评分的{item.name}")
    points = [facts[points_id(line.id)] for line in lines]
    unknown = [point.reason for point in points if not point.defined]
    total = sum((point.known for point in points if point.defined), Fraction(0))
    whole = facts[points_id(id)]
    if not whole.defined:
        unknown.append(whole.reason)
    if not unknown and total != whole.known:
        unknown = [f"各指标分值合计与{item.name}分值不等"]
    if unknown:
        return enter_unscored(scored, id, item.name, unknown[0])
    enter_score(scored, id, item.name, _sum(facts, (score_id(line.id) for line in applicable)))
    return Outcome()


def _counted(lines: Sequence[Line]) -> list[Line]:
    """The lines of the items that apply."""
    return [line for line in lines if line.indicator is None and line.applicable]


def _parts(scored: ScoringContext, lines: Sequence[Line]) -> None:
    """Enter the points and the score of each part."""
    for part in scored.rubric.parts:
        id = f"{scored.prefix}{part.id}"
        enter_points(scored, id, part.name, part.points)
        own = [score_id(line.id) for line in _counted(lines) if line.part.id == part.id]
        if own:
            enter_score(scored, id, part.name, _sum(scored.facts, own))
        else:
            enter_unscored(scored, id, part.name, "各项均不适用")


def _scored_so_far(scored: ScoringContext, lines: Sequence[Line]) -> None:
    """Enter the score and the points of the items that have a score."""
    facts, prefix = scored.facts, scored.prefix
    done = [line for line in _counted(lines) if facts[score_id(line.id)].defined]
    if not done:
        enter_unscored(scored, f"{prefix}scored", "已评分项目", "没有已评分的项目")
        lack = lacking("已评分项目分值", "没有已评分的项目", "unscored")
        facts.name(f"{prefix}scored_points", lack.label, lack, unit="分")
        return
    scores = _sum(facts, (score_id(line.id) for line in done))
    enter_score(scored, f"{prefix}scored", "已评分项目", scores)
    points = _sum(facts, (id for line in done for id in _applicable_points(line, lines)))
    facts.name(f"{prefix}scored_points", "已评分项目分值", points, unit="分")


def _total(scored: ScoringContext, lines: Sequence[Line]) -> str:
    """Enter the points and the score of the whole; gives the grade, if every point was scored."""
    facts, prefix, rubric = scored.facts, scored.prefix, scored.rubric
    points = _sum(facts, (points_id(f"{prefix}{part.id}") for part in rubric.parts))
    facts.name(f"{prefix}total_points", "分值合计", points, unit="分", decimals=0)
    counted, dropped = _counted(lines), any(not line.applicable for line in lines)
    if not counted:
        enter_unscored(scored, f"{prefix}total", "合计", "各项均不适用")
        return ""
    total = _sum(facts, (score_id(line.id) for line in counted))
    if dropped and rubric.rescale and all(facts[score_id(line.id)].defined for line in counted):
        total = ratios.rescaled_score(total, facts[f"{prefix}scored_points"], 100)
    enter_score(scored, f"{prefix}total", "合计", total)
    fact = facts[f"{prefix}total_score"]
    graded = fact.defined and (rubric.rescale or not dropped)
    return rubric.grade(fact.known) if graded else ""


def _applicable_points(line: Line, lines: Sequence[Line]) -> list[str]:
    """Ids of the points an item stands for: those of its indicators that apply, if it has any."""
    own = [each for each in lines if each.indicator and each.item.id == line.item.id]
    return [points_id(each.id) for each in own if each.applicable] or [points_id(line.id)]


def _sum(facts: Facts, ids: Iterable[str]) -> Number:
    return ratios.sum_of_parts(*(facts[id] for id in ids))
