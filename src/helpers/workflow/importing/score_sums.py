"""The sums of a score sheet, compared with the items they sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from helpers.workflow.importing.form_rows import cell_in, item, name_of
from helpers.workflow.importing.import_result import Row
from helpers.workflow.importing.indicator_words import INDICATOR_HEADS, points_of
from helpers.workflow.importing.printed_figures import PrintedFigures

SUBTOTAL, TOTALS = "小计", ("合计", "总分", "总计", "总得分")
POINTS = ("points", "score")

Cells = list[tuple[int, list[str], Row]]


def total_of(row: Sequence[str]) -> str:
    """What a row of sums sums; empty for another row."""
    labels = {item(cell) for cell in row if cell}
    if labels & set(TOTALS):
        return TOTALS[0]
    return SUBTOTAL if SUBTOTAL in labels else ""


def compare_sums(
    figures: PrintedFigures, rows: Cells, whole: Cells, columns: Mapping[str, int | None]
) -> None:
    """Compare sums under or above their groups, and those of the `whole` sheet."""
    sums = [(number, total) for number, (_, row, _) in enumerate(rows) if (total := total_of(row))]
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


def compare_groups(
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
        if name_of(fields["name"]) and not total_of(row)
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
        if label and label != last and not total_of(row):
            last = label
            yield number
