"""The facts of monitoring: planned and actual spending by month and project, and the reminders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from helpers.evaluation.cell_facts import reading, total_of_cells
from helpers.evaluation.fact_ids import monitored_id
from helpers.figures import ratios
from helpers.figures.exact import WAN
from helpers.figures.expressions import Name, Number, evaluate
from helpers.figures.facts import Facts
from helpers.inputs.params import MONITORING, Params
from helpers.inputs.tables import Table

CHECKED_MONTHS = 7
"""Monitoring in August looks at January to July."""


def last_month(params: Params) -> int:
    """The last month a report looks at: July at the stage of monitoring, else December."""
    return CHECKED_MONTHS if params.stage == MONITORING else 12


def monitoring_facts(facts: Facts, monthly: Table, monitoring: Table, until: int) -> None:
    """Enter the months up to one of all projects together, and January to July of each."""
    for month in months(monthly, until):
        for id, column in (("plan", "计划数"), ("actual", "实际数")):
            total_of_cells(
                facts,
                monthly,
                _until(monthly, month),
                column,
                id=f"{id}_to_{month}",
                label=f"到{month}月累计{column}",
            )
    for line in monitoring.lines:
        _project(facts, monthly, monitoring, line)
    for id, column, label in (
        ("monitored_plan", "计划数", "1—7月计划支出"),
        ("monitored_actual", "实际数", "1—7月实际支出"),
    ):
        lines = _until(monthly, CHECKED_MONTHS)
        total_of_cells(facts, monthly, lines, column, id=id, label=label)
    lines = list(monitoring.lines)
    for id, column in (
        ("monitored_budget", "全年预算数"),
        ("monitored_expected", "全年预计执行数"),
    ):
        label = f"监控项目{column}"
        total_of_cells(facts, monitoring, lines, column, id=id, label=label)
    for id, label, tree in (
        (
            "monitored_progress",
            "1—7月支付进度率",
            ratios.payment_progress(Name("monitored_actual"), Name("monitored_plan")),
        ),
        (
            "monitored_rate",
            "1—7月预算执行率",
            ratios.execution_rate(Name("monitored_actual"), Name("monitored_budget")),
        ),
        (
            "monitored_expected_rate",
            "全年预计执行率",
            ratios.execution_rate(Name("monitored_expected"), Name("monitored_budget")),
        ),
    ):
        facts.compute(id, label, tree, unit="%")


def _until(monthly: Table, month: int, project: str = "") -> list[int]:
    """Lines of the months up to one, of a project or of all."""
    return [
        line
        for line in monthly.lines
        if _month(monthly, line) <= month and project in {"", monthly.string(line, "编号")}
    ]


def _month(monthly: Table, line: int) -> int:
    value = monthly.value(line, "月份")
    return int(value) if isinstance(value, Fraction) else 0


def months(monthly: Table, until: int) -> list[int]:
    """The months up to one for which there is actual spending, in order."""
    spent = {_month(monthly, line) for line in monthly.lines if monthly.value(line, "实际数")}
    return sorted(month for month in spent if month <= until)


def _project(facts: Facts, monthly: Table, monitoring: Table, line: int) -> None:
    project, name = monitoring.string(line, "编号"), monitoring.string(line, "项目名称")
    for column, what in (("全年预算数", "budget"), ("全年预计执行数", "expected")):
        facts.add(
            reading(
                monitoring,
                line,
                column,
                id=monitored_id(project, what),
                label=f"{name}{column}（监控）",
                unit=WAN,
                decimals=2,
            )
        )
    for column, what in (("计划数", "plan"), ("实际数", "actual")):
        total_of_cells(
            facts,
            monthly,
            _until(monthly, CHECKED_MONTHS, project),
            column,
            id=monitored_id(project, what),
            label=f"{name}1—7月{column}",
        )
    actual, plan, budget = (
        Name(monitored_id(project, what)) for what in ("actual", "plan", "budget")
    )
    for what, label, tree in (
        ("progress", "1—7月支付进度率", ratios.payment_progress(actual, plan)),
        ("rate", "1—7月预算执行率", ratios.execution_rate(actual, budget)),
    ):
        facts.compute(monitored_id(project, what), f"{name}{label}", tree, unit="%")


@dataclass(frozen=True)
class Reminder:
    """A project that was behind at the end of a month: its row of that month, and how far."""

    project: str
    month: int
    line: int
    progress: Fraction
    reminded: str


def reminders(monthly: Table, floor: Fraction | None, until: int) -> Iterator[Reminder]:
    """Every project and month at whose end spending to date was below the floor of the plan.

    `floor` is the least 支付进度率 in percent; without one nobody is to be reminded.
    """
    spent: dict[str, tuple[Fraction, Fraction]] = {}
    for line in _in_order(monthly):
        project, month = monthly.string(line, "编号"), _month(monthly, line)
        plan, actual = monthly.value(line, "计划数"), monthly.value(line, "实际数")
        if floor is None or month > until or not isinstance(plan, Fraction):
            continue
        if not isinstance(actual, Fraction):
            continue
        planned, paid = spent.get(project, (Fraction(0), Fraction(0)))
        spent[project] = planned, paid = planned + plan, paid + actual
        progress = evaluate(ratios.payment_progress(Number(paid), Number(planned)))
        if isinstance(progress, Fraction) and progress < floor:
            reminded = monthly.string(line, "提醒日期")
            yield Reminder(project, month, line, progress, reminded)


def _in_order(monthly: Table) -> Sequence[int]:
    return sorted(monthly.lines, key=lambda line: (_month(monthly, line), line))
