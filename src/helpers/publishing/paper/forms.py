"""The official forms that are handed in: 评分表 and 自评表, as Word and as Excel."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from helpers.evaluation.fact_ids import id_of, project_prefix
from helpers.inputs.row_ids import DERIVED
from helpers.inputs.schema.evaluation import PROJECTS
from helpers.publishing.office_files import workbook_bytes
from helpers.publishing.paper import word
from helpers.publishing.paper.blocks import (
    Block,
    Cell,
    Document,
    Paragraph,
    Piece,
    Table,
    cell_positions,
    half_widths,
)
from helpers.run import Run

THIN = Side(style="thin")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LINE = 14
"""Height of a line of text in points."""
SCORE_SHEET = "部门整体绩效评价指标体系评分表"
SELF_EVALUATION = "项目支出绩效自评表"


@dataclass(frozen=True)
class Form:
    """A form: its file's name, title, the lines above its tables, and the tables."""

    file: str
    title: str
    lines: tuple[str, ...]
    tables: tuple[Table, ...]


def official_forms(run: Run, document: Document) -> Iterator[tuple[str, bytes]]:
    """Give the names and contents of every form, from the tables of the report itself.

    A form whose notebook was taken out of the project has none, and is not made.
    """
    for form in filter(lambda form: form.tables, _forms(run, document)):
        lines = [Paragraph((Piece(line),), "note") for line in form.lines]
        blocks: list[Block] = [*lines, *form.tables]
        written = word.form(form.title, run.params.department, blocks, run.fonts)
        yield f"forms/{form.file}.docx", written
        yield f"forms/{form.file}.xlsx", _workbook(form)


def _forms(run: Run, document: Document) -> Iterator[Form]:
    params, projects = run.params, run.tables[PROJECTS.name]
    above = (f"{params.year}年度　{params.department}", *filter(None, [params.notice]))
    yield Form("评分表", SCORE_SHEET, above, tuple(_starting(document, ["table-sheet-"])))
    for line in projects.lines:
        project, name = projects.string(line, "编号"), projects.string(line, "项目名称")
        prefix = project_prefix(project).replace("_", "-")
        ids = [f"table-{prefix}money", f"table-goal-{project}", f"table-{prefix}results"]
        tables = tuple(_starting(document, ids))
        file = id_of(name) if DERIVED.fullmatch(project) else project
        yield Form(f"自评表-{file}", SELF_EVALUATION, (*above, f"项目名称：{name}"), tables)


def _starting(document: Document, starts: Sequence[str]) -> Iterator[Table]:
    for section in document.sections:
        ids = tuple(f"{section.id}-{start}" for start in starts)
        for block in section.blocks:
            if isinstance(block, Table) and block.id.startswith(ids):
                yield replace(block, number="")


def _workbook(form: Form) -> bytes:
    """A form as one sheet; figures are numbers, shown as the report shows them."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.file
    columns = max(len(table.widths) for table in form.tables)
    for number, text in enumerate((form.title, *form.lines), 1):
        sheet.cell(number, 1, text).font = Font(bold=number == 1, size=16 if number == 1 else 11)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
        sheet.cell(number, 1).alignment = Alignment(horizontal="center" if number == 1 else "left")
    for column in range(columns):
        widest = max(table.widths[column] for table in form.tables if column < len(table.widths))
        sheet.column_dimensions[get_column_letter(column + 1)].width = widest
    for table in form.tables:
        _put(sheet, table, sheet.max_row + 2)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return workbook_bytes(book)


def _put(sheet: Any, table: Table, top: int) -> None:  # noqa: ANN401 - openpyxl has no type for it
    """Write a table below what stands: title and unit, head, rows, note."""
    unit = f"（{table.unit}）" if table.unit else ""
    sheet.cell(top, 1, f"{table.title}{unit}").font = Font(bold=True)
    rows = [*table.head, *table.rows, *table.foot]
    tall: dict[int, int] = {}
    for at, column, shown in cell_positions(rows):
        row = top + 1 + at
        cell = sheet.cell(row, column + 1)
        _value(cell, shown)
        head = at < len(table.head)
        cell.font = Font(bold=head)
        side = "center" if head else "right" if shown.figure else "left"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        if shown.rows > 1 or shown.columns > 1:
            sheet.merge_cells(
                start_row=row,
                end_row=row + shown.rows - 1,
                start_column=column + 1,
                end_column=column + shown.columns,
            )
        if shown.rows == 1:
            tall[row] = max(
                tall.get(row, 1),
                math.ceil(
                    half_widths(shown.text)
                    / sheet.column_dimensions[get_column_letter(column + 1)].width
                ),
            )
    for row in range(top + 1, top + 1 + len(rows)):
        sheet.row_dimensions[row].height = LINE * tall.get(row, 1) + 3
        for column in range(1, len(table.widths) + 1):
            sheet.cell(row, column).border = BORDER
    if table.note:
        sheet.cell(top + 1 + len(rows), 1, table.note)


def _value(cell: Any, shown: Cell) -> None:  # noqa: ANN401 - as above
    """A figure as the number it shows, anything else as text."""
    plain = shown.text.replace(",", "").replace("−", "-")
    percent = plain.endswith("%")
    try:
        number = Decimal(plain.removesuffix("%")) if shown.figure else None
    except InvalidOperation:
        number = None
    if number is None:
        cell.value = shown.text
        return
    places = max(0, -int(number.as_tuple().exponent))
    shape = "#,##0" + ("." + "0" * places if places else "")
    cell.value = number / 100 if percent else number
    cell.number_format = f"{shape}%" if percent else shape
