"""Read the tables of a data folder: a CSV each, or sheets of one workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from helpers.errors import Place, ReportError, UnreadableInputError, brief
from helpers.inputs.column_values import column_values
from helpers.inputs.csv_files import read_csv
from helpers.inputs.names import nearest
from helpers.inputs.project import is_system_file
from helpers.inputs.raw_tables import FramedTable, RawTable, UnusedInput, frame_table
from helpers.inputs.row_ids import ID, NAMED, with_ids
from helpers.inputs.schema import COUNTED, TABLES, TableSpec
from helpers.inputs.tables import Columns, Table, Value
from helpers.inputs.units import YUAN
from helpers.inputs.workbooks import GUIDE, PLACEHOLDERS, SETTINGS, WORKBOOK, workbook_sheets

COMPANIONS = {"填报清单.md", "说明.txt"}
"""What stands beside the tables for people to read."""


def read_tables(
    folder: Path,
    file_prefix: str,
    specs: tuple[TableSpec, ...],
    outside: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[dict[str, Table], list[ReportError]]:
    """Read every declared table of a folder: a CSV each, or sheets of one workbook.

    Returns the tables by name and *all* cell errors, so that a user can mend them in one
    go; a cell with an error counts as blank, and a row whose own id is wrong or stands above
    already is left out. `outside` has the ids of what rows may name that stands in no table, by
    kind and name. Raises `UnreadableInputError` for a folder,
    file or header that cannot be read at all, and for a table given twice.
    """
    if not folder.is_dir():
        raise UnreadableInputError(
            "找不到数据文件夹", place=Place(file_prefix), hint="请核对参数 data"
        )
    sheets = workbook_sheets(folder, file_prefix)
    given = {spec.name: _raw(folder, file_prefix, spec, sheets) for spec in specs}
    raws = {name: raw for name, raw in given.items() if raw}
    framed = {spec.name: frame_table(raws[spec.name], spec) for spec in specs if spec.name in raws}
    places = {name: raw.place() for name, raw in raws.items()}
    framed, errors = with_ids(framed, places, outside or {})
    tables: dict[str, Table] = {}
    for spec in specs:
        if spec.name not in raws:
            tables[spec.name] = Table.absent(spec, file_prefix)
            continue
        tables[spec.name], found = _to_table(spec, raws[spec.name], framed[spec.name])
        errors += found
    return tables, errors


def unused_in(folder: Path, file_prefix: str) -> Iterator[UnusedInput]:
    """The files and sheets of a data folder that no run reads, each with the name it resembles."""
    specs = [spec.name for spec in (*TABLES, *COUNTED)]
    known = {*(f"{name}.csv" for name in specs), WORKBOOK, *COMPANIONS}
    for path in sorted(folder.iterdir()):
        if path.name in known or is_system_file(path.name):
            continue
        kind = "文件夹" if path.is_dir() else "文件"
        near = nearest(path.name.partition(".")[0], [*specs, Path(WORKBOOK).stem])
        name = f"{near}.csv" if near in specs else near and WORKBOOK
        yield UnusedInput(Place(f"{file_prefix}/{path.name}"), f"没有用到这个{kind}", name)
    for name, raw in workbook_sheets(folder, file_prefix).items():
        if not (raw.rows or raw.whole):
            continue
        if name in {spec.name for spec in COUNTED}:
            yield UnusedInput(raw.place(), "没有用到这张工作表，答卷只从文件读取", f"{name}.csv")
        elif name not in {*specs, SETTINGS, GUIDE, PLACEHOLDERS}:
            yield UnusedInput(raw.place(), "没有用到这张工作表", nearest(name, specs))


def _raw(
    folder: Path, file_prefix: str, spec: TableSpec, sheets: Mapping[str, RawTable]
) -> RawTable | None:
    """A table as its file holds it, or None where a run does without it."""
    path, file = folder / f"{spec.name}.csv", f"{file_prefix}/{spec.name}.csv"
    sheet = sheets.get(spec.name)
    if path.is_file():
        if sheet:
            raise UnreadableInputError(
                f"与 {sheet.place()} 重复", place=Place(file), hint="一张表只留一处"
            )
        return read_csv(path, file, spec.needed)
    if sheet and (sheet.rows or sheet.whole):
        return sheet
    if spec.optional:
        return None
    hint = f"表头为 {','.join(column.name for column in spec.columns)}"
    if not sheets:
        raise UnreadableInputError("找不到这个文件", place=Place(file), hint=hint)
    taken = {known.name for known in (*TABLES, *COUNTED)}
    near = nearest(spec.name, [name for name in sheets if name not in taken])
    hint = f"“{near}”表是否应改名为“{spec.name}”" if near else hint
    place = Place(f"{file_prefix}/{WORKBOOK}")
    raise UnreadableInputError(f"没有“{spec.name}”这张工作表", place=place, hint=hint)


def _to_table(
    spec: TableSpec, raw: RawTable, framed: FramedTable
) -> tuple[Table, list[ReportError]]:
    errors: list[ReportError] = []
    texts = dict(framed.texts)
    values: dict[str, dict[int, Value]] = {}
    of_ids: list[ReportError] = []
    for column in spec.columns:
        name = column.name
        values[name], found = column_values(raw, framed, column)
        errors += found
        of_ids += found if name == ID else []
        if column.kind == "date":
            texts[name] = {
                line: str(values[name][line] or typed) for line, typed in texts[name].items()
            }
    for key in spec.keys:
        found = [*_repeated(texts, key, raw.place(column=key[-1]))]
        errors += found
        of_ids += found if key == (ID,) else []
    other_unit = YUAN if framed.unit == YUAN else ""
    table = Table(
        spec, raw.file, texts, values, raw.sheet, other_unit, framed.unused, framed.mentioned
    )
    left_out = {error.place.line for error in of_ids if error.place}
    return table.without(left_out if spec.name in NAMED else set()), errors


def _repeated(texts: Columns[str], key: Sequence[str], place: Place) -> Iterator[ReportError]:
    """Rows whose cells in some columns, none of them blank, are those of a row above."""
    seen: set[tuple[str, ...]] = set()
    for line in texts[key[0]]:
        cells = tuple(texts[name][line] for name in key)
        if cells in seen and all(cells):
            where = replace(place, line=line)
            yield ReportError(f"“{brief('、'.join(cells))}”与前面的行重复", place=where)
        seen.add(cells)
