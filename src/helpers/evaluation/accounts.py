"""The facts of the final accounts: the summary account and expenditure by function."""

from __future__ import annotations

from helpers.evaluation.fact_ids import account_line_id, function_id, share_id
from helpers.figures import ratios
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.inputs.schema.evaluation import EXPENDITURE_ACCOUNT
from helpers.inputs.tables import Table

INCOME = {
    "本年收入合计": "account_income",
    "使用非财政拨款结余": "account_reserves_used",
    "年初结转和结余": "account_opening_balance",
    "总计": "account_income_total",
}
SPENDING = {
    "本年支出合计": "account_spending",
    "结余分配": "account_distributed",
    "年末结转和结余": "account_closing_balance",
    "总计": "account_spending_total",
}
NAMED = {"收入": INCOME, "支出": SPENDING}


def account_facts(facts: Facts, summary: Table, expenditure: Table) -> None:
    """Enter the lines of the summary account and those of expenditure by function.

    A line of the summary that is not one of its sums is an income or a function class.
    """
    for number, line in enumerate(summary.lines, 1):
        side, item = summary.string(line, "方向"), summary.string(line, "项目")
        id = NAMED.get(side, {}).get(item, account_line_id(number))
        facts.name(id, f"决算{side}：{item}", summary.number(line, "决算数"))
    for id, label in (
        *((id, f"决算收入：{item}") for item, id in INCOME.items()),
        *((id, f"决算支出：{item}") for item, id in SPENDING.items()),
    ):
        if id not in facts:
            facts.lack(id, label, summary.file, unit=WAN)
    for line in expenditure.lines:
        code, name = expenditure.string(line, "科目编码"), expenditure.string(line, "科目名称")
        spent = expenditure.number(line, "本年支出合计")
        facts.name(function_id(code), f"{code}{name}支出", spent)
    _totals(facts, expenditure)


def classes(table: Table) -> list[str]:
    """The function classes (类, three digits) of the expenditure account."""
    codes = [table.string(line, "科目编码") for line in table.lines]
    return [code for code in codes if len(code) == 3]


def _totals(facts: Facts, table: Table) -> None:
    id, label = "function_total", f"{EXPENDITURE_ACCOUNT.name}各类支出合计"
    parts = [facts[function_id(code)] for code in classes(table)]
    if not parts:
        facts.lack(id, label, table.file, unit=WAN)
        return
    whole = facts.name(id, label, ratios.sum_of_parts(*parts))
    for part in parts:
        facts.name(share_id(part.id), f"{part.label}占比", ratios.share(part, whole))
