"""The 评分表 in Word: own indicators become targets and results, assessed items 管理情况."""

from __future__ import annotations

import io
from pathlib import Path

import docx

from helpers.errors import Place, UnreadableInputError
from helpers.inputs import cells
from helpers.inputs.excel_files import refuse_archive
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.rubrics import Rubric
from helpers.inputs.schema.evaluation import INDICATORS, MANAGEMENT
from helpers.workflow.importing.import_result import ImportResult, find_row, item, rows_below
from helpers.workflow.importing.targets import FormLine, kind_of, place_indicator

HEADS = {
    "kind": ("二级指标",),
    "name": ("三级指标",),
    "target": ("指标值",),
    "actual": ("完成值",),
    "points": ("分值",),
    "score": ("得分",),
    "why": ("扣分原因", "扣分理由"),
}


def read_word(path: Path, file: str) -> list[RawTable]:
    """The tables of a Word document, as rows of texts; merged cells repeat their text.

    Raises `UnreadableInputError` if it is no docx.
    """
    content = refuse_archive(path, file)
    try:
        tables = [
            [[cell.text.strip() for cell in row.cells] for row in table.rows]
            for table in docx.Document(io.BytesIO(content)).tables
        ]
    except Exception:  # noqa: BLE001 - python-docx raises whatever a broken file makes it meet
        raise UnreadableInputError(
            "不是可读的 docx 文件", place=Place(file), hint="旧版 doc 请另存为 docx"
        ) from None
    return [
        RawTable(file, f"第{number}个表格", list(enumerate(rows, 1)))
        for number, rows in enumerate(tables, 1)
    ]


def import_score_sheet(raw: RawTable, placed: ImportResult, rubric: Rubric) -> bool:
    """Place a table of a score sheet; gives whether it was one."""
    at = find_row(raw, ("三级指标", "分值", "得分"))
    if at is None:
        return False
    assessed = {each.name: each.id for _, each in rubric.items if each.rule == "assessed"}
    for line, _, fields in rows_below(raw, at, HEADS):
        name = item(fields["name"])
        if not name or name in {"小计", "合计"}:
            continue
        if name in assessed:
            _assessed(placed, assessed[name], name, fields)
        elif kind := kind_of(fields["kind"]):
            number = len(placed.tables.get(INDICATORS.name, [])) + 1
            written = FormLine(
                line=line,
                kind=kind,
                name=name,
                target=fields["target"],
                actual=fields["actual"],
                points=cells.plain(fields["points"]),
                why=fields["why"],
                id=f"import_{number}",
                owner="",
                source="评分表",
            )
            place_indicator(raw, placed, written)
        else:
            placed.leave(raw, line, f"“{name}”不是自设指标，评分表 {rubric.name} 中也没有")
    placed.kinds.append(f"{raw.place()}：评分表")
    return True


def _assessed(placed: ImportResult, id: str, name: str, fields: dict[str, str]) -> None:
    placed.add(
        MANAGEMENT.name,
        {
            "编号": id,
            "指标": name,
            "要求": fields["target"],
            "情况": fields["actual"],
            "得分": cells.plain(fields["score"]),
            "扣分理由": fields["why"],
        },
    )
