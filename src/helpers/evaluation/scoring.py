"""A rubric applied to a run: every item scored by its rule, or the reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from helpers.evaluation.fact_ids import points_id, score_id
from helpers.evaluation.indicator_scores import Outcome, score_indicator
from helpers.evaluation.score_lines import (
    UNCONFIRMED,
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
from helpers.inputs.rubrics import Item, Part
from helpers.inputs.schema.evaluation import MANAGEMENT, NO, NOT_APPLICABLE, STEPS


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
    return ScoreSheet(scored.rubric, scored.prefix, tuple(lines), grade)


def _score_item(scored: ScoringContext, part: Part, item: Item) -> list[Line]:
    """Score one item by its rule; gives its lines, the item's own first."""
    id = f"{scored.prefix}{item.id}"
    case, said = scored.note(part.id, item.id)
    if case:
        outcome = enter_unscored(scored, id, item.name, said.text, said)
        return [Line(part, item, id, None, *outcome, applicable=case != NOT_APPLICABLE)]
    if item.rule == "indicators":
        return _indicators(scored, part, item, id)
    rule = {"rate": _rate, "steps": _steps, "assessed": _assessed}[item.rule]
    return [Line(part, item, id, None, *rule(scored, item, id))]


def _rate(scored: ScoringContext, item: Item, id: str) -> Outcome:
    rate = scored.facts[f"{scored.prefix}{item.fact}"]
    if not rate.defined:
        return enter_unscored(scored, id, item.name, rate.reason)
    decimals = scored.rubric.rounding.rate_decimals
    points = scored.facts[points_id(id)]
    enter_score(scored, id, item.name, ratios.rate_score(rate, points, rate_decimals=decimals))
    return Outcome(rate.id if rate.known < 100 else "")


def _steps(scored: ScoringContext, item: Item, id: str) -> Outcome:
    """Score by the finance bureau's steps of the year: the first the ratio does not exceed."""
    table, ratio = scored.tables[STEPS.name], scored.facts[f"{scored.prefix}{item.fact}"]
    lines = table.where("编号", item.id)
    if not lines:
        reason = f"评分标准未定，{UNCONFIRMED}"
        return enter_unscored(scored, id, item.name, reason)._replace(confirmed=False)
    if not ratio.defined:
        return enter_unscored(scored, id, item.name, ratio.reason)
    for line in lines:
        bound = table.value(line, "不高于")
        if not isinstance(bound, Fraction) or abs(ratio.known) <= bound:
            break
    else:
        return enter_unscored(scored, id, item.name, f"{ratio.label}不在各档之内")
    given, label = table.number(line, "得分比例"), f"{item.name}得分比例"
    step = scored.facts.name(f"{id}_step", label, given, decimals=None)
    enter_score(scored, id, item.name, ratios.share_score(step, scored.facts[points_id(id)]))
    lost = "" if step.known == 100 else ratio.id
    return Outcome(lost, confirmed=table.string(line, "已确认") != NO)


def _assessed(scored: ScoringContext, item: Item, id: str) -> Outcome:
    """Take the score a person gave in 管理情况."""
    table = scored.tables[MANAGEMENT.name]
    lines = table.where("编号", item.id)
    given = [line for line in lines if table.value(line, "得分") is not None]
    if not given:
        place = table.source(lines[0], "得分").place if lines else table.place
        return enter_unscored(scored, id, item.name, f"未评定得分（{place}）")
    [line, *_] = given
    enter_score(scored, id, item.name, table.number(line, "得分"))
    return Outcome(why=table.string(line, "扣分理由"))


def _indicators(scored: ScoringContext, part: Part, item: Item, id: str) -> list[Line]:
    """Score each own indicator of the item's kinds; the item's score is their sum."""
    lines: list[Line] = []
    own = [each for each in scored.indicators if each.kind in item.kinds]
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
    if not unknown and total != facts[points_id(id)].known:
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
