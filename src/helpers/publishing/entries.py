"""What the entry of a figure says of its rounding and of the cells it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.figures.cell import Cell
from helpers.figures.number import Number

MOST_SOURCES = 12
ROUNDINGS = {"half_up": "四舍五入", "down": "向下舍入", "up": "向上舍入"}


def rounding(fact: Number) -> str:
    """How a figure is rounded."""
    how = ROUNDINGS[fact.rounding]
    return f"{how}，保留{fact.decimals}位小数" if fact.decimals else how


def sources(fact: Number) -> list[str]:
    """The first cells for a reader; those of one column and text once, by their lines."""
    alike: dict[tuple[str, str, str], list[Cell]] = {}
    for source in fact.sources:
        alike.setdefault((source.place.file, source.place.column, source.text), []).append(source)
    lines = [
        f"{_places(file, column, sources)}：{text or '（空）'}"
        for (file, column, text), sources in alike.items()
    ]
    rest = (
        [f"等共{len(fact.sources)}个单元格，逐个列在 facts.json"]
        if len(lines) > MOST_SOURCES
        else []
    )
    return [*lines[:MOST_SOURCES], *rest]


def _places(file: str, column: str, sources: Sequence[Cell]) -> str:
    """A file, its lines and its column, as far as they are known."""
    lines = [str(source.place.line) for source in sources if source.place.line]
    return (
        file + (f" 第{'、'.join(lines)}行" if lines else "") + (f"“{column}”列" if column else "")
    )
