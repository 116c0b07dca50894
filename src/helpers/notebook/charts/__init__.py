"""The charts of the report by name: facts in, a drawn figure with its words and numbers out."""

from __future__ import annotations

from collections.abc import Callable

from helpers.notebook.charts import budget, evaluation, process, years
from helpers.notebook.drawing import Chart
from helpers.run import Run

CHARTS: dict[str, Callable[[Run], Chart | None]] = {
    "staff": budget.staff,
    "budget_composition": budget.budget_composition,
    "budget_and_spending": budget.budget_and_spending,
    "execution_rates": budget.execution_rates,
    "waterfall": evaluation.waterfall,
    "project_rates": evaluation.project_rates,
    "scores": evaluation.scores,
    "years": years.years,
    "progress": process.progress,
    "satisfaction": process.satisfaction,
}
"""A chart for which a run has no data is None."""
