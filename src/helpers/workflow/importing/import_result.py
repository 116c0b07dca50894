"""What an import found: rows for our tables, what it could not place, what does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from helpers.errors import brief
from helpers.inputs.cells import fit
from helpers.inputs.raw_tables import RawTable

Row = dict[str, str]


@dataclass
class ImportResult:
    """Rows by the name of the table they belong to, and what else is to be told, with its place.

    `left` is for a person to place, `skipped` holds nothing of anybody's, `differences` are
    printed figures that the form itself contradicts; `agreed` counts those it bears out. `year`
    is that of the run, `grades` are those its rubric knows for qualitative indicators.
    """

    year: int = 0
    grades: Sequence[str] = ()
    tables: dict[str, list[Row]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    agreed: int = 0
    kinds: list[str] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        """Place a row; what no table may hold is left, and its cell blank."""
        self.tables.setdefault(table, []).append(
            {column: self._fit(table, column, text.strip()) for column, text in row.items()}
        )

    def complete(self, raw: RawTable, line: int, table: str, named: Row, cells: Row) -> None:
        """Place a row two forms may give: what the first gave stays, another value is told."""
        same = (row for row in self.tables.get(table, []) if named.items() <= row.items())
        row = next(same, None)
        if row is None:
            self.add(table, named | cells)
            return
        for column, text in cells.items():
            if text and row.setdefault(column, text) != text:
                what = f"{table}的{column}为 {text}，前面的表为 {row[column]}，照前面的表"
                self.leave(raw, line, what)

    def _fit(self, table: str, column: str, text: str) -> str:
        try:
            return fit(text)
        except ValueError as error:
            self.left.append(f"{table}“{column}”列：“{brief(text)}”{error}，这一格留空")
            return ""

    def count(self, table: str) -> int:
        """How many rows a table has so far."""
        return len(self.tables.get(table, []))

    def can_take(self, raw: RawTable) -> bool:
        """Whether a sheet is seen by people; notes what of it is not, or cannot be read surely."""
        if raw.whole:
            self.leave(raw, 0, f"{raw.whole.problem}，未导入")
            return False
        for line in sorted(raw.hidden):
            self.leave(raw, line, "这一行被隐藏，已照读，请核对")
        for (line, _), fault in raw.cells.items():
            self.leave(raw, line, fault.problem)
        return True

    def leave(self, raw: RawTable, line: int, what: str) -> None:
        """Note what could not be placed."""
        self.left.append(f"{raw.place(line)}：{what}")

    def skip(self, raw: RawTable, line: int, what: str) -> None:
        """Note what there is nothing to place of."""
        self.skipped.append(f"{raw.place(line)}：{what}")
