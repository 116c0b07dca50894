"""Read a cell of Excel as its author sees it, in full; or say why that is not sure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from helpers import characters
from helpers.inputs.cell_styles import Looks
from helpers.inputs.number_formats import (
    DIGITS,
    UnclearFormatError,
    check_day,
    is_iso_day,
    is_shown_in_full,
    seen_number,
    seen_text,
)
from helpers.inputs.raw_tables import Fault


@dataclass(frozen=True)
class SeenCell:
    """The text of a cell, blank with a `fault` where it is not sure.

    `rounded` says that what stands in the cell is not this text, although it is its number or
    day: 3.7 shown as 4.
    """

    text: str = ""
    fault: Fault | None = None
    rounded: Fault | None = None

    @property
    def filled(self) -> bool:
        """Whether there is something in it."""
        return bool(self.text or self.fault)


BLANK = SeenCell()

FULL_DAYS = {28, 29, 30, 31, 51, 53, 54, 58}
"""Numbers of the formats of each language that show a day with its month; 31 is 长日期."""


def read_cell(cell: Cell | MergedCell, formulas: Worksheet, looks: Looks, width: float) -> SeenCell:
    """A cell as its author sees it; `formulas` is its sheet with formulas for their results."""
    if not isinstance(cell, Cell) or cell.value is None:
        return _blank(cell, formulas)
    if fault := _fault(cell, looks):
        return SeenCell(fault=fault)
    at = cell.coordinate
    try:
        text = characters.trimmed(_text(cell))
        if _is_in_full(cell, width):
            return SeenCell(text)
    except UnclearFormatError as error:
        better = "“短日期”" if "日期" in str(error) else "“常规”或“数值”"
        return SeenCell(fault=Fault(f"{at}：{error}", f"请把单元格格式改为{better}"))
    hint = "请把单元格格式改为“文本”，再照原样填写"
    return SeenCell(text, rounded=Fault(f"{at} 存的是 {text}，显示的不是这样", hint))


def _blank(cell: Cell | MergedCell, formulas: Worksheet) -> SeenCell:
    """A cell without a value, unless Excel has yet to work it out."""
    at = cell.coordinate
    if formulas[at].data_type == "f" and cell.data_type != "str":  # the text of no characters
        hint = "用 Excel 打开并保存一次，或填入数值"
        return SeenCell(fault=Fault(f"{at} 的公式没有保存结果", hint))
    return BLANK


def _fault(cell: Cell, looks: Looks) -> Fault | None:
    """What is wrong with a value whatever its number format."""
    value, at = cell.value, cell.coordinate
    if cell.data_type == "e":
        return Fault(f"{at} 是 Excel 的错误值 {value}", "请改正公式或填入数值")
    if isinstance(value, bool):  # shown in the language of the reader's Excel
        return Fault(f"{at} 是逻辑值 {str(value).upper()}", "请填写文字或数字，如“是”“否”")
    if problem := looks.problem(cell):
        return Fault(f"{at} {problem}", "不要的内容请删去，其余改为普通格式")
    return None


def _text(cell: Cell) -> str:
    """What a reader sees of a cell with a value; raises `UnclearFormatError` where it is unsure."""
    value, code = cell.value, str(cell.number_format)
    if isinstance(value, int | float):
        if _unknown_date(cell):
            return _day_of_language(cell)
        return seen_number(_exact(value), code)
    if isinstance(value, datetime):
        check_day(code)
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        check_day(code)
        return value.isoformat()
    if isinstance(value, time | timedelta):
        raise UnclearFormatError("单元格是时间，不是日期或数字")
    return seen_text(unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n"), code)


def _is_in_full(cell: Cell, width: float) -> bool:
    """Whether the text of a cell stands in it character by character."""
    value, code = cell.value, str(cell.number_format)
    if isinstance(value, int | float):
        return not _unknown_date(cell) and is_shown_in_full(_exact(value), code, width)
    if isinstance(value, datetime):
        return value.time() == time() and is_iso_day(code)
    return not isinstance(value, date) or is_iso_day(code)


def _day_of_language(cell: Cell) -> str:
    """The day of a number whose format shows one in the language of each reader's Excel."""
    if _format_number(cell) not in FULL_DAYS:
        raise UnclearFormatError("单元格的日期格式不能识别")
    day = from_excel(cell.value, cell.base_date)
    if not isinstance(day, datetime) or day.time() != time():
        raise UnclearFormatError("单元格的日期格式不能识别")
    return day.date().isoformat()


def _exact(value: float) -> Decimal:
    """A number to the digits Excel keeps."""
    return Decimal(f"{value:.{DIGITS}g}")


def _unknown_date(cell: Cell) -> bool:
    """Whether a number has one of the formats Excel keeps for each language's dates.

    openpyxl knows no code for them and calls them General; their number stands nowhere else.
    """
    number = _format_number(cell)
    return number < BUILTIN_FORMATS_MAX_SIZE and number not in BUILTIN_FORMATS


def _format_number(cell: Cell) -> int:
    return int(cell._style.numFmtId)  # type: ignore[attr-defined] # noqa: SLF001 - see above
