"""Read a CSV as Excel, WPS and survey services write it: its encoding and separator found out."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import chain
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.raw_tables import RawTable
from helpers.schema import TableSpec

LARGEST = 20_000_000
"""Bytes; some hundred thousand rows, and no table of a department has as many."""

SEPARATORS = (",", "\t", ";")


def read_csv(path: Path, file: str, spec: TableSpec) -> RawTable:
    """The records of a CSV, blank ones left out, each with the line on which it begins.

    Raises `UnreadableInputError` for what cannot be read surely, `FileNotFoundError` for
    no file.
    """
    if path.stat().st_size > LARGEST:
        hint = "请核对是不是数据表"
        raise UnreadableInputError("文件过大", place=Place(file), hint=hint)
    content = decoded(path.read_bytes(), Place(file))
    tried = (RawTable(file, "", _records(content, file, separator)) for separator in SEPARATORS)
    first = next(tried)
    found = (raw for raw in chain([first], tried) if raw.rows and _holds(raw, spec))
    return next(found, first)


def decoded(content: bytes, place: Place) -> str:
    """Text in UTF-8, with or without a mark, or in the GBK of Chinese Excel.

    Raises `UnreadableInputError` for any other encoding.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content:
        hint = "请用 Excel 另存为“CSV UTF-8”"
        raise UnreadableInputError("是 UTF-16 编码，或不是文本文件", place=place, hint=hint)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableInputError(
        "不是 UTF-8 或 GBK 编码", place=place, hint="请用 Excel 另存为“CSV UTF-8”"
    )


def _holds(raw: RawTable, spec: TableSpec) -> bool:
    return set(spec.needed) <= set(raw.rows[raw.header(spec)][1])


def _records(content: str, file: str, separator: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(content, newline=""), strict=True, delimiter=separator)
    begins, records = 1, []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                records.append((begins, stripped))
            begins = reader.line_num + 1
    except csv.Error:
        if separator != SEPARATORS[0]:
            return []
        raise UnreadableInputError(
            "引号不配对，或含有无法读取的字符", place=Place(file, begins)
        ) from None
    return records
