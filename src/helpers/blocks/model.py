"""The blocks a report is made of: each has an id of its own that no place in it decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from helpers.blocks.words import Words, words
from helpers.errors import ReportError
from helpers.figures.number import Number

GridCell = str | Number | Words
WIDE = 9
"""From how many columns on a table needs the long side of the paper."""
LONG = 16
"""From how many rows on, but for the total, a table is explored rather than read."""

ParagraphRole = Literal["", "absent", "note", "signature", "failed"]


@dataclass(frozen=True)
class Heading:
    """A heading; `level` 1 is a section's title. Its number is made when sections are joined."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: what it says, and for reviewers what it rests on and what is doubtful in it.

    `own` marks what the department says of itself. One `for_review` is not for the public
    edition.
    """

    id: str
    words: Words
    role: ParagraphRole = ""
    marks: Sequence[str] = ()
    basis: Sequence[str] = ()
    own: bool = False
    for_review: bool = False


@dataclass(frozen=True)
class Grid:
    """A table.

    The first cell of a row names it (a row header); numbers are aligned right. In the first
    `merged` columns, cells that repeat the one above are merged with it. `groups` names
    neighbouring columns together, in a head above theirs. Without rows, the sentence
    `absent` stands in its place. `number` is made when sections are joined. Raises
    `ReportError` where rows or groups do not fit the head.
    """

    id: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[GridCell]]
    unit: str = ""
    total: bool = False
    note: str | Words = ""
    absent: str = ""
    merged: int = 0
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    for_review: bool = False
    number: str = ""

    def __post_init__(self) -> None:
        """Refuse rows that are no rows of the head's, and groups of columns there are not."""
        for row in self.rows:
            if len(row) != len(self.head):
                problem = f"表“{self.title}”的表头有{len(self.head)}列，这一行有{len(row)}格"
                raise ReportError(f"{problem}：{'，'.join(str(words(cell)) for cell in row)}")
        for group, names in self.groups.items():
            if lacking := [name for name in names if name not in self.head]:
                hint = f"列名为 {'、'.join(self.head)}"
                problem = f"表“{self.title}”没有列“{lacking[0]}”，不能归入“{group}”"
                raise ReportError(problem, hint=hint)
            first = list(self.head).index(names[0]) if names else 0
            if list(self.head[first : first + len(names)]) != list(names):
                problem = f"表“{self.title}”中归入“{group}”的列不相邻，或次序不同"
                raise ReportError(problem, hint=f"列的次序为 {'、'.join(self.head)}")

    @property
    def shown(self) -> bool:
        """Whether there is a table, and not the sentence in its place."""
        return bool(self.rows or not self.absent)

    @property
    def wide(self) -> bool:
        """Whether it needs the long side of the paper."""
        return len(self.head) >= WIDE

    @property
    def long(self) -> bool:
        """Whether readers sort and filter it, and look at some rows at a time."""
        return len(self.body) >= LONG

    @property
    def body(self) -> Sequence[Sequence[GridCell]]:
        """The rows but for the total."""
        return self.rows[:-1] if self.total else self.rows

    @property
    def foot(self) -> Sequence[Sequence[GridCell]]:
        """The row of the total, if there is one."""
        return self.rows[-1:] if self.total else ()

    def spans(self) -> list[dict[int, int]]:
        """For each row of the body, how many rows its merged cells span; 0 where one above does."""
        spans: list[dict[int, int]] = [{} for _ in self.body]
        begun: dict[int, int] = {}
        for at, row in enumerate(self.body):
            for column in range(self.merged):
                above = self.body[at - 1][: column + 1] if at else None
                if above == row[: column + 1]:
                    spans[begun[column]][column] += 1
                    spans[at][column] = 0
                else:
                    begun[column] = at
                    spans[at][column] = 1
        return spans


@dataclass(frozen=True)
class Figure:
    """A chart: its drawing, the same in words, the sentence that reads it, its numbers."""

    id: str
    title: str
    alt: str
    svg: str = field(repr=False)
    reading: Words
    numbers: Grid
    number: str = ""


@dataclass(frozen=True)
class Card:
    """Blocks that belong together under a name, such as those of a project."""

    id: str
    title: str
    blocks: Sequence[Paragraph | Grid | Figure]


OutputBlock = Paragraph | Grid | Figure | Card
"""What a cell of a notebook may show; headings stand in its Markdown."""

Block = Heading | OutputBlock


def sentence_id(template: str) -> str:
    """The id of a sentence without one of its own: the hash of its text with placeholders."""
    return hashlib.sha256(template.encode()).hexdigest()[:8]


def numbers_in(block: Block) -> Iterator[Number]:
    """Every number a block shows."""
    match block:
        case Paragraph():
            yield from block.words.numbers
        case Grid():
            cells = [cell for row in block.rows for cell in row]
            for cell in (*cells, words(block.note)):
                if isinstance(cell, Number):
                    yield cell
                elif isinstance(cell, Words):
                    yield from cell.numbers
        case Figure():
            yield from block.reading.numbers
            yield from numbers_in(block.numbers)
        case Card():
            for each in block.blocks:
                yield from numbers_in(each)
