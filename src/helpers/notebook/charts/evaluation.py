"""The charts of the evaluation: adjustments, projects, scores."""

from __future__ import annotations

from matplotlib.axes import Axes

from helpers.evaluation.adjustments import KINDS
from helpers.evaluation.fact_ids import adjusted_id, points_id, project_prefix, score_id
from helpers.figures.number import Number
from helpers.inputs.schema.evaluation import PROJECTS
from helpers.notebook.charts.budget import name_rows
from helpers.notebook.drawing import (
    AMBER,
    BLUE,
    GREY,
    LIGHT,
    MUTED,
    Chart,
    beside,
    canvas,
    money_scale,
    pixels,
    target_line,
)
from helpers.notebook.tables.projects import worst_first
from helpers.run import Run


def waterfall(run: Run) -> Chart | None:
    """From the initial budget by each kind of adjustment to the budget, spending and the rest."""
    facts = run.facts
    if not (facts["adjustment_count"].defined and facts["initial_budget"].defined):
        return None
    steps = [
        (kind, facts[adjusted_id(id)])
        for kind, id in KINDS.items()
        if facts[adjusted_id(id)].defined
    ]
    figure, axes = canvas(height=0.9 + 0.42 * (len(steps) + 4))
    rows: list[tuple[str, Number]] = [("年初预算数", facts["initial_budget"])]
    _bar(axes, 0, 0, pixels(facts["initial_budget"]), LIGHT)
    ends = [pixels(facts["initial_budget"])]
    for kind, amount in steps:
        _bar(axes, len(rows), ends[-1], pixels(amount), GREY)
        ends.append(ends[-1] + pixels(amount))
        rows.append((kind, amount))
    for position, end in enumerate(ends):
        axes.plot([end, end], [position, position + 1], color=MUTED, linewidth=0.8, zorder=0)
    executed, left = facts["executed"], facts["unexecuted"]
    _bar(axes, len(rows), 0, pixels(facts["budget"]), LIGHT)
    _bar(axes, len(rows) + 1, 0, pixels(executed), BLUE)
    _bar(axes, len(rows) + 2, pixels(executed), pixels(left), GREY)
    rows += [("全年预算数", facts["budget"]), ("全年支出", executed), ("预算未执行数", left)]
    widest = max(pixels(facts["budget"]), *ends)
    scale = money_scale([amount for _, amount in rows])
    for position, (_, amount) in enumerate(rows):
        axes.text(widest * 1.02, position, scale.text(amount), va="center", fontsize=9.5)
    name_rows(axes, [label for label, _ in rows])
    axes.set_xlim(0, widest * 1.2)
    return Chart(
        id="waterfall",
        figure=figure,
        title=f"{run.params.year}年预算从年初到年末（{scale.unit}）",
        alt="瀑布图：" + "；".join(f"{label}{amount.with_unit}" for label, amount in rows),
        reading="年初预算数{initial_budget}，年中调整合计{adjustments_total}，"
        "全年预算数{budget}，支出{executed}，未执行{unexecuted}。",
        head=("环节", "金额（万元）"),
        rows=rows,
    )


def _bar(axes: Axes, position: int, start: float, width: float, color: str) -> None:
    axes.barh(position, width, left=start, height=0.55, color=color, edgecolor=BLUE, linewidth=0.8)


def project_rates(run: Run) -> Chart | None:
    """Execution rates of the projects, the lowest first."""
    table = run.tables[PROJECTS.name]
    rates = [
        (
            table.string(line, "项目名称"),
            run.facts[f"{project_prefix(table.string(line, '编号'))}execution_rate"],
            run.facts[f"{project_prefix(table.string(line, '编号'))}unexecuted"],
        )
        for line in worst_first(run)
    ]
    rates = [(label, rate, left) for label, rate, left in rates if rate.defined]
    if not rates:
        return None
    floor = run.params.threshold("execution_rate_floor")
    figure, axes = canvas(height=0.8 + 0.42 * len(rates))
    if floor is not None:
        target_line(axes, pixels(floor), f"阈值 {run.params.execution_rate_floor}%")
    end = max(100.0, *(pixels(rate) for _, rate, _ in rates)) * 1.14
    for position, (_, rate, _) in enumerate(rates):
        low = run.params.is_below("execution_rate_floor", rate)
        _bar(axes, position, 0, pixels(rate), AMBER if low else BLUE)
        text = f"◆ {rate.display}" if low else rate.display
        axes.text(end, position, text, ha="right", va="center", fontsize=9.5)
    name_rows(axes, [label for label, _, _ in rates])
    axes.set_xlim(0, end)
    label, rate, left = rates[0]
    return Chart(
        id="project-rates",
        figure=figure,
        title=f"{run.params.year}年各项目预算执行率",
        alt="横条图，由低到高：" + "；".join(f"{label}{rate.display}" for label, rate, _ in rates),
        reading=f"{label}最低，为{{{rate.id}}}，未执行{{{left.id}}}。",
        head=("项目", "预算执行率", "预算未执行数（万元）"),
        rows=rates,
    )


def scores(run: Run) -> Chart | None:
    """Score against points of every item of the sheet that has a score."""
    sheet, facts = run.evaluation.sheet, run.facts
    items = [
        (line.item.name, facts[points_id(line.id)], facts[score_id(line.id)])
        for line in sheet.lines
        if line.indicator is None and line.applicable and facts[score_id(line.id)].defined
    ]
    if len(items) < 2:
        return None
    figure, axes = canvas(height=0.5 + 0.42 * len(items))
    widest = max(pixels(points) for _, points, _ in items)
    for position, (_, points, score) in enumerate(items):
        _bar(axes, position, 0, pixels(points), LIGHT)
        _bar(axes, position, 0, pixels(score), BLUE)
        beside(axes, pixels(points), position, f"{score.display} / {points.display}")
    name_rows(axes, [name for name, _, _ in items])
    axes.set_xlim(0, widest * 1.24)
    return Chart(
        id="scores",
        figure=figure,
        title=f"{run.params.year}年各项得分（得分 / 分值）",
        alt="横条图："
        + "；".join(f"{name}{s.display}分，满分{p.display}分" for name, p, s in items),
        reading="已评分的项目得{scored_score}，分值{scored_points}。",
        head=("评分项目", "分值", "得分"),
        rows=items,
    )
