"""The tables every report is made from: budget, staff, bodies, problems, prose."""

from __future__ import annotations

from helpers.figures.exact import WAN
from helpers.inputs.schema.columns import Column, TableSpec

CATEGORIES = {"基本支出": "basic", "项目支出": "project", "其他支出": "other", "合计": ""}
"""Spending categories and the prefix each gives its fact ids; the total has none."""

BUDGET = TableSpec(
    "预算执行",
    "各类支出的预算与支出，单位：万元；最后一行为表中所印的合计，不分列基本、项目的只填合计",
    (
        Column("支出类别", required=True, choices=tuple(CATEGORIES)),
        Column("年初预算数", "number", unit=WAN),
        Column("全年预算数", "number", required=True, unit=WAN),
        Column("全年执行数", "number", required=True, unit=WAN),
        Column("年末结转结余数", "number", unit=WAN),
    ),
    kept=("支出类别",),
    key=("支出类别",),
    named_by="支出类别",
)

PUBLISHED = TableSpec(
    "公开比率",
    "已公开报告所印的数，照原样抄录（原文没有%就不加，下降的填负数），供复核；编号为数据项名称，"
    "填了种类的自定编号，空着的由比率一列推出，种类和各数见 docs/audit.md",
    (
        Column("编号", "id"),
        Column("比率", required=True),
        Column("公开数", "rate", required=True, unit="%"),
        Column("种类"),
        Column("各数"),
    ),
    optional=True,
    named_by="比率",
)

EXPLANATIONS = TableSpec(
    "比率说明",
    "超过阈值的比率和变动的原因说明；编号为数据项名称",
    (
        Column("编号", "id", required=True),
        Column("比率", required=True),
        Column("原因说明"),
        Column("依据"),
    ),
    optional=True,
)

STAFF = TableSpec(
    "人员",
    "年末人员，单位：人",
    (
        Column("编号", "id", required=True),
        Column("人员类别", required=True),
        Column("指标值", "count", unit="人"),
        Column("人数", "count", required=True, unit="人"),
    ),
    kept=("编号", "人员类别"),
    named_by="人员类别",
)

ORGANISATION = TableSpec(
    "机构",
    "内设机构和其他机构",
    (
        Column("类别", required=True, choices=("内设机构", "其他机构")),
        Column("机构名称", required=True),
    ),
    kept=("类别", "机构名称"),
    key=("类别", "机构名称"),
)

DUTIES = TableSpec(
    "职责",
    "主要职责的短标题，以三定方案为准；主体为承担职责的单位或科室",
    (
        Column("主体", required=True),
        Column("职责", required=True),
    ),
    kept=("主体", "职责"),
    key=("主体", "职责"),
)

MANAGEMENT_WORK = TableSpec(
    "绩效工作",
    "已开展的绩效管理工作，年度照原样抄录",
    (
        Column("编号", "id", required=True),
        Column("工作", required=True, choices=("绩效自评", "运行监控")),
        Column("对象", required=True),
        Column("所写年度", "year"),
        Column("依据", required=True),
    ),
    kept=("编号", "工作", "对象"),
)

PROBLEMS = TableSpec(
    "问题与措施",
    "问题、原因、措施逐条对应",
    (
        Column("问题"),
        Column("原因"),
        Column("措施", required=True),
        Column("依据", required=True),
    ),
)

NARRATIVE = TableSpec(
    "叙述",
    "各部分文字；{…} 处由数据项填入，须写的段落都写文字和依据",
    (
        Column("段落", required=True),
        Column("条件"),
        Column("文字"),
        Column("依据"),
        Column("确认人"),
        Column("确认日期", "date"),
        Column("上年文字"),
    ),
    kept=("段落", "条件", "依据"),
)
