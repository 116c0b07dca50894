"""A section of a report as blocks: what its notebook shows, and the code that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from helpers.blocks.model import Block, Card, Grid, numbers_in
from helpers.blocks.words import Words
from helpers.figures.number import Number

SUMMARY, APPENDIX = "summary", "appendix"
"""The sections that no notebook shows: the first and the last of a report."""


def section_id(notebook: str) -> str:
    """The id of a notebook's section: the number its name begins with, wherever it stands."""
    return f"s{notebook[:2]}"


@dataclass(frozen=True)
class Line:
    """A name and what stands for it."""

    name: str
    words: Words
    id: str = ""


@dataclass(frozen=True)
class Listing:
    """Names and what stands for each, a line each."""

    role: Literal["key-figures", "fingerprints"]
    lines: Sequence[Line]


@dataclass(frozen=True)
class Entries:
    """The figures of a report, each with all that stands behind it."""

    figures: Sequence[Number]


SectionBlock = Block | Listing | Entries


@dataclass(frozen=True)
class Section:
    """A section, the ids of its blocks beginning with its own.

    `code` are the sources of its cells, `numbers` those its notebook made itself.
    """

    id: str
    title: str
    annex: bool
    blocks: Sequence[SectionBlock]
    code: Sequence[str] = ()
    numbers: Sequence[Number] = field(default=(), repr=False)

    @property
    def wide(self) -> bool:
        """Whether one of its tables needs the long side of the paper."""
        return any(grid.wide for block in self.blocks for grid in _tables(block))

    @property
    def shown(self) -> Iterator[Number]:
        """Every number it shows, but for the entries of the appendix."""
        for block in self.blocks:
            if isinstance(block, Listing):
                yield from (number for line in block.lines for number in line.words.numbers)
            elif not isinstance(block, Entries):
                yield from numbers_in(block)


def _tables(block: SectionBlock) -> Iterator[Grid]:
    """The tables that are shown, but for the numbers of charts."""
    if isinstance(block, Grid) and block.shown:
        yield block
    elif isinstance(block, Card):
        for each in block.blocks:
            yield from _tables(each)
