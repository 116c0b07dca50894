"""The ratios of expenses, posts, funds and key projects, and what a run lacks of all of them."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.evaluation.assets import USE, UTILISATION, UTILISATION_LABEL
from helpers.evaluation.counts import count, count_rows
from helpers.evaluation.resources import RESOURCES, filled, parts, resource_facts, row_key
from helpers.figures import ratios
from helpers.figures.arithmetic import Ratio
from helpers.figures.cell import Cell
from helpers.figures.facts import Facts
from helpers.figures.number import Number, lacking
from helpers.inputs.schema.columns import TableSpec
from helpers.inputs.schema.evaluation import NO, YES
from helpers.inputs.schema.process import ASSETS
from helpers.inputs.schema.resources import (
    FUNDS,
    KEY_PROJECTS,
    OPERATING,
    POSTS,
    PROCUREMENT,
    THREE_PUBLIC,
    TOTAL,
)
from helpers.inputs.tables import Table

Tables = Mapping[str, Table]

RATES: Mapping[str, tuple[TableSpec, str, Ratio, str, str]] = {
    "three_public_budget_change_rate": (
        THREE_PUBLIC,
        "三公经费预算变动率",
        ratios.three_public_expense_change_rate,
        "three_public_budget",
        "three_public_last_budget",
    ),
    "three_public_change_rate": (
        THREE_PUBLIC,
        "三公经费变动率",
        ratios.three_public_expense_change_rate,
        "three_public_final",
        "three_public_last_final",
    ),
    "three_public_control_rate": (
        THREE_PUBLIC,
        "三公经费控制率",
        ratios.three_public_expense_control_rate,
        "three_public_final",
        "three_public_budget",
    ),
    "operating_control_rate": (
        OPERATING,
        "公用经费控制率",
        ratios.operating_expense_control_rate,
        "operating_final",
        "operating_budget",
    ),
    "procurement_execution_rate": (
        PROCUREMENT,
        "政府采购执行率",
        ratios.procurement_execution_rate,
        "procurement_executed",
        "procurement_budget",
    ),
    "staff_control_rate": (
        POSTS,
        "在职人员控制率",
        ratios.staff_control_rate,
        "posts_filled",
        "posts_approved",
    ),
    "key_expenditure_rate": (
        KEY_PROJECTS,
        "重点支出安排率",
        ratios.key_expenditure_rate,
        "key_projects_budget",
        "project_budget",
    ),
    "key_completion_rate": (
        KEY_PROJECTS,
        "重点项目实际完成率",
        ratios.work_completion_rate,
        "key_projects_completed",
        "key_projects_count",
    ),
    "key_timeliness_rate": (
        KEY_PROJECTS,
        "重点项目完成及时率",
        ratios.timely_completion_rate,
        "key_projects_in_time",
        "key_projects_count",
    ),
    "key_quality_rate": (
        KEY_PROJECTS,
        "重点项目质量达标率",
        ratios.quality_attainment_rate,
        "key_projects_up_to_standard",
        "key_projects_count",
    ),
}
"""Each ratio: its table, its name, its function, and the figures it divides."""

ANSWERS = {
    "completed": ("完成", YES, "已完成的重点项目数"),
    "in_time": ("按时完成", YES, "按时完成的重点项目数"),
    "up_to_standard": ("质量达标", YES, "质量达标的重点项目数"),
    "behind": ("按进度支付", NO, "未按进度支付的重点项目数"),
}
COUNTED = "key_projects_count", "重点项目数"


def all_resource_facts(facts: Facts, tables: Tables) -> None:
    """Enter the facts of what is given of these tables; of the rest there are none."""
    for resource in RESOURCES:
        resource_facts(facts, tables[resource.spec.name], resource)
    if tables[KEY_PROJECTS.name].given:
        _answers(facts, tables[KEY_PROJECTS.name])
    if {"funds_budget", "funds_executed"} <= facts.keys():
        _executions(facts, tables[FUNDS.name])
    for id, (_, label, ratio, above, below) in RATES.items():
        if {above, below} <= facts.keys():
            facts.name(id, label, ratio(facts[above], facts[below]))


def absent_resources(tables: Tables) -> dict[str, Number]:
    """Every total and ratio of these tables as what it is to a run that was not given it."""
    found: dict[str, Number] = {}
    for resource in RESOURCES:
        table = tables[resource.spec.name]
        named = {
            f"{resource.prefix}_{id}": (resource.label(column), resource.unit(column))
            for column, id in resource.columns.items()
        }
        if resource.spec is KEY_PROJECTS:
            named |= {f"key_projects_{id}": (label, "个") for id, (_, _, label) in ANSWERS.items()}
            named |= {COUNTED[0]: (COUNTED[1], "个")}
        named |= {id: (each[1], "%") for id, each in RATES.items() if each[0] is resource.spec}
        for id, (label, unit) in named.items():
            reason = f"没有{label}（{table.csv_file}）"
            found[id] = lacking(label, reason, "missing", cell=Cell(table.place), unit=unit)
    assets = tables[ASSETS.name]
    reason = f"没有填写资产的{USE}（{assets.csv_file}）"
    lack = lacking(UTILISATION_LABEL, reason, "missing", cell=Cell(assets.place), unit="%")
    return found | {UTILISATION: lack}


def _answers(facts: Facts, table: Table) -> None:
    """Enter how many key projects there are, and how many are done, in time and so on."""
    id, label = COUNTED
    own = tuple(parts(table))
    count_rows(facts, table, "项目名称", id=id, label=label, unit="个", lines=own)
    for id, (column, answer, label) in ANSWERS.items():
        if filled(table, column):
            known = {"id": f"key_projects_{id}", "label": label, "unit": "个"}
            count(facts, table, column, answer, **known, lines=own)


def _executions(facts: Facts, table: Table) -> None:
    """Enter the execution rate of every source of funds."""
    for line in table.lines:
        name, id = table.row_name(line), f"funds_{row_key(table, line)}"
        if name != TOTAL:
            rate = ratios.execution_rate(facts[f"{id}_executed"], facts[f"{id}_budget"])
            facts.name(f"{id}_execution_rate", f"{name}预算执行率", rate)
    rate = ratios.execution_rate(facts["funds_executed"], facts["funds_budget"])
    facts.name("funds_execution_rate", "资金来源合计预算执行率", rate)
