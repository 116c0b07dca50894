"""The PDF: a document handed as JSON to a typst template, with the vendored fonts alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from helpers import fonts
from helpers.fonts.given import GivenFont
from helpers.inputs import cells
from helpers.publishing.paper.blocks import Document, Figure

TEMPLATE = Path(__file__).parent / "report.typ"
FONTS = Path(fonts.__file__).parent
PICTURE = b"""\
#set page(width: 154mm, height: auto, margin: 0mm)
#set text(font: "Report Sans SC")
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""
PIXELS_PER_INCH = 220


def typeset(document: Document, given: Sequence[GivenFont] = ()) -> bytes:
    """Set a document as accessible PDF; the same document gives the same bytes.

    What our fonts lack is set in those `given`.

    Of a signed report it is PDF/A as well, which cannot be had without a date.
    """
    signed = cells.DAY.search(dict(document.sign_off)["日期"])
    date = [int(part) for part in signed.groups()] if signed else None
    json_text = json.dumps(asdict(document) | {"date": date}, ensure_ascii=False)
    standards = ["ua-1", "a-2a"] if date else ["ua-1"]
    return _compile(
        TEMPLATE.read_bytes(), {"document": json_text}, given, format="pdf", pdf_standards=standards
    )


def picture(figure: Figure, given: Sequence[GivenFont] = ()) -> bytes:
    """A chart as PNG, sharp enough to print, for programs that draw no SVG."""
    return _compile(PICTURE, {"svg": figure.svg}, given, format="png", ppi=PIXELS_PER_INCH)


def _compile(
    source: bytes,
    inputs: dict[str, str],
    given: Sequence[GivenFont],
    **options: Any,  # noqa: ANN401 - typst's own options
) -> bytes:
    """Compile with the vendored fonts, those given, and no clock.

    Raises `TypstError` for our own mistakes.
    """
    made: bytes = typst.compile(
        source,
        sys_inputs={name: fonts.plain(text) for name, text in inputs.items()},
        font_paths=[str(FONTS), *{str(font.path.parent) for font in given}],
        ignore_system_fonts=True,
        timestamp=0,
        **options,
    )
    return made
