"""Tables on paper: every cell with the rows and columns it spans, and the widths they want."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.blocks.model import Grid, GridCell
from helpers.blocks.words import words
from helpers.figures.number import Number
from helpers.publishing.paper.blocks import Cell, Table, cell_positions, half_widths

NARROW, BROAD = 9, 26
"""What a column weighs at least and at most, in half-width characters."""


def table(grid: Grid) -> Table:
    """A table as it stands on paper."""
    head = tuple(map(tuple, _head(grid)))
    rows = tuple(tuple(_cells(*row)) for row in zip(grid.body, grid.spans(), strict=True))
    foot = tuple(tuple(_cells(row, {})) for row in grid.foot)
    note = words(grid.note).text
    return Table(
        id=grid.id,
        number=grid.number,
        title=line_by_line(grid.title),
        unit=f"单位：{grid.unit}" if grid.unit else "",
        head=head,
        rows=rows,
        foot=foot,
        note=line_by_line(f"注：{note}") if note else "",
        wide=grid.wide,
        widths=_widths([*head, *rows, *foot], len(grid.head)),
    )


def _head(grid: Grid) -> Iterator[list[Cell]]:
    """The head: a row, or two where columns are grouped."""
    if not grid.groups:
        yield [Cell(line_by_line(name), head=True) for name in grid.head]
        return
    grouped = {name: group for group, names in grid.groups.items() for name in names}
    yield [
        Cell(name, columns=len(grid.groups[name]), head=True)
        if name in grid.groups
        else Cell(line_by_line(name), rows=2, head=True)
        for name in dict.fromkeys(grouped.get(name, name) for name in grid.head)
    ]
    yield [Cell(line_by_line(name), head=True) for name in grid.head if name in grouped]


def _cells(row: Sequence[GridCell], spans: dict[int, int]) -> Iterator[Cell]:
    for at, cell in enumerate(row):
        if span := spans.get(at, 1):
            text, figure = line_by_line(words(cell).text), at > 0 and isinstance(cell, Number)
            yield Cell(text, rows=span, head=at == 0, figure=figure)


def _widths(rows: Sequence[Sequence[Cell]], columns: int) -> tuple[int, ...]:
    """How much of a table's width each column wants, from what stands in it."""
    widths = [NARROW] * columns
    for _, column, cell in cell_positions(rows):
        if cell.columns == 1:
            widths[column] = max(widths[column], min(BROAD, half_widths(cell.text) + 5))
    return tuple(widths)


def entries_table(figures: Sequence[Number]) -> Table:
    """How each computed figure came about, which the panel tells on the screen."""
    head = ("数据项", "算式", "代入")
    rows = (
        (f"{each.label} {each.with_unit}", each.formula, each.substituted)
        for each in figures
        if each.op
    )
    return Table(
        id="table-facts",
        number="",
        title="计算得出的数据项",
        unit="",
        head=(tuple(Cell(name, head=True) for name in head),),
        rows=tuple(tuple(Cell(line_by_line(text)) for text in row) for row in rows),
        foot=(),
        note="其余数据项是读数，来源单元格见网页版附件和 facts.json。",
        wide=True,
        widths=(30, 35, 35),
    )


def line_by_line(text: str) -> str:
    """A text without needless white space; a line break stays one."""
    lines = text.strip().split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
