"""A table as a file holds it: where its header begins, its unit, its rows, its notes left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from helpers.errors import Place, UnreadableInputError
from helpers.schema import TableSpec

LARGEST = 60_000_000
"""Bytes of a file, unpacked: one that is larger is a mistake or a trap, and takes minutes."""

HEADER_WITHIN = 10
"""Titles and units stand above a header; no official form has more than a few such rows."""

UNIT = re.compile(r"单位\s*[:：]\s*(\S*元)")
NOTE = re.compile(r"(?:注|说明|备注|填表说明|制表人?|填报人)\s*[:：]")
WAN, YUAN = "万元", "元"


@dataclass(frozen=True)
class RawTable:
    """Rows of texts, each with its line; `sheet` is the sheet of a workbook, empty for a CSV."""

    file: str
    sheet: str
    rows: Sequence[tuple[int, list[str]]]

    def place(self, line: int = 0, column: str = "") -> Place:
        """A place in it."""
        return Place(self.file, line, column, self.sheet)

    def header(self, spec: TableSpec) -> int:
        """Position of the row that holds all needed headings; the first row where none does."""
        for at, (_, cells) in enumerate(self.rows[:HEADER_WITHIN]):
            if set(spec.needed) <= set(cells):
                return at
        return 0


def framed(raw: RawTable, spec: TableSpec) -> tuple[pd.DataFrame, str]:
    """The declared columns as text, indexed by line, and the unit the file gives its amounts in.

    Raises `UnreadableInputError` for a table without rows, a header that lacks or repeats a
    column, a row of another length, or a unit we do not know.
    """
    if not raw.rows:
        raise UnreadableInputError("文件是空的", place=raw.place())
    at = raw.header(spec)
    line, header = raw.rows[at]
    _check_header(raw, line, header, spec)
    body = [(line, cells) for line, cells in raw.rows[at + 1 :] if not _is_note(cells)]
    for line, cells in body:
        if len(cells) != len(header):
            raise UnreadableInputError(
                f"这一行有 {len(cells)} 格，表头有 {len(header)} 格",
                place=raw.place(line),
                hint="文字里的逗号要放在英文双引号内",
            )
    lines = pd.Index([line for line, _ in body], name="行", dtype="int64")
    texts = {name: [cells[place] for _, cells in body] for place, name in enumerate(header)}
    blank = [""] * len(body)
    declared = {column.name: texts.get(column.name, blank) for column in spec.columns}
    return pd.DataFrame(declared, index=lines, dtype=object), _unit(raw, at)


def _unit(raw: RawTable, header: int) -> str:
    """The unit told above the header; 万元 where none is."""
    for line, cells in raw.rows[:header]:
        for cell in cells:
            if told := UNIT.search(cell):
                if told[1] not in {WAN, YUAN}:
                    raise UnreadableInputError(
                        f"单位“{told[1]}”不能识别", place=raw.place(line), hint="写 元 或 万元"
                    )
                return told[1]
    return WAN


def _is_note(cells: Sequence[str]) -> bool:
    """Whether a row is a note under the table: one cell, beginning like one."""
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and bool(NOTE.match(filled[0]))


def _check_header(raw: RawTable, line: int, header: list[str], spec: TableSpec) -> None:
    """See that every needed column is there, once, and that none is merely misspelt.

    Columns no table declares are dropped, as exports carry names and phone numbers; one
    whose name is nearly that of an absent column is more likely a slip, so it is refused.
    """
    place = raw.place(line)
    missing = [name for name in spec.needed if name not in header]
    if missing:
        hint = f"现有的列：{'、'.join(header)}"
        raise UnreadableInputError(f"缺少列：{'、'.join(missing)}", place=place, hint=hint)
    declared = {column.name for column in spec.columns}
    absent = sorted(declared - set(header))
    for name in sorted(set(header) - declared - {""}):
        if near := get_close_matches(name, absent, n=1, cutoff=0.75):
            hint = f"是否应为“{near[0]}”"
            raise UnreadableInputError(f"没有名为“{name}”的列", place=place, hint=hint)
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    if repeated:
        raise UnreadableInputError(f"列名重复：{'、'.join(repeated)}", place=place)
