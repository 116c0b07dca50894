"""Tables behind the totals: reasons given for ratios, management found, figures over the years."""

from __future__ import annotations

import pandas as pd

from helpers.evaluation.earlier_years import COMPARED
from helpers.evaluation.fact_ids import change_id, earlier_id, published_id
from helpers.figures.number import MISSING
from helpers.inputs.data_frames import explained
from helpers.inputs.schema.evaluation import MANAGEMENT
from helpers.inputs.schema.report import EXPLANATIONS
from helpers.run import Run


def explanations(run: Run) -> pd.DataFrame:
    """The reasons given where a ratio passes its threshold."""
    table = run.tables[EXPLANATIONS.name]
    rows = []
    for line in table.lines:
        id = table.string(line, "编号")
        fact = run.facts.get(id)
        if fact is not None and not fact.defined and published_id(id) in run.facts:
            fact = run.facts[published_id(id)]
        texts = (table.string(line, column) for column in ("原因说明", "依据"))
        rows.append((table.string(line, "比率"), MISSING if fact is None else fact, *texts))
    frame = pd.DataFrame(rows, columns=["比率或变动", "数值", "原因说明", "依据"])
    return explained(frame, f"没有登记{EXPLANATIONS.name}。")


def all_management(run: Run) -> pd.DataFrame:
    """What was required, found and deducted, for the rubric's items, by their groups."""
    table, items = run.tables[MANAGEMENT.name], run.evaluation.sheet.rubric.items
    columns = ["指标", "要求", "情况", "依据文号", "发现问题"]
    lines = {table.string(line, "编号"): line for line in table.lines}
    rows = [
        (item.group, *(table.string(lines[item.id], column) for column in columns))
        for _, item in items
        if item.id in lines
    ]
    frame = pd.DataFrame(rows, columns=["二级指标", *columns])
    return explained(frame, f"本年度未提供“{MANAGEMENT.name}”。")


def management(run: Run, group: str) -> pd.DataFrame:
    """The same for the items of one group."""
    every = all_management(run)
    frame = every[every["二级指标"] == group].drop(columns="二级指标")
    return explained(frame, f"本年度未提供“{MANAGEMENT.name}”中的{group}部分。")


def years(run: Run) -> pd.DataFrame:
    """The same figures over the years, the change from last year, and what explains it."""
    now, facts = run.params.year, run.facts
    past = [year for year in range(now - 4, now) if earlier_id(COMPARED[0], year) in facts]
    table = run.tables[EXPLANATIONS.name]
    reasons = {table.string(n, "编号"): table.string(n, "原因说明") for n in table.lines}
    rows = [
        (
            f"{facts[id].label}（{facts[id].unit}）",
            *(facts[earlier_id(id, year)] for year in past),
            facts[id],
            facts.get(change_id(id), ""),
            reasons.get(change_id(id), ""),
        )
        for id in COMPARED
    ]
    head = ["数据项", *(f"{year}年" for year in past), f"{now}年", "比上年", "变动说明"]
    frame = pd.DataFrame(rows if past else [], columns=head)
    return explained(frame, "没有以前年度的数据可比。")
