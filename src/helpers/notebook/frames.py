"""DataFrames as tables of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.blocks.model import GridCell
from helpers.blocks.words import Words, code, day
from helpers.figures.columns import NumberDtype, column_of
from helpers.figures.number import MISSING, InexactNumberError, Number
from helpers.inputs.data_frames import LINES

NOTHING = "—"


def columns_of(frame: pd.DataFrame | pd.Series[Any]) -> pd.DataFrame:
    """A table with all that is shown of it as columns: an index that names rows is the first."""
    table = frame.to_frame() if isinstance(frame, pd.Series) else frame
    lines = isinstance(table.index, pd.RangeIndex) or table.index.name == LINES
    return table if lines else table.reset_index()


def with_exact_columns(table: pd.DataFrame) -> pd.DataFrame:
    """The same table; a column of numbers of one unit is a column of exact numbers."""
    exact = {
        name: column_of(numbers, numbers[0].unit)
        for name in table.columns
        if (numbers := list(table[name]))
        and all(isinstance(number, Number) for number in numbers)
        and len({number.unit for number in numbers}) == 1
    }
    made = table.assign(**exact)
    made.attrs = dict(table.attrs)
    return made


def units(table: pd.DataFrame) -> tuple[str, list[str]]:
    """The unit most amounts of a table are in, and its heads, which tell any other."""
    types = {name: table[name].dtype for name in table.columns}
    of_columns = {name: type.unit for name, type in types.items() if isinstance(type, NumberDtype)}
    counted = Counter(unit for unit in of_columns.values() if unit not in {"", "%"})
    shared, times = counted.most_common(1)[0] if counted else ("", 0)
    common = shared if times > 1 or len(counted) == 1 else ""
    told = {name: unit for name, unit in of_columns.items() if unit not in {"", "%", common}}
    return common, [
        f"{name}（{told[name]}）" if name in told else f"{name}" for name in table.columns
    ]


def rows_of(
    table: pd.DataFrame,
    figure: Callable[[Number], Number],
    blank: str | Mapping[str, str] = NOTHING,
    codes: Collection[str] = (),
) -> Iterator[list[GridCell]]:
    """The rows of a table as cells: figures, dates, texts, and in some columns codes."""
    columns = {name: list(table[name]) for name in table.columns}
    blanks = dict.fromkeys(columns, blank) if isinstance(blank, str) else blank
    for at in range(len(table)):
        yield [
            _cell(column[at], figure, blanks.get(name, NOTHING), is_code=name in codes)
            for name, column in columns.items()
        ]


def _cell(
    value: object, figure: Callable[[Number], Number], blank: str, *, is_code: bool
) -> GridCell:
    if isinstance(value, Number):
        return value.display if value.lack == "absent" else figure(value)
    if isinstance(value, Words):
        return value
    if isinstance(value, pd.Timestamp):
        return as_term(value)
    if value is None or value is pd.NA or value is pd.NaT or value == "" or value != value:  # noqa: PLR0124 - as not-a-number is
        return blank
    if not isinstance(value, str):
        hint = "数用精确数；序号、年度这样的写成文字，如 .astype(str)"
        raise InexactNumberError(f"表中的 {value!r} 既不是精确数，也不是文字", hint=hint)
    return code(value) if is_code else value


def as_term(value: object) -> str | Words:
    """A text as it is, and a date as one; that of a blank cell is still to come."""
    if value is pd.NaT:
        return MISSING
    if isinstance(value, pd.Timestamp):
        return day(value.strftime("%Y-%m-%d"))
    if not isinstance(value, (str, Words)):
        hint = "数用精确数；一列先取出一个数，如 column.iloc[0]、table.loc[行, 列]"
        raise InexactNumberError(f"句子中只能填数和文字，现有 {value!r}", hint=hint)
    return value


def in_words(head: Sequence[str], rows: Sequence[Sequence[GridCell]]) -> str:
    """What a chart shows, for those who cannot see it: each row with its columns."""
    told = (
        f"{_plain(row[0])}："
        + "，".join(f"{name}{_plain(cell)}" for name, cell in zip(head[1:], row[1:], strict=True))
        for row in rows
    )
    return "；".join(told) + "。"


def _plain(cell: GridCell) -> str:
    return cell.with_unit if isinstance(cell, Number) else str(cell)
