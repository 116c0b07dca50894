"""How official forms are laid out: headings over one row or two, items numbered, rows of spares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from openpyxl.utils import get_column_letter

from helpers.inputs.raw_tables import RawTable

ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]|[（(]\d+[)）])\s*"
)
"""The numbering official forms put before an item."""

SPARE = re.compile(
    r"(?:绩效|三级)?(?:指标|项目)\s*(?:[\d①-⑳一二三四五六七八九十xXｘＸ×]+|[nN])\s*(?:[:：、.．]|$)"
)
"""What a form writes where an indicator is to be: 指标1, 指标2：."""

FILLER = re.compile(r"[.…。·—\-–_/xXｘＸ×*＊]+")
"""What stands for any more of the same."""

BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")

Words = Sequence[str]
"""The ways one heading is written."""


def item(text: str) -> str:
    """An item without its numbering, spaces and the marks forms add."""
    bare = ORDINAL.sub("", re.sub(r"[\s\u3000]", "", text))
    return re.sub(r"^其中[:：]?", "", bare).removesuffix("：").removesuffix(":")


def heading(text: str) -> str:
    """A heading without what stands in brackets: a unit, a letter, how it is worked out."""
    return BRACKETS.sub("", item(text))


def name_of(text: str) -> str:
    """The name of an indicator or project; empty for what only holds its place."""
    bare = item(text)
    if spare := SPARE.match(bare):
        bare = bare[spare.end() :]
    return "" if FILLER.fullmatch(bare) else bare


def is_spare(text: str) -> bool:
    """Whether something stands there that is no name."""
    return bool(item(text)) and not name_of(text)


def cell_of(raw: RawTable, line: int, at: int) -> str:
    """A cell as a person looks for it: `G7` of a workbook, row and column of a document."""
    if raw.file.lower().endswith(".xlsx"):
        return f"{raw.place()} {get_column_letter(at + 1)}{line}"
    return f"{raw.place(line)}第{at + 1}列"


def find_headings(raw: RawTable, wanted: Sequence[Words]) -> tuple[int, list[str]] | None:
    """Position of the first row with all wanted headings, each in one way, and its headings.

    Where no row has them all, two rows may: a heading merged over both stands in the upper.
    """
    rows = [[heading(cell) for cell in cells] for _, cells in raw.rows]
    for at, heads in enumerate(rows):
        if has_all(heads, wanted):
            return at, heads
    for at in range(1, len(rows)):
        upper = [*rows[at - 1], *[""] * len(rows[at])]
        both = [own or above for own, above in zip(rows[at], upper, strict=False)]
        if has_all(both, wanted):
            return at, both
    return None


def find_row(raw: RawTable, wanted: Sequence[str]) -> int | None:
    """Position of the first row that holds all of some texts."""
    for at, (_, cells) in enumerate(raw.rows):
        bare = [item(cell) for cell in cells]
        if all(word in bare for word in wanted):
            return at
    return None


def blocks(raw: RawTable, wanted: Sequence[Words]) -> Iterator[tuple[int, list[str], int]]:
    """Every block of a sheet: position of its headings, these, and where the next block begins."""
    found = find_headings(raw, wanted)
    while found:
        at, heads = found
        rest = ([heading(cell) for cell in cells] for _, cells in raw.rows[at + 1 :])
        repeated = ((below, row) for below, row in enumerate(rest, at + 1) if has_all(row, wanted))
        found = next(repeated, None)
        yield at, heads, found[0] if found else len(raw.rows)


def has_all(heads: Sequence[str], wanted: Sequence[Words]) -> bool:
    """Whether every wanted heading is there."""
    return all(any(word in heads for word in words) for words in wanted)


def columns_of(
    heads: Sequence[str], wanted: Mapping[str, Words], after: str = ""
) -> dict[str, int | None]:
    """The column of each wanted heading by its key: the first at or after that of `after`.

    A form has 分值 beside 一级指标, 二级指标 and 三级指标; that of the last is meant.
    """
    first = _column(heads, wanted[after], 0) if after else None
    return {
        key: found
        if (found := _column(heads, words, first or 0)) is not None
        else _column(heads, words, 0)
        for key, words in wanted.items()
    }


def _column(heads: Sequence[str], words: Words, first: int) -> int | None:
    found = (at for word in words for at, head in enumerate(heads) if head == word and at >= first)
    return next(found, None)


def rows_below(
    raw: RawTable, at: int, columns: Mapping[str, int | None], end: int | None = None
) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    """The rows below a heading row: line, cells, and the cells by key; blank without a column."""
    for line, row in raw.rows[at + 1 : end]:
        yield line, row, {key: cell_in(row, column) for key, column in columns.items()}


def cell_in(row: Sequence[str], column: int | None) -> str:
    """A cell of a row; blank where there is none."""
    return row[column].strip() if column is not None and column < len(row) else ""


def labelled(raw: RawTable, label: str) -> tuple[int, str] | None:
    """The line of a label and what it labels: in the cell itself or the first filled one after."""
    for line, row in raw.rows:
        for at, cell in enumerate(row):
            if heading(cell) == label:
                return line, next((each for each in row[at + 1 :] if each), "")
            if found := re.match(rf"{label}\s*[:：]\s*(.+)", cell.strip()):
                return line, found[1]
    return None
