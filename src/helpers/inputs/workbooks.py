"""The workbook of a run: its name, its sheets by theirs, and those that are there for people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from helpers.errors import Place
from helpers.inputs.plain_files import refuse_special
from helpers.inputs.raw_tables import RawTable

WORKBOOK = "数据.xlsx"
"""The workbook a run may give instead of CSVs: a sheet for each table, by its name."""

SETTINGS = "参数"
"""The sheet with the parameters, which the run's file of parameters then leaves to it."""

GUIDE, PLACEHOLDERS = "填报说明", "占位符"
"""Sheets to be read by people alone: how to fill in the rest, and what stands in braces."""


def workbook_sheets(folder: Path, file_prefix: str) -> Mapping[str, RawTable]:
    """The sheets of the folder's workbook by name; none without a workbook."""
    path, file = folder / WORKBOOK, f"{file_prefix}/{WORKBOOK}"
    if not path.is_file():
        return {}
    from helpers.inputs.excel_files import (
        refuse_archive,  # openpyxl is slow to import, and seldom needed
    )

    refuse_special(path, Place(file))
    return _sheets(refuse_archive(path, file), file)


@lru_cache(maxsize=8)
def _sheets(content: bytes, file: str) -> Mapping[str, RawTable]:
    """The sheets in a file's bytes, parsed once for its parameters and all its tables.

    A run and its four earlier years are five workbooks.
    """
    from helpers.inputs.excel_files import sheets_of

    return sheets_of(content, file)
