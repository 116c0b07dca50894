"""Read the sheets of an Excel workbook as texts: what a person typed, to the digit."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.cell_styles import Looks
from helpers.inputs.excel_cells import SeenCell, read_cell
from helpers.inputs.later_conditions import load_values
from helpers.inputs.raw_tables import LARGEST, Fault, RawTable

WIDEST = 1_000_000
"""Most cells of a sheet or range: openpyxl allocates every cell of a range, empty ones too."""

ROWS, COLUMNS = 1_048_576, 16_384
"""The largest worksheet an xlsx file can hold."""

LEAST = 1
"""Points of height and characters of width below which nobody sees what is there."""

SPANS = re.compile(rb'<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?ref="([^"]*)"')

USUAL_WIDTH, UNSTATED = 8, 13
"""Characters of a column's width where a sheet names none, and where openpyxl found none."""

CELLS = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+[0-9]+)"')


def read_workbook(path: Path, file: str) -> dict[str, RawTable]:
    """Every sheet by its name, as rows of texts with their numbers.

    What cannot be read surely is reported by each `RawTable`, so that a sheet nobody reads
    refuses nothing: hidden sheets, rows and columns, merged cells, cells without a sure
    value. Raises `UnreadableInputError` for a file that is no workbook, is encrypted, too
    large, or holds a cell twice.
    """
    return sheets_of(refuse_archive(path, file), file)


def sheets_of(content: bytes, file: str) -> dict[str, RawTable]:
    """The sheets in the bytes of a workbook, as `read_workbook` gives them."""
    try:
        with warnings.catch_warnings():  # conditions are brought back, the rest hides nothing
            warnings.filterwarnings("ignore", message=".*extension is not supported")
            values, formulas = load_values(content), load_workbook(io.BytesIO(content))
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a broken file makes it meet
        raise UnreadableInputError(
            "不是可读的 xlsx 工作簿", place=Place(file), hint="请用 Excel 或 WPS 另存为 xlsx"
        ) from None
    chart = Fault("这张工作表是图表，没有单元格", "数据请填在普通工作表里")
    return {
        **{sheet.title: _raw(sheet, formulas[sheet.title], file) for sheet in values.worksheets},
        **{
            sheet.title: RawTable(file, sheet.title, [], whole=chart)
            for sheet in values.chartsheets
        },
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


def _raw(sheet: Worksheet, formulas: Worksheet, file: str) -> RawTable:
    """A sheet's rows, and everything about it that is not surely read."""
    if sheet.max_row * sheet.max_column > WIDEST:
        message = f"范围过大，到第 {sheet.max_row} 行第 {sheet.max_column} 列"
        return RawTable(file, sheet.title, [], whole=Fault(message, "请删去表格以外的行和列"))
    widths = _widths(sheet)
    rows = list(_filled_rows(sheet, formulas, widths))
    width = max((at for _, row in rows for at, seen in enumerate(row, 1) if seen.filled), default=0)
    cells = {(number, at): seen for number, row in rows for at, seen in enumerate(row)}
    return RawTable(
        file,
        sheet.title,
        [(number, [seen.text for seen in row[:width]]) for number, row in rows],
        cells={place: seen.fault for place, seen in cells.items() if seen.fault},
        rounded={place: seen.rounded for place, seen in cells.items() if seen.rounded},
        hidden=frozenset(number for number, _ in rows if _is_hidden(sheet, number)),
        merged={
            number: str(span)
            for span in sheet.merged_cells.ranges
            for number in range(span.min_row, span.max_row + 1)
        },
        whole=_whole(sheet, widths[:width]),
    )


def _filled_rows(
    sheet: Worksheet, formulas: Worksheet, widths: Sequence[float]
) -> Iterator[tuple[int, list[SeenCell]]]:
    """The rows with something in them, by their numbers."""
    looks = Looks(sheet)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = [
            read_cell(cell, formulas, looks, width)
            for cell, width in zip(cells, widths, strict=True)
        ]
        if any(seen.filled for seen in row):
            yield number, row


def _widths(sheet: Worksheet) -> list[float]:
    """The width of each column in characters, none for one that is hidden."""
    usual = sheet.sheet_format.defaultColWidth
    if usual is None:
        usual = USUAL_WIDTH if sheet.sheet_format.baseColWidth != 0 else 0
    widths: list[float] = [usual] * sheet.max_column
    for column in sheet.column_dimensions.values():
        own = usual if column.width == UNSTATED else column.width
        for at in range(column.min or 1, min(column.max or 0, len(widths)) + 1):
            widths[at - 1] = 0 if column.hidden else own
    return widths


def _is_hidden(sheet: Worksheet, number: int) -> bool:
    """Whether nobody sees a row: hidden, filtered out, folded away, or without height."""
    row = sheet.row_dimensions.get(number)
    if row is not None and (row.hidden or row.height is not None):
        return bool(row.hidden or row.height < LEAST)
    usual = sheet.sheet_format.defaultRowHeight
    return bool(sheet.sheet_format.zeroHeight or (usual is not None and usual < LEAST))


def _whole(sheet: Worksheet, widths: Sequence[float]) -> Fault | None:
    """What about a sheet as a whole keeps a person from seeing it: hidden, or a column of it."""
    if sheet.sheet_state != "visible":
        return Fault("这张工作表被隐藏", "请取消隐藏，或删去")
    hidden = [get_column_letter(at) for at, width in enumerate(widths, 1) if width < LEAST]
    return Fault(f"{'、'.join(hidden)} 列被隐藏", "请取消隐藏，或删去") if hidden else None
