"""pandas' own test suite for extension arrays, run on columns of exact numbers."""
# ruff: noqa: ANN001, ANN401, ARG002, D102, D103, FBT001, SLF001 - names and signatures are those of the suite

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from pandas.tests.extension import base
from pandas.tests.extension.conftest import *  # noqa: F403 - pandas' fixtures, by their names

from helpers.figures.column_values import RUNNING, STATISTICS
from helpers.figures.columns import NumberArray, NumberDtype, inks
from helpers.figures.number import InexactNumberError, Number

OPERATORS = ("add", "sub", "mul", "truediv")

UNLIKE = "a number without value is not even like itself"
NOT_OURS = {
    "test_from_dtype": "pandas takes a list of dataclasses for records, one column for each field",
    "test_groupby_apply_identity": UNLIKE,
    "test_value_counts[data_missing-False]": UNLIKE,
    **{
        f"test_unstack[{kind}-index{index}]": "what is missing is a number without value, not a NaN"
        for kind in ("series", "frame")
        for index in (1, 2, 3)
    },
}
"""Tests of pandas' suite that do not hold for exact numbers, and why."""


def column(*numbers: int | None) -> NumberArray:
    """A column of whole numbers and blanks."""
    return NumberArray._from_sequence(numbers, dtype=NumberDtype())


@pytest.fixture
def dtype() -> NumberDtype:
    return NumberDtype()


@pytest.fixture
def data() -> NumberArray:
    return column(*range(1, 11))


@pytest.fixture
def data_for_twos() -> NumberArray:
    return column(*[2] * 10)


@pytest.fixture
def data_missing() -> NumberArray:
    return column(None, 1)


@pytest.fixture
def data_for_sorting() -> NumberArray:
    return column(1, 2, 0)


@pytest.fixture
def data_missing_for_sorting() -> NumberArray:
    return column(1, None, 0)


@pytest.fixture
def data_for_grouping() -> NumberArray:
    return column(1, 1, None, None, 0, 0, 1, 2)


@pytest.fixture
def na_cmp() -> Callable[[Any, Any], bool]:
    return lambda left, right: _blank(left) and _blank(right)


def _blank(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, Number) and not value.defined)


class TestNumberArray(base.ExtensionTests):
    """The whole suite, but for what is listed."""

    @pytest.fixture(autouse=True)
    def _ours(self, request: pytest.FixtureRequest) -> None:
        for name in (request.node.name, request.node.function.__name__):
            if name in NOT_OURS:
                pytest.skip(NOT_OURS[name])

    def _get_expected_exception(self, op_name: str, obj: Any, other: Any) -> Any:
        return None if op_name.strip("_").removeprefix("r") in OPERATORS else TypeError

    def _supports_reduction(self, ser: pd.Series, op_name: str) -> bool:
        return op_name in {*STATISTICS, "count"}

    def _supports_accumulation(self, ser: pd.Series, op_name: str) -> bool:
        return op_name in RUNNING

    def check_reduce(self, ser: pd.Series, op_name: str, skipna: bool) -> None:
        expected = getattr(pd.Series(inks(ser)), op_name)()
        assert getattr(ser, op_name)(
            **({} if op_name == "count" else {"skipna": skipna})
        ) == Fraction(expected)

    def check_accumulate(self, ser: pd.Series, op_name: str, skipna: bool) -> None:
        expected = getattr(pd.Series(inks(ser)), op_name)()
        assert list(getattr(ser, op_name)(skipna=skipna)) == [Fraction(ink) for ink in expected]

    @pytest.mark.parametrize("skipna", [True, False])
    def test_reduce_series_boolean(self, data, all_boolean_reductions, skipna) -> None:
        with pytest.raises(InexactNumberError, match="没有"):
            getattr(pd.Series(data), all_boolean_reductions)(skipna=skipna)

    @pytest.mark.parametrize("skipna", [True, False])
    def test_reduce_series_numeric(self, data, all_numeric_reductions, skipna) -> None:
        if self._supports_reduction(pd.Series(data), all_numeric_reductions):
            self.check_reduce(pd.Series(data), all_numeric_reductions, skipna)
        else:
            with pytest.raises(InexactNumberError, match="没有"):
                getattr(pd.Series(data), all_numeric_reductions)(skipna=skipna)


def test_what_is_left_out_exists() -> None:
    """A name that pandas dropped is dropped here."""
    assert all(hasattr(base.ExtensionTests, name.partition("[")[0]) for name in NOT_OURS)
