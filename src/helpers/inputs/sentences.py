"""The sentences that notebooks say, read as data: `report.say("…{total}…", total=…)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import TypeGuard

from helpers.errors import Place
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


def stray_names(cells: Iterable[Cell]) -> Iterator[tuple[Place, str]]:
    """The names given to a sentence for which no text of its notebook has a place.

    Such as a mistyped `when`: nothing else would tell.
    """
    listed = [(cell, tree) for cell in cells if cell.kind == "code" if (tree := _parsed(cell))]
    wanted: dict[str, set[str]] = {}
    for cell, tree in listed:
        names = (name for text in _texts(tree) for name in PLACEHOLDER.findall(text))
        wanted.setdefault(cell.place.file, set()).update(name.split(":")[0] for name in names)
    for cell, tree in listed:
        given = {word.arg for call in filter(_says, ast.walk(tree)) for word in call.keywords}
        for name in sorted(filter(None, given - OF_OURS - wanted[cell.place.file])):
            yield cell.place, name


def _parsed(cell: Cell) -> ast.Module | None:
    try:
        return ast.parse(cell.text)
    except SyntaxError:
        return None  # running it says where


def _texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _of_cell(cell: Cell) -> Iterator[Paragraph]:
    parsed = _parsed(cell)
    if parsed is None:
        return
    calls = [each for each in ast.walk(parsed) if _says(each)]
    given = {word.arg or "*" for call in calls for word in call.keywords} - OF_OURS
    conditions = tuple(condition for call in calls for condition in _conditions(call))
    for text in _texts(parsed):
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
