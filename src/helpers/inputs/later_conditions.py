"""The conditional formats Excel keeps apart since 2010, which openpyxl leaves out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from openpyxl.formatting.rule import Rule
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook.workbook import Workbook
from openpyxl.xml.functions import fromstring

LATER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
SPAN = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
UNSEEN = DifferentialStyle(numFmt=NumberFormat(164, ";;;"))


def load_values(content: bytes) -> Workbook:
    """A workbook with the results of its formulas, its texts in parts, and all its conditions."""
    reader = ExcelReader(io.BytesIO(content), data_only=True, rich_text=True)
    reader.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for sheet, part in reader.parser.find_sheets():
            if sheet.name in {each.title for each in reader.wb.worksheets}:
                for span, rule in _later(archive.read(part.target)):
                    reader.wb[sheet.name].conditional_formatting.add(span, rule)
    return reader.wb


def _later(xml: bytes) -> Iterator[tuple[str, Rule]]:
    """The later conditional formats of a sheet with their ranges; only what they may hide."""
    if LATER[1:-1].encode() not in xml:
        return
    for formats in fromstring(xml).iter(f"{LATER}conditionalFormatting"):
        span = formats.findtext(SPAN) or ""
        for rule in formats.iter(f"{LATER}cfRule") if span else ():
            for style in rule.iter(f"{LATER}dxf"):
                look = DifferentialStyle.from_tree(style)  # type: ignore[arg-type] # an element
                yield span, Rule("expression", dxf=look)
            pictures = (*rule.iter(f"{LATER}iconSet"), *rule.iter(f"{LATER}dataBar"))
            if any(each.get("showValue") in {"0", "false"} for each in pictures):
                yield span, Rule("expression", dxf=UNSEEN)
