"""The 评分表: own indicators become targets and results, assessed items 管理情况."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.rubric_rules import Item
from helpers.inputs.rubrics import Rubric
from helpers.inputs.schema.evaluation import INDICATORS, MANAGEMENT
from helpers.workflow.importing.form_rows import (
    blocks,
    cell_in,
    columns_of,
    is_spare,
    item,
    name_of,
    rows_below,
)
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.printed_figures import PrintedFigures
from helpers.workflow.importing.targets import (
    INDICATOR_HEADS,
    FormLine,
    kind_of,
    place_indicator,
    points_of,
)

NEEDED = tuple(INDICATOR_HEADS[key] for key in ("name", "points", "score"))
SUBTOTAL, TOTALS = "小计", ("合计", "总分", "总计", "总得分")
POINTS = ("points", "score")

Cells = list[tuple[int, list[str], Row]]


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
        _compare_sums(PrintedFigures(raw, placed), part, rows, columns)
        _compare_groups(PrintedFigures(raw, placed), part, heads, columns)
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
        if not name or _total_of(row):
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


def _total_of(row: Sequence[str]) -> str:
    """What a row of sums sums; empty for another row."""
    labels = {item(cell) for cell in row if cell}
    if labels & set(TOTALS):
        return TOTALS[0]
    return SUBTOTAL if SUBTOTAL in labels else ""


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


def _compare_sums(
    figures: PrintedFigures, rows: Cells, whole: Cells, columns: Mapping[str, int | None]
) -> None:
    """Compare sums under or above their groups, and those of the `whole` sheet."""
    sums = [(number, total) for number, (_, row, _) in enumerate(rows) if (total := _total_of(row))]
    ends = [number for number, _ in sums]
    leading = not _parts(rows[: ends[0]] if ends else [], "points")
    for (number, total), before, after in zip(
        sums, [-1, *ends], [*ends[1:], len(rows)], strict=False
    ):
        span = slice(number, after) if leading else slice(before + 1, number)
        of = whole if total == TOTALS[0] else rows[span]
        for key in POINTS:
            what = f"{total}的{INDICATOR_HEADS[key][0]}"
            figures.total(rows[number][0], columns[key], _parts(of, key), what)


def _compare_groups(
    figures: PrintedFigures,
    rows: Cells,
    heads: Sequence[str],
    columns: Mapping[str, int | None],
) -> None:
    """Compare the points printed beside a group with those of its items."""
    for at in _group_columns(heads, columns):
        starts = list(_groups(rows, at))
        for start, end in pairwise([*starts, len(rows)]):
            line, row, _ = rows[start]
            parts = _parts(rows[start:end], "points")
            figures.total(line, at, parts, f"“{item(row[at - 1])}”的分值")


def _parts(rows: Cells, key: str) -> list[str]:
    """The points or scores of the items among some rows."""
    return [
        points_of(fields[key])
        for _, row, fields in rows
        if name_of(fields["name"]) and not _total_of(row)
    ]


def _group_columns(heads: Sequence[str], columns: Mapping[str, int | None]) -> Iterator[int]:
    """The columns of points that stand beside 一级指标 and 二级指标."""
    name_at = columns["name"] or 0
    return (
        at
        for at in range(1, name_at)
        if heads[at] in INDICATOR_HEADS["points"] and heads[at - 1] in {"一级指标", "二级指标"}
    )


def _groups(rows: Cells, at: int) -> Iterator[int]:
    """Where each group begins whose name stands before a column, and where sums end one."""
    last = ""
    for number, (_, row, _) in enumerate(rows):
        label = item(cell_in(row, at - 1))
        if label and label != last and not _total_of(row):
            last = label
            yield number
