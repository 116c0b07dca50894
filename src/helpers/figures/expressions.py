"""Formulas as data: one small tree gives a figure's value, its print and any recheck.

A tree is a `Name` (another fact), a `Number` (a constant of the formula) or an
`Operation` on trees. Trees are built with the ordinary operators:
`Name("executed") / Name("budget") * 100`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from helpers.figures.exact import exact_text, round_to

Json = str | dict[str, "str | list[Json]"]

SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
CALLS = {"sum": "合计", "min": "较小者", "max": "较大者"}
STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2}
BINARY: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "round": lambda value, decimals: Fraction(round_to(value, int(decimals))),
}
REDUCING: dict[str, Callable[[list[Fraction]], Fraction | int]] = {
    "sum": sum,
    "min": min,
    "max": max,
}


@dataclass(frozen=True)
class Undefined:
    """The answer where a value does not exist, with the reason in plain Chinese."""

    reason: str
    missing: bool = False
    """True where an input was never given, false where the arithmetic has no answer."""

    unscored: bool = False
    """True where a score cannot be given because what it rests on is lacking."""


Value = Fraction | Undefined


class Tree:
    """Base of the three kinds of node; gives them the arithmetic operators."""

    def __add__(self, other: Operand) -> Operation:
        return Operation("+", (self, tree(other)))

    def __sub__(self, other: Operand) -> Operation:
        return Operation("-", (self, tree(other)))

    def __mul__(self, other: Operand) -> Operation:
        return Operation("*", (self, tree(other)))

    def __truediv__(self, other: Operand) -> Operation:
        return Operation("/", (self, tree(other)))


@dataclass(frozen=True)
class Name(Tree):
    """Another fact, by its id."""

    id: str


@dataclass(frozen=True)
class Number(Tree):
    """A constant of the formula, exact."""

    value: Fraction


@dataclass(frozen=True)
class Operation(Tree):
    """`+ - * /` on two trees, `sum`, `min`, `max` on one or more, `round` on a tree and digits."""

    op: str
    args: tuple[Tree, ...]


Operand = Tree | int | str


def tree(operand: Operand) -> Tree:
    """Turn a whole number, or the text of a decimal, into a node; pass trees through."""
    return operand if isinstance(operand, Tree) else Number(Fraction(operand))


def total(*args: Operand) -> Operation:
    """Sum of one or more trees."""
    return Operation("sum", tuple(map(tree, args)))


def smaller(*args: Operand) -> Operation:
    """Smallest of one or more trees."""
    return Operation("min", tuple(map(tree, args)))


def larger(*args: Operand) -> Operation:
    """Largest of one or more trees."""
    return Operation("max", tuple(map(tree, args)))


def rounded(operand: Operand, decimals: int) -> Operation:
    """A tree rounded half-up to so many digits, where a rule rounds before going on."""
    return Operation("round", (tree(operand), tree(decimals)))


def names(node: Tree) -> Iterator[str]:
    """Give the ids a tree rests on, in the order in which they are read."""
    if isinstance(node, Name):
        yield node.id
    if isinstance(node, Operation):
        for arg in node.args:
            yield from names(arg)


def evaluate(
    node: Tree,
    values: Mapping[str, Value] | None = None,
    label: Callable[[str], str] = str,
) -> Value:
    """Work a tree out exactly; a zero denominator or an undefined input gives `Undefined`."""
    values = values or {}
    if isinstance(node, Name):
        return values[node.id]
    if isinstance(node, Number):
        return node.value
    assert isinstance(node, Operation)
    args: list[Fraction] = []
    for arg in node.args:
        value = evaluate(arg, values, label)
        if isinstance(value, Undefined):
            return value
        args.append(value)
    if node.op == "/" and args[1] == 0:
        return Undefined(f"{formula(node.args[1], label)}为零")
    return Fraction(REDUCING[node.op](args) if node.op in REDUCING else BINARY[node.op](*args))


def formula(node: Tree, label: Callable[[str], str] = str, strength: int = 0) -> str:
    """Print a tree for people, each name through `label`: `支出 ÷ 全年预算数 × 100`."""
    if isinstance(node, Name):
        return label(node.id)
    if isinstance(node, Number):
        return exact_text(node.value)
    assert isinstance(node, Operation)
    if node.op == "round":
        return f"四舍五入（{formula(node.args[0], label)}，{formula(node.args[1])}位小数）"
    if node.op in CALLS:
        return f"{CALLS[node.op]}（{'，'.join(formula(arg, label) for arg in node.args)}）"
    own = STRENGTH[node.op]
    left, right = node.args
    text = f"{formula(left, label, own)}{SIGNS[node.op]}{formula(right, label, own + 1)}"
    return f"（{text}）" if own < strength else text


def denominator(node: Tree) -> Tree | None:
    """Find what the outermost division of a tree divides by, if it divides at all."""
    if not isinstance(node, Operation):
        return None
    if node.op == "/" and any(True for _ in names(node.args[1])):
        return node.args[1]
    return next((found for arg in node.args if (found := denominator(arg))), None)


def to_json(node: Tree) -> Json:
    """Write a tree as JSON: a fact id, `{"number": …}` or `{"op": …, "args": […]}`."""
    if isinstance(node, Name):
        return node.id
    if isinstance(node, Number):
        return {"number": exact_text(node.value)}
    assert isinstance(node, Operation)
    return {"op": node.op, "args": [to_json(arg) for arg in node.args]}
