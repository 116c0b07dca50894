"""Read the input tables: as text first, then exact, every cell remembering its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import cast

import pandas as pd

from helpers.errors import Place, ReportError, UnreadableInputError, brief
from helpers.figures import exact
from helpers.figures.conditions import text_in
from helpers.figures.exact import WAN, printed_decimals
from helpers.figures.number import Cell, Number, lacking
from helpers.inputs.column_values import Value, column_values
from helpers.inputs.csv_files import read_csv
from helpers.inputs.names import nearest
from helpers.inputs.project import is_system_file
from helpers.inputs.raw_tables import FramedTable, RawTable, UnusedInput, frame_table
from helpers.inputs.schema import COUNTED, TABLES, TableSpec
from helpers.inputs.units import YUAN

WORKBOOK = "数据.xlsx"
"""The workbook a run may give instead of CSVs: a sheet for each table, by its name."""

COMPANIONS = {"填报清单.md", "说明.txt"}
"""What stands beside the tables for people to read."""


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

    def source(self, line: int, column: str) -> Cell:
        """A cell as it stood."""
        text, value = self._texts[column][line], self._values[column][line]
        place = Place(self.file, line, column, self.sheet)
        if isinstance(value, Fraction) and (self.unit or not exact.is_plain(text)):
            with_unit = f"{text}{self.unit}"
            return Cell(place, with_unit, exact.exact_text(value))
        return Cell(place, text)

    def number(self, line: int, column: str) -> Number:
        """A cell as a number, shown with as many digits as were typed, money with two."""
        value, cell = self._values[column][line], self.source(line, column)
        unit, label = self._units[column], f"{self.row_name(line)}{column}"
        decimals = 2 if unit == WAN else printed_decimals(cell.text)
        if isinstance(value, Fraction):
            return Number(value, unit, label, decimals=decimals, cell=cell)
        blank = lacking(label, f"{label}未填（{cell.place}）", "missing", cell=cell, unit=unit)
        return replace(blank, decimals=decimals)

    def text_cell(self, line: int, column: str) -> Number:
        """A cell taken for its text, for conditions."""
        return text_in(self.source(line, column))

    def row_name(self, line: int) -> str:
        """What a row's numbers are called by: the text of its naming column, else its line."""
        name = self.spec.named_by and self.string(line, self.spec.named_by)
        return name or f"第{line}行"

    def value(self, line: int, column: str) -> Value:
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
    def _units(self) -> dict[str, str]:
        return {column.name: column.unit for column in self.spec.columns}

    @cached_property
    def _values(self) -> dict[str, dict[int, Value]]:
        return cast("dict[str, dict[int, Value]]", self.values.to_dict())


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
    sheets = workbook_sheets(folder, file_prefix)
    errors: list[ReportError] = []
    tables: dict[str, Table] = {}
    for spec in specs:
        raw = _raw(folder, file_prefix, spec, sheets)
        if raw is None:
            tables[spec.name] = Table.absent(spec, file_prefix)
            continue
        tables[spec.name], found = _to_table(spec, raw, frame_table(raw, spec))
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
        elif name not in specs:
            yield UnusedInput(raw.place(), "没有用到这张工作表", nearest(name, specs))


def workbook_sheets(folder: Path, file_prefix: str) -> dict[str, RawTable]:
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
    text = table.text
    values: dict[str, list[Value]] = {}
    for column in spec.columns:
        values[column.name], found = column_values(raw, table, column)
        errors += found
        if column.kind == "date":
            both = zip(values[column.name], text[column.name], strict=True)
            days = [str(value or cell) for value, cell in both]
            text = text.assign(**{column.name: days})
    for key in spec.keys:
        errors += _repeated(text[list(key)], raw.place(column=key[-1]))
    exact_values = pd.DataFrame(values, index=text.index, dtype=object)
    other_unit = YUAN if table.unit == YUAN else ""
    return Table(spec, raw.file, text, exact_values, raw.sheet, other_unit, table.unused), errors


def _repeated(cells: pd.DataFrame, place: Place) -> Iterator[ReportError]:
    """Rows whose cells in some columns, none of them blank, are those of a row above."""
    for line, row in cells[cells.duplicated() & (cells != "").all(axis=1)].iterrows():
        where = replace(place, line=int(str(line)))
        yield ReportError(f"“{brief('、'.join(row))}”与前面的行重复", place=where)
