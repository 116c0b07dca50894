"""The tables of monitoring: spending to July, reminders, causes and measures."""

from __future__ import annotations

from helpers.evaluation.fact_ids import monitored_id
from helpers.evaluation.monitoring import CHECKED_MONTHS, reminders
from helpers.figures.exact import WAN
from helpers.figures.number import MISSING
from helpers.inputs.schema.process import MONITORING, MONTHLY
from helpers.notebook import markup
from helpers.notebook.grid import Grid, GridCell
from helpers.run import Run

MONITORED = ("budget", "plan", "actual", "progress", "rate", "expected")


def monitoring(run: Run) -> Grid:
    """January to July of every project: plan, spending, progress, what is expected."""
    table, facts = run.tables[MONITORING.name], run.facts
    rows: list[tuple[GridCell, ...]] = [
        (
            table.string(line, "项目名称"),
            *(facts[monitored_id(table.string(line, "编号"), what)] for what in MONITORED),
        )
        for line in table.lines
    ]
    if rows:
        rows.append(("合计", *(facts[f"monitored_{what}"] for what in MONITORED)))
    head = (
        "项目",
        "全年预算数",
        "1—7月计划",
        "1—7月支出",
        "支付进度率",
        "预算执行率",
        "全年预计支出",
    )
    note = "支付进度率＝1—7月支出÷1—7月计划；预算执行率＝1—7月支出÷全年预算数。"
    absent = f"本年度未提供“{MONITORING.name}”。"
    return Grid(
        "monitoring", "1—7月支出情况", head, rows, WAN, total=True, note=note, absent=absent
    )


def monitoring_causes(run: Run) -> Grid:
    """Why a project lags, how likely it is to finish, and what is done about it."""
    table = run.tables[MONITORING.name]
    rows = [
        (
            table.string(line, "项目名称"),
            table.string(line, "偏差原因") or "无",
            table.string(line, "原因说明") or "—",
            table.string(line, "完成可能性") or MISSING,
            table.string(line, "措施") or "—",
        )
        for line in table.lines
    ]
    head = ("项目", "偏差原因", "原因说明", "完成可能性", "措施")
    absent = f"本年度未提供“{MONITORING.name}”。"
    return Grid("monitoring-causes", "偏差原因和措施", head, rows, absent=absent)


def reminded(run: Run) -> Grid:
    """The projects to be reminded by the rule, month by month, and whether they were."""
    table, names = run.tables[MONTHLY.name], run.tables[MONITORING.name]
    known = {names.string(line, "编号"): names.string(line, "项目名称") for line in names.lines}
    floor = run.params.threshold("progress_floor")
    listed: dict[str, list[str]] = {}
    dates: dict[str, list[str]] = {}
    for each in reminders(table, floor, CHECKED_MONTHS):
        listed.setdefault(each.project, []).append(f"{each.month}月")
        if each.reminded:
            dates.setdefault(each.project, []).append(markup.day(each.reminded))
    rows = [
        (
            known.get(project, project),
            "、".join(months),
            markup.join(_separated(dates.get(project, []))) or "未提醒",
        )
        for project, months in listed.items()
    ]
    if floor is None:
        absent = "支付进度率的提醒标准未设，口径待财政部门确认。"
    else:
        absent = "1—7月没有须提醒的项目。" if table.given else f"本年度未提供“{MONTHLY.name}”。"
    head = ("项目", "应提醒的月份", "已提醒的日期")
    note = "累计支出低于累计计划的规定比例即应提醒；比例为参数，口径待财政部门确认。"
    return Grid("reminders", "须提醒的项目", head, rows, note=note, absent=absent)


def _separated(dates: list[str]) -> list[str]:
    return [part for date in dates for part in ("、", date)][1:]
