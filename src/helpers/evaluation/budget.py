"""The facts of budget and spending: amounts, rates, printed ratios and what they imply."""

from __future__ import annotations

from helpers.errors import ReportError
from helpers.evaluation.fact_ids import high_id, low_id, printed_id
from helpers.evaluation.published import usual_facts
from helpers.figures import ratios, rounding_intervals
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.schema.report import CATEGORIES
from helpers.inputs.tables import Table

BUDGET_COLUMNS = {
    "initial_budget": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "carryover_balance": "年末结转结余数",
}

SUMMED = ("budget", "executed")
"""Columns whose total is computed from the categories; the other totals are readings."""


def budget_facts(facts: Facts, budget: Table, published: Table) -> None:
    """Enter every fact of budget and spending; those of the final account come before."""
    _amounts(facts, budget)
    _execution(facts)
    usual_facts(facts, published)
    _carryover(facts)
    _variance(facts)


def _amounts(facts: Facts, table: Table) -> None:
    """Enter the amounts by category, the totals as printed, and the totals computed.

    Where the kinds of spending are not told apart, the totals are those of the table. A
    year-end balance left blank is taken from the final account, where there is one.
    """
    named = {table.string(line, "支出类别"): line for line in table.lines}
    lines = {category: line for category, line in named.items() if category}
    split = lines.keys() != {"合计"}
    for category in ("基本支出", "项目支出", "合计") if split else ():
        if category not in lines:
            raise ReportError(f"缺少“{category}”一行", place=table.place)
    for category, line in lines.items():
        for column_id, column in BUDGET_COLUMNS.items():
            id, label = _budget_name(CATEGORIES[category], column_id, split=split)
            if id == "carryover_balance" and table.value(line, column) is None:
                closing = facts["account_closing_balance"]
                if closing.defined:
                    facts.name(id, label, closing)
                    continue
            facts.name(id, label or f"{category}{column}", table.number(line, column))
    if not split:
        _not_told_apart(facts, table)
        return
    parts = [prefix for category, prefix in CATEGORIES.items() if prefix and category in lines]
    for id in SUMMED:
        whole = ratios.sum_of_parts(*(facts[f"{part}_{id}"] for part in parts))
        facts.name(id, BUDGET_COLUMNS[id], whole)


def _not_told_apart(facts: Facts, table: Table) -> None:
    """Enter the amounts of basic and project spending as lacking."""
    for category in ("基本支出", "项目支出"):
        for column_id, column in BUDGET_COLUMNS.items():
            id = f"{CATEGORIES[category]}_{column_id}"
            facts.lack(id, f"{category}{column}", table.file, unit=WAN)


def _budget_name(prefix: str, column_id: str, *, split: bool) -> tuple[str, str]:
    """Id of one amount, and its label where it is not category and column."""
    column = BUDGET_COLUMNS[column_id]
    if prefix:
        return f"{prefix}_{column_id}", ""
    if split and column_id in SUMMED:
        return printed_id(column_id), f"表中所印{column}合计"
    return column_id, column


def _execution(facts: Facts) -> None:
    """Enter how much was spent of each kind and of all, and the shares of the kinds."""
    listed = ((f"{prefix}_", kind) for kind, prefix in CATEGORIES.items() if prefix)
    kinds = {prefix: kind for prefix, kind in listed if f"{prefix}budget" in facts}
    for prefix, kind in {**kinds, "": ""}.items():
        budget, executed = facts[f"{prefix}budget"], facts[f"{prefix}executed"]
        rate = ratios.execution_rate(executed, budget)
        facts.name(f"{prefix}execution_rate", f"{kind}预算执行率", rate)
        rest = ratios.difference(budget, executed)
        facts.name(f"{prefix}unexecuted", f"{kind}预算未执行数", rest)
    for prefix, kind in kinds.items():
        share = ratios.share(facts[f"{prefix}budget"], facts["budget"])
        facts.name(f"{prefix}budget_share", f"{kind}占全年预算数比重", share)
    share = ratios.share(facts["project_unexecuted"], facts["unexecuted"])
    facts.name("project_unexecuted_share", "项目支出占预算未执行数比重", share)


def _carryover(facts: Facts) -> None:
    """Enter the rate of what is left, and the balance the printed rate stands for."""
    balance, unexecuted, budget = map(
        facts.__getitem__, ("carryover_balance", "unexecuted", "budget")
    )
    for id, label, kept in (
        ("carryover_rate", "结转结余率", balance),
        ("assumed_carryover_rate", "结转结余率（假定未执行数全部结转）", unexecuted),
    ):
        facts.name(id, label, ratios.carryover_rate(kept, budget))
    low, high = rounding_intervals.ends(facts["published_carryover_rate"])
    ends = ratios.implied_balance(low, budget), ratios.implied_balance(high, budget)
    _interval(facts, "implied_balance", "按公开比率倒推的年末结转结余数", *ends)


def _variance(facts: Facts) -> None:
    """Enter the variance from the initial budget, its parts, and what its printed form implies."""
    executed, initial = facts["executed"], facts["initial_budget"]
    budget, unexecuted = facts["budget"], facts["unexecuted"]
    for id, label, rate in (
        (
            "budget_variance_rate",
            "部门预决算差异率",
            ratios.budget_variance_rate(executed, initial),
        ),
        ("budget_adjustment_rate", "预算调整率", ratios.budget_adjustment_rate(budget, initial)),
        ("unexecuted_share", "未执行占比", ratios.unexecuted_share(unexecuted, initial)),
    ):
        facts.name(id, label, rate)
    printed = facts["published_budget_variance_rate"]
    solved, name = ratios.implied_initial_budget, "按公开比率倒推的年初预算数"
    low, high = rounding_intervals.ends(printed)
    _interval(facts, "implied_initial", name, solved(high, executed), solved(low, executed))
    implied = facts.name("implied_initial_budget", f"{name}（取所印数）", solved(printed, executed))
    adjusted = ratios.budget_adjustment_rate(budget, implied)
    facts.name("implied_adjustment_rate", "按公开比率倒推的预算调整率", adjusted)
    left = ratios.unexecuted_share(unexecuted, implied)
    facts.name("implied_unexecuted_share", "按公开比率倒推的未执行占比", left)


def _interval(facts: Facts, id: str, label: str, low: Number, high: Number) -> None:
    """Enter both ends of an amount, each rounded away from the other."""
    facts.name(low_id(id), f"{label}下限", low, unit=WAN, rounding="down")
    facts.name(high_id(id), f"{label}上限", high, unit=WAN, rounding="up")
