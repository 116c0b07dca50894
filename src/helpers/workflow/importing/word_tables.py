"""The tables of a Word document as rows of texts."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from docx.table import Table, _Row

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.excel_files import refuse_archive
from helpers.inputs.raw_tables import RawTable


def read_word(path: Path, file: str) -> list[RawTable]:
    """The tables of a document; a cell merged over rows repeats its text, over columns does not.

    A unit told between tables is read with the one that follows. Raises `UnreadableInputError`
    if it is no docx.
    """
    content = refuse_archive(path, file)
    tables, units = list[list[tuple[int, list[str]]]](), list[tuple[int, list[str]]]()
    try:
        for block in docx.Document(io.BytesIO(content)).iter_inner_content():
            if isinstance(block, Table):
                tables.append([*units, *enumerate(map(_texts, block.rows), 1)])
                units = []
            elif "单位" in block.text and "元" in block.text:
                units.append((0, [block.text.strip()]))
    except Exception:  # noqa: BLE001 - python-docx raises whatever a broken file makes it meet
        raise UnreadableInputError(
            "不是可读的 docx 文件", place=Place(file), hint="旧版 doc 请另存为 docx"
        ) from None
    return [RawTable(file, f"第{number}个表格", rows) for number, rows in enumerate(tables, 1)]


def _texts(row: _Row) -> list[str]:
    """The texts of a row, that of a cell over several columns once."""
    cells = list(row.cells)
    return [
        "" if at and cell._tc is cells[at - 1]._tc else cell.text.strip()  # noqa: SLF001 - it has no other identity
        for at, cell in enumerate(cells)
    ]
