"""Charts of horizontal bars: amounts, shares, budget beside spending, rates, scores, steps."""

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
    beside,
    canvas,
    known,
    money_scale,
    name_rows,
    pixels,
    target_line,
)
from helpers.notebook.marks import mark

Column: TypeAlias = "pd.Series[Any]"


def bars(amounts: Column) -> Axes | None:
    """An amount a bar, with its number beside it."""
    numbers = list(amounts)
    if not known(numbers):
        return None
    axes = canvas(height=0.5 + 0.45 * len(numbers))
    for position, number in enumerate(numbers):
        mark(axes.barh(position, pixels(number), height=0.55, color=BLUE), number)
        beside(axes, pixels(number), position, number.display)
    name_rows(axes, amounts.index)
    axes.set_xlim(0, max(map(pixels, numbers)) * 1.12)
    return axes


def share_bar(parts: pd.DataFrame) -> Axes | None:
    """One bar divided into the amounts of the first column, with the shares of the second."""
    numbers, shares = _columns(parts)
    if not known([*numbers, *shares]):
        return None
    axes = canvas(height=1.25)
    left = 0.0
    for place, (name, amount, share) in enumerate(zip(parts.index, numbers, shares, strict=True)):
        width = pixels(amount)
        color, ink = ((LIGHT, INK), (BLUE, "white"), (GREY, "white"))[place % 3]
        edge: Any = {"edgecolor": BLUE, "linewidth": 0.8}
        mark(axes.barh(0, width, left=left, height=0.6, color=color, **edge), amount)
        text, at = f"{name}\n{share.display}", left + width / 2
        axes.text(at, 0, text, color=ink, linespacing=1.6, ha="center", va="center")
        left += width
    axes.set_axis_off()
    axes.set_xlim(0, left)
    return axes


def paired_bars(money: pd.DataFrame) -> Axes | None:
    """The spending of the second column below the budget of the first, each with its amount."""
    pairs = list(zip(*_columns(money), strict=True))
    numbers = [number for pair in pairs for number in pair]
    if not known(numbers):
        return None
    axes, scale = canvas(height=0.7 + 0.75 * len(pairs)), money_scale(numbers)
    for position, (budget, executed) in enumerate(pairs):
        _paired(axes, position - 0.19, budget, LIGHT, f"预算 {scale.text(budget)}")
        _paired(axes, position + 0.19, executed, BLUE, f"支出 {scale.text(executed)}")
    name_rows(axes, money.index)
    axes.set_xlim(0, max(map(pixels, numbers)) * 1.24)
    _in_unit(axes, scale)
    return axes


def _paired(axes: Axes, at: float, amount: Number, color: str, words: str) -> None:
    bar = axes.barh(at, pixels(amount), height=0.34, color=color, edgecolor=BLUE, linewidth=0.8)
    mark(bar, amount)
    beside(axes, pixels(amount), at, words)


def rate_bars(rates: Column, floor: Number | None = None) -> Axes | None:
    """A rate a bar in the order given; one below `floor` in another colour, with a mark."""
    named = [(name, rate) for name, rate in zip(rates.index, rates, strict=True) if rate.defined]
    if not named:
        return None
    axes = canvas(height=0.8 + 0.42 * len(named))
    if floor is not None:
        target_line(axes, pixels(floor), f"阈值 {floor.display}")
    end = max(100.0, *(pixels(rate) for _, rate in named)) * 1.14
    for position, (_, rate) in enumerate(named):
        low = floor is not None and rate.known < floor.known
        _bar(axes, position, 0, rate, AMBER if low else BLUE)
        text = f"◆ {rate.display}" if low else rate.display
        axes.text(end, position, text, ha="right", va="center", fontsize=9.5)
    name_rows(axes, [name for name, _ in named])
    axes.set_xlim(0, end)
    return axes


def score_bars(scores: pd.DataFrame) -> Axes | None:
    """Each score of the second column inside its points; fewer than two make no chart."""
    scored = [
        (name, most, score)
        for name, most, score in zip(scores.index, *_columns(scores), strict=True)
        if score.defined
    ]
    if len(scored) < 2:
        return None
    axes = canvas(height=0.5 + 0.42 * len(scored))
    for position, (_, most, score) in enumerate(scored):
        _bar(axes, position, 0, most, LIGHT)
        _bar(axes, position, 0, score, BLUE)
        beside(axes, pixels(most), position, f"{score.display} / {most.display}")
    name_rows(axes, [name for name, _, _ in scored])
    axes.set_xlim(0, max(pixels(most) for _, most, _ in scored) * 1.24)
    return axes


def waterfall(steps: Column, totals: Sequence[str]) -> Axes | None:
    """Amounts that follow one another, each from where the last one ended; `totals` from zero."""
    numbers = list(steps)
    if not known(numbers):
        return None
    axes, scale = canvas(height=0.9 + 0.42 * len(numbers)), money_scale(numbers)
    ends = [0.0]
    for position, (name, amount) in enumerate(zip(steps.index, numbers, strict=True)):
        start = 0.0 if name in totals else ends[-1]
        color = (BLUE if name == totals[-1] else LIGHT) if name in totals else GREY
        _bar(axes, position, start, amount, color)
        ends.append(start + pixels(amount))
    for position, (end, following) in enumerate(zip(ends[1:], steps.index[1:], strict=False)):
        if following not in totals or ends[position + 2] == end:
            axes.plot([end, end], [position, position + 1], color=MUTED, linewidth=0.8, zorder=0)
    for position, amount in enumerate(numbers):
        text = scale.text(amount)
        axes.text(max(ends) * 1.02, position, text, va="center", fontsize=9.5)
    name_rows(axes, steps.index)
    axes.set_xlim(0, max(ends) * 1.2)
    _in_unit(axes, scale)
    return axes


def _columns(frame: pd.DataFrame) -> tuple[list[Number], list[Number]]:
    """The numbers of the first two columns."""
    return list(frame.iloc[:, 0]), list(frame.iloc[:, 1])


def _bar(axes: Axes, position: int, start: float, number: Number, color: str) -> None:
    edge: Any = {"edgecolor": BLUE, "linewidth": 0.8}
    mark(axes.barh(position, pixels(number), left=start, height=0.55, color=color, **edge), number)


def _in_unit(axes: Axes, scale: Scale) -> None:
    """Tell the unit of the amounts, below them."""
    axes.annotate(
        f"单位：{scale.unit}",
        (1, 0),
        xytext=(0, -4),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=9,
        color=MUTED,
    )
