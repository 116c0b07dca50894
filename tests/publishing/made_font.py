"""A font for tests: as small as can be, a triangle for every character."""

import io
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LICENCE = "SIL Open Font License 1.1"


def made_font(
    characters: str,
    *,
    family: str = "Rare Test",
    rights: int = 0,
    empty: str = "",
    variable: bool = False,
) -> FontBuilder:
    """A font with these characters; those of `empty` have a glyph that draws nothing."""
    names = {char: f"u{ord(char):X}" for char in characters}
    order = [".notdef", *names.values()]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(order)
    font.setupCharacterMap({ord(char): name for char, name in names.items()})
    drawn = {name: _triangle() for char, name in names.items() if char not in empty}
    font.setupGlyf(dict.fromkeys(order, TTGlyphPen(None).glyph()) | drawn)
    font.setupHorizontalMetrics(dict.fromkeys(order, (1000, 100)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    named = {"familyName": family, "styleName": "Regular", "licenseDescription": LICENCE}
    font.setupNameTable(named | {"psName": family.replace(" ", "")})
    if variable:
        font.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    font.setupOS2(fsType=rights, sTypoAscender=880, sTypoDescender=-120, usWinAscent=880)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 0
    return font


def _triangle() -> Any:  # noqa: ANN401 - fontTools has no type for it
    pen = TTGlyphPen(None)
    for at, point in enumerate(((100, 0), (500, 800), (900, 0))):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    return pen.glyph()


def data(font: FontBuilder) -> bytes:
    """The font as a file."""
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
