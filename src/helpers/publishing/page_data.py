"""What the page knows of its figures: enough to recompute each, every cell behind them once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from zlib import crc32

from helpers.figures import formulas
from helpers.figures.cell import Cell
from helpers.figures.number import Number


def page_data(facts: Mapping[str, Number]) -> str:
    """The figures and the texts of their cells as JSON without a single `<`.

    Each figure names its own cells by their position in the list of all. Its `digest` changes
    with the text of any cell it rests on, also one that a minimum or a count does not show.
    """
    places: dict[Cell, int] = {}
    digests: dict[str, str] = {}
    listed = [_figure(fact, places, digests) for fact in facts.values()]
    content = {"cells": [_text(cell) for cell in places], "facts": listed}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _figure(fact: Number, places: dict[Cell, int], digests: dict[str, str]) -> dict[str, object]:
    own = list(dict.fromkeys(formulas.own_cells(fact)))
    rests_on = [part.id for part in formulas.figures_in(fact)]
    told = [] if fact.op else [fact.exact]
    digest = crc32(
        "\n".join([*map(_text, own), *map(digests.__getitem__, rests_on), *told]).encode()
    )
    digests[fact.id] = format(digest, "x")
    return {
        "id": fact.id,
        "label": fact.label,
        "value": fact.exact,
        "display": fact.display,
        "unit": fact.unit,
        "decimals": fact.decimals,
        "rounding": fact.rounding,
        "tree": formulas.tree(fact) if fact.op else None,
        **({} if fact.op or not rests_on else {"rests_on": rests_on}),
        "read": bool(fact.cell and not fact.op and not fact.words),
        "cells": [places.setdefault(cell, len(places)) for cell in own],
        "digest": digests[fact.id],
    }


def _text(cell: Cell) -> str:
    """What a cell says, in our own unit."""
    return cell.plain or cell.text
