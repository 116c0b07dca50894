"""One text of a workbook found without reading the rest: hundreds of them are looked at."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree as ET

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.plain_files import read_plain
from helpers.inputs.raw_tables import LARGEST

CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DIGITS = "0123456789"


def text_beside(path: Path, place: Place, name: str, heads: tuple[str, str]) -> str:
    """The text in column B of the row that begins with `name`, on the sheet of a place.

    Empty where it is not found at a glance: whoever needs to know must read the workbook.
    """
    try:
        content = read_plain(path, place, LARGEST)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                return ""
            return _beside(_sheet(archive, place.sheet), _strings(archive), name, heads)
    except (OSError, LookupError, ValueError, StopIteration, zipfile.BadZipFile, zlib.error):
        return ""
    except (ET.ParseError, UnreadableInputError, NotImplementedError, RuntimeError, EOFError):
        return ""


def _part(archive: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(archive.read(name))  # noqa: S314 - as openpyxl reads it, its size known


def _sheet(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """The part that holds a sheet."""
    sheets = _part(archive, "xl/workbook.xml").iter(f"{CELLS}sheet")
    id = next(each.get(f"{OFFICE}id") for each in sheets if each.get("name") == name)
    links = _part(archive, "xl/_rels/workbook.xml.rels").iter(f"{PACKAGE}Relationship")
    target = next(each.get("Target", "") for each in links if each.get("Id") == id)
    return _part(archive, target.removeprefix("/") if target[:1] == "/" else f"xl/{target}")


def _strings(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells name by their number."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    items = _part(archive, "xl/sharedStrings.xml").iter(f"{CELLS}si")
    return ["".join(text.text or "" for text in item.iter(f"{CELLS}t")) for item in items]


def _beside(sheet: ET.Element, strings: list[str], name: str, heads: tuple[str, str]) -> str:
    below = False
    for row in sheet.iter(f"{CELLS}row"):
        cells = {cell.get("r", "").rstrip(DIGITS): cell for cell in row.iter(f"{CELLS}c")}
        first, second = (_text(cells[at], strings) if at in cells else "" for at in "AB")
        below = below or (first, second) == heads
        if below and first == name:
            return second
    return ""


def _text(cell: ET.Element, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{CELLS}t"))
    value = cell.findtext(f"{CELLS}v") or ""
    return strings[int(value)] if cell.get("t") == "s" else value
