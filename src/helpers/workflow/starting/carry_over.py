"""What of a year's tables goes on into the next: names and structure, never a figure or a claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.inputs.raw_tables import BESIDE
from helpers.inputs.schema import TABLES, TableSpec
from helpers.inputs.schema.columns import Kind
from helpers.inputs.schema.evaluation import INDICATORS, RESULTS
from helpers.inputs.schema.process import ASSETS, DONE, GONE, RECTIFICATION
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.tables import Table

FROM_LAST_YEAR = {"上年数", "上年文字"}
"""Columns that `report new` fills in from the year before."""

FIGURES: set[Kind] = {"number", "count", "rate"}


@dataclass(frozen=True)
class BlankTable:
    """A table to be filled in: its headings, among them last year's, and its rows."""

    spec: TableSpec
    head: list[str]
    rows: list[list[str]]


def next_year(tables: Mapping[str, Table]) -> list[BlankTable]:
    """The tables of the next year, from those a run has: kept columns filled, the rest blank.

    Last year's figures stand beside, for comparison. Open items of the rectification
    ledger go on whole; results become 上年数; last year's sentences stand beside blank ones.
    """
    had = [spec for spec in TABLES if tables[spec.name].given or not spec.optional]
    return [_blank(tables, spec) for spec in had]


def _blank(tables: Mapping[str, Table], spec: TableSpec) -> BlankTable:
    table = tables[spec.name]
    compared = [
        column.name
        for column in spec.columns
        if spec.kept and column.kind in FIGURES and column.name not in spec.kept
    ]
    if spec == INDICATORS:
        compared = []
    head = []
    for column in spec.columns:
        head.append(column.name)
        if column.name in compared:
            head.append(BESIDE + column.name)
    rows = [[_cell(tables, table, line, name) for name in head] for line in _lines(table, spec)]
    return BlankTable(spec, head, rows)


def _lines(table: Table, spec: TableSpec) -> list[int]:
    """The rows that go on."""
    if spec == RECTIFICATION:
        return [line for line in table.lines if table.string(line, "完成情况") != DONE]
    if spec == ASSETS:
        return [line for line in table.lines if table.string(line, "变动") not in GONE]
    return list(table.lines) if spec.kept else []


def _cell(tables: Mapping[str, Table], table: Table, line: int, name: str) -> str:
    """What stands in a cell of the next year's table."""
    spec = table.spec
    if name.startswith(BESIDE):
        return table.string(line, name.removeprefix(BESIDE))
    if spec == NARRATIVE and name == "上年文字":
        return table.string(line, "文字")
    if spec == INDICATORS and name == "上年数":
        results = tables[RESULTS.name]
        lines = results.where("编号", table.string(line, "编号"))
        return results.string(lines[0], "完成值") if lines else ""
    if spec == RECTIFICATION and name != "完成日期":
        return table.string(line, name)
    return table.string(line, name) if name in spec.kept else ""
