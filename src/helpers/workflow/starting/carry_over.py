"""What of a run's tables goes on into a new one: structure, a unit's own names, never a claim."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from helpers.inputs.raw_tables import BESIDE, EXPLAINING
from helpers.inputs.row_ids import DERIVED, ID, NAMED, REFERRING
from helpers.inputs.schema import TABLES, TableSpec
from helpers.inputs.schema.columns import Kind
from helpers.inputs.schema.evaluation import INDICATORS, RESULTS
from helpers.inputs.schema.paragraphs import KEYS
from helpers.inputs.schema.process import ASSETS, DONE, GONE, RECTIFICATION
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.tables import Table

FROM_LAST_YEAR = {"上年数", "上年文字"}
"""Columns that `report new` fills in from the year before."""

WHAT_TO_WRITE = f"{EXPLAINING}写什么"

FIGURES: set[Kind] = {"number", "count", "rate"}

Relation = Literal["next year", "later year", "no later year", "other unit"]
"""What a new run is to the one it is started from: of the same unit the year after, a year
further on, or a year no later; or of another unit."""


@dataclass(frozen=True)
class BlankTable:
    """A table to be filled in: its headings, among them last year's, and its rows."""

    spec: TableSpec
    head: list[str]
    rows: list[list[str]]


def carried(
    tables: Mapping[str, Table],
    relation: Relation,
    asked_for: AbstractSet[str],
    *,
    every: bool = False,
) -> list[BlankTable]:
    """The tables of a new run, from those a run has: kept columns filled, the rest blank.

    A unit keeps its names. From the year before its figures and sentences stand beside, for
    comparison, and results become 上年数; from any earlier year open items of the
    rectification ledger go on whole. Another unit gets what belongs to no unit: headings,
    rows that are choices, and the keys of the paragraphs that notebooks have `asked_for`.
    Tables the old run does without are left out, unless `every` table is wanted.
    """
    had = [spec for spec in TABLES if tables[spec.name].given or every or not spec.optional]
    carry = _structure if relation == "other unit" else _names
    return [
        _with_keys(carry(tables, spec, relation), asked_for)
        if spec == NARRATIVE
        else carry(tables, spec, relation)
        for spec in had
    ]


def _with_keys(blank: BlankTable, asked_for: AbstractSet[str]) -> BlankTable:
    """The narratives with a row for every paragraph asked for, and what to write beside it."""
    rows = {key: [key, *[""] * (len(blank.head) - 1)] for key in KEYS if key in asked_for}
    had = {row[0] for row in blank.rows}
    added = [*blank.rows, *(row for key, row in rows.items() if key not in had)]
    order = list(KEYS)
    added.sort(key=lambda row: order.index(row[0]) if row[0] in KEYS else len(order))
    return BlankTable(
        blank.spec,
        [blank.head[0], WHAT_TO_WRITE, *blank.head[1:]],
        [[row[0], KEYS[row[0]].described if row[0] in KEYS else "", *row[1:]] for row in added],
    )


def _structure(tables: Mapping[str, Table], spec: TableSpec, relation: Relation) -> BlankTable:  # noqa: ARG001 - as _names
    """A table with its rows only where they are the same for every unit."""
    table, head = tables[spec.name], [column.name for column in spec.columns]
    choices = {column.name: column.choices for column in spec.columns}
    named = spec.key if all(choices[name] for name in spec.key) else ()
    cells = dict.fromkeys(tuple(table.string(line, name) for name in named) for line in table.lines)
    rows = [
        [dict(zip(named, each, strict=True)).get(name, "") for name in head]
        for each in cells
        if named and all(cell in choices[name] for name, cell in zip(named, each, strict=True))
    ]
    return BlankTable(spec, head, rows)


def _names(tables: Mapping[str, Table], spec: TableSpec, relation: Relation) -> BlankTable:
    """A table with the names its unit has, and last year's figures beside where there are any."""
    table, last_year = tables[spec.name], relation == "next year"
    head = []
    for column in spec.columns:
        head.append(column.name)
        compared = spec.kept and column.kind in FIGURES and column.name not in spec.kept
        if last_year and compared and spec != INDICATORS:
            head.append(BESIDE + column.name)
    lines = [] if spec == RECTIFICATION and relation == "no later year" else _lines(table, spec)
    rows = [
        [
            "" if name in FROM_LAST_YEAR and not last_year else _cell(tables, table, line, name)
            for name in head
        ]
        for line in lines
    ]
    return BlankTable(spec, head, rows)


def _lines(table: Table, spec: TableSpec) -> list[int]:
    """The rows that go on."""
    if spec == RECTIFICATION:
        return [line for line in table.lines if table.string(line, "完成情况") != DONE]
    if spec == ASSETS:
        return [line for line in table.lines if table.string(line, "变动") not in GONE]
    return list(table.lines) if spec.kept else []


def _cell(tables: Mapping[str, Table], table: Table, line: int, name: str) -> str:
    """What stands in a cell of the new table."""
    spec = table.spec
    if name.startswith(BESIDE):
        return table.string(line, name.removeprefix(BESIDE))
    if spec == NARRATIVE and name == "上年文字":
        return table.string(line, "文字")
    if spec == INDICATORS and name == "上年数":
        results = tables[RESULTS.name]
        lines = results.where("编号", table.string(line, "编号"))
        return results.string(lines[0], "完成值") if lines else ""
    if name in spec.kept or (spec == RECTIFICATION and name != "完成日期"):
        return _as_called(tables, spec, name, table.string(line, name))
    return ""


def _as_called(tables: Mapping[str, Table], spec: TableSpec, column: str, text: str) -> str:
    """A cell as it was written: an id that follows from a name is blank, or the name, again."""
    if not DERIVED.fullmatch(text):
        return text
    kind = REFERRING.get(spec.name, {}).get(column)
    for table, (of, columns) in NAMED.items():
        for line in tables[table].where(ID, text) if of == kind else ():
            return tables[table].string(line, columns[-1])
    return text if kind else ""
