"""Figures that count: the rows of a table, those that read so, and those that meet a condition."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.figures.arithmetic import total
from helpers.figures.conditions import how_many, reads, rows
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.figures.number import Number, lacking
from helpers.inputs.tables import Table


def count_rows(
    facts: Facts,
    table: Table,
    column: str,
    *,
    id: str,
    label: str,
    unit: str,
    lines: Sequence[int] | None = None,
) -> None:
    """Enter the number of rows of a table, or of some `lines` of it.

    A table the run does without has none to count.
    """
    counted = tuple(table.lines if lines is None else lines)
    answers = [table.text_cell(line, column) for line in counted]
    _enter(facts, table, rows(answers) if answers else None, id=id, label=label, unit=unit)


def count(
    facts: Facts,
    table: Table,
    column: str,
    text: str,
    *,
    id: str,
    label: str,
    unit: str,
    lines: Sequence[int] | None = None,
) -> None:
    """Enter the number of rows, or of `lines`, of which `column` reads `text`.

    There is none where one of their cells is blank.
    """
    counted = tuple(table.lines if lines is None else lines)
    answers = [reads(table.text_cell(line, column), text) for line in counted]
    blank = [line for line in counted if not table.string(line, column)]
    if blank:
        unknown(facts, table, blank[0], column, id=id, label=label, unit=unit)
    else:
        count_answers(facts, table, answers, id=id, label=label, unit=unit)


def unknown(
    facts: Facts, table: Table, line: int, column: str, *, id: str, label: str, unit: str
) -> None:
    """Enter a number that is not known, because a cell it would count is blank."""
    cell, called = table.source(line, column), f"{table.row_name(line)}{column}"
    blank = lacking(called, f"{called}未填（{cell.place}）", "missing", cell=cell)
    number = Number(None, unit, args=(blank,), reason=blank.reason, lack=blank.lack)
    facts.name(id, label, number)


def count_answers(
    facts: Facts, table: Table, answers: Sequence[Number], *, id: str, label: str, unit: str
) -> None:
    """Enter how many of some answers hold, one for each row that was looked at."""
    _enter(facts, table, how_many(answers) if answers else None, id=id, label=label, unit=unit)


def _enter(
    facts: Facts, table: Table, counted: Number | None, *, id: str, label: str, unit: str
) -> None:
    if counted is None:
        facts.lack(id, label, table.file, unit=unit)
    else:
        facts.name(id, label, counted, unit=unit, decimals=0)


def total_of_cells(
    facts: Facts, table: Table, lines: Sequence[int], column: str, *, id: str, label: str
) -> None:
    """Enter the sum of a column over some rows; blank if a cell of them is."""
    if lines:
        facts.name(id, label, total(*(table.number(line, column) for line in lines)))
    else:
        facts.lack(id, label, table.file, unit=WAN)
