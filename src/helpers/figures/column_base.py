"""What the halves of a column of exact numbers share: its values, its unit, its history."""

from __future__ import annotations

from typing import Self

from pandas.api.extensions import ExtensionArray

from helpers.figures.column_values import Values
from helpers.figures.histories import History, Rows
from helpers.figures.number import Number


class ColumnBase(ExtensionArray):
    """What every half may use of the whole."""

    _exact: Values
    _rows: Rows
    _readonly: bool

    @property
    def unit(self) -> str:
        """The unit of every number of the column."""
        raise NotImplementedError

    @classmethod
    def _made(cls, values: Values, unit: str, history: History) -> Self:
        """A new column, its values worked out and their history."""
        raise NotImplementedError

    @classmethod
    def _from_numbers(cls, numbers: list[Number], unit: str) -> Self:
        """Numbers made one by one, in their own unit or in that of the column."""
        raise NotImplementedError

    def _in(self, unit: str) -> Self:
        """A column without unit in one."""
        raise NotImplementedError
