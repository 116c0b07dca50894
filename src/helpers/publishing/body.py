"""The body of a report: its sections joined, signed, numbered, and listed as contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TypeVar

from helpers.blocks.model import Card, Figure, Grid, Heading, Paragraph
from helpers.blocks.words import day, words
from helpers.errors import Place
from helpers.inputs import headings
from helpers.inputs.outlines import Outline
from helpers.inputs.params import Params
from helpers.publishing.references import referenced
from helpers.publishing.section import SUMMARY, Section, SectionBlock

T = TypeVar("T", bound=SectionBlock)


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Body:
    """The numbered sections of an edition."""

    sections: tuple[Section, ...]

    @property
    def contents(self) -> list[Entry]:
        """The table of contents, down to （一）."""
        return [
            Entry(block.level + 1, block.id, block.text)
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Heading) and block.level <= 2
        ]


def signed(sections: Sequence[Section], params: Params) -> list[Section]:
    """The sections with department and date below the last own one, once everybody has signed."""
    own = [at for at, section in enumerate(sections) if not section.annex]
    made = list(sections)
    if own and all(filled for _, _, filled in params.sign_off):
        last = made[own[-1]]
        lines = (words(params.department), day(params.sign_off[-1][-1]))
        signature = [
            Paragraph(f"{last.id}-signature-{at}", line, "signature")
            for at, line in enumerate(lines, 1)
        ]
        made[own[-1]] = replace(last, blocks=(*last.blocks, *signature))
    return made


def numbered(sections: Sequence[Section], outline: Outline) -> Body:
    """Number headings, figures, tables and references: 一、, 附件1, 图1, 表1, ….

    The summary repeats what stands below it; nothing in it has a number.
    """
    counted = [section for section in sections if section.id != SUMMARY]
    numbers = _Numbers(counted)
    made = {
        section.id: replace(section, blocks=tuple(map(numbers.numbered, section.blocks)))
        for section in counted
    }
    return Body(referenced([made.get(each.id, each) for each in sections], outline))


class _Numbers:
    """The numbers of headings, figures and tables, one after the other."""

    def __init__(self, sections: Sequence[Section]) -> None:
        annexes = {section.id for section in sections if section.annex}
        found = [
            headings.Heading(block.level, block.text, Place(section.id))
            for section in sections
            for block in section.blocks
            if isinstance(block, Heading)
        ]
        self._headings = headings.number(found, lambda place: place.file in annexes)
        self._figures, self._tables = count(1), count(1)

    def numbered(self, block: T) -> T:
        """A block with its number."""
        match block:
            case Heading():
                return replace(block, text=next(self._headings).numbered)
            case Grid() if block.shown:
                return replace(block, number=f"表{next(self._tables)}")
            case Figure():
                return replace(block, number=f"图{next(self._figures)}")
            case Card():
                return replace(block, blocks=list(map(self.numbered, block.blocks)))
        return block
