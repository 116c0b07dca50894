"""What of a report's sections a page sets in bold: the bold face has these characters alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from helpers.blocks.model import Card, Figure, Grid, GridCell, Heading, Paragraph
from helpers.blocks.words import Styled, Words, words
from helpers.publishing.section import Listing, Section, SectionBlock


def bold(sections: Iterable[Section]) -> Iterator[str]:
    """The texts that stand in headings, heads, captions, totals, marks and the like."""
    for section in sections:
        for block in section.blocks:
            yield from bold_in(block)


def bold_in(block: SectionBlock) -> Iterator[str]:
    """The texts of one block."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield from block.marks
            yield from _strong(block.words)
        case Grid():
            yield from (block.number, block.title, block.unit, *block.head, *block.groups)
            yield from (words(cell).text for row in block.foot for cell in row)
            yield from (text for row in block.body for cell in row for text in _strong(cell))
        case Figure():
            yield from (block.number, block.title, *_strong(block.reading))
            yield from bold_in(block.numbers)
        case Card():
            yield block.title
            for each in block.blocks:
                yield from bold_in(each)
        case Listing():
            yield from (line.words.text for line in block.lines if block.role == "key-figures")


def _strong(said: GridCell) -> Iterator[str]:
    if isinstance(said, Words):
        yield from (p.text for p in said.parts if isinstance(p, Styled) and p.role == "strong")
