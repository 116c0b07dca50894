"""The operations of formulas on values and on units: what a browser does again."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from helpers.figures.exact import round_to
from helpers.figures.units import common_unit, product_unit

OPERATIONS: Mapping[str, Callable[..., Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "sum": lambda first, *rest: sum(rest, first),
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "mean": lambda *values: sum(values, Fraction(0)) / len(values),
    "round": lambda value, decimals: Fraction(round_to(value, int(decimals))),
    "floor": lambda value: Fraction(math.floor(value)),
    "ceil": lambda value: Fraction(math.ceil(value)),
}
"""What each operation does with the values of its operands."""

KEEPING = frozenset({"+", "-", "sum", "min", "max", "mean"})
"""Operations whose result has the unit of their operands, and as many digits as they show."""

ROUNDERS = frozenset({"round", "floor", "ceil"})
"""Operations that give a number near to their first operand, in its unit."""


def result_unit(op: str, units: Sequence[str]) -> str:
    """The unit of an operation's result; raises `UnitMismatchError` for 万元 + 人."""
    if op in KEEPING:
        return common_unit(units)
    if op in ROUNDERS:
        return units[0]
    return product_unit(units[0], units[1], divided=op == "/")
