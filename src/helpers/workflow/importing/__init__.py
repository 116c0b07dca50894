"""Take over the files offices hold: final accounts, self-evaluation forms, score sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.inputs.csv_files import read_csv
from helpers.inputs.excel_files import read_workbook
from helpers.inputs.plain_files import refuse_special
from helpers.inputs.raw_tables import FramedTable, RawTable, frame_table
from helpers.inputs.rubrics import Rubric
from helpers.inputs.schema import TABLES, TableSpec
from helpers.inputs.workbooks import WORKBOOK, workbook_sheets
from helpers.workflow.atomic import replace_file
from helpers.workflow.importing.accounts import import_accounts
from helpers.workflow.importing.basic_data import import_basic_data
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.known_forms import expected, nearest_miss
from helpers.workflow.importing.score_sheet import import_score_sheet
from helpers.workflow.importing.self_evaluation import import_self_evaluation
from helpers.workflow.importing.word_tables import read_word
from helpers.workflow.starting.carry_over import FROM_LAST_YEAR

NAMES = ("三级指标", "项目名称", "支出类别", "类别", "来源")
"""What last year's rows are known by, where a form need not hold all of this year's."""


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


def write_tables(placed: ImportResult, folder: Path) -> list[tuple[Path, str, int]]:
    """Write the placed rows where the run has its tables; gives each file, table and its rows.

    As a CSV, or into the sheet of its workbook. A table that already holds more than names, or
    cannot be read, is never overwritten: then nothing is written, and `ReportError` names it.
    Names that give way to the placed rows are listed.
    """
    specs = {spec.name: spec for spec in TABLES}
    sheets = workbook_sheets(folder, folder.name)
    for name, rows in placed.tables.items():
        path = folder / f"{name}.csv"
        place = sheets[name].place() if name in sheets else Place(path.name)
        try:
            held = sheets.get(name) or _csv(path, specs[name])
            texts = frame_table(held, specs[name]) if held else None
            filled = texts is not None and _filled(texts, specs[name])
        except UnreadableInputError:
            filled = True
        if filled:
            raise ReportError("已有数据，未导入", place=place, hint="先移走原表")
        if texts:
            placed.left += _replaced(texts, str(place), rows)
    folder.mkdir(parents=True, exist_ok=True)
    inside = {name: rows for name, rows in placed.tables.items() if name in sheets}
    if inside:
        from helpers.workflow.importing.into_workbook import write_rows

        write_rows(folder / WORKBOOK, {name: (specs[name], rows) for name, rows in inside.items()})
    return [
        (folder / WORKBOOK, name, len(rows))
        if name in inside
        else (_write(folder / f"{name}.csv", specs[name], rows), name, len(rows))
        for name, rows in placed.tables.items()
    ]


def _csv(path: Path, spec: TableSpec) -> RawTable | None:
    return read_csv(path, path.name, spec.needed) if path.is_file() else None


def _replaced(held: FramedTable, where: str, rows: Sequence[Row]) -> Iterator[str]:
    """The names of a table from last year that none of the new rows has."""
    new = {cell for row in rows for cell in row.values()}
    for column in [name for name in NAMES if name in held.texts]:
        if lost := [name for name in held.texts[column].values() if name and name not in new]:
            yield f"{where} 原有的名称由导入的行代替，需要的请补回：{'、'.join(lost)}"


def _filled(held: FramedTable, spec: TableSpec) -> bool:
    """Whether a table holds anything but what `report new` put into it."""
    given = {*spec.kept, *FROM_LAST_YEAR}
    filled = (name for name, cells in held.texts.items() if any(cells.values()))
    return bool(held.unused) or any(name not in given for name in filled)


def _write(path: Path, spec: TableSpec, rows: list[Row]) -> Path:
    buffer = io.StringIO(newline="")
    head = [column.name for column in spec.columns]
    writer = csv.DictWriter(buffer, head, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    replace_file(path, buffer.getvalue().encode("utf-8-sig"))
    return path
