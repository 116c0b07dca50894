"""Write the workbook analysts fill in: a sheet a table, with units, comments and drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from helpers.inputs.raw_tables import BESIDE
from helpers.inputs.schema import KINDS, Column
from helpers.publishing.office_files import workbook_bytes
from helpers.workflow.starting.carry_over import BlankTable

SPARE_ROWS = 200
"""Rows below the last one that get the drop-downs as well."""

NEEDED, COMPARED = PatternFill("solid", fgColor="FFF2CC"), PatternFill("solid", fgColor="EDEDED")


def write_workbook(path: Path, blanks: Sequence[BlankTable]) -> None:
    """Write a workbook with a sheet for each table, the needed columns tinted."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for blank in blanks:
        _sheet(book.create_sheet(blank.spec.name), blank)
    path.write_bytes(workbook_bytes(book))


def _sheet(sheet: Worksheet, blank: BlankTable) -> None:
    unit = "单位：万元" if blank.spec.has_amounts else ""
    sheet.append([f"{blank.spec.name}：{blank.spec.holds}"])
    sheet.append([unit])
    sheet.append(blank.head)
    for row in blank.rows:
        sheet.append([cell or None for cell in row])
    columns = {column.name: column for column in blank.spec.columns}
    last = sheet.max_row + SPARE_ROWS
    for at, name in enumerate(blank.head, 1):
        head = sheet.cell(3, at)
        head.font = Font(bold=True)
        head.alignment = Alignment(horizontal="center")
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = 12 + 2 * max(0, len(name) - 4)
        if name.startswith(BESIDE):
            head.fill = COMPARED
            head.comment = Comment("只供对照，不读入", "填报说明")
            continue
        column = columns[name]
        head.comment = Comment(_description(column), "填报说明")
        if column.required:
            head.fill = NEEDED
        if column.choices:
            listed = DataValidation("list", formula1=f'"{",".join(column.choices)}"')
            sheet.add_data_validation(listed)
            listed.add(f"{letter}4:{letter}{last}")
        for line in range(4, last + 1):
            sheet[f"{letter}{line}"].number_format = "@" if column.kind != "number" else "General"
    sheet["A1"].font = Font(bold=True)
    sheet.freeze_panes = "A4"


def _description(column: Column) -> str:
    """What belongs into a column."""
    must = "必填" if column.required else "选填"
    return f"{must}：{'、'.join(column.choices) or KINDS[column.kind]}"
