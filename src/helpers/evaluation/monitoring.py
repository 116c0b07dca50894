"""The facts of monitoring: planned and actual spending by month and project, and the reminders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from helpers.evaluation.counts import total_of_cells
from helpers.evaluation.fact_ids import actual_to_id, monitored_id, plan_to_id
from helpers.figures import ratios
from helpers.figures.facts import Facts
from helpers.figures.number import Number, constant
from helpers.inputs.params import MONITORING, Params
from helpers.inputs.tables import Table

CHECKED_MONTHS = 7
"""Monitoring in August looks at January to July."""


def last_month(params: Params) -> int:
    """The last month a report looks at: July at the stage of monitoring, else December."""
    return CHECKED_MONTHS if params.stage == MONITORING else 12


def monitoring_facts(facts: Facts, monthly: Table, monitoring: Table, until: int) -> None:
    """Enter the months up to one of all projects together, and January to July of each."""
    _months(facts, monthly, until)
    for line in monitoring.lines:
        _project(facts, monthly, monitoring, line)
    months, projects = _until(monthly, CHECKED_MONTHS), list(monitoring.lines)
    for id, table, lines, column, label in (
        ("plan", monthly, months, "计划数", "1—7月计划支出"),
        ("actual", monthly, months, "实际数", "1—7月实际支出"),
        ("budget", monitoring, projects, "全年预算数", "监控项目全年预算数"),
        ("expected", monitoring, projects, "全年预计执行数", "监控项目全年预计执行数"),
    ):
        total_of_cells(facts, table, lines, column, id=f"monitored_{id}", label=label)
    plan, actual, budget, expected = (
        facts[f"monitored_{what}"] for what in ("plan", "actual", "budget", "expected")
    )
    for id, label, rate in (
        ("monitored_progress", "1—7月支付进度率", ratios.payment_progress(actual, plan)),
        ("monitored_rate", "1—7月预算执行率", ratios.execution_rate(actual, budget)),
        ("monitored_expected_rate", "全年预计执行率", ratios.execution_rate(expected, budget)),
    ):
        facts.name(id, label, rate)


def _months(facts: Facts, monthly: Table, until: int) -> None:
    """Enter plan and spending to the end of each month: those of the month before, and its own."""
    before: dict[str, list[Number]] = {"计划数": [], "实际数": []}
    counted: list[int] = []
    for month in months(monthly, until):
        new = [line for line in _until(monthly, month) if line not in counted]
        counted += new
        for id, column in ((plan_to_id, "计划数"), (actual_to_id, "实际数")):
            cells = [monthly.number(line, column) for line in new]
            summed = ratios.sum_of_parts(*before[column], *cells)
            before[column] = [facts.name(id(month), f"到{month}月累计{column}", summed)]


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
        label = f"{name}{column}（监控）"
        facts.name(monitored_id(project, what), label, monitoring.number(line, column))
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
        facts[monitored_id(project, what)] for what in ("actual", "plan", "budget")
    )
    for what, label, rate in (
        ("progress", "1—7月支付进度率", ratios.payment_progress(actual, plan)),
        ("rate", "1—7月预算执行率", ratios.execution_rate(actual, budget)),
    ):
        facts.name(monitored_id(project, what), f"{name}{label}", rate)


@dataclass(frozen=True)
class Reminder:
    """A project that was behind at the end of a month: its row of that month, and how far."""

    project: str
    month: int
    line: int
    progress: Number
    reminded: str


def reminders(monthly: Table, floor: Fraction | None, until: int) -> Iterator[Reminder]:
    """Every project and month at whose end spending to date was below the floor of the plan.

    `floor` is the least 支付进度率 in percent; without one nobody is to be reminded.
    """
    spent: dict[str, tuple[Number, Number]] = {}
    for line in _in_order(monthly):
        project, month = monthly.string(line, "编号"), _month(monthly, line)
        plan, actual = monthly.number(line, "计划数"), monthly.number(line, "实际数")
        if floor is None or month > until or not (plan.defined and actual.defined):
            continue
        planned, paid = spent.get(project, (constant(0), constant(0)))
        spent[project] = planned, paid = planned + plan, paid + actual
        progress = ratios.payment_progress(paid, planned)
        if progress.defined and progress.known < floor:
            reminded = monthly.string(line, "提醒日期")
            yield Reminder(project, month, line, progress, reminded)


def _in_order(monthly: Table) -> Sequence[int]:
    return sorted(monthly.lines, key=lambda line: (_month(monthly, line), line))
