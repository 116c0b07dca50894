"""The tables of the report: which facts and texts stand in each, by the name notebooks use."""

from __future__ import annotations

from collections.abc import Callable

from helpers.notebook.grid import Grid
from helpers.notebook.tables import (
    accounts,
    basics,
    evidence,
    indicators,
    monitoring,
    projects,
    scores,
    survey,
)
from helpers.run import Run

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
    "monitoring": monitoring.monitoring,
    "monitoring_causes": monitoring.monitoring_causes,
    "reminders": monitoring.reminded,
    "satisfaction": survey.satisfaction,
    "weighted_satisfaction": survey.weighted_satisfaction,
    "survey_use": survey.survey_use,
    "asset_differences": evidence.asset_differences,
    "asset_items": evidence.asset_items,
    "evidence": evidence.evidence,
    "rectification": evidence.rectification,
    "followed_up": evidence.followed_up,
    "good_practice": evidence.good_practice,
}
