"""Write imported rows into the sheets of a run's workbook, which keep all else they have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from helpers.errors import Place
from helpers.inputs.schema import NUMERIC
from helpers.publishing.office_files import workbook_bytes
from helpers.workflow.atomic import replace_file
from helpers.workflow.changing import open_to_change
from helpers.workflow.importing.writing import Change
from helpers.workflow.starting.fill_in_workbook import BOLD, FRAME, FREE, WRAPPED, put


def write_rows(path: Path, changes: Sequence[Change]) -> None:
    """Put cells into listed rows, and new rows below the last of a sheet.

    Raises `UnreadableInputError` for a workbook with formulas, and writes nothing.
    """
    book = open_to_change(path.read_bytes(), Place(path.name))
    for change in changes:
        _put_rows(book[change.raw.sheet], change)
    replace_file(path, workbook_bytes(book))


def _put_rows(sheet: Worksheet, change: Change) -> None:
    numbers = {column.name for column in change.spec.columns if column.kind in NUMERIC}
    top, heads = change.head
    for at, name in enumerate(heads, 1):
        if name and not sheet.cell(top, at).value:
            head = sheet.cell(top, at, name)
            head.font, head.border, head.alignment = BOLD, FRAME, WRAPPED
    last = change.raw.rows[-1][0]
    new = dict(enumerate(change.joined.added, last + 1))
    for line, row in {**change.joined.changed, **new}.items():
        for at, name in enumerate(heads, 1):
            cell = sheet.cell(line, at)
            assert isinstance(cell, Cell)
            if line > last:
                cell.border, cell.alignment, cell.protection = FRAME, WRAPPED, FREE
            if text := row.get(name):
                put(cell, text, number=name in numbers)
