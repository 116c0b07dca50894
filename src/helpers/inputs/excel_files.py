"""Read the sheets of an Excel workbook as texts: what a person typed, to the digit."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from helpers import characters
from helpers.errors import Place, UnreadableInputError
from helpers.inputs.number_formats import UnclearFormatError, seen_number, seen_text
from helpers.inputs.raw_tables import LARGEST, Fault, RawTable

WIDEST = 1_000_000
"""Most cells of a sheet or range: openpyxl allocates every cell of a range, empty ones too."""

ROWS, COLUMNS = 1_048_576, 16_384
"""The largest worksheet an xlsx file can hold."""

LEAST = 1
"""Points of height and characters of width below which nobody sees what is there."""

SPANS = re.compile(rb'<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?ref="([^"]*)"')

SIGNIFICANT = 15
"""Digits Excel keeps and shows; what its binary numbers carry beyond them nobody typed."""
CELLS = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+[0-9]+)"')


def read_workbook(path: Path, file: str) -> dict[str, RawTable]:
    """Every sheet by its name, as rows of texts with their numbers.

    What cannot be read surely is reported by each `RawTable`, so that a sheet nobody reads
    refuses nothing: hidden sheets, rows and columns, merged cells, cells without a sure
    value. Raises `UnreadableInputError` for a file that is no workbook, is encrypted, too
    large, or holds a cell twice.
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
    return {sheet.title: _raw(sheet, formulas[sheet.title], file) for sheet in values.worksheets}


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


def _raw(sheet: Worksheet, formulas: Worksheet, file: str) -> RawTable:
    """A sheet's rows, and everything about it that is not surely read."""
    if sheet.max_row * sheet.max_column > WIDEST:
        message = f"范围过大，到第 {sheet.max_row} 行第 {sheet.max_column} 列"
        return RawTable(file, sheet.title, [], whole=Fault(message, "请删去表格以外的行和列"))
    rows: list[tuple[int, list[str]]] = []
    faults: dict[tuple[int, int], Fault] = {}
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = []
        for at, cell in enumerate(row):
            text, fault = _read(cell, formulas)
            texts.append(text)
            if fault:
                faults[number, at] = fault
        if any(texts) or any((number, at) in faults for at in range(len(row))):
            rows.append((number, texts))
    width = max((at for _, texts in rows for at, text in enumerate(texts, 1) if text), default=0)
    width = max([width, *(at + 1 for _, at in faults)])
    return RawTable(
        file,
        sheet.title,
        [(number, texts[:width]) for number, texts in rows],
        cells=faults,
        hidden=frozenset(number for number, _ in rows if _is_hidden(sheet, number)),
        merged={
            number: str(span)
            for span in sheet.merged_cells.ranges
            for number in range(span.min_row, span.max_row + 1)
        },
        whole=_whole(sheet, width),
    )


def _is_hidden(sheet: Worksheet, number: int) -> bool:
    """Whether nobody sees a row: hidden, filtered out, folded away, or without height."""
    if number not in sheet.row_dimensions:
        return bool(sheet.sheet_format.zeroHeight)
    row = sheet.row_dimensions[number]
    return bool(row.hidden or (row.height is not None and row.height < LEAST))


def _whole(sheet: Worksheet, width: int) -> Fault | None:
    """What about a sheet as a whole keeps a person from seeing it: hidden, or a column of it."""
    if sheet.sheet_state != "visible":
        return Fault("这张工作表被隐藏", "请取消隐藏，或删去")
    hidden = [
        get_column_letter(at)
        for column in sheet.column_dimensions.values()
        for at in range(column.min or 0, min(column.max or 0, width) + 1)
        if column.hidden or column.width < LEAST
    ]
    return Fault(f"{'、'.join(hidden)} 列被隐藏", "请取消隐藏，或删去") if hidden else None


def _read(cell: Cell | MergedCell, formulas: Worksheet) -> tuple[str, Fault | None]:
    """A cell as its author sees it, in full; blank with a fault where that is not sure."""
    value, kind = cell.value, cell.data_type
    if value is None:
        formula = formulas[cell.coordinate]
        if formula.data_type == "f" and kind != "str":  # "str": the text of no characters
            hint = "用 Excel 打开并保存一次，或填入数值"
            return "", Fault(f"{cell.coordinate} 的公式没有保存结果", hint)
        return "", None
    if kind == "e":
        return "", Fault(f"{cell.coordinate} 是 Excel 的错误值 {value}", "请改正公式或填入数值")
    if cell.font.strike:
        return "", Fault(f"{cell.coordinate} 带删除线", "不要的内容请删去")
    try:
        return characters.trimmed(_text(cell)), None
    except UnclearFormatError as error:
        return "", Fault(f"{cell.coordinate}：{error}", "请把单元格格式改为“常规”或“数值”")


def _text(cell: Cell | MergedCell) -> str:
    """What a reader sees of a cell with a value; raises `UnclearFormatError` where it is unsure."""
    value, code = cell.value, str(cell.number_format)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if _unknown_date(cell):
            raise UnclearFormatError("单元格的日期格式不能识别")
        exact = Decimal(f"{value:.{SIGNIFICANT}g}")
        return seen_number(exact, code)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return seen_text(unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n"), code)


def _unknown_date(cell: Cell | MergedCell) -> bool:
    """Whether a number has one of the formats Excel keeps for each language's dates.

    openpyxl knows no code for them and calls them General; their number stands nowhere else.
    """
    number = cell._style.numFmtId  # type: ignore[union-attr] # noqa: SLF001 - see above
    return number < BUILTIN_FORMATS_MAX_SIZE and number not in BUILTIN_FORMATS
