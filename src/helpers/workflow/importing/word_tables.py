"""The tables of a Word document as rows of texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table, _Row

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.excel_files import refuse_archive
from helpers.inputs.raw_tables import RawTable

UNIT = re.compile(r"单\s*位.*元")
PROJECT = re.compile(r"项目名称\s*[:：]")


def read_word(path: Path, file: str) -> list[RawTable]:
    """The tables of a document; a cell merged over rows repeats its text, over columns does not.

    Raises `UnreadableInputError` if it is no docx.
    """
    content = refuse_archive(path, file)
    try:
        return list(_tables(docx.Document(io.BytesIO(content)), file))
    except Exception:  # noqa: BLE001 - python-docx raises whatever a broken file makes it meet
        raise UnreadableInputError(
            "不是可读的 docx 文件", place=Place(file), hint="旧版 doc 请另存为 docx"
        ) from None


def _tables(document: Document, file: str) -> Iterator[RawTable]:
    """Each table with the unit told above it; those below a 项目名称 are one form, as one table.

    Rows are counted on through the tables of a form.
    """
    rows, first, number, of_project = list[tuple[int, list[str]]](), 1, 0, False
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            number += 1
            last = rows[-1][0] if rows else 0
            rows += enumerate(map(_texts, block.rows), last + 1)
            if not of_project:
                yield RawTable(file, f"第{number}个表格", rows)
                rows, first = [], number + 1
        elif PROJECT.match(block.text.strip()):
            if of_project and first <= number:
                yield RawTable(file, _name(first, number), rows)
            rows, first, of_project = [(0, [block.text.strip()])], number + 1, True
        elif UNIT.search(block.text):
            rows.append((rows[-1][0] if rows else 0, [block.text.strip()]))
    if of_project and first <= number:
        yield RawTable(file, _name(first, number), rows)


def _name(first: int, last: int) -> str:
    return f"第{first}个表格" if first == last else f"第{first}至{last}个表格"


def _texts(row: _Row) -> list[str]:
    """The texts of a row, that of a cell over several columns once."""
    cells = list(row.cells)
    return [
        "" if at and cell._tc is cells[at - 1]._tc else cell.text.strip()  # noqa: SLF001 - it has no other identity
        for at, cell in enumerate(cells)
    ]
