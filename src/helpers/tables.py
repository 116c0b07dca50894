"""Read the input tables: as text first, then exact, every cell remembering its place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import cast

import pandas as pd

from helpers import exact
from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.facts import Source
from helpers.schema import KINDS, Column, Kind, TableSpec

PATTERNS: dict[Kind, re.Pattern[str]] = {
    "id": re.compile(r"[a-z][a-z0-9_]*"),
    "year": re.compile(r"(19|20)\d\d"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
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
        """The file as a whole."""
        return Place(self.file)

    @property
    def lines(self) -> Iterator[int]:
        """Line of each row."""
        return iter(self.text.index)

    def source(self, line: int, column: str) -> Source:
        """A cell as it stood."""
        return Source(Place(self.file, line, column), self._texts[column][line])

    def value(self, line: int, column: str) -> Cell:
        """A cell's exact value, or None where it is blank."""
        return self._values[column][line]

    def string(self, line: int, column: str) -> str:
        """A cell's text, empty where it is blank."""
        return self._texts[column][line]

    def where(self, column: str, text: str) -> list[int]:
        """Lines of the rows whose cell in `column` reads `text`."""
        return [line for line, cell in self._texts[column].items() if cell == text]

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
    """Read every declared table of a folder.

    Returns the tables by name and *all* cell errors, so that a user can mend them in one
    go; a cell with an error counts as blank. Raises `UnreadableInputError` for a folder,
    file or header that cannot be read at all.
    """
    if not folder.is_dir():
        raise UnreadableInputError(
            "找不到数据文件夹", place=Place(file_prefix), hint="请核对参数 data"
        )
    errors: list[ReportError] = []
    tables: dict[str, Table] = {}
    for spec in specs:
        file = f"{file_prefix}/{spec.name}.csv"
        text = _read_text(folder / f"{spec.name}.csv", file, spec)
        tables[spec.name], found = _to_table(spec, file, text)
        errors += found
    return tables, errors


def _read_text(path: Path, file: str, spec: TableSpec) -> pd.DataFrame:
    """Read one CSV as text, with the declared columns, indexed by line."""
    names = [column.name for column in spec.columns]
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if spec.optional:
            return _blank(spec)
        headers = ",".join(names)
        raise UnreadableInputError(
            "找不到这个文件", place=Place(file), hint=f"表头为 {headers}"
        ) from None
    except UnicodeDecodeError:
        raise UnreadableInputError(
            "不是 UTF-8 编码", place=Place(file), hint="请用 Excel 另存为“CSV UTF-8”"
        ) from None
    rows = list(_rows(content, file))
    if not rows:
        raise UnreadableInputError("文件是空的", place=Place(file))
    (_, header), *body = rows
    _check_header(header, file, spec)
    for line, cells in body:
        if len(cells) != len(header):
            raise UnreadableInputError(
                f"这一行有 {len(cells)} 格，表头有 {len(header)} 格",
                place=Place(file, line),
                hint="文字里的逗号要放在英文双引号内",
            )
    frame = pd.DataFrame(
        [cells for _, cells in body],
        index=pd.Index([line for line, _ in body], name="行", dtype="int64"),
        columns=header,
        dtype=object,
    )
    return frame.reindex(columns=names, fill_value="")


def _blank(spec: TableSpec) -> pd.DataFrame:
    names = [column.name for column in spec.columns]
    return pd.DataFrame(index=pd.Index([], name="行", dtype="int64"), columns=names)


def _rows(content: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Give each non-blank record with the line on which it begins, cells stripped."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield begins, stripped
            begins = reader.line_num + 1
    except csv.Error:
        raise UnreadableInputError(
            "引号不配对，或含有无法读取的字符", place=Place(file, begins)
        ) from None


def _check_header(header: list[str], file: str, spec: TableSpec) -> None:
    """See that every needed column is there, once, and that none is merely misspelt.

    Columns no table declares are dropped, as exports carry names and phone numbers; one
    whose name is nearly that of an absent column is more likely a slip, so it is refused.
    """
    missing = [name for name in spec.needed if name not in header]
    if missing:
        raise UnreadableInputError(
            f"缺少列：{'、'.join(missing)}",
            place=Place(file, 1),
            hint=f"现有的列：{'、'.join(header)}",
        )
    absent = [column.name for column in spec.columns if column.name not in header]
    for name in set(header) - {column.name for column in spec.columns}:
        if near := get_close_matches(name, absent, n=1, cutoff=0.75):
            raise UnreadableInputError(
                f"没有名为“{name}”的列", place=Place(file, 1), hint=f"是否应为“{near[0]}”"
            )
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise UnreadableInputError(f"列名重复：{'、'.join(repeated)}", place=Place(file, 1))


def _to_table(spec: TableSpec, file: str, text: pd.DataFrame) -> tuple[Table, list[ReportError]]:
    errors: list[ReportError] = []
    values = pd.DataFrame(index=text.index, columns=text.columns, dtype=object)
    for column in spec.columns:
        cells: list[Cell] = []
        for line, cell in text[column.name].items():
            place = Place(file, int(str(line)), column.name)
            try:
                cells.append(_read_cell(cell, column, place))
            except ReportError as error:
                errors.append(error)
                cells.append(None)
        values[column.name] = pd.Series(cells, index=text.index, dtype=object)
        if column.kind == "id":
            errors += _repeated(text[column.name], Place(file, column=column.name))
    return Table(spec, file, text, values), errors


def _read_cell(cell: str, column: Column, place: Place) -> Cell:
    if not cell:
        if column.required:
            raise ReportError("必填，现为空", place=place)
        return None
    if column.choices and cell not in column.choices:
        raise ReportError(
            f"“{cell}”不在可选范围内", place=place, hint=f"可填：{'、'.join(column.choices)}"
        )
    try:
        return _convert(cell, column.kind)
    except ValueError:
        raise ReportError(
            f"“{cell}”写法不对", place=place, hint=f"应为{KINDS[column.kind]}"
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
        date.fromisoformat(cell)
    pattern = PATTERNS.get(kind)
    if pattern and not (cell.isascii() and pattern.fullmatch(cell)):
        raise ValueError(cell)
    return cell


def _repeated(cells: pd.Series[str], place: Place) -> Iterator[ReportError]:
    for line, cell in cells[cells.duplicated() & cells.ne("")].items():
        yield ReportError(
            f"“{cell}”与前面的行重复", place=Place(place.file, int(str(line)), place.column)
        )
