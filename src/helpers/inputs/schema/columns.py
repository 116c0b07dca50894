"""What a table declaration is made of: kinds of cells, columns, tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.figures.exact import WAN

Kind = Literal["text", "id", "number", "count", "rate", "year", "date", "code"]

KINDS: dict[Kind, str] = {
    "text": "文字",
    "id": "小写英文字母、数字和下划线，以字母开头，全表不重复",
    "number": "数字，如 5275.741749",
    "count": "非负整数",
    "rate": "百分数，如 11.4%",
    "year": "四位年度，如 2023",
    "date": "日期，如 2024-03-15",
    "code": "支出功能分类科目编码，3、5或7位数字，按文字填写",
}

NUMERIC: frozenset[Kind] = frozenset({"number", "count", "rate"})
"""Kinds whose cells are numbers, read exactly however few of their digits are shown."""

MEASURED: frozenset[Kind] = NUMERIC | {"date"}
"""Kinds whose cells have a value beside the text that shows it."""


@dataclass(frozen=True)
class Column:
    """One column: its header, what its cells are, whether a blank is an error (必填).

    `unit` is that of its numbers; amounts in 万元 are also read from files in 元. It is empty
    for texts, and where each row has a unit of its own.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class TableSpec:
    """One table: its name (the file is `NAME.csv`), what it holds, and its columns.

    A run may do without an optional table; the report then says so. `kept` are the columns
    that go on into the next year with their rows; a table without any begins empty. The
    numbers of a row are called by its cell in the column `named_by`. No two rows have the
    same cells in the columns of `key`.
    """

    name: str
    holds: str
    columns: tuple[Column, ...]
    optional: bool = False
    kept: tuple[str, ...] = ()
    named_by: str = ""
    key: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The columns, or groups of columns, in which no two rows are alike."""
        ids = tuple((column.name,) for column in self.columns if column.kind == "id")
        return (*ids, self.key) if self.key else ids

    @property
    def has_amounts(self) -> bool:
        """Whether it has amounts, so that the unit of its file matters."""
        return any(column.unit == WAN for column in self.columns)

    @property
    def needed(self) -> tuple[str, ...]:
        """Headers the file must have: those of the columns that may not be blank."""
        return tuple(column.name for column in self.columns if column.required)
