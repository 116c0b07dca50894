"""Take over the files offices hold: final accounts, self-evaluation forms, score sheets."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.excel_files import read_workbook
from helpers.inputs.plain_files import refuse_special
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.rubrics import Rubric
from helpers.workflow.importing.accounts import import_accounts
from helpers.workflow.importing.basic_data import import_basic_data
from helpers.workflow.importing.import_result import ImportResult
from helpers.workflow.importing.known_forms import expected, nearest_miss
from helpers.workflow.importing.score_sheet import import_score_sheet
from helpers.workflow.importing.self_evaluation import import_self_evaluation
from helpers.workflow.importing.word_tables import read_word
from helpers.workflow.importing.writing import write_tables

__all__ = ["ImportResult", "import_file", "write_tables"]


def import_file(path: Path, rubric: Rubric, year: int = 0) -> ImportResult:
    """Place what a workbook or a Word document holds; nothing is guessed, what is left is listed.

    Raises `UnreadableInputError` for a file of another kind, or with nothing we know in it.
    """
    file, grades = path.name, [level.name for level in rubric.qualitative.levels]
    placed = ImportResult(year, grades)
    refuse_special(path, Place(file))
    if not path.exists():
        raise UnreadableInputError("找不到这个文件", place=Place(file), hint="请核对路径")
    raws = [raw for raw in _sheets(path, file) if placed.can_take(raw)]
    known = [
        import_accounts(raw, placed)
        or import_basic_data(raw, placed)
        or import_self_evaluation(raw, placed)
        or import_score_sheet(raw, placed, rubric)
        for raw in raws
    ]
    for raw, found in zip(raws, known, strict=True):
        if not found and raw.rows:
            placed.left.append(f"{raw.place()}：不能识别是哪一张表")
    if not any(known):
        told = "\n".join(filter(None, ("没有能识别的表", nearest_miss(raws), expected())))
        raise UnreadableInputError(told, place=Place(file))
    return placed


def _sheets(path: Path, file: str) -> list[RawTable]:
    """The sheets of a workbook, or the tables of a document."""
    kind = path.suffix.lower()
    if kind == ".xlsx":
        return list(read_workbook(path, file).values())
    if kind == ".docx":
        return read_word(path, file)
    hint = "旧版 xls、doc 请先另存"
    raise UnreadableInputError("只能导入 xlsx 和 docx", place=Place(file), hint=hint)
