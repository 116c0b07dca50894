"""Write what an import placed where the run has its tables: CSVs, or sheets of its workbook."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.inputs.csv_files import read_csv
from helpers.inputs.raw_tables import RawTable, frame_table
from helpers.inputs.schema import TABLES, TableSpec
from helpers.inputs.units import YUAN
from helpers.inputs.workbooks import WORKBOOK, workbook_sheets
from helpers.workflow.atomic import replace_file
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.joining import ORDER, SHARED, Joined, join
from helpers.workflow.importing.names_in_run import NamesInRun

TOGETHER = 10
"""Names told in one line."""


@dataclass(frozen=True)
class Change:
    """A table as a file holds it, and what an import does to it."""

    spec: TableSpec
    raw: RawTable
    joined: Joined

    @property
    def head(self) -> tuple[int, list[str]]:
        """The line of the headings, and these, with any the import needs at the end."""
        line, heads = self.raw.rows[self.raw.header(self.spec.needed)]
        rows = [*self.joined.changed.values(), *self.joined.added]
        needed = dict.fromkeys(name for row in rows for name, text in row.items() if text)
        return line, [*heads, *(name for name in needed if name not in heads)]


def write_tables(placed: ImportResult, folder: Path) -> list[tuple[Path, str, int]]:
    """Write the placed rows into the run's tables; gives each file, table and number of rows.

    Rows a table lists are filled in and keep what no form gives, the others are added; listed
    rows that no form has stay, and are told. Data is never overwritten: where there is any, or
    a table cannot be read, nothing is written, and `ReportError` names it.
    """
    specs = {spec.name: spec for spec in TABLES}
    sheets = workbook_sheets(folder, folder.name)
    names, changes = NamesInRun(), dict[str, Change]()
    for table in sorted(placed.tables, key=ORDER.index):
        raw, rows = sheets.get(table) or _csv(folder, specs[table]), placed.tables[table]
        changes[table] = _change(specs[table], raw, rows, names)
    for change in changes.values():
        staying = change.joined.staying
        for first in range(0, len(staying), TOGETHER):
            listed = "、".join(staying[first : first + TOGETHER])
            placed.left.append(f"{change.raw.place()} 原有、而导入的表中没有的行照留：{listed}")
    folder.mkdir(parents=True, exist_ok=True)
    if inside := [change for table, change in changes.items() if table in sheets]:
        from helpers.workflow.importing.into_workbook import write_rows

        write_rows(folder / WORKBOOK, inside)
    return [
        (
            folder / WORKBOOK
            if table in sheets
            else _write(folder / f"{table}.csv", changes[table]),
            table,
            len(rows),
        )
        for table, rows in placed.tables.items()
    ]


def _csv(folder: Path, spec: TableSpec) -> RawTable:
    """The table in a CSV; one with headings alone where there is none."""
    path = folder / f"{spec.name}.csv"
    empty = RawTable(path.name, "", [(1, [column.name for column in spec.columns])])
    try:
        return read_csv(path, path.name, spec.needed) if path.is_file() else empty
    except UnreadableInputError:
        raise _refused(Place(path.name)) from None


def _change(spec: TableSpec, raw: RawTable, rows: list[Row], names: NamesInRun) -> Change:
    try:
        held = frame_table(raw, spec)
    except UnreadableInputError:
        raise _refused(raw.place()) from None
    joined = join(spec, held, rows, names)
    if joined.filled or (held.unused and spec not in SHARED):
        raise _refused(raw.place(), "、".join(dict.fromkeys(joined.filled)))
    if held.unit == YUAN:
        hint = "导入的金额是万元，请先删去原表的“单位：元”"
        raise ReportError("原表以元填写，未导入", place=raw.place(), hint=hint)
    return Change(spec, raw, joined)


def _refused(place: Place, what: str = "") -> ReportError:
    named = f"“{what}”" if what else ""
    return ReportError(f"{named}已有数据，未导入", place=place, hint="先移走原表")


def _write(path: Path, change: Change) -> Path:
    """Write a CSV, its other cells as they are."""
    line, heads = change.head
    rows = []
    for at, cells in change.raw.rows:
        row = heads if at == line else cells
        if at > line:
            new = change.joined.changed.get(at, {})
            row = [
                new.get(name) or cell
                for name, cell in zip(heads, _padded(cells, heads), strict=True)
            ]
        rows.append(row)
    rows += [[row.get(name, "") for name in heads] for row in change.joined.added]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    replace_file(path, buffer.getvalue().encode("utf-8-sig"))
    return path


def _padded(cells: list[str], heads: list[str]) -> list[str]:
    return [*cells, *[""] * (len(heads) - len(cells))]
