"""What a printed figure stands for: every value within half a unit of its last digit."""

from __future__ import annotations

from fractions import Fraction

from helpers.expressions import Name, Number, Operation, evaluate
from helpers.facts import Fact

AGREES, DIFFERS, UNKNOWN = "一致", "不一致", "资料不足，无法复核"


def ends(printed: Fact) -> tuple[Operation, Operation]:
    """Trees of the lower and the upper end of the closed interval a printed figure stands for."""
    half = Number(Fraction(1, 2 * 10**printed.decimals))
    return Name(printed.id) - half, Name(printed.id) + half


def verdict(printed: Fact, computed: Fact) -> str:
    """Judge a printed figure against the exact one: 一致, 不一致, or 资料不足，无法复核."""
    if not (printed.defined and computed.defined):
        return UNKNOWN
    low, high = (evaluate(end, {printed.id: printed.number}) for end in ends(printed))
    assert isinstance(low, Fraction)
    assert isinstance(high, Fraction)
    return AGREES if low <= computed.number <= high else DIFFERS
