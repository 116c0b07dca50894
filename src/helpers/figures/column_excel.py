"""Exact numbers in the workbooks pandas writes: numbers Excel adds up, shown as on the page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
from pandas.io.excel import register_writer  # type: ignore[attr-defined] # no types
from pandas.io.excel._openpyxl import (  # type: ignore[import-not-found] # no types
    OpenpyxlWriter,  # what `register_writer` is to be given a kind of
)

from helpers.figures.number import Number

EXCEL_DIGITS = 15
"""Digits of a number that Excel keeps; one with more is written as text, in full."""


class ExactWriter(OpenpyxlWriter):  # type: ignore[misc] # pandas ships no types for it
    """pandas' writer of workbooks, which would write a number as its rounded text."""

    def _value_with_fmt(self, val: Any) -> tuple[Any, str | None]:  # noqa: ANN401 - any cell
        if not isinstance(val, Number):
            value, form = super()._value_with_fmt(val)
            return value, form
        digits = val.exact.strip("-").replace(".", "").strip("0")
        if "/" in digits or len(digits) > EXCEL_DIGITS or (not digits and not val.defined):
            return val.exact, None
        point = f".{'0' * val.decimals}" if val.decimals else ""
        return Decimal(val.exact), f"#,##0{point}" + ('"%"' if val.unit == "%" else "")


def register_with_pandas() -> None:
    """Have every workbook pandas writes keep exact numbers exact, unless told another engine."""
    register_writer(ExactWriter)
    pd.set_option("io.excel.xlsx.writer", "openpyxl")
