"""The charts of the evaluation: adjustments, projects, scores, the years."""

from __future__ import annotations

from matplotlib.axes import Axes

from helpers.adjustment_facts import KINDS
from helpers.charts.budget import name_rows, pair
from helpers.drawing import BLUE, GREY, LIGHT, MUTED, Chart, beside, canvas, pixels
from helpers.earlier_facts import earlier_id
from helpers.facts import Fact
from helpers.project_facts import project_prefix
from helpers.report_tables.projects import worst_first
from helpers.runs import Run
from helpers.schema.evaluation import PROJECTS


def waterfall(run: Run) -> Chart | None:
    """From the initial budget by each kind of adjustment to the budget, spending and the rest."""
    facts = run.facts
    if not (facts["adjustment_count"].defined and facts["initial_budget"].defined):
        return None
    steps = [
        (kind, facts[f"adjusted_{id}"])
        for kind, id in KINDS.items()
        if facts[f"adjusted_{id}"].defined
    ]
    figure, axes = canvas(height=0.9 + 0.42 * (len(steps) + 4))
    rows: list[tuple[str, Fact]] = [("年初预算数", facts["initial_budget"])]
    _bar(axes, 0, 0, pixels(facts["initial_budget"]), LIGHT)
    level = pixels(facts["initial_budget"])
    for kind, amount in steps:
        _bar(axes, len(rows), level, pixels(amount), GREY)
        level += pixels(amount)
        rows.append((kind, amount))
    executed, left = facts["executed"], facts["unexecuted"]
    _bar(axes, len(rows), 0, pixels(facts["budget"]), LIGHT)
    _bar(axes, len(rows) + 1, 0, pixels(executed), BLUE)
    _bar(axes, len(rows) + 2, pixels(executed), pixels(left), GREY)
    rows += [("全年预算数", facts["budget"]), ("全年支出", executed), ("预算未执行数", left)]
    widest = max(pixels(facts["budget"]), level, pixels(facts["initial_budget"]))
    for position, (_, amount) in enumerate(rows):
        axes.text(widest * 1.02, position, amount.display, va="center", ha="left", fontsize=9.5)
    name_rows(axes, [label for label, _ in rows])
    axes.set_xlim(0, widest * 1.2)
    return Chart(
        id="waterfall",
        figure=figure,
        title=f"{run.params.year}年预算从年初到年末（万元）",
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
    figure, axes = canvas(height=0.6 + 0.42 * len(rates))
    if floor is not None:
        axes.axvline(pixels(floor), color=MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
    for position, (_, rate, _) in enumerate(rates):
        low = floor is not None and rate.number < floor
        _bar(axes, position, 0, pixels(rate), GREY if low else BLUE)
        beside(axes, pixels(rate), position, rate.display)
    name_rows(axes, [label for label, _, _ in rates])
    axes.set_xlim(0, max(100.0, *(pixels(rate) for _, rate, _ in rates)) * 1.14)
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
        (line.item.name, facts[f"{line.id}_points"], facts[f"{line.id}_score"])
        for line in sheet.lines
        if line.indicator is None and line.applicable and facts[f"{line.id}_score"].defined
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


def years(run: Run) -> Chart | None:
    """Budget, spending and execution rate over the years."""
    now, facts = run.params.year, run.facts
    span = [year for year in range(now - 4, now) if earlier_id("budget", year) in facts]
    if not span:
        return None

    def of(id: str, year: int) -> Fact:
        return facts[id] if year == now else facts[earlier_id(id, year)]

    listed = [*span, now]
    figure, axes = canvas(height=0.7 + 0.8 * len(listed))
    for position, year in enumerate(listed):
        rate = of("execution_rate", year).display
        pair(axes, position, of("budget", year), of("executed", year), f"，执行率 {rate}")
    name_rows(axes, [f"{year}年" for year in listed])
    axes.set_xlim(0, max(pixels(of("budget", year)) for year in listed) * 1.5)
    return Chart(
        id="years",
        figure=figure,
        title=f"{listed[0]}—{now}年全年预算数与全年支出（万元）",
        alt="成对横条图："
        + "；".join(
            f"{year}年预算{of('budget', year).with_unit}、支出{of('executed', year).with_unit}"
            for year in listed
        ),
        reading="本年支出比上年{executed_change:增减}，执行率{execution_rate_change:增减}。",
        head=("年度", "全年预算数（万元）", "全年支出（万元）", "预算执行率"),
        rows=[
            (f"{year}年", of("budget", year), of("executed", year), of("execution_rate", year))
            for year in listed
        ],
    )
