"""An input table, read: its cells as they stood and as exact values, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from helpers.errors import Place
from helpers.figures import exact
from helpers.figures.cell import Cell
from helpers.figures.conditions import text_in
from helpers.figures.exact import WAN, printed_decimals
from helpers.figures.number import Number, lacking
from helpers.inputs.raw_tables import UnusedInput
from helpers.inputs.schema import TableSpec

Value = str | Fraction | None
"""A number exactly, a text, or None where a cell is blank."""

T = TypeVar("T")
Columns = Mapping[str, Mapping[int, T]]
"""The declared columns by name, each by the line on which its rows begin."""


@dataclass(frozen=True)
class Table:
    """One input table, read.

    `texts` holds the cells as they stood, `values` the same cells as exact values.
    """

    spec: TableSpec
    file: str
    texts: Columns[str]
    values: Columns[Value]
    sheet: str = ""
    unit: str = ""
    """The unit of the file's amounts, where it is not our own."""
    unused: tuple[UnusedInput, ...] = ()
    """Its columns that no table declares."""
    mentioned: Mapping[int, str] = field(default_factory=dict)
    """The other units a row says it means, by line: names in a cell of 涉及单位."""

    @classmethod
    def absent(cls, spec: TableSpec, file_prefix: str) -> Table:
        """A table a run does without: no rows."""
        names = [column.name for column in spec.columns]
        file = f"{file_prefix}/{spec.name}.csv"
        return cls(spec, file, {name: {} for name in names}, {name: {} for name in names})

    def __len__(self) -> int:
        return len(self._first)

    @property
    def given(self) -> bool:
        """Whether the run has the table: an optional one without rows counts as not given."""
        return bool(len(self))

    @property
    def place(self) -> Place:
        """The table as a whole."""
        return Place(self.file, sheet=self.sheet)

    @property
    def csv_file(self) -> str:
        """The file it stands in, or would, as a CSV of its own."""
        return f"{self.file.rpartition('/')[0]}/{self.spec.name}.csv"

    @property
    def lines(self) -> Iterator[int]:
        """Line of each row."""
        return iter(self._first)

    def source(self, line: int, column: str) -> Cell:
        """A cell as it stood."""
        text, value = self.texts[column][line], self.values[column][line]
        place = Place(self.file, line, column, self.sheet)
        of_file = self.unit if self._units[column] == WAN else ""
        if isinstance(value, Fraction) and (of_file or not exact.is_plain(text)):
            return Cell(place, text + of_file, exact.exact_text(value))
        return Cell(place, text)

    def number(self, line: int, column: str) -> Number:
        """A cell as a number, shown with as many digits as were typed, money with two."""
        value, cell = self.values[column][line], self.source(line, column)
        unit, label = self._units[column], f"{self.row_name(line)}{column}"
        decimals = 2 if unit == WAN else printed_decimals(cell.text)
        if isinstance(value, Fraction):
            return Number(value, unit, label, decimals=decimals, cell=cell)
        blank = lacking(label, f"{label}未填（{cell.place}）", "missing", cell=cell, unit=unit)
        return replace(blank, decimals=decimals)

    def text_cell(self, line: int, column: str) -> Number:
        """A cell taken for its text, for conditions."""
        return text_in(self.source(line, column))

    def row_name(self, line: int) -> str:
        """What a row's numbers are called by: the text of its naming column, else its line."""
        name = self.spec.named_by and self.string(line, self.spec.named_by)
        return name or f"第{line}行"

    def value(self, line: int, column: str) -> Value:
        """A cell's exact value, or None where it is blank."""
        return self.values[column][line]

    def string(self, line: int, column: str) -> str:
        """A cell's text, empty where it is blank or was refused."""
        return self.texts[column][line] if self.values[column][line] is not None else ""

    def where(self, column: str, text: str) -> list[int]:
        """Lines of the rows whose cell in `column` reads `text`."""
        return [line for line in self.texts[column] if self.string(line, column) == text]

    def rows(self) -> Iterator[list[str]]:
        """The texts of each row."""
        return (list(row) for row in zip(*(c.values() for c in self.texts.values()), strict=True))

    def with_cell(self, line: int, column: str, text: str, value: Value) -> Table:
        """The same table with another text in one cell, and what it means."""
        texts = {**self.texts, column: {**self.texts[column], line: text}}
        values = {**self.values, column: {**self.values[column], line: value}}
        return replace(self, texts=texts, values=values)

    def without(self, lines: AbstractSet[int]) -> Table:
        """The same table without some rows."""
        if not lines:
            return self

        def left(columns: Columns[T]) -> Columns[T]:
            return {
                name: {line: cell for line, cell in column.items() if line not in lines}
                for name, column in columns.items()
            }

        return replace(self, texts=left(self.texts), values=left(self.values))

    @property
    def _first(self) -> Mapping[int, str]:
        return next(iter(self.texts.values()))

    @cached_property
    def _units(self) -> dict[str, str]:
        return {column.name: column.unit for column in self.spec.columns}
