"""What a column of exact numbers becomes: sorted, counted, written, drawn; a float only for ink."""
# ruff: noqa: ANN401, ARG002, FBT001, FBT002 - signatures and hooks are those of pandas

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import no_default
from pandas.api.types import pandas_dtype

from helpers.figures import column_values
from helpers.figures.column_base import ColumnBase
from helpers.figures.column_ink import register_with_matplotlib
from helpers.figures.column_values import Values, stored
from helpers.figures.number import InexactNumberError

INK = "float"
"""How pandas' plotting, and it alone, asks for floats; what computes asks for a type."""


class ColumnConversions(ColumnBase):
    """The half of `NumberArray` that sorts, counts, writes and draws."""

    # ---- in order, and each value once
    def _values_for_argsort(self) -> NDArray[Any]:
        return column_values.sort_keys(self._exact)

    def _values_for_factorize(self) -> tuple[Values, None]:
        return self._exact, None

    def factorize(self, use_na_sentinel: bool = True) -> tuple[NDArray[np.intp], Self]:
        """Codes, and for each the first number that has its value."""
        codes, _ = pd.factorize(self._exact, use_na_sentinel=use_na_sentinel)
        found, first = np.unique(codes, return_index=True)
        return codes, self.take(first[found >= 0])

    def unique(self) -> Self:
        """The first number of every value."""
        return self.factorize(use_na_sentinel=False)[1]

    def value_counts(self, dropna: bool = True) -> pd.Series:
        """How often each value stands there."""
        codes, uniques = self.factorize(use_na_sentinel=dropna)
        counts = np.bincount(codes[codes >= 0], minlength=len(uniques))
        return pd.Series(counts, index=pd.Index(uniques), name="count")

    # ---- as something else
    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """The numbers as objects; floats are refused."""
        if copy is False:
            raise ValueError("Unable to avoid copy while creating an array as requested.")
        register_with_matplotlib()
        if dtype is not None and np.dtype(dtype).kind in "iufc":
            raise _no_machine_numbers(dtype)
        if dtype is not None and np.dtype(dtype).kind == "U":
            return np.array(self.texts(), dtype=dtype)
        numbers = stored(list(self))
        return numbers if dtype is None else numbers.astype(dtype)

    def to_numpy(
        self, dtype: Any = None, copy: bool = False, na_value: Any = no_default
    ) -> NDArray[Any]:
        """The numbers as objects; asked for `"float"`, as plotting does, the ink."""
        if isinstance(dtype, str) and dtype == INK:
            return self.inks()
        if dtype is None and isinstance(na_value, float):
            raise InexactNumberError(
                "精确数不写成浮点数", hint="写文件时换引号，先 column.astype(str)"
            )
        numbers = np.asarray(self, dtype=dtype)
        if na_value is not no_default:
            numbers[self.isna()] = na_value
        return numbers

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """Numbers of another unit, if they have none; texts in full; objects; never floats."""
        dtype = pandas_dtype(dtype)
        if dtype == self.dtype:
            return self.copy() if copy else self
        if isinstance(dtype, type(self.dtype)):
            return self._in(dtype.unit)  # type: ignore[attr-defined]
        if isinstance(dtype, pd.StringDtype):
            texts = stored(self.texts())
            texts[self.isna()] = None
            return pd.array(texts, dtype=dtype)
        if dtype.kind in "iufc":
            raise _no_machine_numbers(dtype)
        return super().astype(dtype, copy=copy)

    def inks(self) -> NDArray[np.float64]:
        """Floats to place ink by; a blank is not-a-number."""
        return column_values.inks_of(self._exact)

    def texts(self) -> list[str]:
        """The values in full: finite decimals or `p/q`; a blank is empty."""
        return column_values.texts_of(self._exact, self.unit)

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str]:
        return (lambda shown: shown.display) if boxed else repr

    def _values_for_json(self) -> Values:
        """Texts in full, as a float would not be."""
        texts = stored(self.texts())
        texts[self.isna()] = None
        return texts


def _no_machine_numbers(dtype: Any) -> InexactNumberError:
    return InexactNumberError(
        f"数列是精确数，不转成 {dtype}", hint="只有画图才用浮点数：inks(…)；写文件用 astype(str)"
    )
