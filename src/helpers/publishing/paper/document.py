"""Reads a report off the page's own body, so that paper cannot say anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from helpers.inputs.params import Params
from helpers.publishing.editions import REVIEW, Edition
from helpers.publishing.page_fingerprint import PAGE_FINGERPRINT
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
    half_widths,
)

SKIPPED = "details.code, .fact-entry ~ .fact-entry"
SVG_NAMES = {"viewbox": "viewBox", "clippath": "clipPath", "textpath": "textPath"}
"""SVG names that HTML parsers put in small letters."""
NARROW, BROAD = 9, 26
"""What a column weighs at least and at most, in half-width characters."""


def read_document(params: Params, edition: Edition, body: BeautifulSoup) -> Document:
    """Read the numbered body of an edition as a document."""
    review = edition is REVIEW
    return Document(
        title=params.title,
        department=params.department,
        notice=params.notice,
        standing=f"{params.standing}（{edition.name}）" if review else "",
        sign_off=tuple((label, filled or "待补充") for label, _, filled in params.sign_off),
        fingerprint=_text(body.find(id=PAGE_FINGERPRINT)),
        sections=tuple(_sections(body)),
    )


def _sections(body: BeautifulSoup) -> Iterator[Section]:
    for element in body.find_all("section", recursive=False):
        assert isinstance(element, Tag)
        blocks = tuple(_blocks(element))
        wide = any(isinstance(block, Table) and block.wide for block in blocks)
        annex = "annex" in element.get_attribute_list("class")
        yield Section(str(element["id"]), annex, wide, blocks)


def _blocks(parent: Tag) -> Iterator[Block]:
    skipped = {id(element) for element in parent.select(SKIPPED)}
    for element in parent.find_all(recursive=False):
        if id(element) not in skipped:
            yield from _block(element, parent)


def _block(element: Tag, parent: Tag) -> Iterator[Block]:
    """The blocks one element makes; what only holds others gives theirs."""
    classes = set(element.get_attribute_list("class"))
    if match := re.fullmatch(r"h([2-4])", element.name):
        yield Heading(int(match[1]) - 1, _text(element))
    elif element.name == "p":
        yield Paragraph(tuple(_pieces(element)))
    elif element.name == "figure":
        yield _figure(element)
    elif element.name == "dl":
        yield from _listed(element)
    elif "grid" in classes:
        yield _table(element)
    elif "fact-entry" in classes:
        yield _entries(parent.select(".fact-entry"))
    elif role := "".join(classes & {"signature", "failed"}):
        yield from (Paragraph((Piece(_text(p)),), role) for p in element.find_all("p"))
    else:
        yield from _blocks(element)


def _pieces(paragraph: Tag) -> Iterator[Piece]:
    """The words of a paragraph, neighbours of one role together."""
    gathered: list[Piece] = []
    for child in paragraph.children:
        if isinstance(child, NavigableString):
            role, text = "", re.sub(r"\s+", " ", str(child))
        else:
            assert isinstance(child, Tag)
            classes = child.get_attribute_list("class")
            known = (name for name in ("pending", "basis") if name in classes)
            role = next(known, "strong" if child.name == "strong" else "")
            text = _text(child)
        if gathered and gathered[-1].role == role:
            text = gathered.pop().text + text
        gathered.append(Piece(text, role))
    yield from (piece for piece in gathered if piece.text.strip())


def _listed(element: Tag) -> Iterator[Paragraph]:
    """Names and what they stand for, a line each."""
    for term, definition in zip(element.find_all("dt"), element.find_all("dd"), strict=True):
        yield Paragraph((Piece(f"{_text(term)}："), Piece(_text(definition), "strong")), "note")


def _table(frame: Tag) -> Table:
    table = frame.table
    assert table
    assert table.caption
    unit, number = table.caption.select_one(".unit"), table.caption.select_one(".number")
    title, note = table.caption.select_one(".title"), frame.select_one(".note")
    head, rows, foot = (
        tuple(tuple(_cells(row)) for row in table.select(f"{part} > tr"))
        for part in ("thead", "tbody", "tfoot")
    )
    return Table(
        id=str(table["id"]),
        number=_text(number),
        title=_text(title),
        unit=_text(unit),
        head=head,
        rows=rows,
        foot=foot,
        note=_text(note),
        wide="wide" in frame.get_attribute_list("class"),
        widths=_widths([*head, *rows, *foot], sum(cell.columns for cell in head[0])),
    )


def _cells(row: Tag) -> Iterator[Cell]:
    for cell in row.find_all(["th", "td"], recursive=False):
        yield Cell(
            text=_text(cell),
            rows=int(str(cell.get("rowspan", "1"))),
            columns=int(str(cell.get("colspan", "1"))),
            head=cell.name == "th",
            figure="figure" in cell.get_attribute_list("class"),
        )


def _widths(rows: Sequence[Sequence[Cell]], columns: int) -> tuple[int, ...]:
    """How much of a table's width each column wants, from what stands in it."""
    widths = [NARROW] * columns
    for _, column, cell in cell_positions(rows):
        if cell.columns == 1:
            widths[column] = max(widths[column], min(BROAD, half_widths(cell.text) + 5))
    return tuple(widths)


def _entries(entries: Sequence[Tag]) -> Table:
    """How each computed figure came about, which the panel tells on the screen."""
    head = ("数据项", "算式", "代入")
    rows = []
    for entry in entries:
        details = {
            _text(line.dt): _text(line.dd)
            for line in entry.select("dl > div")
            if line.dt and line.dd
        }
        if "代入" in details:
            rows.append((_text(entry.h3 or entry.h4), details["算式"], details["代入"]))
    return Table(
        id="table-facts",
        number="",
        title="计算得出的数据项",
        unit="",
        head=(tuple(Cell(name, head=True) for name in head),),
        rows=tuple(tuple(Cell(text) for text in row) for row in rows),
        foot=(),
        note="其余数据项是读数，来源单元格见网页版附件和 facts.json。",
        wide=True,
        widths=(30, 35, 35),
    )


def _figure(element: Tag) -> Figure:
    svg, numbers = element.svg, element.select_one(".grid")
    assert svg
    assert numbers
    alt = _text(svg.desc)
    return Figure(
        id=str(element["id"]),
        number=_text(element.select_one("figcaption .number")),
        title=_text(element.select_one("figcaption .title")),
        alt=alt,
        svg=_standalone(svg),
        reading=_text(element.select_one(".reading")),
        numbers=_table(numbers),
    )


def _standalone(svg: Tag) -> str:
    """A chart as an SVG file of its own."""
    text = str(svg).replace("<svg ", '<svg stroke-linejoin="round" ', 1)
    for small, proper in SVG_NAMES.items():
        text = re.sub(rf"\b{small}\b", proper, text)
    return text


def _text(element: Tag | None) -> str:
    """The words of an element; a line break stays one."""
    if element is None:
        return ""
    for line_break in element.find_all("br"):
        line_break.replace_with("\n")
    lines = element.get_text().strip().split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
