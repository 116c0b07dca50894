"""Office files whose bytes follow from their content alone: no dates of the day they were made."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook  # openpyxl is slow to import, and seldom needed

PROPERTIES = "docProps/core.xml"
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
WRITTEN = rb"\g<1>2000-01-01T00:00:00Z"
DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of a zip."""


def workbook_bytes(book: Workbook) -> bytes:
    """A workbook as a file. None of ours computes: what looks like a formula is text."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return normalize_office_file(buffer.getvalue())


def normalize_office_file(data: bytes) -> bytes:
    """The same docx or xlsx, its entries in order and every date the same."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            if name == PROPERTIES:
                content = STAMP.sub(WRITTEN, content)
            new.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
