"""The charts of staff, budget and spending."""

from __future__ import annotations

from matplotlib.axes import Axes

from helpers.evaluation.fact_ids import share_id, staff_id
from helpers.figures.number import Number
from helpers.inputs.schema.report import CATEGORIES
from helpers.notebook.drawing import (
    AMBER,
    BLUE,
    GREY,
    INK,
    LIGHT,
    Chart,
    Scale,
    beside,
    canvas,
    money_scale,
    pixels,
    target_line,
)
from helpers.run import Run


def _categories(run: Run) -> list[tuple[str, str]]:
    """Label and id prefix of each spending category the run has, the total last."""
    present = [
        (label, f"{prefix}_")
        for label, prefix in CATEGORIES.items()
        if prefix and f"{prefix}_budget" in run.facts
    ]
    return [*present, ("合计", "")]


def staff(run: Run) -> Chart:
    """Staff by kind, as bars."""
    table, facts = run.tables["人员"], run.facts
    groups = [facts[staff_id(table.string(line, "编号"))] for line in table.lines]
    figure, axes = canvas(height=0.5 + 0.45 * len(groups))
    _bars(axes, [group.label for group in groups], groups, BLUE)
    largest = max(groups, key=lambda group: group.known)
    total, portion = facts["staff_total"], facts[share_id(largest.id)]
    return Chart(
        id="staff",
        figure=figure,
        title="年末人员构成（人）",
        alt=f"横条图，共{len(groups)}类人员："
        + "；".join(f"{g.label}{g.with_unit}" for g in groups),
        reading=f"{largest.label}最多，{{{largest.id}}}，占人员合计{{{total.id}}}的{{{portion.id}}}。",
        head=("人员类别", "人数（人）", "占人员合计"),
        rows=[(group.label, group, facts[share_id(group.id)]) for group in groups],
    )


def budget_composition(run: Run) -> Chart:
    """What makes up the adjusted budget, as one divided bar."""
    facts = run.facts
    parts = [
        (label, facts[f"{prefix}budget"], facts[f"{prefix}budget_share"])
        for label, prefix in _categories(run)[:-1]
    ]
    figure, axes = canvas(height=1.25)
    left = 0.0
    for (label, amount, share), color, ink in zip(
        parts, (LIGHT, BLUE, GREY), (INK, "white", "white"), strict=False
    ):
        width = pixels(amount)
        axes.barh(0, width, left=left, height=0.6, color=color, edgecolor=BLUE, linewidth=0.8)
        axes.text(
            left + width / 2,
            0,
            f"{label}\n{share.display}",
            ha="center",
            va="center",
            color=ink,
            linespacing=1.6,
        )
        left += width
    axes.set_axis_off()
    axes.set_xlim(0, left)
    largest = max(parts, key=lambda part: part[1].known)
    return Chart(
        id="budget-composition",
        figure=figure,
        title=f"{run.params.year}年全年预算数构成",
        alt="分段横条图："
        + "；".join(
            f"{label}{amount.with_unit}，占{share.display}" for label, amount, share in parts
        ),
        reading=f"{largest[0]}占全年预算数的{{{largest[2].id}}}，为{{{largest[1].id}}}。",
        head=("支出类别", "全年预算数（万元）", "占全年预算数"),
        rows=[(label, amount, share) for label, amount, share in parts],
    )


def budget_and_spending(run: Run) -> Chart:
    """Budget against spending by category, as paired bars."""
    facts, kinds = run.facts, _categories(run)
    figure, axes = canvas(height=0.7 + 0.75 * len(kinds))
    budgets = [facts[f"{prefix}budget"] for _, prefix in kinds]
    spent = [facts[f"{prefix}executed"] for _, prefix in kinds]
    scale = money_scale([*budgets, *spent])
    for position, (budget, executed) in enumerate(zip(budgets, spent, strict=True)):
        _pair(axes, position, budget, executed, scale)
    name_rows(axes, [label for label, _ in kinds])
    axes.set_xlim(0, max(map(pixels, budgets + spent)) * 1.24)
    return Chart(
        id="budget-and-spending",
        figure=figure,
        title=f"{run.params.year}年全年预算数与全年支出（{scale.unit}）",
        alt="成对横条图："
        + "；".join(
            f"{label}预算{budget.with_unit}、支出{executed.with_unit}"
            for (label, _), budget, executed in zip(kinds, budgets, spent, strict=True)
        ),
        reading="合计未执行{unexecuted}，其中基本支出{basic_unexecuted}，项目支出{project_unexecuted}。",
        head=("支出类别", "全年预算数（万元）", "全年支出（万元）", "预算未执行数（万元）"),
        rows=[
            (
                label,
                facts[f"{prefix}budget"],
                facts[f"{prefix}executed"],
                facts[f"{prefix}unexecuted"],
            )
            for label, prefix in kinds
        ],
    )


def _pair(axes: Axes, position: int, budget: Number, executed: Number, scale: Scale) -> None:
    """Draw spending below its budget, each with its amount."""
    for fact, shift, color, words in (
        (budget, -0.19, LIGHT, f"预算 {scale.text(budget)}"),
        (executed, 0.19, BLUE, f"支出 {scale.text(executed)}"),
    ):
        at, width = position + shift, pixels(fact)
        axes.barh(at, width, height=0.34, color=color, edgecolor=BLUE, linewidth=0.8)
        beside(axes, width, at, words)


def execution_rates(run: Run) -> Chart:
    """Execution rates by category, as dots on a line that names where it begins."""
    kinds = _categories(run)
    rates = [(label, run.facts[f"{prefix}execution_rate"]) for label, prefix in kinds]
    drawn = [pixels(rate) for _, rate in rates if rate.defined]
    start, end = _rate_axis(drawn)
    figure, axes = canvas(height=1.1 + 0.45 * len(rates))
    floor = run.params.threshold("execution_rate_floor")
    if floor is not None and pixels(floor) > start:
        target_line(axes, pixels(floor), f"阈值 {run.params.execution_rate_floor}%")
    for position, (_, rate) in enumerate(rates):
        if rate.defined:
            low = run.params.is_below("execution_rate_floor", rate)
            axes.plot(
                [start, pixels(rate)], [position, position], color=LIGHT, linewidth=2, zorder=1
            )
            dot, color = ("D", AMBER) if low else ("o", BLUE)
            axes.plot(pixels(rate), position, dot, color=color, markersize=8)
        axes.text(end, position, rate.display, va="center", ha="right")
    name_rows(axes, [label for label, _ in rates])
    axes.set_xlim(start, end)
    ticks = [start + (100 - start) * step / 4 for step in range(5)]
    axes.set_xticks(ticks, [f"{tick:g}%" for tick in ticks])
    axes.spines["bottom"].set_visible(True)
    return Chart(
        id="execution-rates",
        figure=figure,
        title=f"{run.params.year}年预算执行率（横轴不从零起）"
        if start
        else f"{run.params.year}年预算执行率",
        alt="点图：" + "；".join(f"{label}执行率{rate.display}" for label, rate in rates),
        reading="合计执行率{execution_rate}，基本支出{basic_execution_rate}，项目支出{project_execution_rate}，分母均为各自的全年预算数。",
        head=("支出类别", "全年支出（万元）", "全年预算数（万元）", "预算执行率"),
        rows=[
            (
                label,
                run.facts[f"{prefix}executed"],
                run.facts[f"{prefix}budget"],
                run.facts[f"{prefix}execution_rate"],
            )
            for label, prefix in kinds
        ],
    )


def _rate_axis(rates: list[float]) -> tuple[float, float]:
    """Where the axis of rates begins and ends: close when all are near 100, from zero when not."""
    lowest, highest = min(rates, default=0.0), max(rates, default=100.0)
    start = 98.0 if lowest >= 98 else 80.0 if lowest >= 80 else 0.0
    return start, max(100.0, highest) + (max(100.0, highest) - start) * 0.18


def name_rows(axes: Axes, labels: list[str]) -> None:
    """Label the bars of a horizontal chart and leave out what carries nothing."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)


def _bars(axes: Axes, labels: list[str], facts: list[Number], color: str) -> None:
    axes.barh(range(len(facts)), [pixels(fact) for fact in facts], height=0.55, color=color)
    for position, fact in enumerate(facts):
        beside(axes, pixels(fact), position, fact.display)
    name_rows(axes, labels)
    axes.set_xlim(0, max(map(pixels, facts)) * 1.12)
