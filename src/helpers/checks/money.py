"""Checks on money behind the totals: adjustments, projects, final accounts, the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Place
from helpers.evaluation.earlier_years import COMPARED
from helpers.evaluation.fact_ids import (
    account_line_id,
    change_id,
    function_id,
    project_prefix,
    projects_id,
)
from helpers.figures.exact import WAN, exact_text
from helpers.figures.number import Number, constant
from helpers.inputs.schema.evaluation import (
    ADDED,
    ADJUSTMENTS,
    BROUGHT,
    EXPENDITURE_ACCOUNT,
    EXPENDITURE_PARTS,
    PLAN_ITEMS,
    PROJECTS,
    RECALLED,
    SUMMARY_ACCOUNT,
)
from helpers.inputs.schema.report import EXPLANATIONS


def amount(value: Fraction) -> str:
    """An exact amount in full."""
    return constant(value, WAN).exact


def adjustments(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold the adjustments against the two budgets, their signs against their kinds."""
    table, facts = checked.tables[ADJUSTMENTS.name], checked.facts
    for line in table.lines:
        value, kind = table.value(line, "金额"), table.string(line, "类型")
        place = table.source(line, "金额").place
        if isinstance(value, Fraction) and (
            (value < 0 and kind in {ADDED, BROUGHT}) or (value > 0 and kind == RECALLED)
        ):
            problem = f"{kind}的金额为 {amount(value)}，正负号不符"
            yield Finding(name, "warning", place, problem, "减少的填负数")
        date = table.string(line, "日期")
        if table.value(line, "日期") and int(date[:4]) != checked.params.year:
            place = table.source(line, "日期").place
            yield Finding(name, "warning", place, f"日期 {date} 不在 {checked.params.year} 年")
    gap = facts["adjustments_unexplained"]
    if gap.defined and gap.known != 0:
        problem = (
            f"年初预算数 {facts['initial_budget'].exact} 加调整合计"
            f" {facts['adjustments_total'].exact}，与全年预算数 {facts['budget'].exact}"
            f" 相差 {gap.exact}"
        )
        yield Finding(name, "warning", table.place, problem, "补齐未列的调整事项")


def projects_sum(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold the sum of the projects against 项目支出."""
    facts, table = checked.facts, checked.tables[PROJECTS.name]
    if not table.given:
        return
    for column, label in {
        "initial_budget": "年初预算数",
        "budget": "全年预算数",
        "executed": "全年执行数",
    }.items():
        summed, whole = facts[projects_id(column)], facts[f"project_{column}"]
        if summed.defined and whole.defined and summed.known != whole.known:
            problem = f"各项目{label}合计 {summed.exact}，项目支出{label}为 {whole.exact}"
            yield Finding(name, "warning", table.place, problem, "请核对项目是否列全")


def project_execution(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask what held back a project whose execution rate is below the floor."""
    table, params = checked.tables[PROJECTS.name], checked.params
    for line in table.lines:
        prefix = project_prefix(table.string(line, "编号"))
        rate = checked.facts[f"{prefix}execution_rate"]
        place, label = table.source(line, "偏差原因").place, table.string(line, "项目名称")
        floor = params.execution_rate_floor
        if not floor or not rate.defined:
            continue
        if params.is_below("execution_rate_floor", rate) and not table.string(line, "偏差原因"):
            problem = f"“{label}”执行率 {rate.display}，低于阈值 {floor}%，没有偏差原因"
            yield Finding(name, "warning", place, problem)
        elif rate.known > 100:
            place = table.source(line, "全年执行数").place
            problem = f"“{label}”执行率 {rate.display}，支出超过全年预算数"
            yield Finding(name, "warning", place, problem)


def plans(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that every project's plan holds the seven items."""
    table = checked.tables[PROJECTS.name]
    for line in table.lines:
        lacking = [item for item in PLAN_ITEMS if table.string(line, item) != "有"]
        if lacking:
            place = table.source(line, lacking[0]).place
            problem = f"“{table.string(line, '项目名称')}”实施方案缺：{'、'.join(lacking)}"
            blank = not any(table.string(line, item) for item in lacking)
            yield Finding(name, "warning", place, problem, gap=blank)


def accounts(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold the summary account against its identities and against the other tables."""
    facts, summary = checked.facts, checked.tables[SUMMARY_ACCOUNT.name]
    if not summary.given:
        return
    incomes, spendings = (
        [
            account_line_id(number)
            for number, line in enumerate(summary.lines, 1)
            if summary.string(line, "方向") == side
        ]
        for side in ("收入", "支出")
    )
    for whole, parts in (
        ("account_income", incomes),
        ("account_spending", spendings),
        (
            "account_income_total",
            ["account_income", "account_reserves_used", "account_opening_balance"],
        ),
        (
            "account_spending_total",
            ["account_spending", "account_distributed", "account_closing_balance"],
        ),
        ("account_spending_total", ["account_income_total"]),
        ("account_spending", ["function_total"]),
        ("account_spending", ["executed"]),
        ("account_closing_balance", ["carryover_balance"]),
    ):
        present = [part for part in parts if part in facts and facts[part].defined]
        if present and facts[whole].defined:
            yield from _identity(name, facts[whole], [facts[part] for part in present])


def _identity(name: str, whole: Number, parts: Sequence[Number]) -> Iterator[Finding]:
    """Tell where a whole is not the sum of its parts."""
    summed = sum((part.known for part in parts), Fraction(0))
    if summed != whole.known:
        place = whole.sources[0].place
        labels = "加".join(part.label for part in parts) if len(parts) < 4 else "各项相加"
        problem = f"{whole.label}为 {whole.exact}，{labels}为 {amount(summed)}"
        yield Finding(name, "warning", place, problem, f"相差 {amount(whole.known - summed)}")


def function_codes(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold each function row against its parts, and each class and group against what is in it."""
    table, facts = checked.tables[EXPENDITURE_ACCOUNT.name], checked.facts
    codes = {table.string(line, "科目编码"): line for line in table.lines}
    for code, line in codes.items():
        whole = table.value(line, "本年支出合计")
        parts = [table.value(line, part) for part in EXPENDITURE_PARTS]
        given = [part for part in parts if isinstance(part, Fraction)]
        if isinstance(whole, Fraction) and given and sum(given) != whole:
            place = table.source(line, "本年支出合计").place
            problem = (
                f"{code} 合计为 {amount(whole)}，各类支出相加为 {amount(Fraction(sum(given)))}"
            )
            yield Finding(name, "warning", place, problem)
        if len(code) > 3 and code[:-2] not in codes:
            place = table.source(line, "科目编码").place
            yield Finding(name, "warning", place, f"{code} 没有上级科目 {code[:-2]}")
        below = [other for other in codes if len(other) == len(code) + 2 and other[:-2] == code]
        if below and facts[function_id(code)].defined:
            children = [facts[function_id(other)] for other in below]
            if all(child.defined for child in children):
                yield from _identity(name, facts[function_id(code)], children)


def changes(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask what explains a change against last year beyond the ceiling."""
    table, ceiling = (
        checked.tables[EXPLANATIONS.name],
        checked.params.threshold("change_rate_ceiling"),
    )
    reasons = {table.string(line, "编号"): table.string(line, "原因说明") for line in table.lines}
    changed = [change_id(id) for id in COMPARED if change_id(id) in checked.facts]
    if changed and ceiling is None:
        problem = "比上年变动未设阈值（参数 change_rate_ceiling）"
        yield Finding(name, "note", Place("params"), problem)
        return
    for id in changed:
        fact = checked.facts[id]
        if fact.defined and ceiling is not None and abs(fact.known) > ceiling:
            if reasons.get(id):
                continue
            lines = table.where("编号", id)
            place = table.source(lines[0], "原因说明").place if lines else table.place
            problem = f"{fact.label} {fact.with_unit}，超过 {exact_text(ceiling)}，未说明原因"
            yield Finding(name, "warning", place, problem, f"在编号 {id} 一行填写原因说明")


MONEY_CHECKS = (
    Check("调整勾稽", "年初预算数加各次调整等于全年预算数", adjustments),
    Check("项目勾稽", "各项目相加等于项目支出", projects_sum),
    Check("项目执行", "执行率偏低的项目写明偏差原因", project_execution),
    Check("实施方案", "项目实施方案七项内容齐全", plans),
    Check("决算勾稽", "决算报表内部、与预算执行表之间相符", accounts),
    Check("功能科目", "支出决算表逐级相加相符，编码有上级", function_codes),
    Check("历年变动", "比上年变动较大的写明原因", changes),
)
