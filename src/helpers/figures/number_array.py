"""The array of exact numbers: values, a unit, and one history for all rows."""
# ruff: noqa: ANN401, ARG003, SLF001 - signatures and hooks are those of pandas

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import (
    ExtensionDtype,
    register_extension_dtype,
    take,
)
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_list_like, pandas_dtype

from helpers.figures import column_values
from helpers.figures.column_arithmetic import ColumnArithmetic, missing
from helpers.figures.column_conversions import ColumnConversions
from helpers.figures.column_statistics import ColumnStatistics
from helpers.figures.column_values import Values, stored
from helpers.figures.histories import Given, History, Joined, Labelled, Rows, all_rows, blank
from helpers.figures.number import Number, comparable, number
from helpers.figures.units import TIMES, UnitMismatchError, common_unit


@register_extension_dtype
class NumberDtype(ExtensionDtype):
    """Exact numbers of one unit: `number[万元]`; without one `number`.

    pandas takes it for a kind of float, so that it plots, rounds and writes it like numbers.
    """

    type = Number
    kind = "f"
    na_value = None
    _is_numeric = True
    _metadata = ("unit",)

    def __init__(self, unit: str = "") -> None:
        self.unit = unit

    @property
    def name(self) -> str:  # type: ignore[override]
        """As in `astype("number[万元]")`."""
        return f"number[{self.unit}]" if self.unit else "number"

    @classmethod
    def construct_array_type(cls) -> builtins.type[NumberArray]:
        """The array of such numbers."""
        return NumberArray

    @classmethod
    def construct_from_string(cls, string: str) -> Self:
        """The type of a name; a `TypeError` for any other text, as pandas wants it."""
        if not isinstance(string, str):
            raise TypeError(f"'construct_from_string' expects a string, got {type(string)}")
        found = re.fullmatch(r"number(\[(.+)\])?", string)
        if not found:
            raise TypeError(f"Cannot construct a '{cls.__name__}' from '{string}'")
        return cls(found[2] or "")

    @classmethod
    def of(cls, dtype: Any) -> NumberDtype:
        """A type given by itself or by its name."""
        made = pandas_dtype(dtype)
        if not isinstance(made, NumberDtype):
            raise TypeError(f"{dtype} 不是精确数的类型")
        return made

    def _get_common_dtype(self, dtypes: list[Any]) -> ExtensionDtype | None:
        """Numbers of one unit are one column; others together are objects, each as it is."""
        return self if all(dtype == self for dtype in dtypes) else None


class NumberArray(ColumnConversions, ColumnArithmetic, ColumnStatistics):
    """A column of exact numbers; `column[3]` is the fourth with all that stands behind it."""

    __array_priority__ = 1000

    def __init__(self, values: Values, unit: str, rows: Rows) -> None:
        self._exact, self._dtype, self._rows = values, NumberDtype(unit), rows

    # ---- made
    @classmethod
    def _made(cls, values: Values, unit: str, history: History) -> Self:
        return cls(values, unit, all_rows(history, len(values), unit))

    @classmethod
    def _from_numbers(cls, numbers: list[Number], unit: str) -> Self:
        """Numbers made one by one, in their own unit or in that of the column."""
        unit = common_unit([unit, *(each.unit for each in numbers)])
        numbers = [number(each, unit) for each in numbers]
        return cls._made(stored([each.value for each in numbers]), unit, Given(numbers))

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:
        """Numbers, whole numbers, Decimals, Fractions and texts; what is missing is a blank."""
        unit = None if dtype is None else NumberDtype.of(dtype).unit
        if isinstance(scalars, cls):
            same = scalars.copy() if copy else scalars
            return same if unit is None else same._in(unit)
        made = cls._from_numbers([_number(each, unit or "") for each in scalars], unit or "")
        return made if unit is None else made._in(unit)

    @classmethod
    def _from_scalars(cls, scalars: Any, *, dtype: Any) -> Self:
        """Only numbers: a text that happens to look like one is not parsed back."""
        if not all(each is None or isinstance(each, Number) for each in scalars):
            raise TypeError("not numbers")
        unit = dtype.unit if all(each is None or not each.defined for each in scalars) else ""
        return cls._from_numbers([_number(each, unit) for each in scalars], unit)

    @classmethod
    def _from_sequence_of_strings(cls, strings: Any, *, dtype: Any, copy: bool = False) -> Self:
        """Exact texts, as `to_csv` wrote them."""
        values = [None if pd.isna(text) else column_values.value_in(text) for text in strings]
        return cls._from_sequence(values, dtype=dtype)

    @classmethod
    def _from_factorized(cls, values: Any, original: Self) -> Self:
        return cls._from_sequence(values, dtype=original.dtype)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        values = np.concatenate([part._exact for part in to_concat])
        history = Joined(tuple(part._rows.snapshot() for part in to_concat))
        return cls._made(values, to_concat[0].unit, history)

    # ---- what it holds
    @property
    def dtype(self) -> NumberDtype:
        """`number[unit]`."""
        return self._dtype

    @property
    def unit(self) -> str:
        """The unit of every number of the column."""
        return self._dtype.unit

    @property
    def nbytes(self) -> int:
        """Bytes of the array itself, without the fractions it refers to."""
        return self._exact.nbytes + self._rows.rows.nbytes

    def __len__(self) -> int:
        return len(self._exact)

    def isna(self) -> NDArray[np.bool_]:
        """Which numbers have no value."""
        return column_values.blanks(self._exact)

    def __contains__(self, item: object) -> bool:
        if isinstance(item, Number) and item.value is None:
            return bool(self.isna().any())
        return bool(super().__contains__(item))

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, tuple):
            key = next((each for each in key if each is not Ellipsis), slice(None))
        key = slice(None) if key is Ellipsis else check_array_indexer(self, key)
        if isinstance(key, (int, np.integer)):
            return self._rows(int(key))
        part = type(self)(self._exact[key], self.unit, self._rows.chosen(self._rows.rows[key]))
        part._readonly = self._readonly and isinstance(key, slice)
        return part

    def __setitem__(self, key: Any, value: Any) -> None:
        """Put numbers of their own into rows, to see what would follow; views see them too."""
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        many, rows = is_list_like(value), np.arange(len(self))[check_array_indexer(self, key)]
        if many and rows.ndim == 0:
            raise ValueError("setting an array element with a sequence.")
        rows = np.atleast_1d(rows)
        given = [_number(each, "") for each in (value if many else [value])]
        for each in given:
            comparable(self.unit, each)
        numbers = [number(each, self.unit) for each in given]
        if many and len(numbers) != len(rows):
            raise ValueError(f"cannot set {len(numbers)} numbers to {len(rows)} rows")
        numbers = numbers if many else numbers * len(rows)
        self._exact[rows] = stored([each.value for each in numbers])
        self._rows.put(rows, numbers)

    def copy(self) -> Self:
        """A column of its own: what is put into it is not put into this one."""
        return type(self)(self._exact.copy(), self.unit, self._rows.snapshot())

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        """Rows by position; with `allow_fill`, −1 is a blank, or what `fill_value` says."""
        fill = _number(fill_value, self.unit)
        _fits(self.unit, fill.unit)
        at = self._rows.changes.added(fill) if allow_fill and fill.defined else -1
        values: Any = take(self._exact, indices, allow_fill=allow_fill)
        rows: Any = take(self._rows.rows, indices, allow_fill=allow_fill, fill_value=at)
        values[rows == at] = fill.value
        return type(self)(values, self.unit, self._rows.chosen(rows))

    def labelled(self, label: str, names: Sequence[str] = (), id: str = "") -> Self:
        """Each number named after its row and a label; rows without name are named by `names`."""
        history = Labelled(self._rows.snapshot(), label, names=names, id=id)
        return self._made(self._exact.copy(), self.unit, history)

    def _in(self, unit: str) -> Self:
        if unit in {"", self.unit}:
            return self
        if unit == "%" and self.unit in {"", TIMES}:
            raise UnitMismatchError("比值要乘以 PERCENT 才是百分数")
        if self.unit:
            raise UnitMismatchError(f"单位不同，不能换：{self.unit}、{unit}")
        history = Labelled(self._rows.snapshot(), unit=unit)
        return self._made(self._exact.copy(), unit, history)


def _number(given: Any, unit: str) -> Number:
    """A number of a column, from whatever stands for one; what is missing is a blank."""
    return blank(unit) if missing(given) else number(given, unit)


def _fits(unit: str, other: str) -> None:
    if other and other != unit:
        raise UnitMismatchError(f"单位不同，不能放入这一列：{unit or '无单位'}、{other}")
