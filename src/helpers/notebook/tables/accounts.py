"""The tables of money behind the totals: adjustments, final accounts, management, the years."""

from __future__ import annotations

from helpers.evaluation.accounts import NAMED
from helpers.evaluation.earlier_years import COMPARED
from helpers.evaluation.fact_ids import (
    account_line_id,
    adjustment_id,
    change_id,
    earlier_id,
    function_id,
    published_id,
    share_id,
)
from helpers.figures.exact import WAN
from helpers.figures.number import MISSING
from helpers.inputs.schema.evaluation import (
    ADJUSTMENTS,
    EXPENDITURE_ACCOUNT,
    MANAGEMENT,
    SUMMARY_ACCOUNT,
)
from helpers.inputs.schema.report import EXPLANATIONS
from helpers.notebook import markup
from helpers.notebook.grid import Grid, GridCell
from helpers.run import Run


def adjustments(run: Run) -> Grid:
    """Every adjustment between the initial and the adjusted budget."""
    table = run.tables[ADJUSTMENTS.name]
    rows: list[tuple[GridCell, ...]] = [
        (
            markup.day(table.string(line, "日期")),
            table.string(line, "文号") or MISSING,
            table.string(line, "事项"),
            table.string(line, "类型"),
            run.facts[adjustment_id(number)],
        )
        for number, line in enumerate(table.lines, 1)
    ]
    if rows:
        rows.append(("合计", "", "", "", run.facts["adjustments_total"]))
    head = ("日期", "文号", "事项", "类型", "金额")
    absent = f"本年度未提供“{ADJUSTMENTS.name}”，不列年初预算数到全年预算数的调整过程。"
    return Grid("adjustments", "预算调整明细", head, rows, WAN, total=True, absent=absent)


def explanations(run: Run) -> Grid:
    """The reasons given where a ratio passes its threshold."""
    table = run.tables[EXPLANATIONS.name]
    rows: list[tuple[GridCell, ...]] = []
    for line in table.lines:
        id = table.string(line, "编号")
        fact = run.facts.get(id)
        if fact is not None and not fact.defined and published_id(id) in run.facts:
            fact = run.facts[published_id(id)]
        rows.append(
            (
                table.string(line, "比率"),
                MISSING if fact is None else fact,
                table.string(line, "原因说明") or MISSING,
                table.string(line, "依据") or MISSING,
            )
        )
    head = ("比率或变动", "数值", "原因说明", "依据")
    return Grid("explanations", "比率和变动说明", head, rows, absent="没有须说明的比率和变动。")


def management(run: Run, group: str) -> Grid:
    """What was required, found and deducted, for the rubric's items of one group."""
    table, ids = run.tables[MANAGEMENT.name], _items(run, group)
    rows = [
        (
            table.string(line, "指标"),
            table.string(line, "要求"),
            table.string(line, "情况"),
            table.string(line, "依据文号") or MISSING,
            table.string(line, "发现问题") or "无",
        )
        for line in table.lines
        if table.string(line, "编号") in ids
    ]
    head = ("指标", "要求", "情况", "依据文号", "发现问题")
    absent = f"本年度未提供“{MANAGEMENT.name}”中的{group}部分。"
    return Grid(f"management-{min(ids, default='none')}", f"{group}情况", head, rows, absent=absent)


def _items(run: Run, group: str) -> list[str]:
    return [item.id for _, item in run.evaluation.sheet.rubric.items if item.group == group]


def summary_account(run: Run) -> Grid:
    """The summary account of income and spending, as it stands."""
    table = run.tables[SUMMARY_ACCOUNT.name]
    rows: list[tuple[GridCell, ...]] = []
    for number, line in enumerate(table.lines, 1):
        side, item = table.string(line, "方向"), table.string(line, "项目")
        id = NAMED[side].get(item, account_line_id(number))
        rows.append((side, item, run.facts[id]))
    head = ("方向", "项目", "决算数")
    absent = f"本年度未提供“{SUMMARY_ACCOUNT.name}”。"
    return Grid("summary-account", "收入支出决算总表", head, rows, WAN, absent=absent)


def expenditure_account(run: Run) -> Grid:
    """Expenditure by function class, group and item, with the share of each class."""
    table, facts = run.tables[EXPENDITURE_ACCOUNT.name], run.facts
    rows: list[tuple[GridCell, ...]] = []
    for line in table.lines:
        id = function_id(table.string(line, "科目编码"))
        share = facts.get(share_id(id), "—")
        name = table.string(line, "科目名称")
        rows.append((markup.code(table.string(line, "科目编码")), name, facts[id], share))
    if rows:
        rows.append(("合计", "", facts["function_total"], "—"))
    head = ("科目编码", "科目名称", "本年支出合计", "占各类合计")
    absent = f"本年度未提供“{EXPENDITURE_ACCOUNT.name}”。"
    return Grid("expenditure-account", "支出决算表", head, rows, WAN, total=True, absent=absent)


def years(run: Run) -> Grid:
    """The same figures over the years, the change from last year, and what explains it."""
    now, facts = run.params.year, run.facts
    past = [year for year in range(now - 4, now) if earlier_id(COMPARED[0], year) in facts]
    table = run.tables[EXPLANATIONS.name]
    reasons = {table.string(n, "编号"): table.string(n, "原因说明") for n in table.lines}
    rows: list[tuple[GridCell, ...]] = []
    for id in COMPARED:
        change = change_id(id)
        rows.append(
            (
                f"{facts[id].label}（{facts[id].unit}）",
                *(facts[earlier_id(id, year)] for year in past),
                facts[id],
                facts.get(change, "—"),
                reasons.get(change, "") or "—",
            )
        )
    head = ("数据项", *(f"{year}年" for year in past), f"{now}年", "比上年", "变动说明")
    note = "金额和人数为同比增长（%），比率为增减的百分点，得分为增减的分数。"
    absent = "没有以前年度的数据可比。"
    return Grid("years", "历年对比", head, rows if past else [], note=note, absent=absent)
