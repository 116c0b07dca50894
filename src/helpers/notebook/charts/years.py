"""The chart of up to five years: small multiples on one row of years."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers.evaluation.fact_ids import earlier_id
from helpers.figures.number import Number
from helpers.notebook.drawing import (
    BLUE,
    INK,
    LIGHT,
    MUTED,
    Chart,
    Scale,
    money_scale,
    panels,
    pixels,
)
from helpers.run import Run

RATES = {"execution_rate": "预算执行率", "carryover_rate": "结转结余率", "total_score": "评价得分"}


def years(run: Run) -> Chart | None:
    """Budget and spending, execution, carry-over and score, a small panel each."""
    now, facts = run.params.year, run.facts
    span = [year for year in range(now - 4, now) if earlier_id("budget", year) in facts]
    if not span:
        return None
    listed = [*span, now]

    def series(id: str) -> list[Number]:
        return [facts[id] if year == now else facts[earlier_id(id, year)] for year in listed]

    budgets, spent = series("budget"), series("executed")
    scale = money_scale([*budgets, *spent])
    figure, (money, *others) = panels(1 + len(RATES), height=2.5, first=1.7)
    _money(money, budgets, spent, scale)
    money.set_title(f"预算（框）和支出（{scale.unit}）", fontsize=10)
    for axes, (id, title) in zip(others, RATES.items(), strict=True):
        _line(axes, series(id))
        axes.set_title(title, fontsize=10)
    for axes in (money, *others):
        axes.set_xticks(range(len(listed)), [f"{year}" for year in listed], fontsize=9)
        axes.set_xlim(-0.65, len(listed) - 0.35)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    rates = series("execution_rate")
    return Chart(
        id="years",
        figure=figure,
        title=f"{listed[0]}—{now}年预算、支出和得分（各图纵轴不同）",
        alt="小型组图，逐年："
        + "；".join(
            f"{year}年预算{budget.with_unit}、支出{executed.with_unit}、执行率{rate.display}"
            for year, budget, executed, rate in zip(listed, budgets, spent, rates, strict=True)
        ),
        reading="本年支出比上年{executed_change:增减}，执行率{execution_rate_change:增减}。",
        head=("年度", "全年预算数（万元）", "全年支出（万元）", *RATES.values()),
        rows=[
            (f"{year}年", *figures)
            for year, *figures in zip(listed, budgets, spent, *map(series, RATES), strict=True)
        ],
    )


def _money(axes: Axes, budgets: Sequence[Number], spent: Sequence[Number], scale: Scale) -> None:
    """Spending inside its budget, year by year."""
    for at, (budget, executed) in enumerate(zip(budgets, spent, strict=True)):
        axes.bar(at, pixels(budget), width=0.7, color=LIGHT, edgecolor=BLUE, linewidth=0.8)
        axes.bar(at, pixels(executed), width=0.42, color=BLUE)
        axes.annotate(
            scale.text(executed),
            (at, pixels(budget)),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
        )
    axes.set_ylim(0, max(map(pixels, budgets)) * 1.15)


def _line(axes: Axes, facts: Sequence[Number]) -> None:
    """One series on an axis of its own; a year without a value is a gap."""
    known = [(at, pixels(fact)) for at, fact in enumerate(facts) if fact.defined]
    for number, (at, height) in enumerate(known):
        near = known[max(0, number - 1) : number + 2]
        below = height < max(other for _, other in near)
        axes.plot(*zip(*near, strict=True), color=MUTED, linewidth=1, zorder=1)
        axes.plot(at, height, "o", color=BLUE, markersize=6)
        axes.annotate(
            facts[at].display,
            (at, height),
            xytext=(0, -6 if below else 6),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            fontsize=8.5,
            color=INK,
        )
    heights = [height for _, height in known] or [0.0]
    room = (max(heights) - min(heights)) or 1.0
    axes.set_ylim(min(heights) - room * 0.5, max(heights) + room * 0.5)
