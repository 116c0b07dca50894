"""The tables of the report: which facts and texts stand in each, by the name notebooks use."""

from __future__ import annotations

from collections.abc import Callable

from helpers.grid import Grid
from helpers.report_tables import accounts, basics, indicators, process, projects, scores
from helpers.runs import Run

TABLES: dict[str, Callable[[Run], Grid | list[Grid]]] = {
    "organisation": basics.organisation,
    "duties": basics.duties,
    "goals": indicators.goals,
    "budget_execution": basics.budget_execution,
    "outputs": indicators.outputs,
    "effects": indicators.effects,
    "finance_management": lambda run: accounts.management(run, "财务管理"),
    "asset_management": lambda run: accounts.management(run, "资产管理"),
    "performance_management": lambda run: accounts.management(run, "绩效管理"),
    "management_work": basics.management_work,
    "published_ratios": basics.published_ratios,
    "adjustments": accounts.adjustments,
    "explanations": accounts.explanations,
    "scores": scores.scores,
    "fields": projects.field_execution,
    "problems": basics.problems,
    "measures": basics.measures,
    "score_sheet": scores.score_sheet,
    "project_goals": indicators.project_goals,
    "goal_matrix": indicators.matrix,
    "indicator_quality": indicators.indicator_quality,
    "projects": projects.projects,
    "summary_account": accounts.summary_account,
    "expenditure_account": accounts.expenditure_account,
    "years": accounts.years,
    "monitoring": process.monitoring,
    "monitoring_causes": process.monitoring_causes,
    "reminders": process.reminded,
    "satisfaction": process.satisfaction,
    "weighted_satisfaction": process.weighted_satisfaction,
    "survey_use": process.survey_use,
    "asset_differences": process.asset_differences,
    "asset_items": process.asset_items,
    "evidence": process.evidence,
    "rectification": process.rectification,
    "followed_up": process.followed_up,
    "good_practice": process.good_practice,
}
