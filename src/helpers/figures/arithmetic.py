"""Arithmetic on whatever an analyst has: numbers, texts of decimals, whole numbers, columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import wraps
from inspect import signature
from itertools import zip_longest
from typing import Protocol, cast

from helpers.figures.number import Column, Number, combined, is_column, number
from helpers.figures.units import TIMES, common_unit

Operand = Number | Fraction | Decimal | int | str
"""What stands for one number; a text is that of a plain decimal, and may end in `%`."""


POINTS = "个百分点"


class Ratio(Protocol):
    """A function of the shared set: numbers in, a number out; with a column in, a column out."""

    __name__: str

    def __call__(self, *operands: Operand, **settings: int | None) -> Number:
        """What comes of the operands, in their order."""


def ratio(
    label: str = "", *, unit: str = "", units: Mapping[str, str] | None = None
) -> Callable[[Callable[..., Number]], Ratio]:
    """Make plain arithmetic take every kind of operand, and name what comes of it in `unit`.

    `units` are those of single parameters; the other operands of a function that answers in
    % must be of one unit. A bare operand is taken to be of the unit it should have, any
    other raises `UnitMismatchError`.
    """
    of_parameter = units or {}

    def made(function: Callable[..., Number]) -> Ratio:
        names = list(signature(function).parameters)

        @wraps(function)
        def called(*operands: object, **settings: int | None) -> Number | Column:
            taken = [each if is_column(each) else number(each) for each in operands]
            named = list(zip_longest(names[: len(taken)], taken))
            others = [_unit(each) for name, each in named if name not in of_parameter]
            common = common_unit(others) if unit == "%" else ""
            ready = [_in(each, of_parameter.get(name, common)) for name, each in named]
            return _named(function(*ready, **settings), label, unit)

        return cast("Ratio", called)

    return made


def _in(operand: Number | Column, unit: str) -> Number | Column:
    """An operand in the unit it should have, which a bare one is taken to be in."""
    common_unit((_unit(operand), unit) if unit else ())
    if not unit or _unit(operand) == unit:
        return operand
    if isinstance(operand, Number):
        return number(operand, unit)
    from helpers.figures.columns import in_unit  # pandas is slow to import

    return cast("Column", in_unit(operand, unit))


def _unit(operand: Number | Column) -> str:
    """Its unit; what is no column of ours has none, and is refused by arithmetic."""
    of = operand if isinstance(operand, Number) else operand.dtype
    return str(getattr(of, "unit", ""))


def _named(result: Number | Column, label: str, unit: str) -> Number | Column:
    if unit:
        common_unit((_unit(result).replace(TIMES, ""), unit))
    if isinstance(result, Number):
        if not label and unit in {"", result.unit}:
            return result
        return result.named(label or result.label, unit=unit or result.unit)
    from helpers.figures.columns import in_unit, labelled  # pandas is slow to import

    made = in_unit(result, unit) if unit and _unit(result) != unit else result
    return labelled(made, label) if label else made


def in_points(difference: object) -> Number:
    """The difference of two rates as what it is, percentage points; any other as it is."""
    if not isinstance(difference, Number):
        from helpers.figures.columns import in_unit, unit_of  # pandas is slow to import

        of_rates = unit_of(difference) == "%"
        return cast("Number", in_unit(difference, POINTS) if of_rates else difference)
    return difference.named(difference.label, unit=POINTS) if difference.unit == "%" else difference


def total(*args: object) -> Number:
    """Sum of one or more numbers; of columns, row by row, a column."""
    return _applied("sum", args)


def smaller(*args: object) -> Number:
    """Smallest of one or more numbers; of columns, row by row, a column."""
    return _applied("min", args)


def larger(*args: object) -> Number:
    """Largest of one or more numbers; of columns, row by row, a column."""
    return _applied("max", args)


def rounded(operand: object, decimals: int) -> Number:
    """Rounded half-up to so many digits, where a rule rounds before going on."""
    return _applied("round", (operand, decimals))


def _applied(op: str, args: Sequence[object]) -> Number:
    if any(map(is_column, args)):
        from helpers.figures.columns import row_by_row  # pandas is slow to import

        return cast("Number", row_by_row(op, args))
    return combined(op, [number(arg) for arg in args])
