"""The page's own fonts: just the characters it uses, as WOFF2 inside the page."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache

from helpers import fonts
from helpers.characters import NO_GLYPH_HINT, by_itself
from helpers.errors import Place, ReportError
from helpers.fonts.cutting import cut
from helpers.fonts.given import GivenFont

ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "：—"
"""Characters that style or a reader's print settings add to the page."""
ALWAYS_BOLD = "0123456789"
UNITS = 500
"""To an em, half of what our fonts have: a tenth less to carry, and no eye tells, in any size and
on paper. `tests/benchmarks/page_fonts.py` measures both."""


def faces(text: str, bold: str, script: str = "", given: Sequence[GivenFont] = ()) -> str:
    """The `@font-face` rules for a page's text, what of it is bold, and what its script may say.

    Raises `ReportError` if a character of the page has no glyph, nor one in a font `given`.
    """
    if boxes := fonts.missing(text, given):
        at = text.index(boxes[0])
        context = " ".join(text[max(0, at - 12) : at + 12].split())
        raise ReportError(
            f"有字体中没有的字：{by_itself(boxes)}，见“{context}”", hint=NO_GLYPH_HINT
        )
    said = "".join(filter(fonts.covered().__contains__, script))
    return own_faces(text + said, bold) + _given(fonts.by_given(text, given))


def own_faces(text: str, bold: str) -> str:
    """The rules for what our own fonts have; the rest is left to the reader's machine."""
    used = (frozenset(text + ALWAYS), frozenset(bold + ALWAYS_BOLD))
    # One after the other: fontTools fills a list on first use, which a second thread may meet
    # half full, and then leaves ranges out that the font covers.
    return "".join(map(_face, ("Regular", "Bold"), (400, 700), used))


@cache
def _face(weight: fonts.Weight, number: int, characters: frozenset[str]) -> str:
    data = base64.b64encode(cut(fonts.path(weight), characters, "woff2", (), UNITS)).decode()
    return (
        f'@font-face{{font-family:"{fonts.FAMILY}";font-weight:{number};font-display:block;'
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
    )


def _given(used: dict[GivenFont, frozenset[str]]) -> str:
    """A face for each font given that is used, in one weight, and their names for the style."""
    made = []
    for font, characters in used.items():
        try:
            data = base64.b64encode(cut(font.path, characters, "woff2")).decode()
        except Exception:  # noqa: BLE001 - whatever a broken file makes of its reader
            problem = f"字体不能用于网页：{by_itself(sorted(characters))}"
            raise ReportError(problem, place=Place(font.file)) from None
        made.append(
            f'@font-face{{font-family:"{font.alias}";font-display:block;'
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
        )
    names = ", ".join(f'"{font.alias}"' for font in used)
    return "".join([*made, f":root {{ --given: {names}; }}\n"]) if used else ""
