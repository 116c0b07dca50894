"""The vendored Chinese fonts (SIL OFL, see OFL.txt), those given, and what both can show.

In: texts, and a project's own fonts. Out: which characters have no glyph, and faces cut down to
the characters of a document. May use `errors`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont

from helpers.fonts.given import GivenFont, drawn_by

FAMILY = "Report Sans SC"
Weight = Literal["Regular", "Bold"]

SPACES = (*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F)
IGNORED = (
    *(0xAD, 0x34F, 0x61C, 0x17B4, 0x17B5, 0x180E, *range(0x200B, 0x2010)),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF),
)
"""White space, and what no browser draws. Selectors of variants are not among them: who writes
one means another form of a character than the one they would get."""
NOT_DRAWN = frozenset(map(chr, (*b"\t\n\f\r", *SPACES, *IGNORED)))
PLAIN = dict.fromkeys(SPACES, " ") | dict.fromkeys(IGNORED, "")


def path(weight: Weight) -> Path:
    """File of a weight."""
    return Path(__file__).parent / f"ReportSansSC-{weight}.ttf"


@cache
def covered(weight: Weight = "Regular") -> frozenset[str]:
    """Every character a weight has a glyph for."""
    with TTFont(path(weight), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def by_given(text: str, given: Sequence[GivenFont]) -> dict[GivenFont, frozenset[str]]:
    """The characters of a text that ours lack, by the first font given that has them."""
    rest = frozenset(text) - covered() - NOT_DRAWN
    found = {}
    for font in given if rest else ():
        found[font] = drawn_by(font, rest)
        rest -= found[font]
    return {font: characters for font, characters in found.items() if characters}


def missing(text: str, given: Sequence[GivenFont] = ()) -> list[str]:
    """The characters of a text that would show as empty boxes, sorted."""
    rest = frozenset(text) - covered() - NOT_DRAWN
    return sorted(rest.difference(*by_given(text, given).values()))


def plain(text: str) -> str:
    """A text for programs that want a glyph for everything: without what is not drawn."""
    return text.translate(PLAIN)
