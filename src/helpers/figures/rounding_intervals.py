"""Printed figures as intervals: what one stands for, and whether it can be right.

A printed figure stands for the closed interval of half a unit of its last digit to either
side. Two figures agree if their intervals meet, be it at one point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from helpers.figures import exact
from helpers.figures.exact import grouped, round_to
from helpers.figures.expressions import (
    Name,
    Number,
    Operation,
    Tree,
    Undefined,
    evaluate,
    names,
)
from helpers.figures.facts import Fact, Facts

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


def ends(printed: Fact) -> tuple[Operation, Operation]:
    """Trees of the lower and the upper end of what a printed fact stands for."""
    half = Number(Fraction(1, 2 * 10**printed.decimals))
    return Name(printed.id) - half, Name(printed.id) + half


def span(tree: Tree, values: Mapping[str, Interval]) -> Interval | None:
    """Every value a tree can take when its names range over intervals; None if unbounded.

    Interval arithmetic is exact where a name occurs once. Names that occur more often are
    held at each end in turn: our formulas are monotone in each, so the ends bound them.
    """
    listed = list(names(tree))
    repeated = sorted({name for name in listed if listed.count(name) > 1})
    ranges: list[Interval] = []
    for corner in product(*((values[name].low, values[name].high) for name in repeated)):
        held = dict(values) | {name: point(end) for name, end in zip(repeated, corner, strict=True)}
        found = _span(tree, held)
        if found is None:
            return None
        ranges.append(found)
    return Interval(min(each.low for each in ranges), max(each.high for each in ranges))


def _span(tree: Tree, values: Mapping[str, Interval]) -> Interval | None:
    if isinstance(tree, Name):
        return values[tree.id]
    if isinstance(tree, Number):
        return point(tree.value)
    assert isinstance(tree, Operation)
    args = [_span(arg, values) for arg in tree.args]
    known = [arg for arg in args if arg is not None]
    if len(known) < len(args):
        return None
    if tree.op in {"sum", "min", "max", "round"}:
        low, high = (
            evaluate(Operation(tree.op, tuple(map(Number, side))))
            for side in ([arg.low for arg in known], [arg.high for arg in known])
        )
    else:
        left, right = known
        if tree.op == "/" and right.low <= 0 <= right.high:
            return None
        corners = [
            evaluate(Operation(tree.op, (Number(a), Number(b))))
            for a, b in product((left.low, left.high), (right.low, right.high))
        ]
        numbers = [corner for corner in corners if isinstance(corner, Fraction)]
        low, high = min(numbers), max(numbers)
    assert isinstance(low, Fraction)
    assert isinstance(high, Fraction)
    return Interval(low, high)


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
    tree: Tree,
    values: Mapping[str, Fraction],
    spans: Mapping[str, Interval],
    published: Fraction,
    decimals: int,
    *,
    unsigned: bool = False,
    label: Callable[[str], str] = str,
) -> Judgement:
    """Judge a printed figure by the formula and the printed inputs it should come from.

    `values` are the inputs as printed, `spans` what they stand for. With `unsigned` the
    sign may have been left to a word such as 下降.
    """
    outcome = evaluate(tree, values, label)
    if isinstance(outcome, Undefined):
        return Judgement(INCONSISTENT, "", f"{outcome.reason}，比率没有意义")
    figures = {published, -published} if unsigned else {published}
    rounded = round_to(outcome, decimals)
    recomputed = format(rounded, "f")
    if Fraction(rounded) in figures:
        return Judgement(CONSISTENT, recomputed, "")
    possible = span(tree, spans)
    if possible is None or any(interval(each, decimals).meets(possible) for each in figures):
        return Judgement(ROUNDING, recomputed, "计入各数未印出的尾数后相符")
    cut = Fraction(int(abs(outcome) * 10**decimals), 10**decimals)
    reason = f"应为{grouped(rounded)}"
    if cut == abs(published):
        reason += f"，{CUT_OFF}"
    return Judgement(INCONSISTENT, recomputed, reason)


def judge_fact(printed: Fact, computed: Fact, facts: Facts) -> Judgement:
    """Judge a printed ratio against the fact that recomputes it; inputs count as printed."""
    if not (printed.defined and computed.defined):
        missing = computed.reason if printed.defined else printed.reason
        return Judgement(UNKNOWN, "", missing)
    assert computed.tree
    inputs = {id: facts[id] for id in computed.inputs}
    values = {id: fact.number for id, fact in inputs.items()}
    spans = {
        id: point(fact.number) if fact.tree else interval(fact.number, _typed_decimals(fact))
        for id, fact in inputs.items()
    }
    return judge(computed.tree, values, spans, printed.number, printed.decimals)


def _typed_decimals(fact: Fact) -> int:
    return max((exact.printed_decimals(source.text) for source in fact.sources), default=0)
