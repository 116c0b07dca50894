"""The 评分表: own indicators become targets and results, assessed items 管理情况."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from helpers.inputs.raw_tables import RawTable
from helpers.inputs.rubric_rules import Item
from helpers.inputs.rubrics import Rubric
from helpers.inputs.schema.evaluation import INDICATORS, MANAGEMENT
from helpers.workflow.importing.form_rows import (
    cell_in,
    columns_of,
    find_headings,
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
    found = find_headings(raw, NEEDED)
    if found is None:
        return False
    at, heads = found
    columns = columns_of(heads, INDICATOR_HEADS, after="name")
    items = {each.name: each for _, each in rubric.items}
    rows, computed, spare = list(rows_below(raw, at, columns)), list[str](), list[str]()
    for line, row, fields in rows:
        name = name_of(fields["name"])
        if is_spare(fields["name"]):
            spare.append(f"第{line}行“{fields['name']}”")
        if not name or _total_of(row):
            continue
        known, kind = items.get(name), kind_of(fields["kind"])
        if known and known.rule == "assessed":
            _assessed(placed, known, fields)
        elif known:
            computed.append(name)
            figures = PrintedFigures(raw, placed)
            figures.by_rule(line, columns["score"], rubric, known, fields["actual"])
        elif kind:
            place_indicator(raw, placed, _own(placed, line, kind, name, fields, columns))
        else:
            told = f"（分值 {fields['points']}，得分 {fields['score']}）"
            what = f"“{name}”不是自设指标，评分表 {rubric.name} 中也没有"
            placed.leave(raw, line, what + told)
    if computed:
        placed.skip(raw, 0, f"由数据计算得分，不导入：{'、'.join(computed)}")
    if spare:
        placed.skip(raw, 0, f"占位的行：{'、'.join(spare)}")
    _compare_sums(PrintedFigures(raw, placed), rows, heads, columns)
    placed.kinds.append(f"{raw.place()}：评分表")
    return True


def _total_of(row: Sequence[str]) -> str:
    """What a row of sums sums; empty for another row."""
    labels = {item(cell) for cell in row if cell}
    if labels & set(TOTALS):
        return TOTALS[0]
    return SUBTOTAL if SUBTOTAL in labels else ""


def _own(  # noqa: PLR0917 - the line and all that is known of it
    placed: ImportResult,
    line: int,
    kind: str,
    name: str,
    fields: Row,
    columns: Mapping[str, int | None],
) -> FormLine:
    return FormLine(
        line=line,
        kind=kind,
        name=name,
        target=fields["target"],
        actual=fields["actual"],
        points=points_of(fields["points"]),
        why=fields["why"],
        id=f"import_{placed.count(INDICATORS.name) + 1}",
        owner="",
        source="评分表",
        sign=fields["sign"],
        unit=fields["unit"],
        score_at=columns["score"],
    )


def _assessed(placed: ImportResult, known: Item, fields: Row) -> None:
    placed.add(
        MANAGEMENT.name,
        {
            "编号": known.id,
            "指标": known.name,
            "要求": fields["target"],
            "情况": fields["actual"],
            "得分": points_of(fields["score"]),
            "扣分理由": fields["why"],
        },
    )


def _compare_sums(
    figures: PrintedFigures,
    rows: Cells,
    heads: Sequence[str],
    columns: Mapping[str, int | None],
) -> None:
    """Compare the sums under groups and at the end, and the points printed beside a group."""
    for key in POINTS:
        group, whole = list[str](), list[str]()
        for line, row, fields in rows:
            total = _total_of(row)
            if total:
                parts = group if total == SUBTOTAL else whole
                figures.total(line, columns[key], parts, f"{total}的{INDICATOR_HEADS[key][0]}")
                group = []
            elif name_of(fields["name"]):
                group.append(points_of(fields[key]))
                whole.append(group[-1])
    for at in _group_columns(heads, columns):
        starts = list(_groups(rows, at))
        for start, end in pairwise([*starts, len(rows)]):
            line, row, _ = rows[start]
            parts = [
                points_of(fields["points"])
                for _, cells, fields in rows[start:end]
                if name_of(fields["name"]) and not _total_of(cells)
            ]
            figures.total(line, at, parts, f"“{item(row[at - 1])}”的分值")


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
