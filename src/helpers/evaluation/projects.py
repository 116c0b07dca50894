"""The facts of projects: budget, spending, rate, by project and by field (领域)."""

from __future__ import annotations

from fractions import Fraction

from helpers.evaluation.cell_facts import reading
from helpers.evaluation.fact_ids import field_prefix, project_prefix, projects_id
from helpers.figures import ratios
from helpers.figures.exact import WAN
from helpers.figures.expressions import Name
from helpers.figures.facts import Fact, Facts
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
        facts.add(
            reading(
                table,
                line,
                column,
                id=prefix + id,
                label=f"{name}{column}",
                unit=WAN,
                decimals=2,
            )
        )
    executed, budget = Name(f"{prefix}executed"), Name(f"{prefix}budget")
    _rate(facts, prefix, name)
    facts.compute(
        f"{prefix}unexecuted",
        f"{name}预算未执行数",
        ratios.difference(budget, executed),
        unit=WAN,
    )
    present = [item for item in PLAN_ITEMS if table.string(line, item) == "有"]
    facts.add(
        Fact(
            f"{prefix}plan_items",
            f"{name}实施方案已有内容项数",
            Fraction(len(present)),
            "项",
            0,
            formula="“有”的列数",
            sources=tuple(table.source(line, item) for item in PLAN_ITEMS),
        )
    )


def _field(facts: Facts, table: Table, prefix: str, field: str, lines: list[int]) -> None:
    for column, label in COLUMNS.items():
        parts = [f"{project_prefix(table.string(line, '编号'))}{column}" for line in lines]
        _sum(facts, f"{prefix}{column}", f"{field}领域{label}", parts)
    _rate(facts, prefix, f"{field}领域")


def _sum(facts: Facts, id: str, label: str, parts: list[str]) -> None:
    tree = ratios.sum_of_parts(*map(Name, parts))
    facts.compute(id, label, tree, unit=WAN)


def _rate(facts: Facts, prefix: str, name: str) -> None:
    facts.compute(
        f"{prefix}execution_rate",
        f"{name}预算执行率",
        ratios.execution_rate(Name(f"{prefix}executed"), Name(f"{prefix}budget")),
        unit="%",
    )
