"""项目支出绩效自评表, one project a sheet: funds, then indicators with targets and results."""

from __future__ import annotations

from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.schema.evaluation import PROJECTS
from helpers.workflow.importing.accounts import amount_in_wan, scale_of
from helpers.workflow.importing.import_result import ImportResult, find_row, item, rows_below
from helpers.workflow.importing.targets import FormLine, kind_of, place_indicator

FUNDS = {"年初预算数": "年初预算数", "全年预算数": "全年预算数", "全年执行数": "全年执行数"}
RESULT_HEADS = {
    "kind": ("二级指标",),
    "name": ("三级指标",),
    "target": ("年度指标值", "指标值"),
    "actual": ("实际完成值", "完成值"),
    "points": ("分值",),
    "why": ("偏差原因分析及改进措施", "偏差原因分析", "未完成原因分析"),
}


def import_self_evaluation(raw: RawTable, placed: ImportResult) -> bool:
    """Place a sheet that is a self-evaluation form; gives whether it was."""
    named, funds = find_row(raw, ("项目名称",)), _row_with(raw, "年度资金总额")
    heads = find_row(raw, ("三级指标", "分值"))
    if named is None or funds is None or heads is None:
        return False
    project = f"import_{len(placed.tables.get(PROJECTS.name, [])) + 1}"
    name = _after(raw.rows[named][1], "项目名称")
    row = {"编号": project, "项目名称": name, **_funds(raw, funds, placed)}
    placed.add(PROJECTS.name, row)
    placed.leave(raw, raw.rows[named][0], f"“{name}”的领域和实施方案七项不在表中，请补填")
    _indicators(raw, heads, project, placed)
    placed.kinds.append(f"{raw.place()}：项目支出绩效自评表（{name}）")
    return True


def _row_with(raw: RawTable, word: str) -> int | None:
    for at, (_, row) in enumerate(raw.rows):
        if any(word in cell for cell in row):
            return at
    return None


def _after(row: list[str], label: str) -> str:
    """The first filled cell after a label."""
    at = [item(cell) for cell in row].index(label)
    return next((cell for cell in row[at + 1 :] if cell), "")


def _funds(raw: RawTable, at: int, placed: ImportResult) -> dict[str, str]:
    """The amounts of the row of the whole year's funds, by the headings above it."""
    scale, (line, row) = scale_of(raw, at + 1), raw.rows[at]
    found: dict[str, str] = {}
    for _, header in reversed(raw.rows[:at]):
        for column, cell in enumerate(header):
            bare = item(cell).split("（")[0].split("(")[0]
            if bare in FUNDS and bare not in found and column < len(row):
                amount = amount_in_wan(row[column], scale)
                if amount is None:
                    placed.leave(raw, line, f"{bare}“{row[column]}”不是数字")
                found[bare] = amount or ""
    return found


def _indicators(raw: RawTable, at: int, project: str, placed: ImportResult) -> None:
    kind, number = "", 0
    for line, row, fields in rows_below(raw, at, RESULT_HEADS):
        kind = kind_of(fields["kind"]) or ("" if fields["kind"] else kind)
        name = item(fields["name"])
        if item(row[0]) in {"总分", "合计"}:
            continue
        if not name:
            if amount_in_wan(fields["points"], 1):
                placed.leave(raw, line, "有分值，没有三级指标名称")
            continue
        if not kind:
            placed.leave(raw, line, f"“{name}”的二级指标“{fields['kind']}”不能识别")
            continue
        number += 1
        written = FormLine(
            line=line,
            kind=kind,
            name=name,
            target=fields["target"],
            actual=fields["actual"],
            points=cells.plain(fields["points"]),
            why=fields["why"],
            id=f"{project}_{number}",
            owner=project,
            source="项目自评",
        )
        place_indicator(raw, placed, written)
