"""Exact numbers between text and print: parse, write out, round once for display.

Numbers are `fractions.Fraction`, so that no ratio loses a digit. Nothing here, and
nothing that feeds a printed figure, ever goes through a float.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from unicodedata import normalize

Rounding = Literal["half_up", "down", "up"]

WAN = "万元"
"""The unit of every amount of money."""

LONGEST = 40
"""Digits of a number; no amount of money has more, and arithmetic on thousands would hang."""

PLAIN_NUMBER = re.compile(r"[-+]?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?")


def parse(text: str) -> Fraction:
    """Read a plain decimal such as `23187.018390` or `23,187.02`, exactly.

    Raises `ValueError` for anything else: other scripts' digits, exponents, blanks,
    units, commas that do not group by three, more digits than any amount has.
    """
    if len(text) > LONGEST or not text.isascii() or not PLAIN_NUMBER.fullmatch(text):
        raise ValueError(text)
    whole, _, part = text.replace(",", "").partition(".")
    return Fraction(int(whole + part), 10 ** len(part))


def is_plain(text: str) -> bool:
    """Whether `parse` reads a text as it stands, its percent sign aside."""
    return text.isascii() and bool(PLAIN_NUMBER.fullmatch(text.removesuffix("%")))


def printed_decimals(text: str) -> int:
    """Count the digits after the point in a number as it was printed, also in wide characters."""
    found = re.search(r"\.(\d+)", normalize("NFKC", text))
    return len(found[1]) if found else 0


def exact_text(value: Fraction, least_decimals: int = 0) -> str:
    """Write a value out wholly: a finite decimal if it is one, else a reduced `p/q`.

    A finite decimal is padded to `least_decimals`, as money in 万元 is to six (one 分).
    """
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    decimals = max(twos, fives, least_decimals)
    return _fixed(value.numerator * 10**decimals // value.denominator, decimals)


def round_to(value: Fraction, decimals: int, rounding: Rounding = "half_up") -> Decimal:
    """Round to `decimals` digits; the result is what stands on the page.

    `half_up` takes a tie away from zero (0.125 → 0.13, −0.125 → −0.13). `down` and `up`
    round towards minus and plus infinity: the outward ends of an interval. Raises
    `ValueError` for digits before the point.
    """
    if decimals < 0:
        raise ValueError("位数不能为负")
    scaled = value * 10**decimals
    floor = scaled.numerator // scaled.denominator
    if rounding == "half_up":
        half_up = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
        digits = half_up if scaled >= 0 else -half_up
    else:
        digits = floor if rounding == "down" or scaled == floor else floor + 1
    return Decimal(_fixed(digits, decimals))


def grouped(value: Decimal) -> str:
    """Print a rounded value with its thousands grouped and a true minus sign."""
    return f"{value:,f}".replace("-", "\u2212")


def _fixed(digits: int, decimals: int) -> str:
    """Put the decimal point into a whole number of last digits."""
    sign, text = ("-" if digits < 0 else ""), f"{abs(digits):0{decimals + 1}d}"
    return f"{sign}{text[:-decimals]}.{text[-decimals:]}" if decimals else f"{sign}{text}"
