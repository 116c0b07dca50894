"""Make `reference.docx`, the styles Word reports are written with, after GB/T 9704.

Run `python -m helpers.publishing.paper.word_reference` after a change here; the file is committed.
Fonts are named only, 方正小标宋, 仿宋, 黑体, 楷体 and 宋体 are those of the reader's machine; the
font table names what stands in for them.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from helpers.publishing.office_files import normalize_office_file

REFERENCE = Path(__file__).parent / "reference.docx"

SONG, FANGSONG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
STYLES: dict[str, dict[str, Any]] = {
    "Normal": {"font": FANGSONG, "size": 16, "line": 28.5},
    "Body Text": {"font": FANGSONG, "size": 16, "line": 28.5, "indent": True, "align": "justify"},
    "Title": {"font": TITLE, "size": 22, "line": 36, "align": "center", "after": 12},
    "Heading 1": {"font": HEI, "size": 16, "line": 28.5, "indent": True, "keep": True},
    "Heading 2": {"font": KAI, "size": 16, "line": 28.5, "indent": True, "keep": True},
    "Heading 3": {"font": FANGSONG, "size": 16, "line": 28.5, "indent": True, "keep": True},
    "Caption": {"font": HEI, "size": 12, "line": 22, "align": "center", "keep": True, "before": 6},
    "Table Text": {"font": SONG, "size": 10.5, "line": 16},
    "Table Note": {"font": SONG, "size": 10.5, "line": 18, "after": 6},
    "Picture": {"font": SONG, "size": 10.5, "align": "center", "keep": True, "before": 6},
    "Signature": {"font": FANGSONG, "size": 16, "line": 28.5, "align": "right"},
}
ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
STAND_INS = {FANGSONG: "仿宋", KAI: "楷体", TITLE: "宋体"}


def make_reference(path: Path = REFERENCE) -> None:
    """Write the reference document; the same bytes every time."""
    document = Document()
    for name, wanted in STYLES.items():
        known = {style.name for style in document.styles}
        style = (
            document.styles[name]
            if name in known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        _set(style, wanted)
    _speak_chinese(document.styles.element)
    _lay_out(document)
    _name_stand_ins(document)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(normalize_office_file(buffer.getvalue()))


def _set(style: Any, wanted: dict[str, Any]) -> None:  # noqa: ANN401 - python-docx has no type for it
    font, text = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(wanted["size"]), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    name_fonts(style.element.get_or_add_rPr(), wanted["font"])
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)
    if "line" in wanted:
        text.line_spacing_rule, text.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(wanted["line"])
    text.space_before, text.space_after = Pt(wanted.get("before", 0)), Pt(wanted.get("after", 0))
    text.keep_with_next, text.widow_control = wanted.get("keep", False), True
    text.alignment = ALIGNED[wanted.get("align", "left")]
    text.first_line_indent = Pt(wanted["size"] * 2 if wanted.get("indent") else 0)
    style.element.pPr.find(qn("w:ind")).set(
        qn("w:firstLineChars"), "200" if wanted.get("indent") else "0"
    )


def name_fonts(properties: Any, chinese: str) -> None:  # noqa: ANN401 - as above
    """Name the fonts of a style or run outright, so that no theme decides on them."""
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script, name in {
        "ascii": "Times New Roman",
        "hAnsi": "Times New Roman",
        "cs": "Times New Roman",
        "eastAsia": chinese,
    }.items():
        fonts.set(qn(f"w:{script}"), name)


def _speak_chinese(styles: Any) -> None:  # noqa: ANN401 - as above
    """Say that the text is Chinese, or Word checks its spelling as English."""
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), "zh-CN")


def _name_stand_ins(document: Any) -> None:  # noqa: ANN401 - as above
    """Say which font stands in for one the reader's machine does not have."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in STAND_INS.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", f"{listed}</w:fonts>".encode())  # noqa: SLF001 - it has no other way in


def _lay_out(document: Any) -> None:  # noqa: ANN401 - as above
    """A4 with the margins of official documents; page numbers outside, — 1 —."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        for text in ("— ", None, " —"):
            run = paragraph.add_run(text or "")
            run.font.size = Pt(14)
            name_fonts(run._r.get_or_add_rPr(), SONG)  # noqa: SLF001 - python-docx's way to the XML
            if text is None:
                _page_number(run._r)  # noqa: SLF001 - as above


def _page_number(run: Any) -> None:  # noqa: ANN401 - as above
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = "PAGE"
        run.append(mark)


if __name__ == "__main__":
    make_reference()
