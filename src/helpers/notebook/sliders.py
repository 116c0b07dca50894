"""Sliders for JupyterLab: move a figure, a target or a weight, and see score and chart follow."""

from __future__ import annotations

from fractions import Fraction

import ipywidgets as widgets
from markupsafe import Markup

from helpers.evaluation.fact_ids import points_id, score_id, target_id
from helpers.evaluation.indicators import Indicator
from helpers.figures import ratios
from helpers.figures.exact import round_to
from helpers.figures.number import Number, constant
from helpers.inputs.schema.evaluation import INDICATORS, LARGER
from helpers.inputs.schema.report import BUDGET
from helpers.notebook.drawing import pixels
from helpers.notebook.grid import Grid
from helpers.notebook.report import Report
from helpers.run import Run
from helpers.run.what_if import changed_run

WIDE = widgets.Layout(width="38rem")
STYLE = {"description_width": "14rem"}
COMPARED = ("project_execution_rate", "execution_rate", "outputs_score", "effects_score")


def sliders(report: Report) -> widgets.VBox:
    """Three sliders, the scores before and after, and the chart of scores.

    项目支出 as a share of its budget; the target of one indicator; the weight of the
    rubric's first part, the others keeping their proportions.
    """
    run = report.run
    part = run.evaluation.sheet.rubric.parts[0]
    indicator = _first_quantified(run)
    spent = _slider("项目支出执行率（%）", pixels(run.facts["project_execution_rate"]), 0, 100)
    target = _slider(f"{indicator.name}指标值", _value(run, indicator), *_range(run, indicator))
    weight = _slider(f"{part.name}权重（分）", pixels(Fraction(part.points)), 0, 100)
    shown = widgets.HTML()

    def follow(_: object = None) -> None:
        spending = _spending(run, spent.value)
        more = changed_run(run, BUDGET.name, "项目支出", "全年执行数", spending)
        changed = changed_run(more, INDICATORS.name, indicator.id, "指标值", _typed(target.value))
        weighed = reweighted_score(changed, part.id, Fraction(_typed(weight.value)))
        shown.value = str(_scores(run, changed, weighed) + Report(changed).chart("scores").html)

    for slider in (spent, target, weight):
        slider.observe(follow, names="value")
    follow()
    return widgets.VBox([spent, target, weight, shown])


def _slider(label: str, value: float, low: float, high: float) -> widgets.FloatSlider:
    return widgets.FloatSlider(
        value=value,
        min=low,
        max=high,
        step=(high - low) / 100 or 1,
        description=label,
        continuous_update=False,
        readout_format=".2f",
        layout=WIDE,
        style=STYLE,
    )


def _first_quantified(run: Run) -> Indicator:
    """The first indicator of the department where more is better and that can be scored."""
    return next(
        each
        for each in run.evaluation.indicators
        if not each.owner
        and each.direction == LARGER
        and run.facts[target_id(each.id)].defined
        and run.facts[each.id].defined
    )


def _value(run: Run, indicator: Indicator) -> float:
    return pixels(run.facts[target_id(indicator.id)])


def _range(run: Run, indicator: Indicator) -> tuple[float, float]:
    value = _value(run, indicator)
    return 0.0, max(2 * value, 1.0)


def _spending(run: Run, rate: float) -> str:
    """Spending at a rate of the budget, to the fen."""
    return str(round_to(run.facts["project_budget"].known * Fraction(_typed(rate)) / 100, 6))


def _typed(value: float) -> str:
    """A slider's position as a person would type it."""
    return f"{value:.4f}"


def _scores(before: Run, after: Run, weighed: Number) -> Markup:
    """The figures that moved, before and after, and the total under the new weight."""
    rows: list[tuple[str | Number, ...]] = [
        (before.facts[id].label, before.facts[id], after.facts[id]) for id in COMPARED
    ]
    total = before.facts["total_score"]
    rows.append((total.label, total, after.facts["total_score"]))
    rows.append(("合计得分（按滑块的权重）", total, weighed.display if weighed.defined else "—"))
    return Grid("what-if", "如果……会怎样", ("数据项", "原", "现"), rows).html(numbered=False)


def reweighted_score(run: Run, part: str, weight: Fraction) -> Number:
    """The total score if a part weighed `weight` of 100 and the others kept their proportions.

    Formula: the sum of score ÷ points × new weight; no value while a part has no score.
    """
    parts = [each.id for each in run.evaluation.sheet.rubric.parts]
    rest = ratios.sum_of_parts(*(run.facts[points_id(id)] for id in parts if id != part))
    scores = [
        ratios.rescaled_score(
            run.facts[score_id(id)],
            points := run.facts[points_id(id)],
            constant(weight, "分")
            if id == part
            else ratios.rescaled_score(points, rest, constant(100 - weight, "分")),
        )
        for id in parts
    ]
    return ratios.sum_of_parts(*scores)
