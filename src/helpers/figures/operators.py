"""Python's operators for numbers: each is one step of a formula, or a comparison."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

Answer = TypeVar("Answer")


class Operators(Generic[Answer]):
    """The operators, in terms of one step and one comparison, whose answer is of a kind."""

    def _with(self, op: str, other: object, *, turned: bool = False) -> Self:
        """The result of an operation with another operand, which stands first if `turned`."""
        raise NotImplementedError

    def _compared(self, other: object, compare: Callable[[Any, Any], bool]) -> Answer:
        """Whether a comparison with another operand holds."""
        raise NotImplementedError

    def __add__(self, other: object) -> Self:
        return self._with("+", other)

    def __radd__(self, other: object) -> Self:
        return self._with("+", other, turned=True)

    def __sub__(self, other: object) -> Self:
        return self._with("-", other)

    def __rsub__(self, other: object) -> Self:
        return self._with("-", other, turned=True)

    def __mul__(self, other: object) -> Self:
        return self._with("*", other)

    def __rmul__(self, other: object) -> Self:
        return self._with("*", other, turned=True)

    def __truediv__(self, other: object) -> Self:
        return self._with("/", other)

    def __rtruediv__(self, other: object) -> Self:
        return self._with("/", other, turned=True)

    def __lt__(self, other: object) -> Answer:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> Answer:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> Answer:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> Answer:
        return self._compared(other, operator.ge)
