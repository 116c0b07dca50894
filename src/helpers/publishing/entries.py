"""What the list of all figures says of each: its formula or its words, and where it is from.

It is for paper and for readers without scripts; the panel of a figure tells all.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from helpers.figures.cell import Cell
from helpers.figures.number import Number

MOST_PLACES = 4


def behind(fact: Number, folder: str) -> str:
    """The formula of a figure, or why it has no value, and its source.

    What is computed names its files and lines; what was read its cell and the text of that.
    Files of the run's own `folder` go by their names alone.
    """
    read = fact.cell if not fact.op else None
    origin = _lines(fact.sources) if not read else _cell(read) if fact.defined else ""
    said = "；".join(filter(None, (fact.formula, fact.reason, origin)))
    return said.replace(folder, "")


def _cell(cell: Cell) -> str:
    return f"{cell.place}：{cell.text or '（空）'}"


def _lines(cells: Iterable[Cell]) -> str:
    """The files and lines of cells, lines that follow each other as a range."""
    found: dict[tuple[str, str], set[int]] = {}
    for cell in cells:
        found.setdefault((cell.place.file, cell.place.sheet), set()).add(cell.place.line)
    files = [
        f"{file}{f'“{sheet}”表' if sheet else ''}{_ranges(sorted(lines - {0}))}"
        for (file, sheet), lines in found.items()
    ]
    more = f"等{len(files)}个文件" if len(files) > MOST_PLACES else ""
    return "、".join(files[:MOST_PLACES]) + more


def _ranges(lines: Iterable[int]) -> str:
    """Lines as `第2—7、9行`."""
    runs = (
        [line for _, line in run]
        for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0])
    )
    said = "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"第{said}行" if said else ""
