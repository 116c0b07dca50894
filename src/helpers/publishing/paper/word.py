"""The Word report: a document written with the styles of `reference.docx`, for submission."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from helpers.fonts.given import GivenFont
from helpers.publishing.office_files import normalize_office_file
from helpers.publishing.paper.blocks import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Paragraph,
    Piece,
    Section,
    Table,
    cell_positions,
)
from helpers.publishing.paper.pdf import picture
from helpers.publishing.paper.word_fonts import embed
from helpers.publishing.paper.word_reference import REFERENCE

ON_SCREEN_ONLY = ("summary", "appendix")
"""Sections the outline of the submitted report does not have."""
TEXT_WIDTH, WIDE_TEXT_WIDTH = 156, 237
"""Millimetres between the margins, upright and on the long side."""
MANY_COLUMNS = 6
"""From how many columns on the text of a table is smaller."""
ROLES = {"": "Body Text", "note": "Table Note", "signature": "Signature", "failed": "Body Text"}


def write_word(document: Document, given: Sequence[GivenFont] = ()) -> bytes:
    """Write a report for submission: title, sections, tables, charts as pictures.

    It carries those of the fonts `given` that it needs.
    """
    writer = Writer(document.title, document.department, given)
    opening = [document.notice, document.standing]
    writer.add(Heading(0, document.title))
    for line in filter(None, opening):
        writer.centred(line)
    signed = [f"{label}：{filled}" for label, filled in document.sign_off]
    for part in (signed[:3], signed[3:]):
        writer.centred("　".join(part))
    if document.fingerprint:
        writer.centred(f"网页指纹 {document.fingerprint}")
    parts = [part for part in document.sections if part.id not in ON_SCREEN_ONLY]
    for wide, together in groupby(parts, key=lambda part: part.wide):
        writer.turn(wide=wide)
        writer.sections(list(together))
    return writer.finished()


class Writer:
    """Writes blocks into a Word document, one after the other."""

    def __init__(self, title: str, author: str, given: Sequence[GivenFont]) -> None:
        self._docx, self._given = docx.Document(str(REFERENCE)), given
        self._wide = False
        self._cell_style = self._docx.styles["Table Text"].style_id
        properties = self._docx.core_properties
        properties.title, properties.author, properties.language = title, author, "zh-CN"
        properties.last_modified_by, properties.comments, properties.revision = author, "", 1

    def sections(self, parts: Sequence[Section]) -> None:
        """Write sections; an annex begins a page."""
        for at, part in enumerate(parts):
            if part.annex and at:
                self._docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            for block in part.blocks:
                self.add(block)

    def turn(self, *, wide: bool) -> None:
        """Go on with the paper upright, or on its long side."""
        if wide == self._wide:
            return
        self._wide = wide
        begun = bool(self._docx.paragraphs)
        section = self._docx.add_section(WD_SECTION.NEW_PAGE) if begun else self._docx.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        short, long = sorted((section.page_width, section.page_height), key=int)  # type: ignore[arg-type] # set in the reference
        section.page_width, section.page_height = (long, short) if wide else (short, long)

    def centred(self, text: str) -> None:
        """A line in the middle."""
        paragraph = self._docx.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def add(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading(level=0):
                self._docx.add_paragraph(block.text, style="Title")
            case Heading():
                self._docx.add_paragraph(block.text, style=f"Heading {block.level}")
            case Paragraph():
                self._paragraph(block)
            case Table():
                self._caption(block)
                self._table(block)
            case Figure():
                self._figure(block)

    def finished(self) -> bytes:
        """The file."""
        embed(self._docx, self._given)
        written = io.BytesIO()
        self._docx.save(written)
        return normalize_office_file(written.getvalue())

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._docx.add_paragraph(style=ROLES[block.role])
        for piece in block.pieces:
            if piece.role != "basis":
                text = f"（{piece.text}）" if piece.role == "pending" else piece.text
                paragraph.add_run(text).bold = piece.role in ("strong", "pending") or None

    def _caption(self, table: Table) -> None:
        named = "　".join(filter(None, (table.number, table.title)))
        unit = f"（{table.unit}）" if table.unit else ""
        self._docx.add_paragraph(f"{named}{unit}", style="Caption")

    def _table(self, table: Table) -> None:
        rows = [*table.head, *table.rows, *table.foot]
        made = self._docx.add_table(len(rows), len(table.widths))
        made.style, made.autofit = self._docx.styles["Table Grid"], False
        grid = [row.cells for row in made.rows]
        self._set_widths(made, grid, table.widths)
        for at, column, shown in cell_positions(rows):
            cell = grid[at][column]
            if shown.rows > 1 or shown.columns > 1:
                cell = cell.merge(grid[at + shown.rows - 1][column + shown.columns - 1])
            run = self._fill(cell, shown, head=at < len(table.head))
            run.bold = at < len(table.head) or at >= len(rows) - len(table.foot) or None
            run.font.size = Pt(9) if len(table.widths) > MANY_COLUMNS else None
        for at, row in enumerate(made.rows):
            _mark(row, "w:cantSplit", *(["w:tblHeader"] if at < len(table.head) else []))
        self._docx.add_paragraph(table.note, style="Table Note")

    def _set_widths(self, made: Any, grid: Sequence[Any], weights: Sequence[int]) -> None:  # noqa: ANN401 - python-docx has no type for it
        room = WIDE_TEXT_WIDTH if self._wide else TEXT_WIDTH
        widths = [Mm(room * weight / sum(weights)) for weight in weights]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for cells in grid:
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width

    def _fill(self, cell: Any, shown: Cell, *, head: bool) -> Any:  # noqa: ANN401 - as above
        """Write a cell's text; gives the run it stands in."""
        paragraph = cell.paragraphs[0]
        # by its id: looking a style up by name for every cell takes most of the time
        paragraph._p.style = self._cell_style  # noqa: SLF001 - python-docx's way to the XML
        paragraph.alignment = (
            WD_ALIGN_PARAGRAPH.CENTER
            if head
            else WD_ALIGN_PARAGRAPH.RIGHT
            if shown.figure
            else WD_ALIGN_PARAGRAPH.LEFT
        )
        return paragraph.add_run(shown.text)

    def _figure(self, figure: Figure) -> None:
        paragraph = self._docx.add_paragraph(style="Picture")
        drawn = io.BytesIO(picture(figure, self._given))
        paragraph.add_run().add_picture(drawn, width=Mm(TEXT_WIDTH - 6))
        [properties] = paragraph._p.findall(f".//{qn('wp:docPr')}")  # noqa: SLF001 - python-docx's way to the XML
        properties.set("descr", figure.alt)
        properties.set("title", figure.title)
        named = f"{figure.number}　{figure.title}"
        self._docx.add_paragraph(named, style="Caption").paragraph_format.keep_with_next = False
        self.add(Paragraph((Piece(figure.reading),)))
        self._table(figure.numbers)


def _mark(row: Any, *names: str) -> None:  # noqa: ANN401 - as above
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    for name in names:
        properties.append(OxmlElement(name))


def form(title: str, department: str, blocks: Iterable[Block], given: Sequence[GivenFont]) -> bytes:
    """Write an official form on the long side of the paper: a title and its tables."""
    writer = Writer(title, department, given)
    writer.turn(wide=True)
    writer.add(Heading(0, title))
    for block in blocks:
        writer.add(block)
    return writer.finished()
