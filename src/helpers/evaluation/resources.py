"""The facts of expenses, posts, funds and key projects: every row and the totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.evaluation.fact_ids import id_of, resource_id
from helpers.figures import ratios
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.figures.number import Number, lacking
from helpers.inputs.schema.columns import TableSpec
from helpers.inputs.schema.resources import (
    ECONOMIC,
    FUNDS,
    KEY_PROJECTS,
    OPERATING,
    POSTS,
    PROCUREMENT,
    THREE_PUBLIC,
    THREE_PUBLIC_ITEMS,
    TOTAL,
)
from helpers.inputs.tables import Table

CLASS = 3
"""Digits of the code of a class of 经济分类; longer ones are parts of it."""


@dataclass(frozen=True)
class Resource:
    """A table whose rows make up a total: what its ids begin with, and its columns' ids.

    A sum is known only of all the rows in `rows`, where a table must have certain ones.
    """

    spec: TableSpec
    prefix: str
    columns: Mapping[str, str]
    rows: tuple[str, ...] = ()

    def label(self, column: str) -> str:
        """What the total of a column is called."""
        return f"{column if self.spec is POSTS else self.spec.name + column}合计"

    def unit(self, column: str) -> str:
        """The unit of a column."""
        return next(each.unit for each in self.spec.columns if each.name == column)


RESOURCES = (
    Resource(
        THREE_PUBLIC,
        "three_public",
        {
            "上年预算数": "last_budget",
            "上年决算数": "last_final",
            "本年预算数": "budget",
            "本年决算数": "final",
        },
        THREE_PUBLIC_ITEMS,
    ),
    Resource(
        OPERATING,
        "operating",
        {"上年决算数": "last_final", "预算数": "budget", "决算数": "final"},
    ),
    Resource(
        PROCUREMENT,
        "procurement",
        {"上年决算数": "last_final", "预算数": "budget", "执行数": "executed"},
    ),
    Resource(POSTS, "posts", {"编制数": "approved", "在职人数": "filled"}),
    Resource(
        FUNDS,
        "funds",
        {"年初预算数": "initial_budget", "全年预算数": "budget", "全年执行数": "executed"},
    ),
    Resource(ECONOMIC, "economic_class", {"预算数": "budget", "决算数": "final"}),
    Resource(KEY_PROJECTS, "key_projects", {"预算数": "budget", "执行数": "executed"}),
)


def resource_facts(facts: Facts, table: Table, resource: Resource) -> None:
    """Enter every row and every total of a table; of a column nobody filled in there are none."""
    for column, id in resource.columns.items():
        if filled(table, column):
            _column(facts, table, resource, column, id)


def filled(table: Table, column: str) -> bool:
    """Whether anything stands in a column."""
    return any(table.value(line, column) is not None for line in table.lines)


def row_key(table: Table, line: int) -> str:
    """What stands for a row in ids, wherever it is: the code it has, else its name."""
    if table.spec.name == ECONOMIC.name:
        return table.string(line, "科目编码")
    return id_of(table.row_name(line))


def parts(table: Table) -> dict[int, str]:
    """The rows that make up the total, by line, with what stands for each in ids."""
    keys = {line: row_key(table, line) for line in table.lines}
    if table.spec.name == ECONOMIC.name:
        return {line: code for line, code in keys.items() if len(code) == CLASS}
    return {line: key for line, key in keys.items() if table.row_name(line) != TOTAL}


def _column(facts: Facts, table: Table, resource: Resource, column: str, id: str) -> None:
    """Enter every row of a column, and its total: their sum, or where none is known, as printed."""
    decimals = 2 if resource.unit(column) == WAN else 0
    for line in table.lines:
        if table.row_name(line) != TOTAL:
            row = resource_id(resource.prefix, row_key(table, line), id)
            label = f"{resource.spec.name}：{table.row_name(line)}{column}"
            facts.name(row, label, table.number(line, column), decimals=decimals)
    summed = parts_listed(facts, table, resource, id)
    known, printed = all(part.defined for part in summed), printed_lines(table, column)
    if summed and (known or not printed):
        total = ratios.sum_of_parts(*summed)
    elif printed:
        total = table.number(printed[0], column)
    else:
        reason = f"{resource.label(column)}：各项没有列全，也没有合计（{table.file}）"
        total = lacking(resource.label(column), reason, "missing", unit=resource.unit(column))
    facts.name(f"{resource.prefix}_{id}", resource.label(column), total, decimals=decimals)


def parts_listed(facts: Facts, table: Table, resource: Resource, id: str) -> list[Number]:
    """What adds up to the total of a column; nothing where rows it must have are not there."""
    own = parts(table)
    if not set(resource.rows) <= {table.row_name(line) for line in own}:
        return []
    return [facts[resource_id(resource.prefix, key, id)] for key in own.values()]


def printed_lines(table: Table, column: str) -> list[int]:
    """The row of the printed total, where it has a value in a column."""
    return [
        line
        for line in table.lines
        if table.row_name(line) == TOTAL and table.value(line, column) is not None
    ]
