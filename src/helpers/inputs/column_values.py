"""The texts of a column become values of its kind, or errors with their place."""

from __future__ import annotations

import re
from fractions import Fraction

from helpers.errors import Place, ReportError, brief
from helpers.figures import exact
from helpers.figures.exact import WAN
from helpers.inputs import cells as cells_as_typed
from helpers.inputs.raw_tables import FramedTable, RawTable
from helpers.inputs.schema import KINDS, NUMERIC, Column, Kind
from helpers.inputs.tables import Value
from helpers.inputs.units import YUAN, YUAN_IN_WAN

PATTERNS: dict[Kind, re.Pattern[str]] = {
    "id": re.compile(r"[a-z][a-z0-9_]*"),
    "year": re.compile(r"(19|20)\d\d"),
    "code": re.compile(r"\d{3}|\d{5}|\d{7}"),
}


def column_values(
    raw: RawTable, table: FramedTable, column: Column
) -> tuple[dict[int, Value], list[ReportError]]:
    """The values of a column, amounts in 万元, and an error for each cell that has none for us.

    A cell with an error counts as blank.
    """
    values: dict[int, Value] = {}
    errors: list[ReportError] = []
    scale = YUAN_IN_WAN if table.unit == YUAN and column.unit == WAN else 1
    for line, cell in table.texts[column.name].items():
        place = raw.place(line, column.name)
        try:
            if fault := table.faults.get((line, column.name)):
                raise ReportError(fault.problem, place=place, hint=fault.hint)  # noqa: TRY301 - one of a cell's errors
            value = read_cell(cell, column, place, table.unit)
            values[line] = value / scale if isinstance(value, Fraction) else value
        except ReportError as error:
            errors.append(error)
            values[line] = None
    return values, errors


def read_cell(cell: str, column: Column, place: Place, unit: str) -> Value:
    """The value of a text in a column, amounts in `unit`; raises `ReportError` for none of ours."""
    if column.kind in NUMERIC:
        if unit == YUAN and column.unit == WAN:
            cell = cell.lstrip("¥￥")
        cell = cells_as_typed.plain(cell)
    if not cell:
        if column.required:
            raise ReportError("必填，现为空", place=place, gap=True)
        return None
    try:
        cells_as_typed.fit(cell)
    except ValueError as error:
        raise ReportError(str(error), place=place, hint="请删去或改写") from None
    if column.choices and cell not in column.choices:
        raise ReportError(
            f"“{brief(cell)}”不在可选范围内", place=place, hint=f"可填：{'、'.join(column.choices)}"
        )
    try:
        return _convert(cell, column.kind)
    except ValueError:
        raise ReportError(
            f"“{brief(cell)}”写法不对", place=place, hint=_better(cell, column.kind)
        ) from None


def _better(cell: str, kind: Kind) -> str:
    """How a cell should be written instead."""
    if kind in {"number", "count"} and cell[-1:] in {"%", "％"}:
        return f"只填数字，如 {cell.rstrip('%％')}，%写在计量单位里"
    return f"应为{KINDS[kind]}"


def _convert(cell: str, kind: Kind) -> Value:
    """Turn a cell into its value; raises `ValueError` where it is not of its kind."""
    if kind == "number":
        return exact.parse(cell)
    if kind == "rate":
        return exact.parse(cell.removesuffix("%"))
    if kind == "count":
        count = exact.parse(cell)
        if count.denominator != 1 or count < 0:
            raise ValueError(cell)
        return count
    if kind == "date":
        return cells_as_typed.day(cell).isoformat()
    pattern = PATTERNS.get(kind)
    if pattern and not (cell.isascii() and pattern.fullmatch(cell)):
        raise ValueError(cell)
    return cell
