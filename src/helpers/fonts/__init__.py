"""The vendored Chinese fonts (SIL OFL, see OFL.txt) and what may be asked of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont

FAMILY = "Report Sans SC"
Weight = Literal["Regular", "Bold"]


def path(weight: Weight) -> Path:
    """File of a weight."""
    return Path(__file__).parent / f"ReportSansSC-{weight}.ttf"


@cache
def covered(weight: Weight = "Regular") -> frozenset[str]:
    """Every character a weight has a glyph for."""
    with TTFont(path(weight), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing(text: str) -> list[str]:
    """The characters of a text that would show as empty boxes, sorted."""
    return sorted(char for char in set(text) - covered() if char.isprintable() and char != "\u3000")
