"""A run with one cell changed, or a part of its rubric weighed otherwise, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from unicodedata import normalize

import pandas as pd

from helpers.errors import Place, ReportError
from helpers.evaluation.fact_ids import points_id, score_id
from helpers.figures import ratios
from helpers.figures.exact import WAN, exact_text
from helpers.figures.number import Number, constant, number
from helpers.figures.units import common_unit
from helpers.inputs.column_values import read_cell
from helpers.inputs.schema import NUMERIC, Column
from helpers.inputs.schema.evaluation import PROJECTS
from helpers.inputs.schema.report import BUDGET
from helpers.inputs.tables import Table, Value
from helpers.inputs.units import YUAN, YUAN_IN_WAN
from helpers.run.cell_names import CellName, Row, cell_named, column_named
from helpers.run.differences import differences
from helpers.run.loaded import Run

Change = str | int | Decimal | Fraction | Number
"""A new value, or as text with a sign before it what is to be added: `+100`, `-2.5`, `+10%`."""

TOTAL, PROJECT_SPENDING = "合计", "项目支出"


def what_if(run: Run, table: str, row: Row, column: str, change: Change) -> pd.DataFrame:
    """What would change in the report if a cell read otherwise; no file is touched.

    The change is carried into the totals printed from the cell, where they agreed with
    their parts. Everything is evaluated, scored and checked anew. Each row of the answer is
    a cell, a figure, a score or a finding, with what it was and what it would be. Raises
    `ReportError` for a table, row, column or value there is not.
    """
    return differences(run, changed_run(run, table, row, column, change))


def changed_run(run: Run, table: str, row: Row, column: str, change: Change) -> Run:
    """The run itself as it would be, to go on exploring."""
    cell = cell_named(run, table, row, column)
    declared = column_named(run.tables[table], column)
    tables = dict(run.tables)
    before = run.tables[table].value(cell.line, column)
    value = _changed(run.tables[table], cell, declared, change)
    whole = list(_totals(run.tables, cell)) if _both_numbers(before, value) else []
    tables[table] = _with(tables[table], cell, value)
    for each in whole:
        old = tables[each.table].value(each.line, each.column)
        assert isinstance(old, Fraction)
        assert isinstance(before, Fraction)
        assert isinstance(value, Fraction)
        tables[each.table] = _with(tables[each.table], each, old + value - before)
    return run.with_tables(tables)


def reweighted_score(run: Run, part: str, weight: Fraction) -> Number:
    """The total score if a part weighed `weight` of 100 and the others kept their proportions.

    Formula: the sum of score ÷ points × new weight; no value while a part has no score.
    """
    parts = [each.id for each in run.evaluation.sheet.rubric.parts]
    rest = ratios.sum_of_parts(*(run.facts[points_id(id)] for id in parts if id != part))
    scores = [
        ratios.rescaled_score(
            run.facts[score_id(id)],
            points := run.facts[points_id(id)],
            constant(weight, "分")
            if id == part
            else ratios.rescaled_score(points, rest, constant(100 - weight, "分")),
        )
        for id in parts
    ]
    return ratios.sum_of_parts(*scores)


def _changed(table: Table, cell: CellName, column: Column, change: Change) -> Value:
    """The value a cell would have, as if its file said so; raises `ReportError` for no such."""
    place = table.source(cell.line, cell.column).place
    if not isinstance(change, str):
        return _given(change, column, place)
    if column.kind in NUMERIC:
        change = normalize("NFKC", change).strip().replace("−", "-")
    if column.kind in NUMERIC and change[:1] in {"+", "-"}:
        return _given(_moved(table, cell, column, change), column, place)
    return read_cell(change, column, place, table.unit and WAN)


def _given(change: object, column: Column, place: Place) -> Fraction:
    """An exact number as the value of a column; raises `ReportError` where it cannot be one."""
    if column.kind not in NUMERIC:
        raise ReportError(f"“{column.name}”列填文字", place=place)
    new = number(change)
    common_unit((new.unit, column.unit) if column.unit else ())
    if column.kind == "count" and (new.known.denominator != 1 or new.known < 0):
        raise ReportError(f"{new.exact} 不是非负整数", place=place)
    return new.known


def _moved(table: Table, cell: CellName, column: Column, change: str) -> Fraction:
    old = table.number(cell.line, cell.column)
    if not old.defined:
        raise ReportError(f"{old.reason}，不能在原数上增减", hint="直接写新数")
    try:
        by = number(change)
    except ValueError:
        raise ReportError(f"“{change}”不是数字", hint="写作 +100、-2.5 或 +10%") from None
    relative = by.unit == "%" and column.kind != "rate"
    return old.known * (1 + by.known / 100) if relative else old.known + by.known


def _with(table: Table, cell: CellName, value: Value) -> Table:
    """The table with a value in a cell, whose text says it in the unit of the file."""
    text = value or ""
    if isinstance(value, Fraction):
        in_yuan = table.unit == YUAN and column_named(table, cell.column).unit == WAN
        text = exact_text(value * YUAN_IN_WAN if in_yuan else value)
    assert isinstance(text, str)
    return table.with_cell(cell.line, cell.column, text, value)


def _both_numbers(before: Value, after: Value) -> bool:
    return isinstance(before, Fraction) and isinstance(after, Fraction)


def _totals(tables: dict[str, Table], cell: CellName) -> Iterator[CellName]:
    """The printed totals a cell is part of, from the nearest up, as far as they agree."""
    budget = tables[BUDGET.name]
    named = {budget.string(line, "支出类别"): line for line in budget.lines}
    if cell.table == PROJECTS.name and PROJECT_SPENDING in named:
        parts, whole = list(tables[PROJECTS.name].lines), named.pop(PROJECT_SPENDING)
    elif cell.table == BUDGET.name and cell.line != named.get(TOTAL):
        whole = named.pop(TOTAL, 0)
        parts = list(named.values())
    else:
        return
    if cell.column not in budget.texts or not whole:
        return
    values = [tables[cell.table].value(line, cell.column) for line in parts]
    known = [value for value in values if isinstance(value, Fraction)]
    if len(known) == len(values) and sum(known) == budget.value(whole, cell.column):
        total = CellName(BUDGET.name, whole, cell.column)
        yield total
        yield from _totals(tables, total)
