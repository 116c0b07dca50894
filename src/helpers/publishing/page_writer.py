"""Sections as HTML: for the public as plain text, for reviewers each number with its entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from jinja2 import Environment
from markupsafe import Markup, escape

from helpers.blocks.html import HtmlWriter, joined
from helpers.blocks.model import Card, Figure, Grid, Heading, Paragraph
from helpers.blocks.words import plain
from helpers.figures.number import Number
from helpers.publishing.entries import rounding, sources
from helpers.publishing.section import (
    APPENDIX,
    Entries,
    Line,
    Listing,
    Section,
    SectionBlock,
)

TOGETHER = {"signature", "failed"}
"""Paragraphs that stand in a frame together."""


class PageWriter(HtmlWriter):
    """Writes sections of the public page: its numbers are words."""

    def section(self, section: Section) -> Markup:
        """A section with its code folded at its end."""
        kinds = {
            APPENDIX: section.id == APPENDIX,
            "annex": section.annex,
            "turned": section.annex and section.wide,
        }
        held = " ".join(kind for kind, holds in kinds.items() if holds)
        title = next(block.id for block in section.blocks if isinstance(block, Heading))
        return Markup('<section id="{}" aria-labelledby="{}"{}>{}{}</section>\n').format(
            section.id,
            title,
            Markup(' class="{}"').format(held) if held else "",
            joined(
                self._framed(role, list(blocks)) if role else joined(map(self.any_block, blocks))
                for role, blocks in groupby(section.blocks, _frame)
            ),
            _folded(section),
        )

    def number(self, number: Number) -> Markup:
        """A number as it is displayed."""
        return escape(number.display)

    def any_block(self, block: SectionBlock) -> Markup:
        """A block of a section."""
        match block:
            case Listing():
                return Markup('<dl class="{}">{}</dl>').format(
                    block.role, joined(self._line(line, block) for line in block.lines)
                )
            case Entries():
                return self.entries(block)
        return self.block(block)

    def entries(self, entries: Entries) -> Markup:
        """The public page has none."""
        raise NotImplementedError(entries)

    def _line(self, line: Line, listing: Listing) -> Markup:
        if listing.role == "key-figures":
            said = joined(
                self.number(part)
                if isinstance(part, Number)
                else Markup('<span class="of">{}</span>').format(plain(part))
                for part in line.words.parts
            )
        else:
            said = self.words(line.words)
        id = Markup(' id="{}"').format(line.id) if line.id else ""
        return Markup("<div><dt>{}</dt><dd{}>{}</dd></div>").format(line.name, id, said)

    def _framed(self, role: str, blocks: list[SectionBlock]) -> Markup:
        paragraphs = [block.words for block in blocks if isinstance(block, Paragraph)]
        return Markup('<div class="{}">{}</div>').format(
            role, joined(Markup("<p>{}</p>").format(self.words(each)) for each in paragraphs)
        )


class ReviewWriter(PageWriter):
    """Writes sections of the reviewers' page: numbers lead to their entries, and those back.

    The entries list the places of what was written before them.
    """

    def __init__(self, templates: Environment) -> None:
        self._templates = templates
        self._places: dict[str, list[tuple[str, str]]] = {}
        self._heading, self._block = "", ""

    def number(self, number: Number) -> Markup:
        """A number that leads to its entry."""
        seen = self._places.setdefault(number.id, [])
        anchor = f"at-{number.id}-{len(seen) + 1}"
        seen.append((anchor, self._heading + self._block))
        return Markup(
            '<a href="#fact-{id}" id="{anchor}" class="figure-link"><data class="fact{missing}"'
            ' data-fact="{id}" value="{exact}">{display}</data></a>'
        ).format(
            id=number.id,
            anchor=anchor,
            missing="" if number.defined else " missing",
            exact=number.exact,
            display=number.display,
        )

    def heading(self, heading: Heading) -> Markup:
        """A heading, which names the places below it."""
        self._heading = heading.text
        return super().heading(heading)

    def card(self, card: Card) -> Markup:
        """A card, whose title names the places in it."""
        self._heading = card.title
        return super().card(card)

    def grid(self, grid: Grid) -> Markup:
        """A table, in which the places are."""
        with self._within(grid.number or grid.title):
            return super().grid(grid)

    def figure(self, figure: Figure) -> Markup:
        """A figure, in which the places are, those of its table as well."""
        with self._within(figure.number or figure.title):
            return super().figure(figure)

    def entries(self, entries: Entries) -> Markup:
        """Every figure with all that stands behind it, and the places where it stands."""
        text = self._templates.get_template("entries.html.j2").render(
            figures=entries.figures,
            by_id={figure.id: figure for figure in entries.figures},
            places=self._places,
            sources=sources,
            rounding=rounding,
        )
        return Markup(text)  # noqa: S704 - our own template, which escapes

    @contextmanager
    def _within(self, name: str) -> Iterator[None]:
        outer, self._block = self._block, self._block or f"，{name}"
        yield
        self._block = outer


def _frame(block: SectionBlock) -> str:
    return block.role if isinstance(block, Paragraph) and block.role in TOGETHER else ""


def _folded(section: Section) -> Markup:
    """The code of a section, folded."""
    if not section.code:
        return Markup()
    sources = (Markup("\n<pre><code>{}</code></pre>").format(source) for source in section.code)
    return Markup('<details class="code"><summary>查看本部分代码</summary>{}\n</details>').format(
        joined(sources)
    )
