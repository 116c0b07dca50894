"""Facts read straight from the tables: a cell, or a number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from helpers.figures.exact import WAN, printed_decimals
from helpers.figures.expressions import Undefined, Value
from helpers.figures.facts import Fact, Facts
from helpers.inputs.tables import Table


def reading(
    table: Table,
    line: int,
    column: str,
    *,
    id: str,
    label: str,
    unit: str,
    decimals: int | None = None,
) -> Fact:
    """Make a fact of one cell; without `decimals` it shows as many as were typed."""
    source, cell = table.source(line, column), table.value(line, column)
    value: Value = (
        cell
        if isinstance(cell, Fraction)
        else Undefined(f"{label}未填（{source.place}）", missing=True)
    )
    shown = printed_decimals(source.text) if decimals is None else decimals
    return Fact(id, label, value, unit, shown, sources=(source,))


def count(
    facts: Facts, table: Table, column: str, text: str, *, id: str, label: str, unit: str
) -> None:
    """Enter the number of rows of which `column` reads `text`; each row is a source."""
    lines = table.where(column, text)
    sources = tuple(table.source(line, column) for line in lines)
    facts.add(Fact(id, label, Fraction(len(lines)), unit, 0, formula="行数", sources=sources))


def count_rows(facts: Facts, table: Table, column: str, *, id: str, label: str, unit: str) -> None:
    """Enter the number of rows of a table; a table the run does without has none to count."""
    if not table.given:
        facts.lack(id, label, table.file, unit=unit)
        return
    value, sources = Fraction(len(table)), tuple(table.source(line, column) for line in table.lines)
    facts.add(Fact(id, label, value, unit, 0, formula="行数", sources=sources))


def total_of_cells(
    facts: Facts,
    table: Table,
    lines: Sequence[int],
    column: str,
    *,
    id: str,
    label: str,
) -> None:
    """Enter the sum of a column over some rows, in 万元; blank if a cell of them is."""
    cells = [table.value(line, column) for line in lines]
    numbers = [cell for cell in cells if isinstance(cell, Fraction)]
    if not lines or len(numbers) < len(cells):
        facts.lack(id, label, table.file, unit=WAN)
        return
    sources = tuple(table.source(line, column) for line in lines)
    value = sum(numbers, Fraction(0))
    facts.add(Fact(id, label, value, WAN, 2, formula=f"各行{column}相加", sources=sources))
