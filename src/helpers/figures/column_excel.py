"""Exact numbers in the workbooks pandas writes: numbers Excel adds up, shown as on the page."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from pandas.io.excel import register_writer  # type: ignore[attr-defined] # no types
from pandas.io.excel._openpyxl import OpenpyxlWriter  # type: ignore[import-not-found] # no types
from pandas.io.excel._xlsxwriter import XlsxWriter  # type: ignore[import-not-found] # no types

from helpers.figures.number import Number

EXCEL_DIGITS = 15
"""Digits of a number that Excel keeps; what has more is rounded to as many, as Excel would."""


class _Exact:
    """For pandas' writers of workbooks, which would write a number as its rounded text.

    A percentage becomes one of Excel's, and what has no value an empty cell.
    """

    def _value_with_fmt(self, val: Any) -> tuple[Any, str | None]:  # noqa: ANN401 - any cell
        if not isinstance(val, Number):
            value, form = super()._value_with_fmt(val)  # type: ignore[misc] # a writer's
            return value, form
        if val.value is None:
            return None, None
        percent = val.unit == "%"
        kept = Context(prec=EXCEL_DIGITS, rounding=ROUND_HALF_UP)
        below = Decimal(val.value.denominator * (100 if percent else 1))
        point = f".{'0' * val.decimals}" if val.decimals else ""
        form = f"0{point}%" if percent else f"#,##0{point}"
        return kept.divide(Decimal(val.value.numerator), below), form


class ExactOpenpyxl(_Exact, OpenpyxlWriter):  # type: ignore[misc] # pandas ships no types for it
    """By openpyxl."""


class ExactXlsxWriter(_Exact, XlsxWriter):  # type: ignore[misc] # as above
    """By XlsxWriter, where it is installed."""


def register_with_pandas() -> None:
    """Have every workbook pandas writes keep exact numbers exact."""
    register_writer(ExactOpenpyxl)
    register_writer(ExactXlsxWriter)
