"""A cell of the tables found by what people call it: table, row and column."""

from __future__ import annotations

import operator
from dataclasses import dataclass

from helpers.errors import ReportError
from helpers.inputs.names import nearest
from helpers.inputs.schema import Column
from helpers.inputs.schema.evaluation import INDICATORS, PROJECTS
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.tables import Table
from helpers.run.loaded import Run

Row = str | int | tuple[str, ...]
"""A row by the cells of its key, the name its numbers go by, or its line."""


@dataclass(frozen=True)
class CellName:
    """A cell of the tables: which table, which line, which column."""

    table: str
    line: int
    column: str


def cell_named(run: Run, table: str, row: Row, column: str) -> CellName:
    """The cell of a table by the key of its row; raises `ReportError` for none, or for two."""
    if table not in run.tables or table == NARRATIVE.name:
        raise _unknown(f"没有名为“{table}”的数据表可以试算", table, _evaluated(run))
    held = run.tables[table]
    row = operator.index(row) if hasattr(row, "__index__") else row
    if not held.given:
        raise ReportError(f"这次运行没有填报“{table}”表", place=held.place)
    column_named(held, column)
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


def column_named(table: Table, name: str) -> Column:
    """A column a table declares; raises `ReportError` where there is none of the name."""
    columns = {column.name: column for column in table.spec.columns}
    if name not in columns:
        raise _unknown(f"“{table.spec.name}”表没有“{name}”一列", name, list(columns))
    return columns[name]


def _unknown(problem: str, name: str, names: list[str]) -> ReportError:
    near = nearest(name, names)
    listed = "、".join(names[:12]) + ("……" if len(names) > 12 else "")
    return ReportError(problem, hint=f"是否应为“{near}”" if near else f"可用：{listed}")
