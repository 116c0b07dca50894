"""The sentences that notebooks say, read as data: `report.say("…{total}…", total=…)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from helpers.inputs.headings import Cell
from helpers.inputs.narrative import PLACEHOLDER, Paragraph

SAYING = ("say", "figure")
OF_OURS = {"when", "unless", "key"}
SENTENCE = re.compile(r"[。！？]$")


def sentences(cells: Iterable[Cell]) -> Iterator[Paragraph]:
    """The texts of code cells that are sentences, or have placeholders, each with its cell.

    What a notebook gives to a sentence by name is of its own; with `**…` it may give any.
    """
    for cell in cells:
        if cell.kind == "code" and "report." in cell.text:
            yield from _of_cell(cell)


def _of_cell(cell: Cell) -> Iterator[Paragraph]:
    try:
        parsed = ast.parse(cell.text)
    except SyntaxError:
        return  # running it says where
    calls = [each for each in ast.walk(parsed) if _says(each)]
    given = {word.arg or "*" for call in calls for word in call.keywords} - OF_OURS
    conditions = tuple(condition for call in calls for condition in _conditions(call))
    for node in ast.walk(parsed):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if SENTENCE.search(text) or PLACEHOLDER.search(text):
                yield Paragraph("", conditions, text, (), cell.place, frozenset(given))


def _says(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SAYING
    )


def _conditions(call: ast.Call) -> Iterator[str]:
    """The names of `when` and `unless`, as conditions of a paragraph."""
    for word in call.keywords:
        if word.arg in {"when", "unless"}:
            listed = word.value.elts if isinstance(word.value, ast.Tuple) else [word.value]
            for name in listed:
                if isinstance(name, ast.Constant):
                    yield f"{'有' if word.arg == 'when' else '无'} {name.value!s}"
