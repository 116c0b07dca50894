"""The 评分表: own indicators become targets and results, assessed items 管理情况."""

from __future__ import annotations

from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.rubric_rules import Item
from helpers.inputs.rubrics import Rubric
from helpers.inputs.schema.evaluation import INDICATORS, MANAGEMENT
from helpers.workflow.importing.form_rows import (
    blocks,
    columns_of,
    is_spare,
    name_of,
    rows_below,
)
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.indicator_words import INDICATOR_HEADS, kind_of, points_of
from helpers.workflow.importing.printed_figures import PrintedFigures
from helpers.workflow.importing.score_sums import Cells, compare_groups, compare_sums, total_of
from helpers.workflow.importing.targets import FormLine, place_indicator

NEEDED = tuple(INDICATOR_HEADS[key] for key in ("name", "points", "score"))


def import_score_sheet(raw: RawTable, placed: ImportResult, rubric: Rubric) -> bool:
    """Place a table of a score sheet; gives whether it was one."""
    found = list(blocks(raw, NEEDED))
    if not found:
        return False
    heads = found[0][1]
    columns = columns_of(heads, INDICATOR_HEADS, after="name")
    parts = [
        list(rows_below(raw, at, columns_of(own, INDICATOR_HEADS, after="name"), end))
        for at, own, end in found
    ]
    rows = [each for part in parts for each in part]
    _place(raw, placed, rubric, rows, columns["score"])
    for part in parts:
        compare_sums(PrintedFigures(raw, placed), part, rows, columns)
        compare_groups(PrintedFigures(raw, placed), part, heads, columns)
    placed.kinds.append(f"{raw.place()}：评分表")
    return True


def _place(
    raw: RawTable, placed: ImportResult, rubric: Rubric, rows: Cells, score_at: int | None
) -> None:
    """Place every item where it belongs; those that are computed are compared alone."""
    items, figures = {each.name: each for _, each in rubric.items}, PrintedFigures(raw, placed)
    spare = [f"第{line}行“{row['name']}”" for line, _, row in rows if is_spare(row["name"])]
    kind, computed = "", list[str]()
    for line, row, fields in rows:
        name = name_of(fields["name"])
        kind = kind_of(fields["kind"]) or ("" if fields["kind"] else kind)
        if not name or total_of(row):
            continue
        known = items.get(name)
        if known and known.rule == "assessed":
            _assessed(placed, known, fields)
        elif known:
            computed.append(name)
            figures.by_rule(line, score_at, rubric, known, fields["actual"])
        elif kind:
            id = f"import_{placed.count(INDICATORS.name) + 1}"
            written = FormLine(line, fields, kind, name, id, "", "评分表", score_at)
            place_indicator(raw, placed, written)
        else:
            told = f"（分值 {fields['points']}，得分 {fields['score']}）"
            what = f"“{name}”不是自设指标，评分表 {rubric.name} 中也没有"
            placed.leave(raw, line, what + told)
    if computed:
        placed.skip(raw, 0, f"由数据计算得分，不导入：{'、'.join(computed)}")
    if spare:
        placed.skip(raw, 0, f"占位的行：{'、'.join(spare)}")


def _assessed(placed: ImportResult, known: Item, fields: Row) -> None:
    placed.add(
        MANAGEMENT.name,
        {
            "编号": known.id,
            "指标": known.name,
            "要求": fields["target"],
            "情况": fields["actual"],
            "得分": points_of(fields["score"]),
            "扣分理由": fields["why"] if cells.plain(fields["why"]) else "",
        },
    )
