"""Check that all that was handed in is shown: no table, group or text is lost by the outline."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from helpers.checks.finding import Check, Finding, RunContents
from helpers.inputs.headings import Cell
from helpers.inputs.schema.evaluation import (
    EFFECT_GROUPS,
    INDICATORS,
    MANAGEMENT,
    OUTPUT_GROUPS,
    RESULTS,
)
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.tables import Table

Asked = tuple[str, str]
"""A method of a report and the name it was asked for: `("frame", "产出指标")`."""

SHOWN_BY: dict[str, Asked] = {
    "公开比率": ("frame", "公开数核对"),
    "比率说明": ("frame", "比率说明"),
    "绩效工作": ("frame", "绩效管理工作"),
    "月度执行": ("frame", "累计支出"),
    "评分标准": ("table", "评分表"),
    "评分说明": ("table", "评分表"),
    "项目自评": ("projects", ""),
}
"""How notebooks show the tables of which the data alone are not what they show."""

BY_ROWS = {INDICATORS.name, RESULTS.name, MANAGEMENT.name, NARRATIVE.name}
"""Tables of which different places show different rows."""


def asked_for(cells: Iterable[Cell]) -> Iterator[Asked]:
    """What the cells of notebooks ask a report for; without a name where there is none."""
    for cell in cells:
        if cell.kind == "code" and "report." in cell.text:
            for node in _parsed(cell.text):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    names = [each.value for each in node.args if isinstance(each, ast.Constant)]
                    yield node.func.attr, str(names[0]) if names else ""


def _parsed(source: str) -> Iterator[ast.AST]:
    try:
        return ast.walk(ast.parse(source))
    except SyntaxError:
        return iter(())  # running it says where


def shown(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find the tables with rows, and the rows of some, that no notebook of the report shows."""
    asked = set(asked_for(checked.cells))
    see = f"报告结构 {checked.outline.file} 中没有这样的部分"
    for table in checked.tables.values():
        if table.spec.name in BY_ROWS or not table.given:
            continue
        own = {("frame", table.spec.name), ("data", table.spec.name)}
        known = SHOWN_BY.get(table.spec.name)
        if asked.isdisjoint({known} if known else own):
            yield Finding(name, "warning", table.place, "报告中没有部分显示这张表", see)
    for table, line, column, wanted in _rows(checked):
        if asked.isdisjoint(wanted | {("data", table.spec.name), ("frame", table.spec.name)}):
            place = table.source(line, column).place
            problem = f"报告中没有部分显示“{table.string(line, column)}”"
            yield Finding(name, "warning", place, problem, see)


def _rows(checked: RunContents) -> Iterator[tuple[Table, int, str, set[Asked]]]:
    """Rows shown one here, one there: each with a column that names it, and what would show it."""
    table = checked.tables[INDICATORS.name]
    kinds = dict.fromkeys(OUTPUT_GROUPS, "产出指标") | dict.fromkeys(EFFECT_GROUPS, "效果指标")
    for line in table.lines:
        if kind := kinds.get(table.string(line, "二级指标")):
            owned = table.string(line, "所属")
            yield table, line, "三级指标", {("projects", "") if owned else ("frame", kind)}
    table, sheet = checked.tables[MANAGEMENT.name], checked.evaluation.sheet
    groups = {item.id: item.group for _, item in sheet.rubric.items}
    for line in table.lines:
        if group := groups.get(table.string(line, "编号")):
            yield table, line, "指标", {("frame", group)}
    table = checked.tables[NARRATIVE.name]
    for line in table.lines:
        key = table.string(line, "段落")
        if key in checked.paragraph_keys and table.string(line, "文字"):
            yield table, line, "段落", {("text", key)}


SHOWN_CHECKS = (Check("未显示", "所填的表、指标和文字都有部分显示", shown),)
