"""Open a workbook somebody keeps, to change cells of it and leave the rest as it is."""

from __future__ import annotations

import io

from openpyxl import Workbook, load_workbook

from helpers.errors import Place, UnreadableInputError


def open_to_change(content: bytes, place: Place) -> Workbook:
    """The workbook in the bytes of a file.

    Raises `UnreadableInputError` for one with formulas: saved by us they would give nothing.
    """
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if found := next((cell for cell in row if cell.data_type == "f"), None):
                problem = f"“{sheet.title}”表 {found.coordinate} 是公式，工作簿里有公式的不能改"
                raise UnreadableInputError(problem, place=place, hint="请用 Excel 打开修改")
    return book
