"""The facts of projects: budget, spending, rate, by project and by field (领域)."""

from __future__ import annotations

from helpers.evaluation.counts import unknown
from helpers.evaluation.fact_ids import field_prefix, project_prefix, projects_id
from helpers.figures import ratios
from helpers.figures.conditions import how_many, reads
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.inputs.schema.evaluation import PLAN_ITEMS
from helpers.inputs.tables import Table

COLUMNS = {"initial_budget": "年初预算数", "budget": "全年预算数", "executed": "全年执行数"}


def fields(table: Table) -> dict[str, list[int]]:
    """The fields in the order in which they first occur, each with its projects' lines."""
    found: dict[str, list[int]] = {}
    for line in table.lines:
        found.setdefault(table.string(line, "领域"), []).append(line)
    return found


def project_facts(facts: Facts, table: Table) -> None:
    """Enter the facts of every project, of every field, and of all together."""
    for line in table.lines:
        _project(facts, table, line)
    for number, (field, lines) in enumerate(fields(table).items(), 1):
        _field(facts, table, field_prefix(number), field, lines)
    for column, label in COLUMNS.items():
        id, total = projects_id(column), f"各项目{label}合计"
        if table.given:
            parts = [project_prefix(table.string(line, "编号")) + column for line in table.lines]
            _sum(facts, id, total, parts)
        else:
            facts.lack(id, total, table.file, unit=WAN)


def _project(facts: Facts, table: Table, line: int) -> None:
    prefix, name = project_prefix(table.string(line, "编号")), table.string(line, "项目名称")
    for id, column in COLUMNS.items():
        facts.name(prefix + id, f"{name}{column}", table.number(line, column))
    _rate(facts, prefix, name)
    rest = ratios.difference(facts[f"{prefix}budget"], facts[f"{prefix}executed"])
    facts.name(f"{prefix}unexecuted", f"{name}预算未执行数", rest)
    id, label = f"{prefix}plan_items", f"{name}实施方案已有内容项数"
    blank = [item for item in PLAN_ITEMS if not table.string(line, item)]
    if blank:
        unknown(facts, table, line, blank[0], id=id, label=label, unit="项")
        return
    present = how_many([reads(table.text_cell(line, item), "有") for item in PLAN_ITEMS])
    facts.name(id, label, present, unit="项", decimals=0)


def _field(facts: Facts, table: Table, prefix: str, field: str, lines: list[int]) -> None:
    for column, label in COLUMNS.items():
        parts = [f"{project_prefix(table.string(line, '编号'))}{column}" for line in lines]
        _sum(facts, f"{prefix}{column}", f"{field}领域{label}", parts)
    _rate(facts, prefix, f"{field}领域")


def _sum(facts: Facts, id: str, label: str, parts: list[str]) -> None:
    facts.name(id, label, ratios.sum_of_parts(*map(facts.__getitem__, parts)))


def _rate(facts: Facts, prefix: str, name: str) -> None:
    rate = ratios.execution_rate(facts[f"{prefix}executed"], facts[f"{prefix}budget"])
    facts.name(f"{prefix}execution_rate", f"{name}预算执行率", rate)
