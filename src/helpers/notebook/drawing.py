"""One house style for charts, and what their shapes share."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers import fonts
from helpers.figures import exact
from helpers.figures.exact import WAN
from helpers.figures.number import Number, constant, ink

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
    "figure.facecolor": "white",
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
    "figure.figsize": (WIDTH, 3),
}

for _weight in ("Regular", "Bold"):
    font_manager.fontManager.addfont(fonts.path(_weight))


def use_house_style() -> None:
    """Draw in the house style from here on, whatever is plotted; nothing else applies.

    Not a `matplotlibrc` of the user or in the working directory either. Of characters without
    a glyph `svg` tells.
    """
    mpl.rcdefaults()
    mpl.rcParams.update(STYLE)
    mpl.rcParams["axes.prop_cycle"] = cycler(color=[BLUE, AMBER, GREY, LIGHT])
    warnings.filterwarnings("ignore", message="Glyph .* missing")


def canvas(height: float) -> Axes:
    """The axes of an empty figure of the page's width; `height` in inches."""
    return Figure(figsize=(WIDTH, height)).add_subplot()


def panels(number: int, *, height: float, first: float) -> list[Axes]:
    """Small axes side by side on the page's width, the first one `first` times as wide."""
    # fixed places: laid out by the solver, several axes are not the same to the byte twice
    figure = Figure(figsize=(WIDTH, height))
    figure.set_layout_engine("none")
    places = {"left": 0.01, "right": 0.99, "bottom": 0.12, "top": 0.86, "wspace": 0.12}
    widths = [first, *[1] * (number - 1)]
    return list(figure.subplots(1, number, width_ratios=widths, gridspec_kw=places))


def known(numbers: Sequence[Number]) -> bool:
    """Whether there are numbers, each with a value, and not zero alone."""
    return all(number.defined for number in numbers) and any(n.known for n in numbers)


def name_rows(axes: Axes, labels: Iterable[object]) -> None:
    """Label the bars of a horizontal chart and leave out what carries nothing."""
    named = list(map(str, labels))
    axes.set_yticks(range(len(named)), named)
    axes.set_ylim(len(named) - 0.4, -0.6)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)


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
