"""Columns of exact numbers, as pandas columns: read, computed row by row, labelled, written.

`number[万元]` is a type like any other to pandas; `NumberArray` says what it guarantees.
"""
# ruff: noqa: ANN401, SLF001 - a Series in gives a Series, an array an array

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.figures.column_excel import register_with_pandas
from helpers.figures.column_values import stored
from helpers.figures.histories import Labelled, Read, all_rows
from helpers.figures.number import Number, is_column, number
from helpers.figures.number_array import NumberArray, NumberDtype

register_with_pandas()

__all__ = [
    "NumberArray",
    "NumberDtype",
    "array_of",
    "column_of",
    "in_unit",
    "inks",
    "labelled",
    "read_column",
    "row_by_row",
    "unit_of",
]


def read_column(cells: Read) -> NumberArray:
    """The cells of a column of an input file."""
    values = stored(cells.values)
    return NumberArray(values, cells.unit, all_rows(cells, len(values), cells.unit))


def column_of(numbers: Sequence[Number], unit: str) -> NumberArray:
    """Numbers made one by one, as a column of a unit."""
    return NumberArray._from_numbers(list(numbers), unit)


def row_by_row(op: str, args: Sequence[Any]) -> Any:
    """An operation on columns and numbers; among Series the result is a Series of their index."""
    series = [arg for arg in args if isinstance(arg, pd.Series)]
    if any(not each.index.equals(series[0].index) for each in series[1:]):
        raise ValueError("各列的行不同，不能逐行计算")
    columns = [arg.array if isinstance(arg, pd.Series) else arg for arg in args]
    made = NumberArray.row_by_row(op, [_operand(arg) for arg in columns])
    return pd.Series(made, index=series[0].index) if series else made


def _operand(given: Any) -> Number | NumberArray:
    if isinstance(given, NumberArray) or not is_column(given):
        return given if isinstance(given, NumberArray) else number(given)
    if isinstance(given, pd.DataFrame):
        raise TypeError("逐行计算要一列一列地给，不能给整张表")
    return NumberArray._from_sequence(given)


def labelled(column: Any, label: str, id: str = "") -> Any:
    """A Series or array whose numbers are named after their rows and a label.

    A Series takes the label for its name, and its index for the names rows do not have. The
    id of each number is that given and the row's name.
    """
    if not isinstance(column, pd.Series):
        return array_of(column).labelled(label, id=id)
    names: list[str] = []
    if not isinstance(column.index, pd.RangeIndex):
        keys = (key if isinstance(key, tuple) else (key,) for key in column.index)
        names = ["、".join(map(str, key)) for key in keys]
    made = array_of(column).labelled(label, names, id)
    return pd.Series(made, index=column.index, name=label)


@pd.api.extensions.register_series_accessor("num")
class Naming:
    """`column.num`: what a column of numbers can do that other columns cannot."""

    def __init__(self, column: Any) -> None:
        array_of(column)
        self._column = column

    def named(self, label: str, id: str = "") -> Any:
        """The column under a label, and with an id each number's own: it and the row's name."""
        return labelled(self._column, label, id)


def unit_of(column: Any) -> str:
    """The unit of a Series or array of numbers."""
    return array_of(column).unit


def in_unit(column: Any, unit: str) -> Any:
    """The same numbers said to be of a unit: those of a Series or an array."""
    array = array_of(column)
    made = array._made(array._exact.copy(), unit, Labelled(array._rows.snapshot(), unit=unit))
    if isinstance(column, pd.Series):
        return pd.Series(made, index=column.index, name=column.name)
    return made


def inks(column: Any) -> NDArray[np.float64]:
    """Floats to place ink by, never to print or to compute with; a blank is not-a-number."""
    return array_of(column).inks()


def array_of(column: Any) -> NumberArray:
    """The array of a Series, or itself; a `TypeError` for a column of anything but numbers."""
    array = column.array if isinstance(column, (pd.Series, pd.Index)) else column
    if not isinstance(array, NumberArray):
        raise TypeError(f"这一列不是精确数：{getattr(array, 'dtype', array)}")
    return array
