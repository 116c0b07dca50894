"""Numbers as plain JSON, with all that stands behind them, and back: between processes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from helpers.errors import Place
from helpers.figures.cell import Cell
from helpers.figures.conditions import QUESTIONS
from helpers.figures.exact import parse
from helpers.figures.number import Number, combined
from helpers.figures.operations import OPERATIONS

TEXTS = ("unit", "label", "id", "rounding", "op", "words", "reason", "lack")


def packed(numbers: Sequence[Number], known: Mapping[str, Number]) -> list[dict[str, Any]]:
    """The numbers and their parts as JSON objects, parts first; parts are named by position.

    Of a figure that is `known` the id alone travels.
    """
    nodes: list[dict[str, Any]] = []
    places: dict[int, int] = {}

    def place(number: Number) -> int:
        if id(number) not in places:
            node = _node(number, place, known)
            places[id(number)] = len(nodes)
            nodes.append(node)
        return places[id(number)]

    for number in numbers:
        place(number)
    return nodes


def _node(number: Number, place: Any, known: Mapping[str, Number]) -> dict[str, Any]:  # noqa: ANN401 - the function that places a part
    if number.id and known.get(number.id) is number:
        return {"known": number.id}
    texts = {name: text for name in TEXTS if (text := getattr(number, name))}
    node: dict[str, Any] = {**texts, "decimals": number.decimals}
    if number.value is not None:
        node["value"] = str(number.value)
    if number.args:
        node["args"] = [place(arg) for arg in number.args]
    if number.cell:
        at = number.cell.place
        node["cell"] = [at.file, at.line, at.column, at.sheet, number.cell.text, number.cell.plain]
    return node


def unpacked(nodes: Sequence[Mapping[str, Any]], known: Mapping[str, Number]) -> list[Number]:
    """The numbers of `packed`, in its order, each read or computed again where it can be.

    Raises `KeyError` for a figure that is not `known`, and `ValueError` for an operation there
    is not, and where a cell or an operation does not give the value that is told. What
    questions about texts answer is not asked again.
    """
    made: list[Number] = []
    for node in nodes:
        made.append(known[node["known"]] if "known" in node else _number(node, made))
    return made


def _number(node: Mapping[str, Any], made: Sequence[Number]) -> Number:
    value = Fraction(node["value"]) if "value" in node else None
    args = tuple(made[at] for at in node.get("args", ()))
    op, label = node.get("op", ""), node.get("label", "")
    if op not in {"", *OPERATIONS, *QUESTIONS}:
        raise ValueError(op)
    if op in OPERATIONS and combined(op, args).value != value:
        raise ValueError(f"{label or op}：{value}")
    cell = None
    if "cell" in node:
        file, line, column, sheet, text, plain = node["cell"]
        cell = Cell(Place(file, line, column, sheet), text, plain)
        if value is not None and not op and not _says(cell, value):
            raise ValueError(f"{label}：{value}")
    texts: dict[str, Any] = {name: node[name] for name in TEXTS if name in node}
    return Number(value, decimals=node["decimals"], args=args, cell=cell, **texts)


def _says(cell: Cell, value: Fraction) -> bool:
    """Whether a cell's text is a number, and this one."""
    try:
        return parse((cell.plain or cell.text).strip().removesuffix("%").replace(",", "")) == value
    except ValueError:
        return False
