"""A chart's way to SVG: real text, marks that name their figures, the same bytes every time."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Sequence

import matplotlib as mpl
from markupsafe import escape
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import fonts
from helpers.characters import NO_GLYPH_HINT, by_itself
from helpers.errors import ReportError
from helpers.figures.number import Number
from helpers.fonts.given import GivenFont
from helpers.notebook.drawing import STYLE
from helpers.notebook.marks import named_marks, with_marks


def svg(
    figure: Figure,
    id: str,
    title: str,
    alt: str,
    *,
    given: Sequence[GivenFont] = (),
    figure_of: Callable[[Number], str] = lambda _: "",
) -> str:
    """Write a figure as inline SVG, named and described for screen readers, and close it.

    What ours lack is drawn from the fonts `given`; `figure_of` gives the id of the figure a
    marked shape stands for, or nothing. Raises `ReportError` if a character has no glyph in any.
    """
    drawn = list(figure.findobj(Text))
    texts = "".join(text.get_text() for text in drawn)
    if boxes := fonts.missing(texts, given):
        problem = f"图“{title}”有字体中没有的字：{by_itself(boxes)}"
        raise ReportError(problem, hint=NO_GLYPH_HINT)
    if used := fonts.by_given(texts, given):
        for text in drawn:
            text.set_fontfamily([fonts.FAMILY, *map(_entered, used)])
    marks = named_marks(figure, figure_of)
    buffer = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    for text in drawn:
        text.set_parse_math(False)  # a dollar sign in a name is one
    with mpl.rc_context({name: STYLE[name] for name in STYLE if name.startswith("svg.")}):
        figure.savefig(buffer, format="svg", metadata=nothing, transparent=True)
    _close(figure)
    return _inline(with_marks(buffer.getvalue(), marks), f"chart-{id}", title, alt)


def _close(figure: Figure) -> None:
    """See that a figure of pyplot's is not shown a second time, as a picture."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def _entered(font: GivenFont) -> str:
    """The name by which matplotlib knows a font, once it knows of it."""
    known = font_manager.fontManager.ttflist
    entry = font_manager.FontEntry(str(font.path), name=font.alias, weight=400, size="scalable")
    if entry not in known:
        known.append(entry)
    return font.alias


def _inline(document: str, name: str, title: str, alt: str) -> str:
    """Make a page's part of an SVG document: no global style, no fixed size, ids of its own.

    Left out are ids that nothing refers to, the space between elements, and the ink of a
    shape of several points, which each point tells as well.
    """
    body = document[document.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*|<style.*?</style>\s*", "", body, flags=re.DOTALL)
    used = set(re.findall(r'(?:url\(|href=")#([^")]+)', body))
    body = re.sub(r' id="([^"]+)"', lambda found: found[0] if found[1] in used else "", body)
    body = re.sub(r">\s+<", "><", body)
    body = re.sub(r'(<defs><path id="[^"]*" d="[^"]*") style="[^"]*"', r"\1", body)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', body)
    view = re.search(r'viewBox="[^"]+"', body)
    assert view
    opening = (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {view[0]} role="img" '
        f'aria-labelledby="{name}-title {name}-alt">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-alt">{escape(alt)}</desc>'
    )
    return opening + body[body.index(">") + 1 :].rstrip()
