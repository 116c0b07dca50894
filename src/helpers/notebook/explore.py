"""Open any run to explore it: its data, figures and charts, and what would be if."""

from __future__ import annotations

from fractions import Fraction

from helpers.evaluation.fact_ids import points_id, score_id
from helpers.figures import ratios
from helpers.figures.number import Number, constant
from helpers.inputs.project import find_project
from helpers.notebook.report import Report
from helpers.run import Run, load_run


def open_run(name: str) -> Report:
    """Open a run by its name, for example `demo-2024`, with whatever errors its data has.

    Raises `ReportError` where its inputs cannot be read at all.
    """
    project = find_project()
    return Report(load_run(project, project.params(name)))


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
