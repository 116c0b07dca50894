"""What an import found: rows for our tables, and what it could not place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from helpers.errors import brief
from helpers.inputs.cells import fit
from helpers.inputs.raw_tables import RawTable

Row = dict[str, str]

ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]|[（(]\d+[)）])\s*"
)
"""The numbering official forms put before an item."""


@dataclass
class ImportResult:
    """Rows by the name of the table they belong to, and what was left over, with its place."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        """Place a row; what no table may hold is left, and its cell blank."""
        self.tables.setdefault(table, []).append(
            {column: self._fit(table, column, text.strip()) for column, text in row.items()}
        )

    def _fit(self, table: str, column: str, text: str) -> str:
        try:
            return fit(text)
        except ValueError as error:
            self.left.append(f"{table}“{column}”列：“{brief(text)}”{error}，这一格留空")
            return ""

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


def item(text: str) -> str:
    """An item without its numbering, spaces and the marks forms add."""
    bare = re.sub(r"[\s\u3000]", "", text)
    return ORDINAL.sub("", bare).removeprefix("其中：").removesuffix("：")


def find_row(raw: RawTable, wanted: Sequence[str]) -> int | None:
    """Position of the first row that holds all of some texts."""
    for at, (_, cells) in enumerate(raw.rows):
        bare = [item(cell) for cell in cells]
        if all(word in bare for word in wanted):
            return at
    return None


def rows_below(
    raw: RawTable, at: int, heads: Mapping[str, Sequence[str]]
) -> Iterator[tuple[int, list[str], Row]]:
    """The rows below a heading row: line, cells, and the cells by what `heads` calls them.

    Of the headings given for a name the first there is counts; without any its cells are blank.
    """
    bare = [item(cell) for cell in raw.rows[at][1]]
    columns = {
        key: next((bare.index(word) for word in words if word in bare), None)
        for key, words in heads.items()
    }
    for line, row in raw.rows[at + 1 :]:
        yield (
            line,
            row,
            {
                key: row[column].strip() if column is not None and column < len(row) else ""
                for key, column in columns.items()
            },
        )
