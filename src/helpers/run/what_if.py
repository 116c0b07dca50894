"""A run with one cell changed: the totals that follow, and what that changes in the report."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter
from unicodedata import normalize

import pandas as pd

from helpers.errors import Place, ReportError
from helpers.evaluation.fact_ids import project_prefix
from helpers.figures.exact import WAN, exact_text
from helpers.figures.number import Number, number
from helpers.figures.units import common_unit
from helpers.inputs.column_values import read_cell
from helpers.inputs.names import nearest
from helpers.inputs.schema import NUMERIC, Column
from helpers.inputs.schema.evaluation import INDICATORS, PROJECTS
from helpers.inputs.schema.report import BUDGET, NARRATIVE
from helpers.inputs.tables import Table, Value
from helpers.inputs.units import YUAN, YUAN_IN_WAN
from helpers.run.loaded import Run

Change = str | int | Decimal | Fraction | Number
"""A new value, or as text with a sign before it what is to be added: `+100`, `-2.5`, `+10%`."""

Row = str | int | tuple[str, ...]
"""A row by the cells of its key, the name its numbers go by, or its line."""

TOTAL, PROJECT_SPENDING = "合计", "项目支出"
COLUMNS = ("类别", "名称", "原", "现", "编号")


@dataclass(frozen=True)
class CellName:
    """A cell of the tables: which table, which line, which column."""

    table: str
    line: int
    column: str


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
    declared = _column(run.tables[table], column)
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


def cell_named(run: Run, table: str, row: Row, column: str) -> CellName:
    """The cell of a table by the key of its row; raises `ReportError` for none, or for two."""
    if table not in run.tables or table == NARRATIVE.name:
        raise _unknown(f"没有名为“{table}”的数据表可以试算", table, _evaluated(run))
    held = run.tables[table]
    row = operator.index(row) if hasattr(row, "__index__") else row
    if not held.given:
        raise ReportError(f"这次运行没有填报“{table}”表", place=held.place)
    _column(held, column)
    lines = [line for line in held.lines if _is_named(held, line, row)]
    if not lines:
        lines = [line for line in held.lines if _is_named(held, line, _by_name(run.tables, row))]
    if not lines:
        names = list(dict.fromkeys(_called(held, line) for line in held.lines))
        raise _unknown(f"“{table}”表没有“{_shown(row)}”一行", _shown(row), names)
    if len(lines) > 1:
        listed = "、".join(map(str, lines))
        raise ReportError(
            f"“{table}”表有几行都是“{_shown(row)}”：第 {listed} 行",
            hint=f"改用 {'、'.join(_key(held))} 或行号",
        )
    return CellName(table, lines[0], column)


def _evaluated(run: Run) -> list[str]:
    return [name for name in run.tables if name != NARRATIVE.name]


def _called(table: Table, line: int) -> str:
    """What a row is asked for by: the name of its numbers, else the cells of its key."""
    columns = (table.spec.named_by,) if table.spec.named_by else _key(table)
    return "、".join(table.string(line, column) for column in columns) or table.row_name(line)


def _key(table: Table) -> tuple[str, ...]:
    return table.spec.keys[0] if table.spec.keys else ()


def _is_named(table: Table, line: int, row: Row) -> bool:
    if isinstance(row, int):
        return row == line
    row = row if isinstance(row, str) else tuple(map(str, row))
    named = (table.spec.named_by,) if table.spec.named_by else ()
    parts = row if isinstance(row, tuple) else tuple(row.split("、"))
    return any(
        columns and tuple(table.string(line, column) for column in columns) in {parts, (row,)}
        for columns in (*table.spec.keys, named)
    )


def _by_name(tables: dict[str, Table], row: Row) -> Row:
    """A row in which names of projects and indicators are replaced by their numbers."""
    if isinstance(row, int):
        return row
    numbers = {
        table.row_name(line): table.string(line, "编号")
        for table in (tables[INDICATORS.name], tables[PROJECTS.name])
        for line in table.lines
    }
    parts = row if isinstance(row, tuple) else tuple(row.split("、"))
    return tuple(numbers.get(part, part) for part in parts)


def _shown(row: Row) -> str:
    return "、".join(row) if isinstance(row, tuple) else str(row)


def _column(table: Table, name: str) -> Column:
    columns = {column.name: column for column in table.spec.columns}
    if name not in columns:
        raise _unknown(f"“{table.spec.name}”表没有“{name}”一列", name, list(columns))
    return columns[name]


def _unknown(problem: str, name: str, names: list[str]) -> ReportError:
    near = nearest(name, names)
    listed = "、".join(names[:12]) + ("……" if len(names) > 12 else "")
    return ReportError(problem, hint=f"是否应为“{near}”" if near else f"可用：{listed}")


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
        in_yuan = table.unit == YUAN and _column(table, cell.column).unit == WAN
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


def differences(before: Run, after: Run) -> pd.DataFrame:
    """What differs between two states of a run: cells, figures, scores and findings."""
    figures = sorted(_figures(before, after), key=itemgetter(0))
    rows = [*_cells(before, after), *figures, *_findings(before, after)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)


def _cells(before: Run, after: Run) -> Iterator[tuple[object, ...]]:
    for name, table in after.tables.items():
        old = before.tables[name]
        for column, cells in table.texts.items():
            for line in cells if cells is not old.texts[column] else ():
                if cells[line] != old.texts[column][line]:
                    where = str(table.source(line, column).place)
                    both = (_cell(each, line, column) for each in (old, table))
                    yield "单元格", f"{table.row_name(line)}{column}", *both, where


def _cell(table: Table, line: int, column: str) -> Number | str:
    numeric = _column(table, column).kind in NUMERIC
    return table.number(line, column) if numeric else table.string(line, column)


def _figures(before: Run, after: Run) -> Iterator[tuple[object, ...]]:
    projects = after.tables[PROJECTS.name]
    owners = {
        project_prefix(projects.string(line, "编号")): projects.row_name(line)
        for line in projects.lines
    }
    for id in dict.fromkeys((*before.facts, *after.facts)):
        if id.endswith("_size"):
            continue  # a change without its sign, which stands above it
        old, new = before.facts.get(id), after.facts.get(id)
        if old is None or new is None or (old.value, old.reason) != (new.value, new.reason):
            fact = new if new is not None else old
            assert fact is not None
            kind = "得分" if fact.unit == "分" else "数据项"
            owner = next((name for prefix, name in owners.items() if id.startswith(prefix)), "")
            label = fact.label if fact.label.startswith(owner) else f"{owner}{fact.label}"
            yield kind, label, "—" if old is None else old, "—" if new is None else new, id


def _findings(before: Run, after: Run) -> Iterator[tuple[object, ...]]:
    for finding in before.findings:
        if finding not in after.findings:
            yield "复核发现", finding.check, finding.problem, "", str(finding.place)
    for finding in after.findings:
        if finding not in before.findings:
            yield "复核发现", finding.check, "", finding.problem, str(finding.place)
