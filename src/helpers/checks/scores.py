"""Checks on scores: every point given or its absence explained, every deduction reasoned."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Place
from helpers.evaluation.fact_ids import points_id, score_id, target_id
from helpers.evaluation.resource_ratios import absent_resources
from helpers.evaluation.rubric_figures import WHEN_ASKED
from helpers.evaluation.score_lines import ScoreSheet
from helpers.figures.exact import exact_text, parse
from helpers.inputs.rubric_rules import Item
from helpers.inputs.rubrics import rubric_file
from helpers.inputs.schema.evaluation import INDICATORS, MANAGEMENT, SCORE_NOTES, STEPS


def scored_or_said(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that what has no score is said by a person to have none, and why."""
    sheet, table = checked.evaluation.sheet, checked.tables[SCORE_NOTES.name]
    said = {table.string(line, "编号") for line in table.lines}
    for line in sheet.lines:
        if line.indicator or {line.part.id, line.item.id} & said:
            continue
        own = {
            each.indicator.id for each in sheet.lines if each.item == line.item and each.indicator
        }
        score = checked.facts[score_id(line.id)]
        if line.item.rule == "unpublished":
            place = Place(rubric_file(checked.params.rubric))
            yield Finding(name, "note", place, f"“{line.item.name}”不评分：{score.reason}")
        elif not score.defined and not own & said:
            problem = f"“{line.item.name}”没有得分（{score.reason}），也没有写明暂不评分的原因"
            hint, blanks = f"补资料，或写编号 {line.item.id}", _blanks(checked, line.item)
            yield Finding(name, "warning", table.place, problem, hint, gap=True, blanks=blanks)


def reserved_ids(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find rows whose figure has the id of a ratio that rubrics ask for, and would be taken."""
    labels = {id: label for id, (label, _) in WHEN_ASKED.items()}
    labels |= {id: lack.label for id, lack in absent_resources(checked.tables).items()}
    for id, label in labels.items():
        taken = checked.facts.get(id)
        if taken is not None and taken.label != label:
            place = next((cell.place for cell in taken.sources), Place(checked.params.data))
            problem = f"编号 {id} 是“{label}”的，“{taken.label}”不能用"
            yield Finding(name, "error", place, problem, "换一个编号，或留空")


def _blanks(checked: RunContents, item: Item) -> tuple[Place, ...]:
    """The blank cells, or the empty table, that keep an item from its score."""
    indicators, facts = checked.evaluation.indicators, checked.facts
    if item.rule == "indicators" and not indicators:
        return (checked.tables[INDICATORS.name].place,)
    ids = [item.fact or ""]
    if item.rule == "indicators":
        ids = [id for each in indicators for id in (each.id, target_id(each.id))]
    cells = (cell for id in ids if id in facts for cell in facts[id].sources)
    return tuple(cell.place for cell in cells if not cell.text)


def points(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that the points of the indicators add up to those of their item."""
    table = checked.tables[INDICATORS.name]
    sheets = [checked.evaluation.sheet, *checked.evaluation.project_sheets.values()]
    for sheet in sheets:
        for item, total in _summed(checked, sheet).items():
            points = next(each.points for _, each in sheet.rubric.items if each.id == item)
            if points and total != (wanted := parse(points)):
                label = next(each.name for _, each in sheet.rubric.items if each.id == item)
                problem = f"{label}各指标分值合计 {exact_text(total)}，应为 {exact_text(wanted)}"
                [first, *_] = [
                    line.indicator
                    for line in sheet.lines
                    if line.item.id == item and line.indicator
                ]
                place = table.source(first.line, "分值").place
                yield Finding(name, "warning", place, problem)


def _summed(checked: RunContents, sheet: ScoreSheet) -> dict[str, Fraction]:
    """Points of the indicators by item, where every indicator has points."""
    found: dict[str, list[Fraction | None]] = {}
    for line in sheet.lines:
        if line.indicator:
            fact = checked.facts[points_id(line.id)]
            found.setdefault(line.item.id, []).append(fact.known if fact.defined else None)
    return {
        item: sum((each for each in listed if each is not None), Fraction(0))
        for item, listed in found.items()
        if None not in listed
    }


def assessed(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that a person's score lies within the points, and that a deduction has its reason."""
    table, sheet = checked.tables[MANAGEMENT.name], checked.evaluation.sheet
    items = {item.id: item for _, item in sheet.rubric.items if item.rule == "assessed"}
    for line in table.lines:
        item, score = items.get(table.string(line, "编号")), table.value(line, "得分")
        if not item or not item.points or not isinstance(score, Fraction):
            continue
        full, place = parse(item.points), table.source(line, "得分").place
        if score > full:
            problem = f"“{item.name}”得分 {exact_text(score)}，超过分值 {item.points}"
            yield Finding(name, "error", place, problem)
        elif score < full and not table.string(line, "扣分理由"):
            place = table.source(line, "扣分理由").place
            problem = f"“{item.name}”扣了 {exact_text(full - score)} 分，没有扣分理由"
            yield Finding(name, "warning", place, problem)


def known_ids(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that what is said of a score names something the rubric or the run has."""
    rubric = checked.evaluation.sheet.rubric
    items = {item.id: item.rule for _, item in rubric.items}
    noted = {*items, *(part.id for part in rubric.parts)}
    noted |= {each.id for each in checked.evaluation.indicators}
    for spec, known in (
        (SCORE_NOTES, noted),
        (MANAGEMENT, {id for id, rule in items.items() if rule == "assessed"}),
        (STEPS, {id for id, rule in items.items() if rule == "steps"}),
    ):
        table = checked.tables[spec.name]
        for line in table.lines:
            id = table.string(line, "编号")
            if id and id not in known:
                place = table.source(line, "编号").place
                listed = "、".join(sorted(known)[:12])
                hint = f"可填：{listed}" if known else f"这份评分表用不到“{spec.name}”，请删去本行"
                yield Finding(name, "error", place, f"评分表中没有编号“{id}”", hint)


SCORE_CHECKS = (
    Check("得分或原因", "每项都有得分，或写明暂不评分、不适用的原因", scored_or_said),
    Check("指标分值", "各指标分值合计等于评分表的分值", points),
    Check("评定得分", "评定的得分不超过分值，扣分写明理由", assessed),
    Check("评分编号", "评分说明、管理情况、评分标准的编号与评分表相符", known_ids),
    Check("占用编号", "自设的编号不与评分表所用比率的编号相同", reserved_ids),
)
