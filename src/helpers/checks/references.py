"""Checks on what one table calls by the id or name of another's rows: references as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from helpers.checks.figures import THRESHOLDS
from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Level, brief
from helpers.evaluation.earlier_years import COMPARED
from helpers.evaluation.fact_ids import change_id
from helpers.inputs.names import nearest
from helpers.inputs.schema.columns import TableSpec
from helpers.inputs.schema.evaluation import (
    GOALS,
    INDICATORS,
    MANAGEMENT,
    PROJECT_GOALS,
    PROJECTS,
    RESULTS,
)
from helpers.inputs.schema.process import ASSETS, EVIDENCE, MONITORING, MONTHLY, RECTIFICATION
from helpers.inputs.schema.report import BUDGET, DUTIES, EXPLANATIONS, ORGANISATION
from helpers.inputs.tables import Table

BETWEEN = re.compile(r"[、；，;,]\s*")
"""What stands between several names in one cell."""

Target = tuple[TableSpec, str]


@dataclass(frozen=True)
class Reference:
    """A column of a table whose cells, where filled, name rows of others by one of their columns.

    With `several`, a cell may name more than one. Where none of the other tables is given
    there is nothing to compare with, unless the reference is `needed`.
    """

    table: TableSpec
    column: str
    to: tuple[Target, ...]
    level: Level = "warning"
    several: bool = False
    needed: bool = False


PROJECT = (PROJECTS, "编号")
PROJECT_BY_NAME = (PROJECTS, "项目名称")
INDICATOR = (INDICATORS, "编号")
GOAL = (GOALS, "编号")
OFFICE = (ORGANISATION, "机构名称")
CATEGORY = (BUDGET, "支出类别")
EVIDENCED = (INDICATOR, (INDICATORS, "三级指标"), (MANAGEMENT, "编号"), (MANAGEMENT, "指标"))

REFERENCES = (
    Reference(GOALS, "职责", ((DUTIES, "职责"),), "error", needed=True),
    Reference(PROJECT_GOALS, "整体目标", (GOAL,), "error", needed=True),
    Reference(INDICATORS, "整体目标", (GOAL,), "error", needed=True),
    Reference(INDICATORS, "所属", (PROJECT, (PROJECT_GOALS, "编号")), "error", needed=True),
    Reference(RESULTS, "编号", (INDICATOR,), "error", needed=True),
    Reference(MONTHLY, "编号", ((MONITORING, "编号"),), "error"),
    Reference(MONITORING, "编号", (PROJECT,)),
    Reference(PROJECT_GOALS, "编号", (PROJECT,)),
    Reference(PROJECTS, "实施科室", (OFFICE,), several=True),
    Reference(INDICATORS, "对应支出", (CATEGORY, PROJECT, PROJECT_BY_NAME), several=True),
    Reference(ASSETS, "预算项目", (PROJECT, PROJECT_BY_NAME), several=True),
    Reference(EVIDENCE, "对应", (*EVIDENCED, PROJECT, PROJECT_BY_NAME), several=True),
    Reference(EVIDENCE, "保管科室", (OFFICE,), several=True),
    Reference(RECTIFICATION, "责任科室", (OFFICE,), several=True),
)
"""What names what. An error is what would leave a row out of a sum, or a goal unmeasured."""


def referred(checked: RunContents, name: str) -> Iterator[Finding]:
    """Follow every reference to the row it names."""
    for each in REFERENCES:
        known = {
            text
            for spec, column in each.to
            for text in column_texts(checked.tables[spec.name], column)
        }
        if known or each.needed:
            yield from _unknown(checked, name, each, known)
    ratios = {*THRESHOLDS, *map(change_id, COMPARED), *checked.facts}
    yield from _unknown(checked, name, Reference(EXPLANATIONS, "编号", ()), ratios)


def _unknown(
    checked: RunContents, name: str, each: Reference, known: AbstractSet[str]
) -> Iterator[Finding]:
    """The cells of a reference that name nothing known, each with the known name it resembles."""
    table = checked.tables[each.table.name]
    for line in table.lines:
        text = table.string(line, each.column)
        parts = BETWEEN.split(text) if each.several and text not in known else [text]
        for part in parts:
            if part and part not in known:
                near = nearest(part, sorted(known))
                hint = f"是否应为“{near}”" if near else "请核对编号和名称"
                place = table.source(line, each.column).place
                problem = f"没有与“{brief(part)}”对应的行"
                yield Finding(name, each.level, place, problem, hint)


def column_texts(table: Table, column: str) -> set[str]:
    """What the filled cells of a column say."""
    return {text for line in table.lines if (text := table.string(line, column))}


def one_name(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that a project has one name, whichever table tells of it."""
    called: dict[str, tuple[str, str]] = {}
    for spec in (PROJECTS, PROJECT_GOALS, MONITORING):
        table = checked.tables[spec.name]
        for line in table.lines:
            id, label = table.string(line, "编号"), table.string(line, "项目名称")
            first, where = called.setdefault(id, (label, spec.name))
            if id and label and first and label != first:
                place = table.source(line, "项目名称").place
                problem = f"项目 {id} 写作“{brief(label)}”，“{where}”表写作“{brief(first)}”"
                yield Finding(name, "warning", place, problem, "请统一项目名称")


REFERENCE_CHECKS = (
    Check("编号对应", "各表所填的编号、项目、科室都有对应的行", referred),
    Check("项目名称", "同一编号的项目在各表中名称相同", one_name),
)
