"""An input table as analysts explore it: numbers that know their cell, texts, and dates."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from helpers.figures.columns import NumberArray, read_column
from helpers.figures.histories import Read
from helpers.inputs.schema import NUMERIC, Column
from helpers.inputs.tables import Table

LINES = "行"
"""The name of an index that counts the lines of a file."""

ABSENT = "absent"
"""The attribute of a table with the sentence that stands in its place if it has no rows."""

TOTALLED = "totalled"
"""The attribute of a table whose last row is its total."""


def data_frame(table: Table) -> pd.DataFrame:
    """The declared columns of a table, by the lines of its file.

    Columns of numbers are exact, in 万元 or the unit the schema gives; a number is called by
    its row's name and its column. Dates are dates, and blank texts are empty.
    """
    lines = list(table.lines)
    columns = {
        column.name: pd.Series(_column(table, column, lines), index=pd.Index(lines, name=LINES))
        for column in table.spec.columns
    }
    frame = pd.DataFrame(columns, index=pd.Index(lines, name=LINES, dtype="int64"))
    return frame if table.given else explained(frame, f"本年度未提供“{table.spec.name}”。")


def explained(frame: pd.DataFrame, absent: str) -> pd.DataFrame:
    """A table that knows what to say in its place where it has no rows."""
    frame.attrs[ABSENT] = absent
    return frame


def _column(
    table: Table, column: Column, lines: Sequence[int]
) -> NumberArray | pd.DatetimeIndex | pd.api.extensions.ExtensionArray:
    texts = [table.string(line, column.name) for line in lines]
    if column.kind in NUMERIC:
        return _numbers(table, column, lines)
    if column.kind == "date":
        return pd.to_datetime(pd.Series(texts), format="%Y-%m-%d", errors="coerce").array
    return pd.array(texts, dtype="str")


def _numbers(table: Table, column: Column, lines: Sequence[int]) -> NumberArray:
    sources = [table.source(line, column.name) for line in lines]
    values = (table.value(line, column.name) for line in lines)
    return read_column(
        Read(
            texts=[source.text for source in sources],
            values=[value if isinstance(value, Fraction) else None for value in values],
            file=table.file,
            lines=lines,
            column=column.name,
            unit=column.unit,
            names=[table.row_name(line) for line in lines],
            plain=[source.plain for source in sources],
            sheet=table.sheet,
        )
    )
