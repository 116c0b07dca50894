"""The columns of long tables: one formula and the lines of its files tell all their figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from helpers.blocks.model import Card, Figure, Grid, GridCell
from helpers.blocks.words import words
from helpers.figures import formulas
from helpers.figures.cell import Cell
from helpers.figures.number import Number
from helpers.publishing.section import Section, SectionBlock

LINE_BY_LINE = re.compile(r"第\d+行([^，（）]+)(?:，第\d+行\1)+(?:等\d+项)?")
"""The same of one line after the other, as a sum lists it."""


@dataclass(frozen=True)
class Column:
    """What a column is called, the formula and source of its figures, and their ids."""

    id: str
    title: str
    behind: str
    figures: frozenset[str]


def columns_of(sections: Iterable[Section]) -> list[Column]:
    """The columns of long tables whose figures need no line each.

    Those are the figures of a column's commonest formula that stand in long tables alone; one
    without a value has a reason of its own.
    """
    given = list(sections)
    grids = [grid for section in given for block in section.blocks for grid in _long(block)]
    within = Counter(each.id for grid in grids for row in grid.body for each in _numbers(row))
    everywhere = Counter(number.id for section in given for number in section.shown)
    told = set(everywhere - within)
    columns = []
    for grid in grids:
        for at, name in enumerate(grid.head):
            form, figures = _commonest(grid.body, at, told)
            if len(figures) > 1:
                title = " ".join(filter(None, (grid.number, f"{grid.title}，{name}")))
                source = _source(cell for figure in figures for cell in figure.sources)
                behind = "；".join(filter(None, (form, source)))
                ids = frozenset(figure.id for figure in figures)
                columns.append(Column(f"{grid.id}-column-{at + 1}", title, behind, ids))
                told |= ids
    return columns


def _long(block: SectionBlock) -> Iterator[Grid]:
    match block:
        case Grid() if block.long:
            yield block
        case Figure():
            yield from _long(block.numbers)
        case Card():
            for each in block.blocks:
                yield from _long(each)


def _numbers(row: Iterable[GridCell]) -> Iterator[Number]:
    return (number for cell in row for number in words(cell).numbers)


def _commonest(
    body: Sequence[Sequence[GridCell]], at: int, told: set[str]
) -> tuple[str, list[Number]]:
    """The commonest formula of a column, and the figures that have it and are not told yet."""
    forms: dict[str, dict[str, Number]] = {}
    for row in body:
        names = [words(cell).text for cell in row if not isinstance(cell, Number)]
        for number in words(row[at]).numbers:
            if number.defined and number.id not in told:
                forms.setdefault(_form(number, names), {})[number.id] = number
    form = max(forms, key=lambda each: len(forms[each]), default="")
    return form, list(forms.get(form, {}).values())


def _form(number: Number, names: Sequence[str]) -> str:
    """The formula of a figure without the names of its row; of what was read, its column."""
    if number.cell and not number.op:
        return f"“{number.cell.place.column}”列" if number.cell.place.column else ""
    if not number.op:
        return number.words
    said = formulas.formula(number, lambda part: _without(names, part.label))
    return LINE_BY_LINE.sub(r"各行\1", said)


def _without(names: Sequence[str], label: str) -> str:
    """A label without the names of its row that it begins with."""
    for name in names:
        label = label.removeprefix(name)
    return label or "该项"


def _source(cells: Iterable[Cell]) -> str:
    """The files of cells, each with the range of their lines."""
    found: dict[str, set[int]] = {}
    for cell in cells:
        sheet = f"“{cell.place.sheet}”表" if cell.place.sheet else ""
        found.setdefault(cell.place.file + sheet, set()).add(cell.place.line)
    return "、".join(f"{file}{_range(lines - {0})}" for file, lines in found.items())


def _range(lines: set[int]) -> str:
    """Lines from the first to the last, and how many where some between are left out."""
    if len(lines) < 2:
        return "".join(f"第{line}行" for line in lines)
    first, last = min(lines), max(lines)
    some = f"中的{len(lines)}行" if len(lines) <= last - first else ""
    return f"第{first}—{last}行{some}"
