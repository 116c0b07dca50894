"""Questions about cells and numbers that formulas count: each answers 1, 0 or nothing.

An answer keeps its operands, so that a page works it out anew from the cells and counts
are recomputed like sums. What is blank answers nothing, and does not hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from helpers.figures.cell import Cell
from helpers.figures.number import Number

QUESTIONS = frozenset({"is", "filled", "given", "=", ">=", "and", "not", "count", "rows"})
"""The operations of formulas that ask something or count answers."""


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
    if left.value is None or right.value is None:
        return _answer(">=", None, (left, right))
    return _answer(">=", left.value >= right.value, (left, right))


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
