"""Tables of the evaluation by the names notebooks use: DataFrames, and forms laid out in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from helpers.blocks.model import Grid
from helpers.evaluation.resources import RESOURCES
from helpers.notebook.tables import (
    accounts,
    basics,
    evidence,
    indicators,
    monitoring,
    projects,
    resources,
    scores,
)
from helpers.run import Run, exploring

FRAMES: Mapping[str, Callable[[Run], pd.DataFrame]] = {
    "产出指标": indicators.outputs,
    "效果指标": indicators.effects,
    "目标对应": indicators.matrix,
    "指标质量": indicators.indicator_quality,
    **{
        group: partial(accounts.management, group=group)
        for group in ("财务管理", "资产管理", "绩效管理")
    },
    "管理情况": accounts.all_management,
    "主体职责": basics.duty_counts,
    "绩效管理工作": basics.management_work,
    "公开数核对": basics.published_ratios,
    "比率说明": accounts.explanations,
    "历年对比": accounts.years,
    "项目": projects.projects,
    "分项得分": scores.item_scores,
    "运行监控": monitoring.monitoring,
    "累计支出": monitoring.by_month,
    "提醒": monitoring.reminded,
    "加权满意率": exploring.weighted_satisfaction,
    "资产差异": evidence.asset_differences,
    "差异资产": evidence.asset_items,
    "上年整改": evidence.followed_up,
    **{each.spec.name: partial(resources.amounts, resource=each) for each in RESOURCES},
    "经费比率": resources.ratios,
}
"""What several cells of several tables make together; to look at, to change and to show."""

FORMS: Mapping[str, Callable[[Run], list[Grid]]] = {
    "评价得分": lambda run: [scores.scores(run)],
    "评分表": scores.score_sheet,
}
"""Official forms, whose layout is theirs."""
