"""The chart of spending to date against the plan."""

from __future__ import annotations

from helpers.drawing import BLUE, GREY, Chart, canvas, pixels
from helpers.monitoring_facts import CHECKED_MONTHS, last_month, months
from helpers.runs import Run
from helpers.schema.process import MONTHLY


def progress(run: Run) -> Chart | None:
    """Planned and actual spending to the end of each month, as two lines."""
    listed = months(run.tables[MONTHLY.name], last_month(run.params))
    if not listed:
        return None
    plans = [run.facts[f"plan_to_{month}"] for month in listed]
    actuals = [run.facts[f"actual_to_{month}"] for month in listed]
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
