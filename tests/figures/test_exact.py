"""Exact numbers: read, written out, rounded once."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.exact import exact_text, grouped, parse, printed_decimals, round_to

DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("23187.018390", Fraction(2318701839, 100000)),
        ("23,187.02", Fraction(2318702, 100)),
        ("-0.5", Fraction(-1, 2)),
        ("+7", Fraction(7)),
    ],
)
def test_a_plain_decimal_is_read_exactly(text: str, value: Fraction) -> None:
    """Digits, one point, a sign and thousands commas are all a number may hold."""
    assert parse(text) == value


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1e3", "1,23", "1,2345", "１２３", "12.", ".5", "NaN", "Infinity", "—", "3%", "٣"],
)
def test_anything_but_a_plain_decimal_is_refused(text: str) -> None:
    """Other digits, exponents, units and misplaced commas are never guessed at."""
    with pytest.raises(ValueError, match=r".*"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("0.125", "0.13"),
        ("2.675", "2.68"),
        ("1.005", "1.01"),
        ("-0.125", "-0.13"),
        ("0.1249", "0.12"),
    ],
)
def test_a_tie_is_rounded_away_from_zero(text: str, printed: str) -> None:
    """Half-up, whatever a float or banker's rounding would say."""
    assert round_to(parse(text), 2) == Decimal(printed)


@given(DECIMALS, st.integers(0, 6))
def test_rounding_agrees_with_decimal_arithmetic(value: Decimal, decimals: int) -> None:
    """The three ways of rounding are those of the decimal module."""
    step = Decimal(1).scaleb(-decimals)
    exact = Fraction(value)
    assert round_to(exact, decimals) == value.quantize(step, ROUND_HALF_UP)
    assert round_to(exact, decimals, "down") == value.quantize(step, ROUND_FLOOR)
    assert round_to(exact, decimals, "up") == value.quantize(step, ROUND_CEILING)


@given(st.fractions(max_denominator=10**9))
def test_what_is_written_out_is_the_whole_value(value: Fraction) -> None:
    """A finite decimal or p/q, from which the value comes back."""
    text = exact_text(value)
    assert Fraction(text) == value
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    assert ("/" in text) == (rest != 1)


def test_money_is_written_to_the_fen() -> None:
    """万元 keeps six decimals, even where the last are zeros."""
    assert exact_text(parse("23187.01839"), 6) == "23187.018390"


def test_a_ratio_without_end_is_written_as_a_fraction() -> None:
    """One third has no finite decimal."""
    assert exact_text(Fraction(1, 3)) == "1/3"


def test_thousands_are_grouped_and_minus_is_a_minus() -> None:
    """Print has commas and U+2212."""
    assert grouped(Decimal("-23187.02")) == "\u221223,187.02"


def test_the_decimals_of_a_printed_figure_are_counted() -> None:
    """With or without its percent sign."""
    assert [printed_decimals(text) for text in ("99.63%", "11.4", "95")] == [2, 1, 0]
