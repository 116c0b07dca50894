"""Sections as HTML: for the public as plain text, for reviewers each number with its entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup, escape

from helpers.blocks.html import HtmlWriter, joined
from helpers.blocks.model import Grid, Heading, Paragraph
from helpers.blocks.words import plain
from helpers.figures.number import Number
from helpers.publishing.columns import Column
from helpers.publishing.entries import behind
from helpers.publishing.section import (
    APPENDIX,
    SUMMARY,
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
        return Markup('<section id="{}"{}{}>{}{}</section>\n').format(
            section.id,
            _region(section),
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

    def grid(self, grid: Grid) -> Markup:
        """A table; in a long one each row stands by itself, wherever it is sorted to."""
        return super().grid(replace(grid, merged=0) if grid.long else grid)

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
    """Writes sections of the reviewers' page: numbers lead to what stands behind them.

    Files of the run's `folder` are told by their names alone. The figures of `columns` have no
    lines of their own: they lead to those of their columns.
    """

    def __init__(self, folder: str, columns: Sequence[Column]) -> None:
        self._folder = folder
        self._columns = columns
        self._column_of = {id: column.id for column in columns for id in column.figures}

    def number(self, number: Number) -> Markup:
        """A number that leads to its line in the list of all, or to that of its column."""
        missing = "" if number.defined else " missing"
        if column := self._column_of.get(number.id):
            return Markup('<a class="fact{}" href="#{}" data-fact="{}">{}</a>').format(
                missing, column, number.id, number.display
            )
        return Markup('<a class="fact{}" href="#fact-{}">{}</a>').format(
            missing, number.id, number.display
        )

    def entries(self, entries: Entries) -> Markup:
        """Every figure with its formula or its cell, a line each; their panels tell more."""
        columns = (
            Markup('<dt id="{}">{}</dt><dd>{}</dd>').format(
                each.id, each.title, each.behind.replace(self._folder, "")
            )
            for each in self._columns
        )
        lines = (
            Markup('<dt id="fact-{}">{} {}</dt><dd>{}</dd>').format(
                each.id, each.label, each.with_unit, behind(each, self._folder)
            )
            for each in entries.figures
            if each.id not in self._column_of
        )
        by_column = "长表中的数按列列出，一列一行。" if self._columns else ""
        return Markup(
            '<p class="note">未写文件夹的文件在{}中。{}</p><dl class="facts">{}</dl>'
        ).format(self._folder, by_column, joined([*columns, *lines]))


def _frame(block: SectionBlock) -> str:
    return block.role if isinstance(block, Paragraph) and block.role in TOGETHER else ""


def _region(section: Section) -> Markup:
    """The name of what is found by it: first and last section. The others have their headings."""
    if section.id not in {SUMMARY, APPENDIX}:
        return Markup()
    title = next(block.id for block in section.blocks if isinstance(block, Heading))
    return Markup(' aria-labelledby="{}"').format(title)


def _folded(section: Section) -> Markup:
    """The code of a section, folded."""
    if not section.code:
        return Markup()
    sources = (Markup("\n<pre><code>{}</code></pre>").format(source) for source in section.code)
    return Markup('<details class="code"><summary>查看本部分代码</summary>{}\n</details>').format(
        joined(sources)
    )
