"""The tables of work through the year: monitoring, survey, assets, evidence, rectification."""

from __future__ import annotations

from helpers.figures.exact import WAN
from helpers.inputs.schema.columns import Column, TableSpec
from helpers.inputs.schema.evaluation import NO, YES

MONTHLY = TableSpec(
    "月度执行",
    "各项目逐月的计划和实际支出（当月数），单位：万元；提醒过的填提醒日期",
    (
        Column("编号", required=True),
        Column("月份", "count", required=True, unit="月"),
        Column("计划数", "number", required=True, unit=WAN),
        Column("实际数", "number", unit=WAN),
        Column("提醒日期", "date"),
    ),
    optional=True,
    kept=("编号", "月份"),
    key=("编号", "月份"),
)

SUPPORT = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
LIKELIHOOD = ("确定能", "有可能", "完全不可能")

MONITORING = TableSpec(
    "运行监控",
    "8月对1—7月执行情况的监控，每个项目一行，单位：万元",
    (
        Column("编号", "id", required=True),
        Column("项目名称", required=True),
        Column("全年预算数", "number", required=True, unit=WAN),
        Column("全年预计执行数", "number", unit=WAN),
        Column("偏差原因", choices=SUPPORT),
        Column("原因说明"),
        Column("完成可能性", choices=LIKELIHOOD),
        Column("措施"),
    ),
    optional=True,
    kept=("编号", "项目名称"),
    named_by="项目名称",
)

CENSUS, SAMPLE = "普查", "抽样"

STRATA = TableSpec(
    "调查设计",
    "满意度调查各层的总体、发放份数和调查方式",
    (
        Column("编号", "id", required=True),
        Column("层", required=True),
        Column("总体", "count", required=True, unit="人"),
        Column("发放", "count", required=True, unit="份"),
        Column("方式", required=True, choices=(CENSUS, SAMPLE)),
        Column("结果应用"),
    ),
    optional=True,
    kept=("编号", "层", "方式"),
    key=("层",),
    named_by="层",
)

GRADES = ("很满意", "满意", "基本满意", "不满意", "很不满意")

ANSWERS = TableSpec(
    "答卷",
    "满意度调查的答卷，每份一行，可直接用调查平台导出的文件；有效为空的，有答案即为有效",
    (
        Column("层", required=True),
        Column("总体满意度", choices=GRADES),
        Column("有效", choices=(YES, NO)),
    ),
    optional=True,
)

GONE = ("减少", "处置")
CHANGES = ("增加", *GONE)

IN_USE = "在用"

ASSETS = TableSpec(
    "资产",
    "固定资产逐件的财务账、卡片账、实物盘点和凭证，单位：万元；没有的留空",
    (
        Column("资产编号", required=True),
        Column("资产名称", required=True),
        Column("类别", required=True),
        Column("财务账", "number", unit=WAN),
        Column("卡片账", "number", unit=WAN),
        Column("实物盘点", choices=("有", "无")),
        Column("盘点日期", "date"),
        Column("凭证号"),
        Column("凭证金额", "number", unit=WAN),
        Column("变动", choices=CHANGES),
        Column("变动日期", "date"),
        Column("批复文号"),
        Column("预算项目"),
        Column("使用状况", choices=(IN_USE, "闲置", "待处置")),
    ),
    optional=True,
    kept=("资产编号", "资产名称", "类别"),
    key=("资产编号",),
    named_by="资产名称",
)

EVIDENCE = TableSpec(
    "资料清单",
    "绩效资料清单；编号与“指标完成.csv”的佐证编号相同",
    (
        Column("编号", required=True),
        Column("对应", required=True),
        Column("资料名称", required=True),
        Column("形成日期", "date"),
        Column("保管科室", required=True),
        Column("有无", required=True, choices=("有", "缺")),
    ),
    optional=True,
    key=("编号",),
)

DONE, DOING, NOT_BEGUN = "已完成", "进行中", "未开始"

RECTIFICATION = TableSpec(
    "整改台账",
    "自评、审计、监控发现问题的整改；上年未完成的照原编号续列",
    (
        Column("编号", "id", required=True),
        Column("问题", required=True),
        Column("原因", required=True),
        Column("措施", required=True),
        Column("责任科室", required=True),
        Column("时限", "date", required=True),
        Column("完成情况", required=True, choices=(DONE, DOING, NOT_BEGUN)),
        Column("完成日期", "date"),
        Column("与下年预算挂钩"),
        Column("经验做法"),
    ),
    optional=True,
)
