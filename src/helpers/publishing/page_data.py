"""What the page knows of its figures: enough to recompute each, every cell behind them once."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping

from helpers.figures import formulas
from helpers.figures.cell import Cell
from helpers.figures.number import Number

FIELDS = (
    *("id", "label", "value", "reason", "display", "unit", "decimals", "rounding", "formula"),
    *("substituted", "denominator", "tree", "rests_on", "read", "cells", "digest"),
)
"""What is told of every figure, in this order."""


def page_data(facts: Mapping[str, Number]) -> str:
    """The figures and the cells behind them as JSON, the names of the fields once.

    Each figure names its own cells by their position in the list of all. Its `digest` changes
    with the text of any cell it rests on, also one that a minimum or a count does not show.
    """
    places: dict[Cell, int] = {}
    digests: dict[str, str] = {}
    listed = [list(_figure(fact, places, digests)) for fact in facts.values()]
    content = {
        "fields": FIELDS,
        "facts": listed,
        "cells": [_says(cell) for cell in places],
        "origins": [_origin(cell) for cell in places],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def packed(data: str) -> str:
    """A text deflated, in base64: what `facts.js` reads."""
    return base64.b64encode(zlib.compress(data.encode(), 9)).decode()


def _figure(fact: Number, places: dict[Cell, int], digests: dict[str, str]) -> Iterable[object]:
    """The values of `FIELDS`."""
    own = list(dict.fromkeys(formulas.own_cells(fact)))
    rests_on = [part.id for part in formulas.figures_in(fact)]
    told = [] if fact.op else [fact.exact]
    digest = zlib.crc32(
        "\n".join([*map(_says, own), *map(digests.__getitem__, rests_on), *told]).encode()
    )
    digests[fact.id] = format(digest, "x")
    yield from (fact.id, fact.label, fact.exact, fact.reason, fact.display)
    yield from (fact.unit, fact.decimals, fact.rounding)
    yield from (fact.formula, fact.substituted, fact.denominator)
    yield formulas.tree(fact) if fact.op else None
    yield [] if fact.op else rests_on
    yield bool(fact.cell and not fact.op and not fact.words)
    yield [places.setdefault(cell, len(places)) for cell in own]
    yield digests[fact.id]


def _says(cell: Cell) -> str:
    """What a cell says, in our own unit."""
    return cell.plain or cell.text


def _origin(cell: Cell) -> tuple[str, str, int, str, str]:
    """Where a cell stands, and its text as it was written."""
    return cell.place.file, cell.place.sheet, cell.place.line, cell.place.column, cell.text
