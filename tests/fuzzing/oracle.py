"""The second reader: what a table, its numbers and parameters say, worked out another way.

Nothing here calls the code it judges. CSV is taken apart character by character, workbooks
with the standard library's XML, numbers with Unicode's own tables and `Decimal`.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import yaml

Rows = list[tuple[int, list[str]]]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
UNKNOWN = "\0"
"""A cell this reader does not judge."""


class NotReadableError(Exception):
    """What cannot be read surely, and must not be."""


def csv_rows(content: bytes, separator: str) -> Rows:  # noqa: C901, PLR0912 - one automaton
    """The rows of a CSV that are not blank, each with the line it begins on."""
    text = _text(content)
    rows: Rows = []
    cells: list[str] = []
    cell, quoted, closed, line, begins, at = "", False, False, 1, 1, 0
    while at < len(text):
        char = text[at]
        end = char in "\r\n"
        if end and text[at : at + 2] == "\r\n":
            char = "\r\n"
        if quoted:
            if char == '"' and text[at + 1 : at + 2] == '"':
                cell, at = cell + '"', at + 1
            elif char == '"':
                quoted, closed = False, True
            else:
                cell += char
        elif closed and not end and char != separator:
            raise NotReadableError("text behind a quoted cell")
        elif char == '"' and not cell:
            quoted = True
        elif char == separator or end:
            cells.append(cell)
            cell, closed = "", False
        else:
            cell += char
        line += end
        if end and not quoted:
            rows.append((begins, cells))
            cells, begins = [], line
        at += len(char)
    if quoted:
        raise NotReadableError("a quote that never ends")
    if cell or cells or closed:
        rows.append((begins, [*cells, cell]))
    stripped = [(line, [_one_break(cell).strip() for cell in cells]) for line, cells in rows]
    return [(line, cells) for line, cells in stripped if "".join(cells)]


def _one_break(cell: str) -> str:
    return "\n".join(cell.replace("\r\n", "\r").split("\r"))


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise NotReadableError("bytes of no text")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise NotReadableError("no encoding we know")


def workbook_rows(path: Path, name: str) -> Rows:
    """The rows of a sheet that are not blank; a cell that stands twice is refused."""
    with zipfile.ZipFile(path) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))
        rels = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {rel.get("Id"): str(rel.get("Target")) for rel in rels}
        named = [each for each in book.findall(".//{*}sheet") if each.get("name") == name]
        if not named:
            raise NotReadableError("no such sheet")
        sheet = named[0]
        [id] = [value for key, value in sheet.attrib.items() if key.endswith("}id")]
        root = ET.fromstring(archive.read("xl/" + targets[id].removeprefix("/xl/")))
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            strings = ET.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = [_string(each) for each in strings.iter(f"{MAIN}si")]
    grid: dict[tuple[int, int], str] = {}
    line = 0
    for row in root.iter(f"{MAIN}row"):
        line, column = int(row.get("r", line + 1)), 0
        for cell in row.iter(f"{MAIN}c"):
            line, column = _place(cell.get("r"), line, column)
            if (line, column) in grid:
                raise NotReadableError("a cell twice")
            grid[line, column] = _cell(cell, shared)
    widest = max((column for _, column in grid), default=0)
    lines = sorted({line for line, _ in grid})
    rows = [(line, [grid.get((line, at), "") for at in range(1, widest + 1)]) for line in lines]
    return [(line, cells) for line, cells in rows if "".join(cells)]


def _place(reference: str | None, line: int, column: int) -> tuple[int, int]:
    """Where a cell stands: where it says, or next to the last one."""
    if reference is None:
        return line, column + 1
    placed = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    if not placed:
        raise NotReadableError(reference)
    column = 0
    for letter in placed[1]:
        column = column * 26 + ord(letter) - 64
    return int(placed[2]), column


def _string(element: Any) -> str:  # noqa: ANN401 - an element
    runs = [part.find(f"{MAIN}t") for part in element.iter(f"{MAIN}r")]
    parts = [element.find(f"{MAIN}t"), *runs]
    return "".join(part.text or "" for part in parts if part is not None)


def _cell(cell: Any, shared: list[str]) -> str:  # noqa: ANN401 - an element
    kind, value = cell.get("t", "n"), cell.find(f"{MAIN}v")
    text = "" if value is None or value.text is None else value.text
    if cell.get("s") not in {None, "0"} or cell.find(f"{MAIN}f") is not None:
        return UNKNOWN
    if kind == "inlineStr":
        inside = cell.find(f"{MAIN}is")
        return _string(inside).strip() if inside is not None else ""
    if kind == "s" and text:
        return shared[int(text)].strip()
    if kind == "b" and text:
        return "是" if int(text) else "否"
    if kind == "n" and text:
        digits = Decimal(repr(float(f"{float(text):.15g}")))
        plain = format(digits, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    return text.strip() if kind in {"str", "e", "n", "s", "b"} else UNKNOWN


def table(rows: Rows, needed: tuple[str, ...]) -> tuple[str, dict[tuple[int, str], str]]:
    """Unit and cells by line and column; the header is the first row that has what is needed."""
    headers = [at for at, (_, cells) in enumerate(rows[:10]) if set(needed) <= set(cells)]
    if not headers:
        raise NotReadableError("no header")
    at, head = headers[0], rows[headers[0]][1]
    above = " ".join(cell for _, cells in rows[:at] for cell in cells)
    units = re.findall(r"单位\s*[:：]\s*(\S*元)", above)
    cells: dict[tuple[int, str], str] = {}
    for line, row in rows[at + 1 :]:
        said = [cell for cell in row if cell]
        if len(said) == 1 and re.match(r"(注|说明|备注|填表说明|制表人?|填报人)\s*[:：]", said[0]):
            continue
        if len(row) != len(head):
            raise NotReadableError("a row of another length")
        for name, cell in zip(head, row, strict=True):
            if name and head.count(name) > 1:
                raise NotReadableError("a heading twice")
            cells[line, name] = cell
    return units[0] if units else "万元", cells


def number(text: str) -> Fraction | None:
    """The number a person means, None for a blank."""
    plain = "".join(
        "-" if unicodedata.category(char) == "Pd" or char == "−" else char
        for char in unicodedata.normalize("NFKC", text).strip()
    )
    if not plain.strip("-/ ") or plain == "无":
        return None
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1] if negative else plain
    plain = plain.removesuffix("%")
    whole = plain.lstrip("+-").partition(".")[0]
    mark = next((char for char in whole if char in ", "), ",")
    groups = whole.split(mark)
    grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3
        and groups[0][0] != "0"
        and all(len(group) == 3 for group in groups[1:])
    )
    if not grouped or not re.fullmatch(rf"[+-]?[0-9{mark}]+(\.[0-9]+)?", plain):
        raise NotReadableError(text)
    value = Fraction(Decimal(plain.replace(mark, "")))
    return -value if negative else value


def yaml_values(text: str) -> dict[str, Any]:
    """A mapping of texts, read by the slow parser in Python; a key twice is refused."""
    node = yaml.compose(text, yaml.BaseLoader)
    if not isinstance(node, yaml.MappingNode):
        raise NotReadableError("no mapping")
    keys = [key.value for key, _ in node.value]
    if len(set(map(str, keys))) < len(keys):
        raise NotReadableError("a key twice")
    values: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return values


FORMULAS: dict[str, Any] = {
    "exec_rate": lambda i: i["executed"] / i["budget"] * 100,
    "carryover_rate": lambda i: (
        i.get("balance", i["budget"] - i.get("executed", 0)) / i["budget"] * 100
    ),
    "completion_initial": lambda i: i["final"] / i["initial"] * 100,
    "delta": lambda i: i["current"] - i["previous"],
    "pp_diff": lambda i: i["a"] - i["b"],
    "yoy_prev": lambda i: (i["current"] - i["previous"]) / i["previous"] * 100,
    "share": lambda i: i["part"] / i["whole"] * 100,
    "unit_wan": lambda i: i["yuan"] / 10000,
}
"""Published figures of the common kinds, from their inputs."""


def half_up(value: Fraction, decimals: int) -> Decimal:
    """A number as it would be printed."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
