"""The input tables: which files a run reads, and what each column holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "id", "number", "count", "rate", "year"]

KINDS: dict[Kind, str] = {
    "text": "文字",
    "id": "小写英文字母、数字和下划线，以字母开头，全表不重复",
    "number": "数字，如 5275.741749",
    "count": "非负整数",
    "rate": "百分数，如 11.4%",
    "year": "四位年度，如 2023",
}


@dataclass(frozen=True)
class Column:
    """One column: its header, what its cells are, whether a blank is an error (必填)."""

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """One table: its name (the file is `NAME.csv`), what it holds, and its columns.

    A run may do without an optional table; the report then says so.
    """

    name: str
    holds: str
    columns: tuple[Column, ...]
    optional: bool = False

    @property
    def needed(self) -> tuple[str, ...]:
        """Headers the file must have: those of the columns that may not be blank."""
        return tuple(column.name for column in self.columns if column.required)


CATEGORIES = {"基本支出": "basic", "项目支出": "project", "其他支出": "other", "合计": ""}
"""Spending categories and the prefix each gives its fact ids; the total has none."""

BUDGET = TableSpec(
    "预算执行",
    "各类支出的预算与支出，单位：万元；最后一行为表中所印的合计",
    (
        Column("支出类别", required=True, choices=tuple(CATEGORIES)),
        Column("年初预算数", "number"),
        Column("全年预算数", "number", required=True),
        Column("全年执行数", "number", required=True),
        Column("年末结转结余数", "number"),
    ),
)

PUBLISHED = TableSpec(
    "公开比率",
    "已公开报告所印的比率，照原样抄录（原文没有%就不加），供复核",
    (
        Column("编号", "id", required=True),
        Column("比率", required=True),
        Column("公开数", "rate", required=True),
    ),
    optional=True,
)

EXPLANATIONS = TableSpec(
    "比率说明",
    "超过阈值的比率的原因说明",
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
        Column("指标值", "count"),
        Column("人数", "count", required=True),
    ),
)

ORGANISATION = TableSpec(
    "机构",
    "内设机构和其他机构",
    (
        Column("类别", required=True, choices=("内设机构", "其他机构")),
        Column("机构名称", required=True),
    ),
)

DUTIES = TableSpec(
    "职责",
    "主要职责的短标题，以三定方案为准",
    (
        Column("主体", required=True, choices=("党委", "人大", "政府")),
        Column("职责", required=True),
    ),
)

OUTPUT_GROUPS = ("产出数量", "产出质量", "产出进度", "产出成本")
EFFECT_GROUPS = ("经济效益", "社会效益", "环境效益", "可持续性影响", "服务对象满意度")

INDICATORS = TableSpec(
    "绩效指标",
    "绩效指标的指标值、完成值、上年数和已公布的同比",
    (
        Column("编号", "id", required=True),
        Column("二级指标", required=True, choices=OUTPUT_GROUPS + EFFECT_GROUPS),
        Column("三级指标", required=True),
        Column("计量单位", required=True),
        Column("指标值", "number"),
        Column("完成值", "number"),
        Column("上年数", "number"),
        Column("同比增长", "rate"),
        Column("依据", required=True),
    ),
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
)

SCORES = TableSpec(
    "评分项目",
    "评分的三个部分；没有得分的写明原因",
    (
        Column("编号", "id", required=True),
        Column("一级指标", required=True),
        Column("分值", "number", required=True),
        Column("暂不评分原因"),
    ),
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
    "各部分文字；{…} 处由数据项填入",
    (
        Column("段落", required=True),
        Column("条件"),
        Column("文字", required=True),
        Column("依据", required=True),
    ),
)

TABLES = (
    BUDGET,
    PUBLISHED,
    EXPLANATIONS,
    STAFF,
    ORGANISATION,
    DUTIES,
    INDICATORS,
    MANAGEMENT_WORK,
    SCORES,
    PROBLEMS,
    NARRATIVE,
)
