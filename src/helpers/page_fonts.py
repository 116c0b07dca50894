"""The page's own fonts: just the characters it uses, as WOFF2 inside the page."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from functools import cache, partial

import brotli
from bs4 import BeautifulSoup
from fontTools import subset
from fontTools.ttLib import woff2

from helpers import fonts
from helpers.errors import ReportError
from helpers.fonts import Weight

BOLD = (
    *("h1", "h2", "h3", "h4", "thead", "tfoot", "caption", "figcaption", "strong", "summary"),
    "mark",
)
BOLD_CLASS = "key-figures"
"""Elements of which some or all is set in bold, by name and by class."""
QUALITY = 9
"""Of brotli: a third of the time of 11, its default, for four percent more bytes."""
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "：—"
"""Characters that style or a reader's print settings add to the page."""


class _Brotli:
    """What fontTools asks of brotli, with our quality, which it has no option for."""

    MODE_FONT = brotli.MODE_FONT
    compress = staticmethod(partial(brotli.compress, quality=QUALITY))


woff2.brotli = _Brotli


def faces(parts: Sequence[BeautifulSoup], script: str = "") -> str:
    """The `@font-face` rules for the parts of a page and what its script may say.

    Raises `ReportError` if a character of the page has no glyph.
    """
    text = "".join(part.get_text() for part in parts)
    if boxes := fonts.missing(text):
        at = text.index(boxes[0])
        context = " ".join(text[max(0, at - 12) : at + 12].split())
        raise ReportError(
            f"有字体中没有的字：{' '.join(boxes)}，见“{context}”", hint="请换用通用字"
        )
    said = "".join(filter(fonts.covered().__contains__, script))
    bold = "".join(
        element.get_text()
        for part in parts
        for element in part.find_all()
        if element.name in BOLD or BOLD_CLASS in element.get_attribute_list("class")
    )
    used = (frozenset(each + ALWAYS) for each in (text + said, bold))
    # One after the other: fontTools fills a list on first use, which a second thread may meet
    # half full, and then leaves ranges out that the font covers.
    return "".join(map(_face, ("Regular", "Bold"), (400, 700), used))


@cache
def _face(weight: Weight, number: int, characters: frozenset[str]) -> str:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    buffer = io.BytesIO()
    with subset.load_font(fonts.path(weight), options) as font:
        font.recalcTimestamp = False
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        subset.save_font(font, buffer, options)
    data = base64.b64encode(buffer.getvalue()).decode()
    return (
        f'@font-face{{font-family:"{fonts.FAMILY}";font-weight:{number};font-display:block;'
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}\n"
    )
