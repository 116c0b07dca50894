"""Self-evaluation forms, of a project or a department: funds, then indicators with results."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.inputs.raw_tables import RawTable
from helpers.inputs.schema.evaluation import PROJECTS
from helpers.inputs.schema.report import BUDGET
from helpers.inputs.schema.resources import FUNDS, TOTAL
from helpers.workflow.importing.form_rows import (
    columns_of,
    find_headings,
    is_spare,
    item,
    labelled,
    name_of,
    rows_below,
)
from helpers.workflow.importing.funds import RATE, FundsLine, read_funds
from helpers.workflow.importing.import_result import ImportResult
from helpers.workflow.importing.indicator_words import INDICATOR_HEADS, kind_of, points_of
from helpers.workflow.importing.printed_figures import PrintedFigures
from helpers.workflow.importing.targets import FormLine, place_indicator

NEEDED = tuple(INDICATOR_HEADS[key] for key in ("name", "target", "points"))
TOTALS = ("总分", "合计", "总计")


def import_self_evaluation(raw: RawTable, placed: ImportResult) -> bool:
    """Place a sheet that is a self-evaluation form; gives whether it was."""
    found = find_headings(raw, NEEDED)
    funds = read_funds(raw, placed) if found else []
    if not (found and funds):
        return False
    named = labelled(raw, "项目名称")
    name = name_of(named[1]) if named else ""
    if named and not name:
        placed.skip(raw, named[0], "没有项目名称，是空白的表")
        return True
    owner = _project(raw, placed, name, funds) if name else _department(raw, placed, funds)
    if owner is not None:
        _indicators(raw, found, owner, funds, placed)
    return True


def _project(raw: RawTable, placed: ImportResult, name: str, funds: Sequence[FundsLine]) -> str:
    """Place the funds of a project; gives its id."""
    project = f"import_{placed.count(PROJECTS.name) + 1}"
    for each in funds:
        if each.source == TOTAL:
            placed.add(PROJECTS.name, {"编号": project, "项目名称": name, **each.amounts})
        elif each.is_given:
            amounts = "、".join(filter(None, each.printed.values()))
            what = f"项目资金按来源的“{each.label}”{amounts}，没有可放的数据表"
            placed.leave(raw, each.line, what)
    placed.leave(raw, funds[0].line, f"“{name}”的领域和实施方案七项不在表中，请补填")
    placed.kinds.append(f"{raw.place()}：项目支出绩效自评表（{name}）")
    return project


def _department(raw: RawTable, placed: ImportResult, funds: Sequence[FundsLine]) -> str | None:
    """Place the funds of the department, by source and as its budget; None for a second form."""
    if placed.count(FUNDS.name):
        placed.leave(raw, 0, "已有一张部门整体绩效自评表，这一张未导入")
        return None
    for each in funds:
        if not each.is_given:
            continue
        if each.source:
            placed.add(FUNDS.name, {"来源": each.source, **each.amounts})
        else:
            what = f"资金来源“{each.label}”不在可填的来源之内"
            placed.leave(raw, each.line, what)
        if each.source == TOTAL:
            amounts = {column: text for column, text in each.amounts.items() if text}
            placed.complete(raw, each.line, BUDGET.name, {"支出类别": TOTAL}, amounts)
            placed.leave(raw, each.line, "预算执行只有合计，分列基本支出、项目支出的请补填")
    placed.kinds.append(f"{raw.place()}：部门整体绩效自评表")
    return ""


def _indicators(
    raw: RawTable,
    found: tuple[int, list[str]],
    owner: str,
    funds: Sequence[FundsLine],
    placed: ImportResult,
) -> None:
    at, heads = found
    columns = columns_of(heads, INDICATOR_HEADS, after="name")
    kind, number, spare = "", 0, list[str]()
    points = [each.points for each in funds if each.source == TOTAL and each.points]
    scores = [each.score for each in funds if each.source == TOTAL and each.points]
    figures = PrintedFigures(raw, placed)
    for line, row, fields in rows_below(raw, at, columns):
        if item(next(filter(None, row), "")) in TOTALS:
            figures.total(line, columns["points"], points, "分值合计")
            figures.total(line, columns["score"], scores, "总分")
            continue
        kind = kind_of(fields["kind"]) or ("" if fields["kind"] else kind)
        name = name_of(fields["name"])
        if not name:
            given = [fields[key] for key in ("target", "actual", "points") if fields[key]]
            if points_of(fields["points"]) or (given and is_spare(fields["name"])):
                placed.leave(raw, line, f"有{'、'.join(given)}，没有三级指标名称")
            elif is_spare(fields["name"]):
                spare.append(f"第{line}行“{fields['name']}”")
            continue
        if not (name in RATE and points):  # told once more, where it is an indicator as well
            points.append(points_of(fields["points"]))
            scores.append(points_of(fields["score"]))
        if name in RATE:
            continue
        if not kind:
            placed.leave(raw, line, f"“{name}”的二级指标“{fields['kind']}”不能识别")
            continue
        number += 1
        id = f"{owner}_{number}" if owner else f"import_overall_{number}"
        source = "项目自评" if owner else "部门自评"
        written = FormLine(line, fields, kind, name, id, owner, source, columns["score"])
        place_indicator(raw, placed, written)
    if spare:
        placed.skip(raw, 0, f"占位的行：{'、'.join(spare)}")
