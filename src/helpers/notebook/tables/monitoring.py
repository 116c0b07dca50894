"""Tables of monitoring: spending to July by project and by month, and who is to be reminded."""

from __future__ import annotations

import pandas as pd

from helpers.blocks.words import Words, day, joined
from helpers.evaluation.fact_ids import actual_to_id, monitored_id, plan_to_id
from helpers.evaluation.monitoring import CHECKED_MONTHS, last_month, months, reminders
from helpers.inputs.data_frames import explained
from helpers.inputs.schema.process import MONITORING, MONTHLY
from helpers.run import Run

MONITORED = {
    "budget": "全年预算数",
    "plan": "1—7月计划",
    "actual": "1—7月支出",
    "progress": "支付进度率",
    "rate": "预算执行率",
    "expected": "全年预计支出",
}


def monitoring(run: Run) -> pd.DataFrame:
    """January to July of every project: plan, spending, progress, what is expected."""
    table, facts = run.tables[MONITORING.name], run.facts
    rows = [
        (
            table.string(line, "项目名称"),
            *(facts[monitored_id(table.string(line, "编号"), what)] for what in MONITORED),
        )
        for line in table.lines
    ]
    frame = pd.DataFrame(rows, columns=["项目", *MONITORED.values()])
    return explained(frame, f"本年度未提供“{MONITORING.name}”。")


def by_month(run: Run) -> pd.DataFrame:
    """Planned and actual spending of all projects to the end of each month."""
    listed = months(run.tables[MONTHLY.name], last_month(run.params))
    rows = [(run.facts[plan_to_id(month)], run.facts[actual_to_id(month)]) for month in listed]
    index = pd.Index([f"{month}月" for month in listed], name="到月底")
    return pd.DataFrame(rows, columns=["累计计划", "累计实际"], index=index)


def reminded(run: Run) -> pd.DataFrame:
    """The projects to be reminded by the rule, month by month, and whether they were."""
    table, names = run.tables[MONTHLY.name], run.tables[MONITORING.name]
    known = {names.string(line, "编号"): names.string(line, "项目名称") for line in names.lines}
    floor = run.params.threshold("progress_floor")
    listed: dict[str, list[str]] = {}
    dates: dict[str, list[str | Words]] = {}
    for each in reminders(table, floor, CHECKED_MONTHS):
        listed.setdefault(each.project, []).append(f"{each.month}月")
        if each.reminded:
            dates.setdefault(each.project, []).append(day(each.reminded))
    rows = [
        (
            known.get(project, project),
            "、".join(months),
            joined("、", dates.get(project, ["未提醒"])),
        )
        for project, months in listed.items()
    ]
    if floor is None:
        absent = "支付进度率的提醒标准未设，口径待财政部门确认。"
    elif not table.given:
        absent = f"本年度未提供“{MONTHLY.name}”。"
    elif run.facts["monitored_plan"].defined and run.facts["monitored_actual"].defined:
        absent = "1—7月没有须提醒的项目。"
    else:
        absent = "1—7月的计划或支出没有填全，不能判断有无须提醒的项目。"
    frame = pd.DataFrame(rows, columns=["项目", "应提醒的月份", "已提醒的日期"])
    return explained(frame, absent)
