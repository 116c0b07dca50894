"""Questions about cells and numbers that formulas count: each answers 1, 0 or nothing.

An answer keeps its operands, so that a page works it out anew from the cells and counts
are recomputed like sums. What is blank answers nothing, and does not hold.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from helpers.figures.cell import Cell
from helpers.figures.number import Number, comparable
from helpers.figures.units import common_unit

COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}
"""What two numbers are asked, by the sign that asks it."""

QUESTIONS = frozenset(
    {"is", "filled", "given", "=", *COMPARISONS, "and", "not", "count", "rows", "first"}
)
"""The operations of formulas that ask something, count answers or choose by them."""


def text_in(cell: Cell) -> Number:
    """A cell taken for its text; it has no value."""
    return Number(None, cell=cell, words=cell.text)


def reads(text: Number, *wanted: str) -> Number:
    """Whether the text of a cell is one of some; nothing where it is blank."""
    words = map(_word, wanted)
    return _answer("is", text.words in wanted if text.words else None, (text, *words))


@cache
def _word(text: str) -> Number:
    return Number(None, words=text)


def filled(text: Number) -> Number:
    """Whether a cell has a text."""
    return _answer("filled", bool(text.words), (text,))


def given(part: Number) -> Number:
    """Whether a number has a value, or a question an answer."""
    return _answer("given", part.defined, (part,))


def alike(left: Number, right: Number) -> Number:
    """Whether two numbers have the same value, or neither has one."""
    return _answer("=", left.value == right.value, (left, right))


def at_least(left: Number, right: Number) -> Number:
    """Whether a number is as large as another, or larger; nothing where one has no value."""
    return compared(">=", left, right)


def compared(sign: str, left: Number, right: Number) -> Number:
    """Whether two numbers compare so; nothing where one has no value.

    Raises `UnitMismatchError` for numbers of different units.
    """
    if left.value is None or right.value is None:
        return _answer(sign, None, (left, right))
    comparable(left.unit, right)
    return _answer(sign, COMPARISONS[sign](left.value, right.value), (left, right))


def first_of(cases: Sequence[tuple[Number, Number]]) -> Number:
    """The number that stands with the first answer that holds; none where no answer does."""
    args = tuple(part for case in cases for part in case)
    unit, decimals = common_unit(then.unit for _, then in cases), max(n.decimals for _, n in cases)
    then = next((then for answer, then in cases if answer.value), None)
    if then is not None:
        return Number(then.value, unit, op="first", args=args, decimals=decimals)
    return Number(None, unit, op="first", args=args, reason="不在各档之内", lack="undefined")


def both(*answers: Number) -> Number:
    """Whether all hold."""
    return _answer("and", all(answer.value for answer in answers), answers)


def no(answer: Number) -> Number:
    """Whether it does not hold."""
    return _answer("not", not answer.value, (answer,))


def how_many(answers: Sequence[Number]) -> Number:
    """How many hold."""
    holding = sum(bool(answer.value) for answer in answers)
    return Number(Fraction(holding), op="count", args=tuple(answers), decimals=0)


def rows(cells: Sequence[Number]) -> Number:
    """How many rows there are, each shown by one of its cells."""
    return Number(Fraction(len(cells)), op="rows", args=tuple(cells), decimals=0)


def _answer(op: str, holds: bool | None, args: tuple[Number, ...]) -> Number:  # noqa: FBT001 - the answer itself
    return Number(None if holds is None else Fraction(holds), op=op, args=args, decimals=0)
