"""Correct one cell of a run's data where it stands, and nothing else of its file."""

from __future__ import annotations

import csv
import io

from openpyxl.utils import get_column_letter

from helpers.errors import Place, UnreadableInputError
from helpers.inputs import cells
from helpers.inputs.csv_files import ENCODINGS, SEPARATORS, decoded
from helpers.inputs.fingerprints import sha256
from helpers.inputs.project import Project
from helpers.inputs.raw_tables import HEADER_WITHIN
from helpers.publishing.office_files import workbook_bytes
from helpers.workflow.atomic import replace_file
from helpers.workflow.changing import open_to_change

MARK = b"\xef\xbb\xbf"


def can_correct(place: Place) -> bool:
    """Whether a place is a cell of a data file."""
    return bool(place.line and place.column) and place.file.endswith((".csv", ".xlsx"))


def correct(project: Project, place: Place, text: str, seen: str) -> None:
    """Write a text into a cell, and leave every other cell as it is.

    `seen` is the fingerprint of the file the cell was found in. Raises `UnreadableInputError`
    where the file has changed since, or has no such cell; for a text no table can hold; and
    for a file outside the data of the project.
    """
    path = (project.root / place.file).resolve()
    if not path.is_relative_to((project.root / "data").resolve()) or not can_correct(place):
        raise UnreadableInputError("这里不能改", place=place, hint="请打开文件修改")
    if sha256(path) != seen:
        raise UnreadableInputError("文件在核对之后有改动", place=place, hint="请重新核对")
    try:
        fit = cells.fit(text.strip())
    except ValueError as error:
        raise UnreadableInputError(str(error), place=place) from None
    content = path.read_bytes()
    write = _in_csv if path.suffix == ".csv" else _in_workbook
    replace_file(path, write(content, place, fit))


def _in_csv(content: bytes, place: Place, text: str) -> bytes:
    """A CSV in the encoding, with the separator and the ends of lines it has."""
    whole = decoded(content, place)
    encoding = next(each for each in ENCODINGS if _is_in(content, each))
    if encoding == "utf-8-sig" and not content.startswith(MARK):
        encoding = "utf-8"
    for separator in SEPARATORS:
        records, at = _records(whole, separator, place)
        heads = [row for row in records[:HEADER_WITHIN] if place.column in map(str.strip, row)]
        if at is not None and heads:
            position = [name.strip() for name in heads[0]].index(place.column)
            row = records[at]
            row += [""] * (position + 1 - len(row))
            row[position] = text
            buffer, ending = io.StringIO(newline=""), "\r\n" if "\r\n" in whole else "\n"
            csv.writer(buffer, delimiter=separator, lineterminator=ending).writerows(records)
            return buffer.getvalue().encode(encoding)
    raise UnreadableInputError("找不到这一格", place=place, hint="请重新核对")


def _records(text: str, separator: str, place: Place) -> tuple[list[list[str]], int | None]:
    """The records of a CSV, and the position of the one that begins on a line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    records, found, begins = list[list[str]](), None, 1
    for record in reader:
        if begins == place.line:
            found = len(records)
        records.append(record)
        begins = reader.line_num + 1
    return records, found


def _in_workbook(content: bytes, place: Place, text: str) -> bytes:
    """A workbook, but for the one cell as it was."""
    book = open_to_change(content, place)
    sheet = book[place.sheet]
    for row in sheet.iter_rows(max_row=HEADER_WITHIN):
        for at, head in enumerate(row, 1):
            if str(head.value or "").strip() == place.column:
                cell = sheet[f"{get_column_letter(at)}{place.line}"]
                cell.value, cell.number_format = text or None, "@"
                return workbook_bytes(book)
    raise UnreadableInputError("找不到这一格", place=place, hint="请重新核对")


def _is_in(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
