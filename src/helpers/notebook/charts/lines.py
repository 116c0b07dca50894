"""Charts of points and lines: rates, spending against plan, intervals, the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import pandas as pd
from matplotlib.axes import Axes

from helpers.figures.number import Number
from helpers.notebook.drawing import (
    AMBER,
    BLUE,
    GREY,
    INK,
    LIGHT,
    MUTED,
    Scale,
    canvas,
    known,
    money_scale,
    name_rows,
    panels,
    pixels,
    target_line,
)
from helpers.notebook.marks import mark

Column: TypeAlias = "pd.Series[Any]"


def rate_dots(rates: Column, floor: Number | None = None) -> Axes | None:
    """A rate a dot; those all near 100 on an axis that says where it begins, below `floor` ◆."""
    numbers = list(rates)
    drawn = [pixels(rate) for rate in numbers if rate.defined]
    if not drawn:
        return None
    start = 98.0 if min(drawn) >= 98 else 80.0 if min(drawn) >= 80 else 0.0
    end = max(100.0, *drawn) + (max(100.0, *drawn) - start) * 0.18
    axes = canvas(height=1.1 + 0.45 * len(numbers))
    if floor is not None and pixels(floor) > start:
        target_line(axes, pixels(floor), f"阈值 {floor.display}")
    for position, rate in enumerate(numbers):
        axes.text(end, position, rate.display, va="center", ha="right")
        if rate.defined:
            low = floor is not None and rate.known < floor.known
            dot, color = ("D", AMBER) if low else ("o", BLUE)
            line, at = [start, pixels(rate)], [position, position]
            axes.plot(line, at, color=LIGHT, linewidth=2, zorder=1)
            mark(axes.plot(pixels(rate), position, dot, color=color, markersize=8), rate)
    name_rows(axes, rates.index)
    axes.set_xlim(start, end)
    ticks = [start + (100 - start) * step / 4 for step in range(5)]
    axes.set_xticks(ticks, [f"{tick:g}%" for tick in ticks])
    axes.spines["bottom"].set_visible(True)
    if start:
        axes.set_xlabel("横轴不从零起", fontsize=9, color=MUTED, loc="right")
    return axes


def progress_lines(months: pd.DataFrame, marked: str = "") -> Axes | None:
    """Plan and actual, the first two columns, month by month; the month `marked` has a dot."""
    plans, actuals = months.iloc[:, 0], months.iloc[:, 1]
    if not known([*plans, *actuals]):
        return None
    axes, listed = canvas(height=3.2), range(len(plans))
    for column, color, style, word in (
        (plans, GREY, (0, (4, 3)), "计划"),
        (actuals, BLUE, "-", "实际"),
    ):
        heights, last = [pixels(number) for number in column], column.iloc[-1]
        axes.plot(listed, heights, color=color, linestyle=style, linewidth=2)
        for at, number in enumerate(column):
            ink = 1 if column is actuals and column.index[at] == marked else 0  # until it is asked
            dot = axes.plot(at, pixels(number), "o", color=color, markersize=7, alpha=ink)
            mark(dot, number)
        axes.annotate(
            f"{word} {last.display}",
            (listed[-1], heights[-1]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=color,
        )
    axes.set_xticks(listed, list(map(str, plans.index)))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlim(0, listed[-1] + 2.2)
    axes.set_ylim(0, None)
    return axes


def intervals(rates: pd.DataFrame) -> Axes | None:
    """A rate, its lower and its upper end a row, as a dot with a line, where it has ends.

    The last row, a total, is a diamond.
    """
    rows = rates.itertuples(name=None)
    listed = [row for row in rows if row[1].defined]
    if not listed:
        return None
    axes = canvas(height=0.9 + 0.45 * len(listed))
    lowest = min(pixels(low if low.defined else rate) for _, rate, low, _ in listed)
    start = max(0.0, lowest - lowest % 10 - 10)
    for position, (_, rate, low, high) in enumerate(listed):
        at = [position, position]
        if low.defined and high.defined:
            ends = [pixels(low), pixels(high)]
            axes.plot(ends, at, color=LIGHT, linewidth=9, solid_capstyle="butt")
            for end in (low, high):
                mark(axes.plot(pixels(end), position, "|", color=GREY, markersize=10), end)
        dot = "D" if position == len(listed) - 1 else "o"
        mark(axes.plot(pixels(rate), position, dot, color=BLUE, markersize=7), rate)
        axes.text(112, position, rate.display, ha="right", va="center")
    name_rows(axes, [name for name, *_ in listed])
    axes.set_xlim(start, 112)
    axes.set_xticks([start, 100], [f"{start:g}%", "100%"])
    axes.spines["bottom"].set_visible(True)
    if start:
        axes.set_xlabel("横轴不从零起", fontsize=9, color=MUTED, loc="right")
    return axes


def year_panels(years: pd.DataFrame) -> Axes | None:
    """The first two columns, budget and spending, as bars, and each other one as a small line.

    A row a year; each panel has an axis of its own.
    """
    budgets, spent = list(years.iloc[:, 0]), list(years.iloc[:, 1])
    if len(years) < 2 or not known([*budgets, *spent]):
        return None
    scale = money_scale([*budgets, *spent])
    money, *others = panels(len(years.columns) - 1, height=2.5, first=1.7)
    _money(money, budgets, spent, scale)
    money.set_title(f"预算（框）和支出（{scale.unit}）", fontsize=10)
    for axes, name in zip(others, years.columns[2:], strict=True):
        _line(axes, list(years[name]))
        axes.set_title(name, fontsize=10)
    for axes in (money, *others):
        axes.set_xticks(range(len(years)), list(map(str, years.index)), fontsize=9)
        axes.set_xlim(-0.65, len(years) - 0.35)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    return money


def _money(axes: Axes, budgets: Sequence[Number], spent: Sequence[Number], scale: Scale) -> None:
    """Spending inside its budget, year by year."""
    for at, (budget, executed) in enumerate(zip(budgets, spent, strict=True)):
        edge: Any = {"edgecolor": BLUE, "linewidth": 0.8}
        mark(axes.bar(at, pixels(budget), width=0.7, color=LIGHT, **edge), budget)
        mark(axes.bar(at, pixels(executed), width=0.42, color=BLUE), executed)
        axes.annotate(
            scale.text(executed),
            (at, pixels(budget)),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
        )
    axes.set_ylim(0, max(map(pixels, budgets)) * 1.15)


def _line(axes: Axes, numbers: Sequence[Number]) -> None:
    """One series on an axis of its own; a year without a value is a gap."""
    drawn = [(at, pixels(number)) for at, number in enumerate(numbers) if number.defined]
    for place, (at, height) in enumerate(drawn):
        near = drawn[max(0, place - 1) : place + 2]
        below = height < max(other for _, other in near)
        axes.plot(*zip(*near, strict=True), color=MUTED, linewidth=1, zorder=1)
        mark(axes.plot(at, height, "o", color=BLUE, markersize=6), numbers[at])
        axes.annotate(
            numbers[at].display,
            (at, height),
            xytext=(0, -6 if below else 6),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            fontsize=8.5,
            color=INK,
        )
    heights = [height for _, height in drawn] or [0.0]
    room = (max(heights) - min(heights)) or 1.0
    axes.set_ylim(min(heights) - room * 0.5, max(heights) + room * 0.5)
