"""The facts of the year's process: monitoring, survey, assets, evidence and rectification."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.evaluation.assets import asset_facts
from helpers.evaluation.counts import count, count_rows
from helpers.evaluation.monitoring import last_month, monitoring_facts
from helpers.evaluation.survey import survey_facts
from helpers.figures.facts import Facts
from helpers.inputs.params import Params
from helpers.inputs.schema.process import (
    ASSETS,
    DONE,
    EVIDENCE,
    MONITORING,
    MONTHLY,
    RECTIFICATION,
    STRATA,
)
from helpers.inputs.survey_answers import Answers
from helpers.inputs.tables import Table


def process_facts(
    facts: Facts, tables: Mapping[str, Table], answers: Answers, params: Params
) -> None:
    """Enter every fact of the process tables; what a run does not have has no value."""
    monitoring_facts(facts, tables[MONTHLY.name], tables[MONITORING.name], last_month(params))
    survey_facts(facts, tables[STRATA.name], answers, params.satisfied_from)
    asset_facts(facts, tables[ASSETS.name])
    for table, column, id, label, unit in (
        (tables[MONITORING.name], "项目名称", "monitored_count", "监控的项目数", "个"),
        (tables[ASSETS.name], "资产编号", "asset_count", "资产件数", "件"),
        (tables[EVIDENCE.name], "资料名称", "evidence_count", "应有资料份数", "份"),
        (tables[RECTIFICATION.name], "问题", "rectification_count", "整改事项数", "项"),
    ):
        count_rows(facts, table, column, id=id, label=label, unit=unit)
    for table, column, text, id, label, unit in (
        (tables[EVIDENCE.name], "有无", "缺", "evidence_missing", "缺少的资料份数", "份"),
        (
            tables[RECTIFICATION.name],
            "完成情况",
            DONE,
            "rectified_count",
            "已完成的整改事项数",
            "项",
        ),
    ):
        count(facts, table, column, text, id=id, label=label, unit=unit)
