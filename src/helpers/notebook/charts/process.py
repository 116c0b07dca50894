"""The charts of the year's process: spending against the plan, satisfaction by stratum."""

from __future__ import annotations

from helpers.evaluation.fact_ids import actual_to_id, low_id, plan_to_id, stratum_id
from helpers.evaluation.monitoring import CHECKED_MONTHS, last_month, months
from helpers.inputs.schema.process import MONTHLY, STRATA
from helpers.notebook.charts.budget import name_rows
from helpers.notebook.drawing import BLUE, GREY, LIGHT, Chart, canvas, pixels
from helpers.run import Run


def progress(run: Run) -> Chart | None:
    """Planned and actual spending to the end of each month, as two lines."""
    listed = months(run.tables[MONTHLY.name], last_month(run.params))
    if not listed:
        return None
    plans = [run.facts[plan_to_id(month)] for month in listed]
    actuals = [run.facts[actual_to_id(month)] for month in listed]
    figure, axes = canvas(height=3.2)
    for facts, color, style, word in (
        (plans, GREY, (0, (4, 3)), "计划"),
        (actuals, BLUE, "-", "实际"),
    ):
        axes.plot(
            listed, [pixels(fact) for fact in facts], color=color, linestyle=style, linewidth=2
        )
        axes.annotate(
            f"{word} {facts[-1].display}",
            (listed[-1], pixels(facts[-1])),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=color,
        )
    if CHECKED_MONTHS in listed:
        at = listed.index(CHECKED_MONTHS)
        axes.plot(CHECKED_MONTHS, pixels(actuals[at]), "o", color=BLUE, markersize=7)
    axes.set_xticks(listed, [f"{month}月" for month in listed])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlim(listed[0], listed[-1] + 2.2)
    axes.set_ylim(0, None)
    last, plan = actuals[-1], plans[-1]
    return Chart(
        id="progress",
        figure=figure,
        title=f"{run.params.year}年累计支出与计划（万元）",
        alt="折线图："
        + "；".join(
            f"到{month}月计划{p.with_unit}、实际{a.with_unit}"
            for month, p, a in zip(listed, plans, actuals, strict=True)
        ),
        reading=f"到{listed[-1]}月累计计划{{{plan.id}}}，实际{{{last.id}}}。",
        head=("月份", "累计计划（万元）", "累计实际（万元）"),
        rows=[(f"到{month}月", p, a) for month, p, a in zip(listed, plans, actuals, strict=True)],
    )


def satisfaction(run: Run) -> Chart | None:
    """Satisfaction by stratum with its interval where it was sampled, the weighted rate last."""
    table, facts = run.tables[STRATA.name], run.facts
    named = [
        (table.string(line, "层"), stratum_id(table.string(line, "编号"), ""))
        for line in table.lines
    ]
    listed = [
        (name, facts[f"{prefix}rate"], f"{prefix}interval")
        for name, prefix in named
        if facts[f"{prefix}rate"].defined
    ]
    if not listed:
        return None
    listed.append(("加权合计", facts["survey_weighted_rate"], "survey_interval"))
    figure, axes = canvas(height=0.9 + 0.45 * len(listed))
    lowest = min(pixels(facts.get(low_id(id), rate)) for _, rate, id in listed)
    start = max(0.0, lowest - lowest % 10 - 10)
    for position, (_, rate, id) in enumerate(listed):
        if low_id(id) in facts:
            ends = [pixels(facts[f"{id}_{end}"]) for end in ("low", "high")]
            axes.plot(ends, [position, position], color=LIGHT, linewidth=9, solid_capstyle="butt")
            axes.plot(ends, [position, position], "|", color=GREY, markersize=10)
        dot = "D" if id == "survey_interval" else "o"
        axes.plot(pixels(rate), position, dot, color=BLUE, markersize=7)
        axes.text(112, position, rate.display, ha="right", va="center")
    name_rows(axes, [name for name, _, _ in listed])
    axes.set_xlim(start, 112)
    axes.set_xticks([start, 100], [f"{start:g}%", "100%"])
    axes.spines["bottom"].set_visible(True)
    return Chart(
        id="satisfaction",
        figure=figure,
        title="各层满意率和95%区间" + ("（横轴不从零起）" if start else ""),
        alt="点图，横线为区间，普查的层没有区间："
        + "；".join(f"{name}{rate.display}{_interval(run, id)}" for name, rate, id in listed),
        reading="按各层总体加权，满意率{survey_weighted_rate}。",
        head=("层", "满意率"),
        rows=[(name, rate) for name, rate, _ in listed],
    )


def _interval(run: Run, id: str) -> str:
    """An interval in words; nothing where there is none."""
    if low_id(id) not in run.facts:
        return ""
    return f"，区间{run.facts[f'{id}_low'].display}至{run.facts[f'{id}_high'].display}"
