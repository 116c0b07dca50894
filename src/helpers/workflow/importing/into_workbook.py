"""Write imported rows into the sheets of a run's workbook, which keep all else they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from helpers.errors import Place
from helpers.inputs.raw_tables import HEADER_WITHIN
from helpers.inputs.schema import NUMERIC, TableSpec
from helpers.publishing.office_files import workbook_bytes
from helpers.workflow.atomic import replace_file
from helpers.workflow.changing import open_to_change
from helpers.workflow.importing.import_result import Row
from helpers.workflow.starting.fill_in_workbook import FRAME, FREE, WRAPPED, put


def write_rows(path: Path, tables: Mapping[str, tuple[TableSpec, Sequence[Row]]]) -> None:
    """Put rows in place of those below the heads of sheets, by the names of these.

    Raises `UnreadableInputError` for a workbook with formulas, and writes nothing.
    """
    book = open_to_change(path.read_bytes(), Place(path.name))
    for name, (spec, rows) in tables.items():
        _replace(book[name], spec, rows)
    replace_file(path, workbook_bytes(book))


def _replace(sheet: Worksheet, spec: TableSpec, rows: Sequence[Row]) -> None:
    head = next(
        line
        for line in range(1, HEADER_WITHIN + 1)
        if set(spec.needed) <= {cell.value for cell in sheet[line]}
    )
    numbers = {column.name for column in spec.columns if column.kind in NUMERIC}
    columns = [(at, str(cell.value or "")) for at, cell in enumerate(sheet[head], 1)]
    sheet.delete_rows(head + 1, sheet.max_row)
    for line, row in enumerate(rows, head + 1):
        for at, name in columns:
            cell = sheet.cell(line, at)
            assert isinstance(cell, Cell)
            put(cell, row.get(name, ""), number=name in numbers)
            cell.border, cell.alignment, cell.protection = FRAME, WRAPPED, FREE
