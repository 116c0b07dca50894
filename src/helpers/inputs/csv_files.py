"""Read a CSV as Excel, WPS and survey services write it: its encoding and separator found out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from helpers.characters import trimmed
from helpers.errors import Place, UnreadableInputError
from helpers.inputs.raw_tables import HEADER_WITHIN, RawTable

LARGEST = 20_000_000
"""Bytes; some hundred thousand rows, and no table of a department has as many."""

LONGEST = 1_000_000
"""Characters of a line; a longer one is no row of a table."""

SEPARATORS = (",", "\t", ";")
ENCODINGS = ("utf-8-sig", "gb18030")

Record = tuple[int, list[str]]
"""The line on which it begins, and its cells."""


def read_csv(path: Path, file: str, needed: Sequence[str]) -> RawTable:
    """The records of a CSV, blank ones left out, each with the line on which it begins.

    Raises `UnreadableInputError` for what cannot be read surely, `FileNotFoundError` for
    no file. `needed` are the headings by which the header is known.
    """
    if path.stat().st_size > LARGEST:
        hint = "请核对是不是数据表"
        raise UnreadableInputError("文件过大", place=Place(file), hint=hint)
    content = decoded(path.read_bytes(), Place(file))
    separator = _separator(lambda: io.StringIO(content, newline=""), needed, file)
    return RawTable(file, "", list(_records(io.StringIO(content, newline=""), file, separator)))


def stream_csv(path: Path, file: str, needed: Sequence[str]) -> Iterator[Record]:
    """The records of a CSV of any size one by one, from its header on.

    Raises as `read_csv` does, `LARGEST` aside.
    """
    encoding = _encoding(path, Place(file))

    def opened() -> TextIO:
        return path.open(encoding=encoding, newline="")

    separator = _separator(opened, needed, file)
    with opened() as text:
        records = _records(text, file, separator)
        first = list(islice(records, HEADER_WITHIN))
        at = RawTable(file, "", first).header(needed) if first else 0
        yield from chain(first[at:], records)


def decoded(content: bytes, place: Place) -> str:
    """Text in UTF-8, with or without a mark, or in the GBK of Chinese Excel.

    Raises `UnreadableInputError` for any other encoding.
    """
    if b"\0" in content:
        raise _no_text(place)
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_encoding(content, place)


def _encoding(path: Path, place: Place) -> str:
    """The encoding in which the whole of a file can be read."""
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as text:
                while block := text.read(LONGEST):
                    if "\0" in block:
                        raise _no_text(place)
        except UnicodeDecodeError:
            continue
        return encoding
    with path.open("rb") as file:
        raise _no_encoding(file.read(2), place)


def _no_text(place: Place) -> UnreadableInputError:
    hint = "请用 Excel 另存为“CSV UTF-8”"
    return UnreadableInputError("是 UTF-16 编码，或不是文本文件", place=place, hint=hint)


def _no_encoding(content: bytes, place: Place) -> UnreadableInputError:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _no_text(place)
    hint = "请用 Excel 另存为“CSV UTF-8”"
    return UnreadableInputError("不是 UTF-8 或 GBK 编码", place=place, hint=hint)


def _separator(opened: Callable[[], TextIO], needed: Sequence[str], file: str) -> str:
    """The separator by which the header is found; a comma where none does."""
    for separator in SEPARATORS:
        with opened() as text:
            try:
                first = list(islice(_records(text, file, separator), HEADER_WITHIN))
            except UnreadableInputError:
                continue
        if any(set(needed) <= set(cells) for _, cells in first):
            return separator
    return SEPARATORS[0]


def _records(text: TextIO, file: str, separator: str) -> Iterator[Record]:
    reader = csv.reader(_lines(text, file), strict=True, delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            plain = [trimmed(cell) for cell in cells]
            if any("\r" in cell for cell in plain):
                plain = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in plain]
            if any(plain):
                yield begins, plain
            begins = reader.line_num + 1
    except csv.Error:
        raise UnreadableInputError(
            "引号不配对，或含有无法读取的字符", place=Place(file, begins)
        ) from None


def _lines(text: TextIO, file: str) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        if len(line) == LONGEST:
            raise UnreadableInputError("这一行过长，无法读取", place=Place(file, number))
        yield line
