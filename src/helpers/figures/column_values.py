"""The values of a column worked out: exact fractions in lists, `None` where there is no value."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.figures.exact import WAN, exact_text, parse
from helpers.figures.histories import MEDIAN, RowNumbers, middle
from helpers.figures.number import DECIMALS_TO_THE_FEN
from helpers.figures.operations import OPERATIONS

Value = Fraction | None
Values = NDArray[np.object_]


def stored(values: Sequence[Any]) -> Values:
    """An array of objects, as they are."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def blanks(values: Iterable[Value]) -> NDArray[np.bool_]:
    """Which have no value."""
    return np.array([value is None for value in values], dtype=bool)


def worked_out(op: str, args: Sequence[Values | Value], length: int) -> Values:
    """An operation row by row; an operand is a column's values, or one for all rows."""
    calculate = OPERATIONS[op]
    columns = [arg.tolist() if isinstance(arg, np.ndarray) else [arg] * length for arg in args]
    if op not in {"round", "sum", "mean"}:  # all but these work on fractions as they stand
        try:
            return stored(list(map(calculate, *columns)))
        except (TypeError, ZeroDivisionError):  # a blank or a zero divisor: row by row
            pass
    rows = zip(*columns, strict=True)
    return stored([_worked_out(op, calculate, row) for row in rows])


def _worked_out(op: str, calculate: Callable[..., Fraction | int], row: tuple[Value, ...]) -> Value:
    if any(value is None for value in row) or (op == "/" and not row[1]):
        return None
    return Fraction(calculate(*row))


def summed(values: Iterable[Fraction]) -> Fraction:
    """The exact sum; numbers of one denominator are added as whole numbers."""
    numerators: dict[int, int] = {}
    for value in values:
        below = value.denominator
        numerators[below] = numerators.get(below, 0) + value.numerator
    return sum((Fraction(above, below) for below, above in numerators.items()), Fraction(0))


STATISTICS: dict[str, Callable[[list[Fraction]], Fraction]] = {
    "sum": summed,
    "min": min,
    "max": max,
    "mean": lambda values: summed(values) / len(values),
    MEDIAN: middle,
}
"""What is known of many rows exactly."""


def grouped(op: str, values: Values, groups: Iterable[RowNumbers]) -> Values:
    """A statistic of every group; no value where a row has none, or there is nothing but a sum."""
    calculate = STATISTICS[op]

    def of(group: list[Any]) -> Value:
        if not group:
            return Fraction(0) if op == "sum" else None
        return None if any(value is None for value in group) else calculate(group)

    return stored([of(values[rows].tolist()) for rows in groups])


RUNNING: dict[str, tuple[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "cumsum": ("sum", operator.add),
    "cummin": ("min", min),
    "cummax": ("max", max),
}
"""What is known of the rows so far: the statistic, and its step."""


def running(name: str, values: Iterable[Value]) -> Iterator[Value]:
    """A statistic of the rows so far; after a blank there is none."""
    step, so_far, begun = RUNNING[name][1], None, False
    for value in values:
        if begun:
            so_far = None if so_far is None or value is None else step(so_far, value)
        else:
            so_far, begun = value, True
        yield so_far


def inks_of(values: Iterable[Value]) -> NDArray[np.float64]:
    """Correctly rounded floats, to place ink by; not-a-number where there is no value."""
    return np.array(
        [np.nan if value is None else value.numerator / value.denominator for value in values],
        dtype=np.float64,
    )


def sort_keys(values: Values) -> NDArray[Any]:
    """Machine numbers in the exact order of the values.

    Rounding keeps an order or makes it a tie, so floats will do unless they tie what differs.
    """
    keys = inks_of(values)
    order = np.argsort(keys, kind="stable")
    ties = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    if all(values[order[at]] == values[order[at + 1]] for at in ties):
        return keys
    ranks = {value: rank for rank, value in enumerate(sorted(set(values) - {None}))}
    return np.array([ranks.get(value, -1) for value in values], dtype=np.int64)


def texts_of(values: Iterable[Value], unit: str) -> list[str]:
    """The values in full, as files hold them: finite decimals or `p/q`; a blank is empty."""
    decimals = DECIMALS_TO_THE_FEN if unit == WAN else 0
    return ["" if value is None else exact_text(value, decimals) for value in values]


def value_in(text: str) -> Value:
    """What `texts_of` wrote; raises `ValueError` for anything else."""
    above, slash, below = text.strip().removesuffix("%").partition("/")
    if not above and not slash:
        return None
    return parse(above) / parse(below) if slash else parse(above)
