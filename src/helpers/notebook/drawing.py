"""One house style for charts, and their way to SVG: real text, same bytes every time."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import matplotlib as mpl
from cycler import cycler
from markupsafe import Markup, escape
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import fonts
from helpers.characters import NO_GLYPH_HINT, by_itself
from helpers.errors import ReportError
from helpers.figures import exact
from helpers.figures.exact import WAN
from helpers.figures.number import Number, constant, ink
from helpers.fonts.given import GivenFont
from helpers.notebook.grid import GridCell

BLUE, LIGHT, GREY, INK, MUTED = "#1B4F8A", "#C9D6E6", "#5F6B76", "#1F2933", "#5B6670"
AMBER = "#B8500F"
"""What falls short; always drawn in another shape as well."""
WIDTH = 7.6
WAN_IN_YI = 10_000

STYLE: Any = {
    "font.family": [fonts.FAMILY],
    "font.size": 10.5,
    "svg.fonttype": "none",
    "svg.hashsalt": "performance-report",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#9AA5B1",
    "axes.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "text.color": INK,
    "figure.constrained_layout.use": True,
}

for _weight in ("Regular", "Bold"):
    font_manager.fontManager.addfont(fonts.path(_weight))


@dataclass(frozen=True)
class Chart:
    """A chart: its drawing, title, alt text, the sentence that reads it, and its numbers.

    `reading` is a text with placeholders; `head` and `rows` are the table of the numbers.
    """

    id: str
    figure: Figure = field(repr=False)
    title: str
    alt: str
    reading: str
    head: Sequence[str]
    rows: Sequence[Sequence[GridCell]]


@contextmanager
def house_style() -> Iterator[None]:
    """Draw within this: the style applies. Of characters without a glyph `svg` tells.

    Nothing else applies, such as a `matplotlibrc` of the user or in the working directory.
    """
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def use_house_style() -> None:
    """Draw in the house style from here on: what an analyst plots has our face and colours."""
    mpl.rcParams.update(STYLE | {"figure.facecolor": "white", "savefig.facecolor": "white"})
    mpl.rcParams["axes.prop_cycle"] = cycler(color=[BLUE, AMBER, GREY, LIGHT])


def canvas(height: float) -> tuple[Figure, Axes]:
    """An empty figure of the page's width; `height` in inches."""
    figure = Figure(figsize=(WIDTH, height))
    return figure, figure.add_subplot()


def panels(number: int, *, height: float, first: float) -> tuple[Figure, list[Axes]]:
    """Small figures side by side on the page's width, the first one `first` times as wide."""
    # fixed places: laid out by the solver, several axes are not the same to the byte twice
    figure = Figure(figsize=(WIDTH, height))
    figure.set_layout_engine("none")
    places = {"left": 0.01, "right": 0.99, "bottom": 0.12, "top": 0.86, "wspace": 0.12}
    widths = [first, *[1] * (number - 1)]
    axes = figure.subplots(1, number, width_ratios=widths, gridspec_kw=places)
    return figure, list(axes)


def pixels(value: Number | Fraction) -> float:
    """A value as a float: only for placing ink, never for print."""
    return ink(value if isinstance(value, Number) else constant(value))


@dataclass(frozen=True)
class Scale:
    """The unit amounts are shown in, and how many 万元 make one."""

    unit: str
    size: int

    def text(self, amount: Number) -> str:
        """An amount in this unit, rounded once, with two decimals."""
        if self.size == 1 or not amount.defined:
            return amount.display
        return exact.grouped(exact.round_to(amount.known / self.size, 2))


def money_scale(amounts: Sequence[Number]) -> Scale:
    """亿元 where every amount but zero is one at least, 万元 otherwise."""
    sizes = [abs(amount.known) for amount in amounts if amount.defined and amount.known]
    large = bool(sizes) and min(sizes) >= WAN_IN_YI
    return Scale("亿元", WAN_IN_YI) if large else Scale(WAN, 1)


def target_line(axes: Axes, at: float, text: str) -> None:
    """A dashed line across horizontal bars, named above the first of them."""
    axes.axvline(at, color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
    axes.annotate(
        text,
        (at, 1),
        xytext=(0, 2),
        xycoords=axes.get_xaxis_transform(),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=9,
        color=MUTED,
    )


def beside(axes: Axes, x: float, y: float, text: str) -> None:
    """Label the end of a bar, a little to its right."""
    axes.annotate(
        text, (x, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9.5
    )


def svg(chart: Chart, given: Sequence[GivenFont] = ()) -> Markup:
    """Write a chart as inline SVG, named and described for screen readers.

    What ours lack is drawn from the fonts `given`. Raises `ReportError` if a character has
    no glyph in any.
    """
    drawn = list(chart.figure.findobj(Text))
    texts = "".join(text.get_text() for text in drawn)
    if boxes := fonts.missing(texts, given):
        problem = f"图“{chart.title}”有字体中没有的字：{by_itself(boxes)}"
        raise ReportError(problem, hint=NO_GLYPH_HINT)
    if used := fonts.by_given(texts, given):
        for text in drawn:
            text.set_fontfamily([fonts.FAMILY, *map(_entered, used)])
    buffer = io.StringIO()
    chart.figure.savefig(
        buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type"))
    )
    return Markup(_inline(buffer.getvalue(), chart))  # noqa: S704 - our own SVG, its texts escaped by matplotlib


def _entered(font: GivenFont) -> str:
    """The name by which matplotlib knows a font, once it knows of it."""
    known = font_manager.fontManager.ttflist
    entry = font_manager.FontEntry(str(font.path), name=font.alias, weight=400, size="scalable")
    if entry not in known:
        known.append(entry)
    return font.alias


def _inline(document: str, chart: Chart) -> str:
    """Make a page's part of an SVG document: ids of its own, no global style, no fixed size."""
    name = f"chart-{chart.id}"
    body = document[document.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*|<style.*?</style>\s*", "", body, flags=re.DOTALL)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', body)
    view = re.search(r'viewBox="[^"]+"', body)
    assert view
    opening = (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {view[0]} role="img" '
        f'aria-labelledby="{name}-title {name}-alt">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-alt">{escape(chart.alt)}</desc>'
    )
    return opening + body[body.index(">") + 1 :].rstrip()
