"""Read the sheets of an Excel workbook as texts: what a person typed, to the digit."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from helpers.errors import Place, UnreadableInputError
from helpers.raw_tables import LARGEST, RawTable

WIDEST = 1_000_000
"""Cells a sheet or a range may span: each is made, though all but a few be empty."""

ROWS, COLUMNS = 1_048_576, 16_384
"""Of a whole sheet."""

SPANS = re.compile(rb'<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?ref="([^"]*)"')

SIGNIFICANT = 15
"""Digits Excel keeps and shows; what its binary numbers carry beyond them nobody typed."""
CELLS = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+[0-9]+)"')


def read_workbook(path: Path, file: str, *, strict: bool = True) -> dict[str, RawTable]:
    """Every sheet by its name, as rows of texts with their numbers.

    Raises `UnreadableInputError` for a file that is no workbook, is encrypted, too large,
    or holds in a visible table what cannot be read surely: a hidden row or column, merged
    cells below the first ten rows, a formula without its value. Forms to be imported are
    full of merged cells: without `strict` these, and what is hidden, are read as they stand.
    """
    content = refuse_archive(path, file)
    try:
        values, formulas = (
            load_workbook(io.BytesIO(content), data_only=only) for only in (True, False)
        )
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken file makes it meet
        raise UnreadableInputError(
            "不是可读的 xlsx 工作簿", place=Place(file), hint="请用 Excel 或 WPS 另存为 xlsx"
        ) from None
    return {
        sheet.title: RawTable(
            file, sheet.title, list(_rows(sheet, formulas[sheet.title], file, strict=strict))
        )
        for sheet in values.worksheets
    }


def refuse_archive(path: Path, file: str) -> bytes:
    """The bytes of an Office file, once it is sure that nothing in it grows beyond measure.

    Raises `UnreadableInputError` for what is no archive, is encrypted, or too large; and for
    a cell that stands twice, of which a reader would take the last.
    """
    large = UnreadableInputError("文件过大", place=Place(file), hint="请核对文件")
    try:
        if path.stat().st_size > LARGEST:
            raise large
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise large
            sheets = [entry for entry in entries if entry.filename.startswith("xl/worksheets/")]
            texts = [archive.read(entry) for entry in sheets]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise UnreadableInputError(
            f"不是 {path.suffix[1:]} 文件，或已加密",
            place=Place(file),
            hint=f"旧版和加密的文件请另存为不加密的 {path.suffix[1:]}",
        ) from None
    except OSError:
        raise UnreadableInputError("无法读取这个文件", place=Place(file)) from None
    spans = (span for text in texts for span in SPANS.findall(text))
    if any(_cells(span.decode("ascii", "replace")) > WIDEST for span in spans):
        raise large
    for text in texts:
        cells = CELLS.findall(text)
        if len(set(cells)) < len(cells):
            twice = Counter(cells).most_common(1)[0][0].decode()
            raise UnreadableInputError(
                f"{twice} 在文件里出现两次", place=Place(file), hint="请用 Excel 打开并另存"
            )
    return content


def _cells(span: str) -> int:
    """How many cells a range spans; none where it is no range, which openpyxl will say."""
    try:
        left, top, right, bottom = range_boundaries(span)
        return ((right or COLUMNS) - (left or 1) + 1) * ((bottom or ROWS) - (top or 1) + 1)
    except (TypeError, ValueError):
        return 0


def _rows(
    sheet: Worksheet, formulas: Worksheet, file: str, *, strict: bool
) -> Iterator[tuple[int, list[str]]]:
    place = Place(file, sheet=sheet.title)
    if sheet.max_row * sheet.max_column > WIDEST:
        raise UnreadableInputError(
            f"范围过大，到第 {sheet.max_row} 行第 {sheet.max_column} 列",
            place=place,
            hint="请删去表格以外的行和列",
        )
    hidden = [name for name, column in sheet.column_dimensions.items() if column.hidden]
    if hidden and strict:
        raise UnreadableInputError(
            f"{'、'.join(hidden)} 列被隐藏", place=place, hint="请取消隐藏，或删去"
        )
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = [_text(cell, formulas, file) for cell in row]
        if not any(texts):
            continue
        where = Place(file, number, sheet=sheet.title)
        if strict and sheet.row_dimensions[number].hidden:
            raise UnreadableInputError("这一行被隐藏", place=where, hint="请取消隐藏，或删去")
        merged = [cell for cell in row if isinstance(cell, MergedCell)]
        if strict and merged and number > 10:
            raise UnreadableInputError(
                f"{merged[0].coordinate} 是合并单元格", place=where, hint="请取消合并，逐格填写"
            )
        yield number, texts


def _text(cell: Cell | MergedCell, formulas: Worksheet, file: str) -> str:
    """A cell as its author sees it, in full."""
    value = cell.value
    if value is None:
        formula = formulas[cell.coordinate].value
        if isinstance(formula, str) and formula.startswith("="):
            raise UnreadableInputError(
                f"{cell.coordinate} 的公式没有保存结果",
                place=Place(file, cell.row or 0, sheet=formulas.title),
                hint="用 Excel 打开并保存一次，或填入数值",
            )
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(value, percent="%" in str(cell.number_format))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _number(value: float, *, percent: bool) -> str:
    """A number as Excel shows it in full: fifteen digits, no exponent."""
    exact = Decimal(f"{value:.{SIGNIFICANT}g}")
    text = format(exact * 100 if percent else exact, "f")
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{plain}%" if percent else plain
