"""Printed figures as intervals: what one stands for, and whether it can be right.

A printed figure stands for the closed interval of half a unit of its last digit to either
side. Two figures agree if their intervals meet, be it at one point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from helpers.figures import exact
from helpers.figures.exact import grouped, round_to
from helpers.figures.formulas import figures_in
from helpers.figures.number import Number
from helpers.figures.operations import OPERATIONS, ROUNDERS

CONSISTENT, ROUNDING, INCONSISTENT = "consistent", "rounding", "inconsistent"
VERDICTS = {CONSISTENT: "一致", ROUNDING: "尾差", INCONSISTENT: "不一致"}
UNKNOWN = "资料不足，无法复核"
CUT_OFF = "疑似截位"


@dataclass(frozen=True)
class Interval:
    """All values from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    def meets(self, other: Interval) -> bool:
        """Whether the two have a point in common."""
        return self.low <= other.high and other.low <= self.high


def interval(value: Fraction, decimals: int) -> Interval:
    """What a figure printed with so many decimals stands for."""
    half = Fraction(1, 2 * 10**decimals)
    return Interval(value - half, value + half)


def point(value: Fraction) -> Interval:
    """An exact value as an interval."""
    return Interval(value, value)


def read_printed(text: str) -> Interval:
    """What a figure stands for as it was printed; raises `ValueError` if it is no number."""
    return interval(exact.parse(text), exact.printed_decimals(text))


def ends(printed: Number) -> tuple[Number, Number]:
    """The lower and the upper end of what a printed number stands for."""
    half = Fraction(1, 2 * 10**printed.decimals)
    return printed - half, printed + half


def span(computed: Number, spans: Mapping[str, Interval]) -> Interval | None:
    """Every value a number can take when its inputs range over intervals; None if unbounded.

    Interval arithmetic is exact where an input occurs once. Inputs that occur more often are
    held at each end in turn: our formulas are monotone in each, so the ends bound them.
    """
    if not computed.op:
        return _span_of(computed, spans)
    listed = list(_occurring(computed))
    repeated = sorted({id for id in listed if listed.count(id) > 1})
    ranges: list[Interval] = []
    for corner in product(*((spans[id].low, spans[id].high) for id in repeated)):
        held = dict(spans) | {id: point(end) for id, end in zip(repeated, corner, strict=True)}
        found = _span(computed.op, computed.args, held)
        if found is None:
            return None
        ranges.append(found)
    return Interval(min(each.low for each in ranges), max(each.high for each in ranges))


def _occurring(part: Number) -> Iterator[str]:
    for arg in part.args:
        if arg.id:
            yield arg.id
        else:
            yield from _occurring(arg)


def _span_of(part: Number, spans: Mapping[str, Interval]) -> Interval | None:
    if part.id:
        return spans[part.id]
    return _span(part.op, part.args, spans) if part.op else point(part.known)


def _span(op: str, args: Sequence[Number], spans: Mapping[str, Interval]) -> Interval | None:
    ranges = [_span_of(arg, spans) for arg in args]
    known = [each for each in ranges if each is not None]
    if len(known) < len(ranges):
        return None
    operation = OPERATIONS[op]
    if op in {"sum", "min", "max", *ROUNDERS}:
        low = operation(*(each.low for each in known))
        return Interval(Fraction(low), Fraction(operation(*(each.high for each in known))))
    left, right = known
    if op == "/" and right.low <= 0 <= right.high:
        return None
    corners = [
        Fraction(operation(a, b))
        for a, b in product((left.low, left.high), (right.low, right.high))
    ]
    return Interval(min(corners), max(corners))


@dataclass(frozen=True)
class Judgement:
    """A verdict on a printed figure, what it should have been, and why."""

    verdict: str
    recomputed: str
    reason: str

    @property
    def words(self) -> str:
        """The verdict as the page says it."""
        return VERDICTS.get(self.verdict, self.verdict)


def judge(
    computed: Number, spans: Mapping[str, Interval], published: Fraction, decimals: int
) -> Judgement:
    """Judge a printed figure by the number computed from the printed inputs it should come from.

    `spans` are what those inputs stand for, by their ids. Of what is `unsigned` the minus of a
    fall may have been left to a word such as 下降; a minus that was printed always counts.
    """
    if computed.value is None:
        return Judgement(INCONSISTENT, "", f"{computed.reason}，比率没有意义")
    left_out = computed.unsigned and published > 0
    figures = {published, -published} if left_out else {published}
    rounded = round_to(computed.value, decimals)
    recomputed = format(rounded, "f")
    if Fraction(rounded) in figures:
        return Judgement(CONSISTENT, recomputed, "")
    possible = span(computed, spans)
    if possible is None or any(interval(each, decimals).meets(possible) for each in figures):
        return Judgement(ROUNDING, recomputed, "计入各数未印出的尾数后相符")
    cut = Fraction(int(computed.value * 10**decimals), 10**decimals)
    reason = f"应为{grouped(rounded)}"
    if cut in figures:
        reason += f"，{CUT_OFF}"
    return Judgement(INCONSISTENT, recomputed, reason)


def judge_fact(printed: Number, computed: Number) -> Judgement:
    """Judge a printed ratio against the one that recomputes it; inputs count as printed."""
    if not (printed.defined and computed.defined):
        missing = computed.reason if printed.defined else printed.reason
        return Judgement(UNKNOWN, "", missing)
    spans = {
        part.id: point(part.known) if part.op else interval(part.known, _typed_decimals(part))
        for part in figures_in(computed)
    }
    return judge(computed, spans, printed.known, printed.decimals)


def _typed_decimals(read: Number) -> int:
    return max((exact.printed_decimals(cell.text) for cell in read.sources), default=0)
