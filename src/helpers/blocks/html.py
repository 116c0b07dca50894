"""Blocks as HTML: the one way a number gets into prose, a table or a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup, escape

from helpers.blocks.model import Block, Card, Figure, Grid, GridCell, Heading, Paragraph
from helpers.blocks.words import Link, Part, Styled, Words, words
from helpers.figures.number import Number

TAGS = {"code": "code", "strong": "strong", "emphasis": "em"}
NO_SPANS: Mapping[int, int] = MappingProxyType({})


class HtmlWriter:
    """Writes blocks as a notebook shows them; the page overrides how numbers are linked."""

    def number(self, number: Number) -> Markup:
        """A number: `<data …>23,187.02</data>`; its title tells formula and sources."""
        missing = "" if number.defined else " missing"
        return Markup('<data class="fact{}" data-fact="{}" value="{}" title="{}">{}</data>').format(
            missing, number.id, number.exact, _description(number), number.display
        )

    def block(self, block: Block) -> Markup:
        """One block."""
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph():
                return self.paragraph(block)
            case Grid():
                return self.grid(block)
            case Figure():
                return self.figure(block)
            case Card():
                return self.card(block)

    def heading(self, heading: Heading) -> Markup:
        """A heading, one level below the report's own title."""
        return Markup('<h{0} id="{1}">{2}</h{0}>').format(
            heading.level + 1, heading.id, heading.text
        )

    def paragraph(self, paragraph: Paragraph) -> Markup:
        """A paragraph, with its marks and what it rests on."""
        classes = {
            paragraph.role: bool(paragraph.role),
            "own-statement": paragraph.own,
            "for-review": paragraph.for_review,
        }
        held = " ".join(name for name, holds in classes.items() if holds)
        marks = (
            Markup(' <mark class="pending">{}</mark>').format(mark) for mark in paragraph.marks
        )
        basis = (
            Markup('<span class="basis">依据：{}</span>').format("；".join(paragraph.basis))
            if paragraph.basis
            else ""
        )
        return Markup("<p{}{}>{}{}{}</p>").format(
            _attribute("class", held),
            _attribute("id", paragraph.id),
            self.words(paragraph.words),
            joined(marks),
            basis,
        )

    def card(self, card: Card) -> Markup:
        """The blocks of a card below its title."""
        return Markup('<article class="project"><h4 id="{}">{}</h4>{}</article>').format(
            card.id, card.title, joined(map(self.block, card.blocks))
        )

    def words(self, given: Words) -> Markup:
        """Words with their numbers."""
        return joined(map(self._part, given.parts))

    def _part(self, part: Part) -> Markup:
        match part:
            case Number():
                return self.number(part)
            case Styled(role="date"):
                return Markup('<time datetime="{0}">{0}</time>').format(part.text)
            case Styled():
                return Markup("<{0}>{1}</{0}>").format(TAGS[part.role], part.text)
            case Link():
                return self.link(part)
        return escape(part)

    def link(self, link: Link) -> Markup:
        """A link to another place of the report."""
        return Markup('<a href="#{}">{}</a>').format(link.target, link.text)

    def figure(self, figure: Figure) -> Markup:
        """A chart with its caption, the sentence that reads it, and its numbers folded away."""
        return Markup(
            '<figure id="{id}">{svg}<figcaption>{number}<span class="title">{title}</span>'
            '</figcaption><p class="reading">{reading}</p>'
            "<details><summary>查看图中数据</summary>{numbers}</details></figure>"
        ).format(
            id=figure.id,
            svg=Markup(figure.svg),  # noqa: S704 - our own drawing, its texts escaped
            number=_number(figure.number),
            title=figure.title,
            reading=self.words(figure.reading),
            numbers=self.grid(figure.numbers),
        )

    def grid(self, grid: Grid) -> Markup:
        """A table with caption, scopes and a scrollable frame a keyboard can reach."""
        reader = " for-review" if grid.for_review else ""
        if not grid.shown:
            return Markup('<p class="absent{}">{}</p>').format(reader, grid.absent)
        unit = Markup('<span class="unit">单位：{}</span>').format(grid.unit) if grid.unit else ""
        note = words(grid.note)
        return Markup(
            '<div class="grid{kind}" role="group" tabindex="0" aria-labelledby="{id}-caption">'
            '<table id="{id}"><caption id="{id}-caption">{number}'
            '<span class="title">{title}</span>{unit}</caption>'
            "<thead>{head}</thead><tbody>{body}</tbody>{foot}</table>{note}</div>"
        ).format(
            id=grid.id,
            kind=(" wide" if grid.wide else "") + (" long" if grid.long else "") + reader,
            number=_number(grid.number),
            title=grid.title,
            unit=unit,
            head=_head_rows(grid),
            body=joined(map(self._row, grid.body, grid.spans())),
            foot=Markup("<tfoot>{}</tfoot>").format(self._row(grid.foot[0])) if grid.foot else "",
            note=Markup('<p class="note">注：{}</p>').format(self.words(note)) if note else "",
        )

    def _row(self, cells: Sequence[GridCell], spans: Mapping[int, int] = NO_SPANS) -> Markup:
        shown = [
            self._cell(cell, at, spans.get(at, 1))
            for at, cell in enumerate(cells)
            if spans.get(at, 1)
        ]
        return Markup("<tr>{}</tr>").format(joined(shown))

    def _cell(self, cell: GridCell, at: int, span: int) -> Markup:
        rows = Markup(' rowspan="{}"').format(span) if span > 1 else ""
        text = self.words(words(cell))
        if at == 0:
            scope = "rowgroup" if span > 1 else "row"
            return Markup('<th scope="{}"{}>{}</th>').format(scope, rows, text)
        kind = Markup(' class="figure"') if isinstance(cell, Number) else ""
        return Markup("<td{}{}>{}</td>").format(kind, rows, text)


def joined(parts: Iterable[Markup | str]) -> Markup:
    """Pieces one after the other, plain text escaped."""
    return Markup("").join(escape(part) for part in parts)


def _attribute(name: str, value: str) -> Markup:
    return Markup(' {}="{}"').format(name, value) if value else Markup()


def _number(number: str) -> Markup:
    return Markup('<span class="number">{}</span>').format(number) if number else Markup()


def _head_rows(grid: Grid) -> Markup:
    """The head: a row, or two where columns are grouped."""
    if not grid.groups:
        return _head_row(Markup('<th scope="col">{}</th>').format(name) for name in grid.head)
    grouped = {name: group for group, names in grid.groups.items() for name in names}
    above = dict.fromkeys(grouped.get(name, name) for name in grid.head)
    return _head_row(
        Markup('<th scope="colgroup" colspan="{}">{}</th>').format(len(grid.groups[name]), name)
        if name in grid.groups
        else Markup('<th scope="col" rowspan="2">{}</th>').format(name)
        for name in above
    ) + _head_row(
        Markup('<th scope="col">{}</th>').format(name) for name in grid.head if name in grouped
    )


def _head_row(cells: Iterable[Markup]) -> Markup:
    return Markup("<tr>{}</tr>").format(joined(cells))


def _description(number: Number) -> str:
    """What a number is, how it came about, and the columns it rests on."""
    columns = dict.fromkeys(f"{s.place.file}“{s.place.column}”列" for s in number.sources)
    formula = f"＝{number.formula}＝{number.substituted}" if number.op else ""
    sources = "；".join(list(columns)[:6])
    return f"{number.label}{formula}（{number.reason or '来源'}：{sources}）"
