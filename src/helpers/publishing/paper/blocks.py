"""What a report on paper is made of: headings, paragraphs, tables and figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph; `role` is empty, strong, pending or basis."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading with its number; `level` 1 is a section's."""

    level: int
    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` is empty, note, signature, reading or failed."""

    pieces: tuple[Piece, ...]
    role: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True)
class Cell:
    """A cell of a table, spanning rows and columns; figures stand on the right."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False
    figure: bool = False


@dataclass(frozen=True)
class Table:
    """An official table: number and title, unit at the right above, head, rows, totals, note."""

    id: str
    number: str
    title: str
    unit: str
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...]
    note: str
    wide: bool
    widths: tuple[int, ...]
    kind: str = "table"


@dataclass(frozen=True)
class Figure:
    """A chart with what it shows in words, the sentence that reads it, and its numbers."""

    id: str
    number: str
    title: str
    alt: str
    svg: str
    reading: str
    numbers: Table
    kind: str = "figure"


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True)
class Section:
    """A section's blocks; `wide` where one of its tables needs the long side of the paper."""

    id: str
    annex: bool
    wide: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A report to be set on paper; `standing` is what it is, beside its edition.

    `fingerprint` is that of the page that says the same, empty where the page tells none.
    """

    title: str
    department: str
    notice: str
    standing: str
    sign_off: tuple[tuple[str, str], ...]
    fingerprint: str
    sections: tuple[Section, ...]


def cell_positions(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    """Give every cell with the row and column it begins in."""
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            yield at, column, cell
            taken |= {
                (at + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.columns)
            }
            column += cell.columns


def half_widths(text: str) -> int:
    """How wide a text is, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
