"""Where the numbers of a column come from, kept once for the whole column.

A history, called with a row, makes the number of that row: its formula is built when asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import accumulate
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from helpers.errors import Place
from helpers.figures.cell import Cell
from helpers.figures.exact import WAN, printed_decimals
from helpers.figures.number import Number, combined, lacking

RowNumbers = NDArray[np.int32]
MEDIAN = "median"


class History(Protocol):
    """What makes the number of a row, and knows the row's name."""

    def __call__(self, row: int) -> Number:
        """The number of a row, with all that stands behind it."""

    def row_name(self, row: int) -> str:
        """What the row is called, such as a project's name; empty if nobody said."""


@dataclass(frozen=True, slots=True)
class Read:
    """Cells of an input file.

    `plain` are the numbers in our own unit, empty where a text says it in plain digits; no
    `plain` and no `names` at all stand for a file without any.
    """

    texts: Sequence[str]
    values: Sequence[Fraction | None]
    file: str
    lines: Sequence[int]
    column: str
    unit: str = ""
    names: Sequence[str] = ()
    plain: Sequence[str] = ()
    sheet: str = ""

    def __call__(self, row: int) -> Number:
        """The number of a cell."""
        text, plain = self.texts[row], self.plain[row] if self.plain else ""
        label = self.row_name(row) + self.column
        place = Place(self.file, int(self.lines[row]), self.column, self.sheet)
        cell, value = Cell(place, text, plain), self.values[row]
        if value is None:
            return lacking(label, f"{label}未填（{place}）", "missing", cell=cell, unit=self.unit)
        decimals = 2 if self.unit == WAN else printed_decimals(text)
        return Number(value, self.unit, label, decimals=decimals, cell=cell)

    def row_name(self, row: int) -> str:
        """The name the file gives, or the line."""
        return (self.names[row] if self.names else "") or f"第{self.lines[row]}行"


@dataclass(frozen=True, slots=True)
class Given:
    """Numbers made one by one."""

    numbers: list[Number]
    names: list[str] = field(default_factory=list)

    def __call__(self, row: int) -> Number:
        """The number as it was given."""
        return self.numbers[row]

    def added(self, number: Number, name: str = "") -> int:
        """Where a number put into a column is found from now on: a negative row."""
        self.numbers.append(number)
        self.names.append(name)
        return -len(self.numbers)

    def row_name(self, row: int) -> str:
        """The name of the row a number was put into."""
        return self.names[row] if self.names else ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows a column has of a history; a negative one is a number put in, ~row of `changes`.

    `changes` only grows, and all views of a column share it: the first is a blank.
    """

    history: History
    rows: RowNumbers
    changes: Given

    def __call__(self, row: int) -> Number:
        """The number of a row of the column."""
        at = int(self.rows[row])
        return self.history(at) if at >= 0 else self.changes(~at)

    def __len__(self) -> int:
        return len(self.rows)

    def row_name(self, row: int) -> str:
        """The name the row had in the history."""
        at = int(self.rows[row])
        return self.history.row_name(at) if at >= 0 else self.changes.row_name(~at)

    def put(self, key: RowNumbers, numbers: Iterable[Number]) -> None:
        """Put numbers of their own into rows; views of the column see it, snapshots do not."""
        for row, number in zip(key, numbers, strict=True):
            self.rows[row] = self.changes.added(number, self.row_name(row))

    def chosen(self, rows: RowNumbers) -> Rows:
        """Other rows of the same history."""
        return replace(self, rows=rows)

    def snapshot(self) -> Rows:
        """The rows as they are, whatever is put into the column later."""
        return replace(self, rows=self.rows.copy())


def all_rows(history: History, length: int, unit: str) -> Rows:
    """Every row of a history."""
    return Rows(history, np.arange(length, dtype=np.int32), Given([blank(unit)], [""]))


def blank(unit: str) -> Number:
    """What stands where a table has nothing."""
    return Number(None, unit, reason="这里没有数", lack="absent")


@dataclass(frozen=True, slots=True)
class Elementwise:
    """One operation on columns and numbers, row by row."""

    op: str
    args: tuple[Rows | Number, ...]

    def __call__(self, row: int) -> Number:
        """The operation on the numbers of a row."""
        numbers = [arg if isinstance(arg, Number) else arg(row) for arg in self.args]
        return combined(self.op, numbers)

    def row_name(self, row: int) -> str:
        """The first name a column has for the row."""
        names = (arg.row_name(row) for arg in self.args if isinstance(arg, Rows))
        return next(filter(None, names), "")


@dataclass(frozen=True, slots=True)
class Grouped:
    """One number of many rows: of groups, or of the rows so far.

    The n-th is made of the rows `order[starts[n]:ends[n]]`.
    """

    op: str
    column: Rows
    unit: str
    order: RowNumbers
    starts: RowNumbers
    ends: RowNumbers
    every_row: bool = False

    def __call__(self, row: int) -> Number:
        """The statistic of the rows of a group."""
        rows = self.order[self.starts[row] : self.ends[row]]
        return statistic(self.op, [self.column(at) for at in rows], self.unit)

    def row_name(self, row: int) -> str:
        """That of the last row, where there is one number for every row; a group has none."""
        return self.column.row_name(self.order[self.ends[row] - 1]) if self.every_row else ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Columns one under the other."""

    parts: tuple[Rows, ...]

    def __call__(self, row: int) -> Number:
        """The number as it was in its column."""
        part, at = self._place(row)
        return part(at)

    def row_name(self, row: int) -> str:
        """The name the row had before."""
        part, at = self._place(row)
        return part.row_name(at)

    def _place(self, row: int) -> tuple[Rows, int]:
        ends = list(accumulate(map(len, self.parts)))
        at = bisect_right(ends, row)
        return self.parts[at], row - (ends[at - 1] if at else 0)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A column under a name, or in a unit, of its own; rows without name may be given `names`.

    With an `id`, that of a number is it and the row's name.
    """

    column: Rows
    label: str = ""
    unit: str | None = None
    names: Sequence[str] = ()
    id: str = ""

    def __call__(self, row: int) -> Number:
        """The number under its name."""
        number = self.column(row)
        label = self.row_name(row) + self.label if self.label else number.label
        key = re.sub(r"\W+", "_", self.row_name(row)).strip("_")
        id = f"{self.id}_{key}" if self.id else number.id
        return number.named(label, id=id, unit=self.unit)

    def row_name(self, row: int) -> str:
        """The name the row has, else the one it is given here."""
        return self.column.row_name(row) or (self.names[row] if self.names else "")


def statistic(op: str, numbers: Sequence[Number], unit: str) -> Number:
    """Sum, smallest, largest, mean or median; one number without value leaves none.

    Of no numbers the sum is zero, and nothing else has a value.
    """
    if not numbers:
        if op == "sum":
            return Number(Fraction(0), unit)
        return Number(None, unit, reason="没有数据", lack="undefined")
    if op != MEDIAN:
        return replace(combined(op, numbers), unit=unit)
    made = Number(None, unit, args=tuple(numbers), words=f"{len(numbers)}项的中位数")
    for number in numbers:
        if number.value is None:
            return replace(made, reason=number.reason, lack=number.lack)
    return replace(made, value=middle([number.known for number in numbers]))


def middle(values: list[Fraction]) -> Fraction:
    """The exact median."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
