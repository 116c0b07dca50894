"""The tables of what a department has to work with: expenses, posts, funds, key projects."""

from __future__ import annotations

from helpers.figures.exact import WAN
from helpers.inputs.schema.columns import Column, TableSpec
from helpers.inputs.schema.evaluation import NO, YES

TOTAL = "合计"

THREE_PUBLIC_ITEMS = ("因公出国（境）", "公务用车购置", "公务用车运行维护", "公务接待")

THREE_PUBLIC = TableSpec(
    "三公经费",
    "“三公”经费上年和本年的预算、决算，单位：万元；四项列全，或填表中所印的合计",
    (
        Column("项目", required=True, choices=(*THREE_PUBLIC_ITEMS, TOTAL)),
        Column("上年预算数", "number", unit=WAN),
        Column("上年决算数", "number", unit=WAN),
        Column("本年预算数", "number", unit=WAN),
        Column("本年决算数", "number", unit=WAN),
    ),
    optional=True,
    kept=("项目",),
    key=("项目",),
    named_by="项目",
)

OPERATING = TableSpec(
    "公用经费",
    "公用经费各项的预算、决算，单位：万元；逐项列全，或填表中所印的合计",
    (
        Column("项目", required=True),
        Column("上年决算数", "number", unit=WAN),
        Column("预算数", "number", unit=WAN),
        Column("决算数", "number", unit=WAN),
    ),
    optional=True,
    kept=("项目",),
    key=("项目",),
    named_by="项目",
)

PROCUREMENT = TableSpec(
    "政府采购",
    "政府采购各类的预算和实际采购金额，单位：万元；逐类列全，或填表中所印的合计",
    (
        Column("类别", required=True),
        Column("上年决算数", "number", unit=WAN),
        Column("预算数", "number", unit=WAN),
        Column("执行数", "number", unit=WAN),
    ),
    optional=True,
    kept=("类别",),
    key=("类别",),
    named_by="类别",
)

POSTS = TableSpec(
    "编制",
    "批准的编制数和年末在职人数，单位：人；逐类列全，或填表中所印的合计",
    (
        Column("类别", required=True),
        Column("编制数", "count", unit="人"),
        Column("在职人数", "count", unit="人"),
    ),
    optional=True,
    kept=("类别",),
    key=("类别",),
    named_by="类别",
)

FUNDS = TableSpec(
    "资金来源",
    "各来源资金的预算和支出，单位：万元；有的来源列全，或填表中所印的合计",
    (
        Column(
            "来源",
            required=True,
            choices=("财政拨款", "财政专户管理资金", "单位资金", "其他资金", TOTAL),
        ),
        Column("年初预算数", "number", unit=WAN),
        Column("全年预算数", "number", unit=WAN),
        Column("全年执行数", "number", unit=WAN),
    ),
    optional=True,
    kept=("来源",),
    key=("来源",),
    named_by="来源",
)

ECONOMIC = TableSpec(
    "经济分类",
    "支出经济分类（类为三位编码，如301工资福利支出），单位：万元；可逐级列款",
    (
        Column("科目编码", "code", required=True),
        Column("科目名称", required=True),
        Column("预算数", "number", unit=WAN),
        Column("决算数", "number", unit=WAN),
    ),
    optional=True,
    kept=("科目编码", "科目名称"),
    key=("科目编码",),
    named_by="科目名称",
)

KEY_PROJECTS = TableSpec(
    "重点项目",
    "年度重点项目，每个一行，单位：万元；后四列填是否完成、按时、达标、按进度支付",
    (
        Column("项目名称", required=True),
        Column("预算数", "number", unit=WAN),
        Column("执行数", "number", unit=WAN),
        Column("完成", choices=(YES, NO)),
        Column("按时完成", choices=(YES, NO)),
        Column("质量达标", choices=(YES, NO)),
        Column("按进度支付", choices=(YES, NO)),
    ),
    optional=True,
    kept=("项目名称",),
    key=("项目名称",),
    named_by="项目名称",
)
