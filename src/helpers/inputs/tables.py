"""Read the input tables: as text first, then exact, every cell remembering its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import cast

import pandas as pd

from helpers.errors import Place, ReportError, UnreadableInputError, brief
from helpers.figures import exact
from helpers.figures.exact import WAN
from helpers.figures.facts import Source
from helpers.inputs import cells as cells_as_typed
from helpers.inputs.csv_files import read_csv
from helpers.inputs.names import nearest
from helpers.inputs.project import is_system_file
from helpers.inputs.raw_tables import FramedTable, RawTable, UnusedInput, framed
from helpers.inputs.schema import COUNTED, KINDS, NUMERIC, TABLES, Column, Kind, TableSpec
from helpers.inputs.units import YUAN, YUAN_IN_WAN

WORKBOOK = "数据.xlsx"
"""The workbook a run may give instead of CSVs: a sheet for each table, by its name."""

COMPANIONS = {"填报清单.md", "说明.txt"}
"""What stands beside the tables for people to read."""

PATTERNS: dict[Kind, re.Pattern[str]] = {
    "id": re.compile(r"[a-z][a-z0-9_]*"),
    "year": re.compile(r"(19|20)\d\d"),
    "code": re.compile(r"\d{3}|\d{5}|\d{7}"),
}
Cell = str | Fraction | None


@dataclass(frozen=True)
class Table:
    """One input table, read.

    `text` holds the cells as they stood, `values` the same cells as `Fraction`, text or
    None (blank). Both are DataFrames with the declared columns, indexed by the line of
    the file on which the row begins.
    """

    spec: TableSpec
    file: str
    text: pd.DataFrame
    values: pd.DataFrame
    sheet: str = ""
    unit: str = ""
    """The unit of the file's amounts, where it is not our own."""
    unused: tuple[UnusedInput, ...] = ()
    """Its columns that no table declares."""

    @classmethod
    def absent(cls, spec: TableSpec, file_prefix: str) -> Table:
        """A table a run does without: no rows."""
        blank = _blank(spec)
        return cls(spec, f"{file_prefix}/{spec.name}.csv", blank, blank)

    def __len__(self) -> int:
        return len(self.text)

    @property
    def given(self) -> bool:
        """Whether the run has the table: an optional one without rows counts as not given."""
        return bool(len(self))

    @property
    def place(self) -> Place:
        """The table as a whole."""
        return Place(self.file, sheet=self.sheet)

    @property
    def csv_file(self) -> str:
        """The file it stands in, or would, as a CSV of its own."""
        return f"{self.file.rpartition('/')[0]}/{self.spec.name}.csv"

    @property
    def lines(self) -> Iterator[int]:
        """Line of each row."""
        return iter(self.text.index)

    def source(self, line: int, column: str) -> Source:
        """A cell as it stood."""
        text, value = self._texts[column][line], self._values[column][line]
        place = Place(self.file, line, column, self.sheet)
        if isinstance(value, Fraction) and (self.unit or not exact.is_plain(text)):
            message = f"{text}{self.unit}"
            return Source(place, message, exact.exact_text(value))
        return Source(place, text)

    def value(self, line: int, column: str) -> Cell:
        """A cell's exact value, or None where it is blank."""
        return self._values[column][line]

    def string(self, line: int, column: str) -> str:
        """A cell's text, empty where it is blank or was refused."""
        return self._texts[column][line] if self._values[column][line] is not None else ""

    def where(self, column: str, text: str) -> list[int]:
        """Lines of the rows whose cell in `column` reads `text`."""
        return [line for line in self._texts[column] if self.string(line, column) == text]

    def with_cell(self, line: int, column: str, text: str) -> Table:
        """The same table with another number in one cell."""
        texts, values = self._texts[column] | {line: text}, dict(self._values[column])
        values[line] = exact.parse(text)
        return replace(
            self,
            text=self.text.assign(**{column: pd.Series(texts, dtype=object)}),
            values=self.values.assign(**{column: pd.Series(values, dtype=object)}),
        )

    @cached_property
    def _texts(self) -> dict[str, dict[int, str]]:
        """The texts by column and line: a DataFrame takes thirty times as long for one cell."""
        return cast("dict[str, dict[int, str]]", self.text.to_dict())

    @cached_property
    def _values(self) -> dict[str, dict[int, Cell]]:
        return cast("dict[str, dict[int, Cell]]", self.values.to_dict())


def read_tables(
    folder: Path, file_prefix: str, specs: tuple[TableSpec, ...]
) -> tuple[dict[str, Table], list[ReportError]]:
    """Read every declared table of a folder: a CSV each, or sheets of one workbook.

    Returns the tables by name and *all* cell errors, so that a user can mend them in one
    go; a cell with an error counts as blank. Raises `UnreadableInputError` for a folder,
    file or header that cannot be read at all, and for a table given twice.
    """
    if not folder.is_dir():
        raise UnreadableInputError(
            "找不到数据文件夹", place=Place(file_prefix), hint="请核对参数 data"
        )
    sheets = _sheets(folder, file_prefix)
    errors: list[ReportError] = []
    tables: dict[str, Table] = {}
    for spec in specs:
        raw = _raw(folder, file_prefix, spec, sheets)
        if raw is None:
            tables[spec.name] = Table.absent(spec, file_prefix)
            continue
        tables[spec.name], found = _to_table(spec, raw, framed(raw, spec))
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
    for name, raw in _sheets(folder, file_prefix).items():
        if name not in specs and (raw.rows or raw.whole):
            yield UnusedInput(raw.place(), "没有用到这张工作表", nearest(name, specs))


def _sheets(folder: Path, file_prefix: str) -> dict[str, RawTable]:
    """The sheets of the folder's workbook by name; none without a workbook."""
    if not (folder / WORKBOOK).is_file():
        return {}
    from helpers.inputs.excel_files import (
        read_workbook,  # openpyxl is slow to import, and seldom needed
    )

    return read_workbook(folder / WORKBOOK, f"{file_prefix}/{WORKBOOK}")


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
    raise UnreadableInputError("找不到这个文件", place=Place(file), hint=hint)


def _blank(spec: TableSpec) -> pd.DataFrame:
    names = [column.name for column in spec.columns]
    return pd.DataFrame(index=pd.Index([], name="行", dtype="int64"), columns=names)


def _to_table(
    spec: TableSpec, raw: RawTable, table: FramedTable
) -> tuple[Table, list[ReportError]]:
    errors: list[ReportError] = []
    unit, text = table.unit, table.text
    scale = YUAN_IN_WAN if unit == YUAN else 1
    values: dict[str, list[Cell]] = {}
    for column in spec.columns:
        cells: list[Cell] = []
        for line, cell in text[column.name].items():
            place = raw.place(int(str(line)), column.name)
            try:
                if fault := table.faults.get((place.line, column.name)):
                    raise ReportError(fault.problem, place=place, hint=fault.hint)  # noqa: TRY301 - one of a cell's errors
                value = _read_cell(cell, column, place, unit)
                if column.unit == WAN and isinstance(value, Fraction):
                    value /= scale
                cells.append(value)
            except ReportError as error:
                errors.append(error)
                cells.append(None)
        values[column.name] = cells
        if column.kind == "date":
            days = [
                str(value or cell) for value, cell in zip(cells, text[column.name], strict=True)
            ]
            text = text.assign(**{column.name: days})
    for key in spec.keys:
        errors += _repeated(text[list(key)], raw.place(column=key[-1]))
    exact_values = pd.DataFrame(values, index=text.index, dtype=object)
    message = unit if scale != 1 else ""
    return Table(spec, raw.file, text, exact_values, raw.sheet, message, table.unused), errors


def _read_cell(cell: str, column: Column, place: Place, unit: str) -> Cell:
    if column.kind in NUMERIC:
        if unit == YUAN and column.unit == WAN:
            cell = cell.lstrip("¥￥")
        cell = cells_as_typed.plain(cell)
    if not cell:
        if column.required:
            raise ReportError("必填，现为空", place=place, gap=True)
        return None
    try:
        cells_as_typed.fit(cell)
    except ValueError as error:
        raise ReportError(str(error), place=place, hint="请删去或改写") from None
    if column.choices and cell not in column.choices:
        raise ReportError(
            f"“{brief(cell)}”不在可选范围内", place=place, hint=f"可填：{'、'.join(column.choices)}"
        )
    try:
        return _convert(cell, column.kind)
    except ValueError:
        raise ReportError(
            f"“{brief(cell)}”写法不对", place=place, hint=f"应为{KINDS[column.kind]}"
        ) from None


def _convert(cell: str, kind: Kind) -> Cell:
    """Turn a cell into its value; raises `ValueError` where it is not of its kind."""
    if kind == "number":
        return exact.parse(cell)
    if kind == "rate":
        return exact.parse(cell.removesuffix("%"))
    if kind == "count":
        count = exact.parse(cell)
        if count.denominator != 1 or count < 0:
            raise ValueError(cell)
        return count
    if kind == "date":
        return cells_as_typed.day(cell).isoformat()
    pattern = PATTERNS.get(kind)
    if pattern and not (cell.isascii() and pattern.fullmatch(cell)):
        raise ValueError(cell)
    return cell


def _repeated(cells: pd.DataFrame, place: Place) -> Iterator[ReportError]:
    """Rows whose cells in some columns, none of them blank, are those of a row above."""
    for line, row in cells[cells.duplicated() & (cells != "").all(axis=1)].iterrows():
        where = replace(place, line=int(str(line)))
        yield ReportError(f"“{brief('、'.join(row))}”与前面的行重复", place=where)
