"""The input tables: which files a run reads, and what each column holds."""

from __future__ import annotations

from helpers.inputs.schema import evaluation, process, report, resources
from helpers.inputs.schema.columns import KINDS, MEASURED, NUMERIC, Column, Kind, TableSpec

TABLES: tuple[TableSpec, ...] = (
    report.BUDGET,
    report.PUBLISHED,
    report.EXPLANATIONS,
    report.STAFF,
    report.ORGANISATION,
    report.DUTIES,
    report.MANAGEMENT_WORK,
    report.PROBLEMS,
    report.NARRATIVE,
    evaluation.GOALS,
    evaluation.PROJECT_GOALS,
    evaluation.INDICATORS,
    evaluation.RESULTS,
    evaluation.ADJUSTMENTS,
    evaluation.PROJECTS,
    evaluation.SUMMARY_ACCOUNT,
    evaluation.EXPENDITURE_ACCOUNT,
    evaluation.MANAGEMENT,
    evaluation.STEPS,
    evaluation.SCORE_NOTES,
    process.MONTHLY,
    process.MONITORING,
    process.STRATA,
    process.ASSETS,
    process.EVIDENCE,
    process.RECTIFICATION,
    resources.THREE_PUBLIC,
    resources.OPERATING,
    resources.PROCUREMENT,
    resources.POSTS,
    resources.FUNDS,
    resources.ECONOMIC,
    resources.KEY_PROJECTS,
)
"""Every table a run may have, in the order in which docs/data.md tells of them."""

COUNTED = (process.ANSWERS,)
"""Tables so long that their rows are counted as they are read, and never kept."""

__all__ = ["COUNTED", "KINDS", "MEASURED", "NUMERIC", "TABLES", "Column", "Kind", "TableSpec"]
