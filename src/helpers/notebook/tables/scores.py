"""The score tables: by part, and the whole sheet in its official columns."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.blocks.model import Grid, GridCell
from helpers.blocks.words import Words, joined, with_unit, words
from helpers.evaluation.fact_ids import points_id, score_id
from helpers.evaluation.score_lines import UNCONFIRMED, Line, ScoreSheet
from helpers.figures.number import MISSING
from helpers.inputs.schema.evaluation import INDICATORS, MANAGEMENT, NOT_APPLICABLE
from helpers.inputs.schema.report import BUDGET, CATEGORIES
from helpers.notebook.tables.indicators import result_cell, target_cell
from helpers.run import Run

ADDED_UP = {
    "rounded": "各项得分先四舍五入再相加，合计等于所示各项之和。",
    "unrounded": "各项得分按未舍入的数相加后舍入，合计与所示各项之和可能有尾差。",
}

EXECUTION = "rate", "execution_rate"
"""Rule and figure of the items that have the columns of the first block."""

EXECUTION_HEAD = (
    "一级指标",
    "二级指标",
    "预算数（万元）",
    "执行数（万元）",
    "预算执行率",
    "分值",
    "得分",
    "指标解释",
    "评分标准",
    "扣分原因",
)
SHEET_HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "完成值",
    "分值",
    "得分",
    "指标解释",
    "评分标准",
    "扣分原因",
)


def scores(run: Run) -> Grid:
    """Points and score of each part with what was deducted and why, and the total."""
    sheet, facts = run.evaluation.sheet, run.facts
    rows: list[tuple[GridCell, ...]] = []
    for part in sheet.rubric.parts:
        id = f"{sheet.prefix}{part.id}"
        why = _part_reasons(run, [line for line in sheet.lines if line.part == part])
        rows.append((part.name, facts[points_id(id)], facts[score_id(id)], why))
    total = f"{sheet.prefix}total"
    grade = f"等级：{sheet.grade}" if sheet.grade else "不评等级"
    rows.append(
        (f"合计，{sheet.total_label}", facts[points_id(total)], facts[score_id(total)], grade)
    )
    lost = "扣分原因" if facts[score_id(total)].defined else "扣分或暂不评分的原因"
    head = ("一级指标", "分值", "得分", lost)
    return Grid("table-scores", "评价得分", head, rows, "分", total=True, note=_added_up(sheet))


def item_scores(run: Run) -> pd.DataFrame:
    """Points and score of every item of the department's sheet."""
    items = [line for line in run.evaluation.sheet.lines if not line.indicator and line.applicable]
    rows = [(run.facts[points_id(line.id)], run.facts[score_id(line.id)]) for line in items]
    index = pd.Index([line.item.name for line in items], name="评分项目")
    return pd.DataFrame(rows, columns=["分值", "得分"], index=index)


def reason(run: Run, line: Line) -> GridCell:
    """What a line lost and why, or why it has no score; a dash where there is nothing to say."""
    if not line.deduction_fact_id:
        return line.why or "—"
    fact = run.facts[line.deduction_fact_id]
    label = fact.label.removeprefix(line.indicator.name) if line.indicator else fact.label
    return joined("", [words(label), with_unit(fact), words(f"，{line.why}" if line.why else "")])


def _part_reasons(run: Run, lines: Sequence[Line]) -> GridCell:
    """The reasons of a part's lines, each under its name; one they all share is reported once."""
    lines_with_reason = [line for line in lines if line.deduction_fact_id or line.why]
    if lines_with_reason and len({(line.deduction_fact_id, line.why) for line in lines}) == 1:
        return reason(run, lines_with_reason[0])
    named = [
        words(line.indicator.name if line.indicator else line.item.name, "：", reason(run, line))
        for line in lines_with_reason
    ]
    return joined("；", named) if named else "—"


def score_sheet(run: Run) -> list[Grid]:
    """The whole sheet of the department, a table a part, in the official columns."""
    sheet, tables = run.evaluation.sheet, []
    for part in sheet.rubric.parts:
        lines = [line for line in sheet.lines if line.part == part]
        scored_by_rate = all((line.item.rule, line.item.fact) == EXECUTION for line in lines)
        rows = (
            _execution_rows(run, sheet, lines)
            if scored_by_rate
            else [_row(run, line) for line in lines]
        )
        tables.append(
            Grid(
                f"table-sheet-{part.id}".replace("_", "-"),
                part.name,
                EXECUTION_HEAD if scored_by_rate else SHEET_HEAD,
                rows,
                note=_note(sheet, lines),
                merged=2,
            )
        )
    return tables


def _execution_rows(
    run: Run, sheet: ScoreSheet, lines: Sequence[Line]
) -> list[tuple[GridCell, ...]]:
    """The scored line of the whole, and below it what it is made of, without scores."""
    facts, prefix = run.facts, sheet.prefix
    rows: list[tuple[GridCell, ...]] = [
        (
            line.part.name,
            line.item.group,
            facts[f"{prefix}budget"],
            facts[f"{prefix}executed"],
            facts[f"{prefix}execution_rate"],
            facts[points_id(line.id)],
            facts[score_id(line.id)],
            line.item.explanation,
            line.item.standard,
            reason(run, line),
        )
        for line in lines
    ]
    given = {text for row in run.tables[BUDGET.name].rows() for text in row}
    parts = {kind: id for kind, id in CATEGORIES.items() if id and kind in given}
    if not prefix:
        rows += [
            (
                lines[0].part.name,
                f"其中：{kind}",
                *(facts[f"{id}_{column}"] for column in ("budget", "executed", "execution_rate")),
                *("—" for _ in range(5)),
            )
            for kind, id in parts.items()
        ]
    return rows


def _row(run: Run, line: Line) -> tuple[GridCell, ...]:
    """One line: an item, or an indicator below its item."""
    if line.indicator:
        return _indicator_row(run, line)
    score: GridCell = run.facts[score_id(line.id)] if line.applicable else NOT_APPLICABLE
    summed = line.item.rule == "indicators"
    target, actual = ("小计", "") if summed else _item_values(run, line)
    return (
        line.part.name,
        line.item.group,
        line.item.name,
        target,
        actual,
        run.facts[points_id(line.id)],
        score,
        line.item.explanation,
        line.item.standard,
        reason(run, line),
    )


def _indicator_row(run: Run, line: Line) -> tuple[GridCell, ...]:
    assert line.indicator
    targets = run.tables[INDICATORS.name]
    return (
        line.part.name,
        line.indicator.written,
        line.indicator.name,
        target_cell(run, line.indicator),
        result_cell(run, line.indicator),
        run.facts[points_id(line.id)],
        run.facts[score_id(line.id)] if line.applicable else NOT_APPLICABLE,
        targets.string(line.indicator.line, "指标解释") or "—",
        targets.string(line.indicator.line, "评分标准") or line.item.standard,
        reason(run, line),
    )


def _item_values(run: Run, line: Line) -> tuple[GridCell, GridCell]:
    """What an item asks and what was found: text for assessed ones, else the figure it scores."""
    if line.measured:
        return "—", with_unit(run.facts[line.measured])
    if line.item.rule != "assessed":
        return "—", "—"
    table = run.tables[MANAGEMENT.name]
    for row in table.where("编号", line.item.id):
        return table.string(row, "要求"), table.string(row, "情况")
    return MISSING, MISSING


def _added_up(sheet: ScoreSheet) -> str:
    """How the scores shown make up the total."""
    return ADDED_UP[sheet.rubric.rounding.added_up]


def _note(sheet: ScoreSheet, lines: Sequence[Line]) -> str:
    waiting = list(
        dict.fromkeys(
            line.indicator.name if line.indicator else line.item.name
            for line in lines
            if not line.confirmed
        )
    )
    told = f"{'、'.join(waiting)}的分值或评分标准{UNCONFIRMED}。" if waiting else ""
    return told + _added_up(sheet)


def total_figure(run: Run, sheet: ScoreSheet) -> Words:
    """The total with its unit and grade, as it is reported in a line."""
    total = with_unit(run.facts[f"{sheet.prefix}total_score"])
    grade = f"，等级为{sheet.grade}" if sheet.grade else ""
    return words(total, grade)
