"""What a column of exact numbers computes and compares row by row; floats are refused."""
# ruff: noqa: ANN401, SLF001 - signatures are those of pandas, halves know the whole

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.figures import column_values
from helpers.figures.column_base import ColumnBase
from helpers.figures.column_values import Value
from helpers.figures.histories import Elementwise, blank
from helpers.figures.number import Number, comparable, is_column, number, number_like
from helpers.figures.operations import result_unit
from helpers.figures.operators import Operators
from helpers.figures.units import common_unit

Mask = NDArray[np.bool_]
PANDAS = (pd.Series, pd.Index, pd.DataFrame)
"""What computes by itself, with the arrays it holds."""


class ColumnArithmetic(Operators[Mask], ColumnBase):
    """The half of `NumberArray` that looks at one row after the other."""

    __hash__: ClassVar[None]  # type: ignore[assignment]

    # ---- row by row
    def __neg__(self) -> Self:
        return 0 - self

    def __pos__(self) -> Self:
        return self.copy()

    def __abs__(self) -> Self:
        return self.row_by_row("max", (self, -self))

    def round(self, decimals: int = 0) -> Self:
        """Every number rounded half-up, where a rule rounds before going on."""
        return self.row_by_row("round", (self, number(decimals)))

    def _with(self, op: str, other: Any, *, turned: bool = False) -> Self:
        if isinstance(other, PANDAS):
            return NotImplemented  # type: ignore[no-any-return]
        operand = self._operand(other)
        return self.row_by_row(op, (operand, self) if turned else (self, operand))

    def _operand(self, other: Any) -> Number | Self:
        """A number for all rows, or a column of as many."""
        if not is_column(other) and not isinstance(other, list):
            return scalar(other)
        if isinstance(other, type(self)):
            return other
        return self._from_numbers(
            [blank("") if missing(each) else scalar(each) for each in other], ""
        )

    @classmethod
    def row_by_row(cls, op: str, args: Sequence[Number | Self]) -> Self:
        """One operation on columns of one length, and on numbers for all their rows."""
        unit = result_unit(op, [arg.unit for arg in args])
        length = one_length([len(arg) for arg in args if isinstance(arg, cls)])
        values = column_values.worked_out(
            op, [arg.value if isinstance(arg, Number) else arg._exact for arg in args], length
        )
        parts = (arg if isinstance(arg, Number) else arg._rows.snapshot() for arg in args)
        return cls._made(values, unit, Elementwise(op, tuple(parts)))

    # ---- comparison: a blank is like nothing, larger than nothing and smaller than nothing
    def __eq__(self, other: object) -> Mask:  # type: ignore[override]
        return self._compared(other, operator.eq)

    def __ne__(self, other: object) -> Mask:  # type: ignore[override]
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else ~equal

    def _compared(self, other: Any, compare: Callable[[Any, Any], bool]) -> Mask:
        if isinstance(other, PANDAS):
            return NotImplemented  # type: ignore[no-any-return]
        theirs = self._alike(other) if compare is operator.eq else self._comparable(other)
        return np.array(
            [
                mine is not None and their is not None and compare(mine, their)
                for mine, their in zip(self._exact.tolist(), theirs, strict=True)
            ],
            dtype=bool,
        )

    def _comparable(self, other: Any) -> list[Value]:
        operand = self._operand(other)
        if isinstance(operand, Number):
            comparable(self.unit, operand)
        common_unit((self.unit, operand.unit))
        one_length([len(each) for each in (self, operand) if isinstance(each, type(self))])
        if isinstance(operand, Number):
            return [operand.value] * len(self)
        return list(operand._exact)

    def _alike(self, other: Any) -> list[Value]:
        """Values to be equal to; what is no number, or one of another unit, is like none."""
        if not is_column(other) and not isinstance(other, (list, tuple)):
            return [self._like(other)] * len(self)
        if len(other) != len(self):
            raise ValueError(f"Lengths must match: {len(self)}, {len(other)}")
        if isinstance(other, type(self)) and other.unit == self.unit:
            return list(other._exact)
        return [self._like(each) for each in other]

    def _like(self, other: Any) -> Value:
        if isinstance(other, (float, np.floating)) and not np.isnan(other):
            scalar(other)
        found = number_like(other.item() if isinstance(other, np.integer) else other)
        if found is None:
            return None
        return found.value if found.unit in {"", self.unit} or not self.unit else None


def one_length(lengths: Sequence[int]) -> int:
    """The rows of every column; a `ValueError` where they differ."""
    if len(set(lengths)) > 1:
        raise ValueError(f"各列的行数不同：{'、'.join(map(str, lengths))}")
    return lengths[0]


def missing(given: Any) -> bool:
    """Whether nothing was given; a number without value was, with its reason."""
    return not isinstance(given, Number) and pd.isna(given) is True


def scalar(operand: Any) -> Number:
    """What stands for a number as one; a `TypeError` for floats and for other texts."""
    try:
        return number(operand)
    except ValueError:
        raise TypeError(f"“{operand}”不是数字，不能与数列运算") from None
