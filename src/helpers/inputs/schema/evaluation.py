"""The tables of the evaluation: targets and results, projects, adjustments, accounts, scores."""

from __future__ import annotations

from helpers.figures.exact import WAN
from helpers.inputs.schema.columns import Column, TableSpec

OUTPUT_GROUPS = {
    "产出数量": "quantity",
    "产出质量": "quality",
    "产出进度": "progress",
    "产出成本": "cost",
}
EFFECT_GROUPS = {
    "经济效益": "economic",
    "社会效益": "social",
    "环境效益": "environmental",
    "可持续性影响": "sustainability",
    "服务对象满意度": "satisfaction",
}
GROUPS = OUTPUT_GROUPS | EFFECT_GROUPS
"""Kinds of indicator (二级指标) and the prefix each gives its fact ids."""

NATIONAL_KINDS = {
    "数量指标": "产出数量",
    "质量指标": "产出质量",
    "时效指标": "产出进度",
    "成本指标": "产出成本",
    "经济效益指标": "经济效益",
    "社会效益指标": "社会效益",
    "生态效益指标": "环境效益",
    "可持续影响指标": "可持续性影响",
    "服务对象满意度指标": "服务对象满意度",
}
"""Kinds in national wording, and what Beijing's form calls them."""


def own_kind(written: str) -> str:
    """The kind of indicator by our own name, whichever wording it was written in."""
    return NATIONAL_KINDS.get(written, written)


LARGER, SMALLER, QUALITATIVE = "正向", "反向", "定性"
YES, NO = "是", "否"

INDICATORS = TableSpec(
    "绩效指标",
    "年初设定的绩效指标；所属为空的是部门整体指标，填项目编号的是项目指标",
    (
        Column("编号", "id", required=True),
        Column("所属"),
        Column("整体目标"),
        Column("二级指标", required=True, choices=(*GROUPS, *NATIONAL_KINDS)),
        Column("三级指标", required=True),
        Column("方向", choices=(LARGER, SMALLER, QUALITATIVE)),
        Column("指标值", "number"),
        Column("计量单位", required=True),
        Column("分值", "number", unit="分"),
        Column("上年数", "number"),
        Column("政策依据"),
        Column("对应支出"),
        Column("指标解释"),
        Column("评分标准"),
        Column("依据", required=True),
    ),
    kept=(
        "编号",
        "所属",
        "整体目标",
        "二级指标",
        "三级指标",
        "方向",
        "计量单位",
        "分值",
        "对应支出",
        "指标解释",
        "评分标准",
        "依据",
    ),
    named_by="三级指标",
)

RESULTS = TableSpec(
    "指标完成",
    "年末各指标的完成情况；定性指标填等次和评定比例，远超指标值的填是否因指标值偏低",
    (
        Column("编号", "id", required=True),
        Column("完成值", "number"),
        Column("同比增长", "rate", unit="%"),
        Column("定性等次"),
        Column("评定比例", "rate", unit="%"),
        Column("佐证编号"),
        Column("偏差原因"),
        Column("指标值偏低", choices=(YES, NO)),
        Column("认定理由"),
    ),
    optional=True,
    kept=("编号",),
)

ELEMENTS = ("立项背景和需求", "主要内容", "年度成果")
"""What a goal must say (三要素)."""

GOALS = TableSpec(
    "整体绩效目标",
    "部门整体绩效目标；职责照“职责.csv”的短标题填写",
    (
        Column("编号", "id", required=True),
        Column("绩效目标", required=True),
        *(Column(element) for element in ELEMENTS),
        Column("职责"),
        Column("政策依据"),
    ),
    optional=True,
    kept=("编号", "绩效目标", "职责"),
)

PROJECT_GOALS = TableSpec(
    "项目目标申报",
    "各项目申报的绩效目标；编号与“项目自评.csv”相同，整体目标填所服务目标的编号",
    (
        Column("编号", "id", required=True),
        Column("项目名称", required=True),
        *(Column(element) for element in ELEMENTS),
        Column("整体目标"),
        Column("政策依据"),
    ),
    optional=True,
    kept=("编号", "项目名称", "整体目标"),
)

ADDED, MOVED, BROUGHT, RECALLED = "追加", "调剂", "上年结转", "收回"

ADJUSTMENTS = TableSpec(
    "预算调整明细",
    "年初预算数到全年预算数之间的每一次调整，单位：万元；减少的填负数",
    (
        Column("日期", "date", required=True),
        Column("文号"),
        Column("事项", required=True),
        Column("类型", required=True, choices=(ADDED, MOVED, BROUGHT, RECALLED)),
        Column("金额", "number", required=True, unit=WAN),
    ),
    optional=True,
    named_by="事项",
)

PLAN_ITEMS = (
    "组织机构",
    "人员分工",
    "具体实施",
    "执行标准",
    "过程控制",
    "支付监管",
    "总结验收",
)

PROJECTS = TableSpec(
    "项目自评",
    "各项目的预算、执行和实施方案，单位：万元；后七列填实施方案中有无该项内容",
    (
        Column("编号", "id", required=True),
        Column("项目名称", required=True),
        Column("领域", required=True),
        Column("实施科室"),
        Column("年初预算数", "number", unit=WAN),
        Column("全年预算数", "number", required=True, unit=WAN),
        Column("全年执行数", "number", required=True, unit=WAN),
        Column("偏差原因"),
        *(Column(item, choices=("有", "无")) for item in PLAN_ITEMS),
    ),
    optional=True,
    kept=("编号", "项目名称", "领域", "实施科室"),
    named_by="项目名称",
)

SUMMARY_ACCOUNT = TableSpec(
    "收入支出决算总表",
    "收入支出决算总表，单位：万元；项目照决算报表填写",
    (
        Column("方向", required=True, choices=("收入", "支出")),
        Column("项目", required=True),
        Column("决算数", "number", required=True, unit=WAN),
    ),
    optional=True,
    kept=("方向", "项目"),
    key=("方向", "项目"),
    named_by="项目",
)

EXPENDITURE_PARTS = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")

EXPENDITURE_ACCOUNT = TableSpec(
    "支出决算表",
    "支出决算表，按支出功能分类逐级列类、款、项，单位：万元",
    (
        Column("科目编码", "code", required=True),
        Column("科目名称", required=True),
        Column("本年支出合计", "number", required=True, unit=WAN),
        *(Column(part, "number", unit=WAN) for part in EXPENDITURE_PARTS),
    ),
    optional=True,
    kept=("科目编码", "科目名称"),
    key=("科目编码",),
    named_by="科目名称",
)

MANAGEMENT = TableSpec(
    "管理情况",
    "预算管理各指标的要求、情况和评定；编号为评分表中的指标编号",
    (
        Column("编号", "id", required=True),
        Column("指标", required=True),
        Column("要求", required=True),
        Column("情况", required=True),
        Column("依据文号"),
        Column("发现问题"),
        Column("得分", "number", unit="分"),
        Column("扣分理由"),
    ),
    optional=True,
    kept=("编号", "指标", "要求"),
    named_by="指标",
)

STEPS = TableSpec(
    "评分标准",
    "评分表未定、由财政部门每年明确的分档标准；比率不高于该数的得相应比例，逐行放宽",
    (
        Column("编号", required=True),
        Column("不高于", "rate", unit="%"),
        Column("得分比例", "rate", required=True, unit="%"),
        Column("依据", required=True),
        Column("已确认", required=True, choices=(YES, NO)),
    ),
    optional=True,
    key=("编号", "不高于"),
)

PENDING, NOT_APPLICABLE = "暂不评分", "不适用"

SCORE_NOTES = TableSpec(
    "评分说明",
    "暂不评分或不适用的部分、指标及原因；编号为评分表中的编号",
    (
        Column("编号", "id", required=True),
        Column("情形", required=True, choices=(PENDING, NOT_APPLICABLE)),
        Column("原因", required=True),
    ),
    optional=True,
)
