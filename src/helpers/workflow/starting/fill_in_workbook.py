"""The sheets analysts fill in: a table each, its head fixed, with hints, units and drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from helpers.figures import exact
from helpers.figures.exact import WAN
from helpers.inputs.excel_files import COLUMNS
from helpers.inputs.raw_tables import BESIDE
from helpers.inputs.row_ids import NAMED, REFERRING
from helpers.inputs.schema import KINDS, NUMERIC, Column
from helpers.workflow.starting.carry_over import BlankTable

HEAD = 3
"""The row of the headings; above it stand what the table is, and what each column takes."""

SPARE_ROWS = 200
"""Rows below the last one that get the drop-downs as well."""

LONGEST_LIST = 255
"""Characters of the choices of a drop-down."""

DIGITS = 15
"""Digits of a number that Excel keeps."""

NEEDED, OPTIONAL, ASIDE = (
    PatternFill("solid", fgColor=color) for color in ("FFE699", "DDEBF7", "EDEDED")
)
FREE, FIXED = Protection(locked=False), Protection(locked=True)
LINE = Side(style="thin", color="BFBFBF")
FRAME = Border(LINE, LINE, LINE, LINE)
FACE = "Calibri"
SMALL, BOLD = Font(FACE, size=9, color="595959"), Font(FACE, bold=True)
LINE_HEIGHT, HIGHEST = 14, 20
"""Points of a line, and lines of a row: some programs leave every row at the height it has."""

WRAPPED = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True)
class Field:
    """A column of a sheet: its heading, what belongs into it, how wide it is, what may be chosen.

    One `aside` is there to be read; a `locked` one cannot be changed below its head either, so
    that no row can be taken out.
    """

    name: str
    hint: str
    fill: PatternFill
    width: int = 14
    choices: Sequence[str] = ()
    number: bool = False
    aside: bool = False
    locked: bool = False


def table_sheet(sheet: Worksheet, blank: BlankTable) -> None:
    """Make a sheet that holds a table to be filled in."""
    spec = blank.spec
    columns = {column.name: column for column in spec.columns}
    fields = [_field(spec.name, name, columns.get(name)) for name in blank.head]
    unit = "" if "单位：" in spec.holds or not spec.has_amounts else "（单位：万元）"
    write_head(sheet, f"{spec.name}：{spec.holds}{unit}", fields)
    for row in blank.rows:
        write_row(sheet, fields, row)
    offer(sheet, fields)
    free_rest(sheet, fields)
    sheet.sheet_properties.tabColor = "9DC3E6" if spec.optional else "F4B183"


def _field(table: str, name: str, column: Column | None) -> Field:
    """A column as it stands in the sheet; without a declaration it is there to be read."""
    if column is None:
        words = "对照，不读入" if name.startswith(BESIDE) else "说明，不读入"
        return Field(name, words, ASIDE, 14 if name.startswith(BESIDE) else 30, aside=True)
    kind = "下拉选择" if column.choices else KINDS[column.kind]
    follows = column.kind == "id" and table in NAMED
    if follows:
        kind = "可空，由名称得出"
    elif column.name in REFERRING.get(table, {}):
        kind = "编号，或它的名称"
    must = "必填" if column.required and not follows else "选填"
    unit = f"，{column.unit}" if column.unit not in {"", WAN} and column.unit not in kind else ""
    long = column.kind == "text" and not column.choices
    return Field(
        name,
        f"{must}：{kind}{unit}",
        NEEDED if must == "必填" else OPTIONAL,
        48 if name in {"文字", "上年文字"} else 24 if long else 14,
        column.choices,
        number=column.kind in NUMERIC,
    )


def write_head(sheet: Worksheet, title: str, fields: Sequence[Field]) -> None:
    """Write what a sheet is, what each column takes, and the headings; protect them."""
    sheet["A1"].value = title
    sheet["A1"].font = Font(FACE, size=12, bold=True)
    sheet.row_dimensions[HEAD - 1].height = 2 * LINE_HEIGHT
    for at, field in enumerate(fields, 1):
        hint, head = sheet.cell(HEAD - 1, at), sheet.cell(HEAD, at)
        hint.value, hint.font, hint.alignment = field.hint, SMALL, WRAPPED
        head.value, head.font, head.alignment = field.name, BOLD, MIDDLE
        head.fill, head.border = field.fill, FRAME
        if not field.aside:
            choices = f"：{'、'.join(field.choices)}" if field.choices else ""
            head.comment = Comment(f"{field.hint}{choices}", "填报说明")
    sheet.freeze_panes, sheet.print_title_rows = f"B{HEAD + 1}", f"1:{HEAD}"
    protect(sheet)


def write_row(sheet: Worksheet, fields: Sequence[Field], row: Sequence[str]) -> None:
    """Write a row below the last one, each cell as free or as fixed as its column."""
    line = max(sheet.max_row, HEAD) + 1
    for at, (field, text) in enumerate(zip(fields, row, strict=True), 1):
        cell = sheet.cell(line, at)
        assert isinstance(cell, Cell)
        put(cell, text, number=field.number, aside=field.aside)
        cell.border, cell.alignment = FRAME, WRAPPED
        cell.protection = FIXED if field.locked else FREE
        if field.aside:
            cell.font = SMALL
    fit_height(sheet, line, [field.width for field in fields])


def fit_height(sheet: Worksheet, line: int, widths: Sequence[int]) -> None:
    """Make a row as high as the longest of its texts, where that is more than a line."""
    texts = [str(cell.value or "") for cell in sheet[line]]
    lines = max(
        sum(1 + (_width(part) - 1) // width for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    )
    if lines > 1:
        sheet.row_dimensions[line].height = min(lines, HIGHEST) * LINE_HEIGHT


def _width(text: str) -> int:
    """How wide a text is, in digits: a Chinese character is as wide as two."""
    return max(1, sum(2 if ord(char) > 0x2E80 else 1 for char in text))


def put(cell: Cell, text: str, *, number: bool, aside: bool = False) -> None:
    """Put a text into a cell; as a number where that is the same, to the digit.

    One that is there to be read is a number wherever it can be.
    """
    cell.number_format = "General" if number or aside else "@"
    cell.value = text or None
    if exact.is_plain(text) and text[-1:] != "%" and (aside or (number and _is_same(text))):
        cell.value = Decimal(exact.exact_text(exact.parse(text)))


def _is_same(text: str) -> bool:
    """Whether a number in a workbook would be read as just this text."""
    digits = text.strip("-").replace(".", "").strip("0")
    return len(digits) <= DIGITS and exact.exact_text(exact.parse(text)) == text


def offer(sheet: Worksheet, fields: Sequence[Field]) -> None:
    """Give every column with choices its drop-down, and spare rows as well."""
    for at, field in enumerate(fields, 1):
        if field.choices:
            letter, last = get_column_letter(at), sheet.max_row + SPARE_ROWS
            choose(sheet, f"{letter}{HEAD + 1}:{letter}{last}", field.choices)


def choose(sheet: Worksheet, cells: str, choices: Sequence[str]) -> None:
    """Give cells a drop-down, and refuse what is not on it; Excel takes no longer list."""
    if len(",".join(choices)) > LONGEST_LIST:
        return
    listed = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    listed.showErrorMessage = True
    listed.errorTitle, listed.error = "不在可选范围内", f"可填：{'、'.join(choices)}"
    sheet.add_data_validation(listed)
    listed.add(cells)


def free_rest(sheet: Worksheet, fields: Sequence[Field]) -> None:
    """Let everything but the head be changed: rows below, and columns of one's own beside."""
    for at, field in enumerate(fields, 1):
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width = max(field.width, 2 * len(field.name) + 2)
        column.number_format = "General" if field.number else "@"
        column.alignment, column.protection = WRAPPED, FIXED if field.locked else FREE
    beside = sheet.column_dimensions[get_column_letter(len(fields) + 1)]
    beside.min, beside.max, beside.width = len(fields) + 1, COLUMNS, 14
    beside.number_format, beside.protection = "@", FREE


def protect(sheet: Worksheet) -> None:
    """Guard what is locked against a slip; there is no password, and rows may come and go."""
    guard = sheet.protection
    guard.enable()
    guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False
    guard.formatCells = guard.formatColumns = guard.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
