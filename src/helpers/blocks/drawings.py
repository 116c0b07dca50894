"""What a chart's drawing may consist of: shapes and texts, nothing that acts or leads elsewhere.

A group of shapes may stand for a figure: it is a mark, and names the figure.
"""

from __future__ import annotations

import re
from collections.abc import Container
from xml.etree import ElementTree as ET

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
ELEMENTS = {
    *("svg", "title", "desc", "defs", "g", "path", "clipPath", "rect", "use", "text", "tspan"),
    *("circle", "line", "polyline", "polygon", "marker", "pattern", "linearGradient", "stop"),
}
LINKS = {"href", f"{XLINK}href".lower()}
MARK = "data-fact"
"""The attribute by which a mark names its figure."""
OF_MARKS = {f"{SVG}{name}" for name in ("g", "defs", "path", "use")}


def refuse_foreign(svg: str, name: str = "", figures: Container[str] = ()) -> None:
    """Raise `ValueError` for a drawing that holds anything but shapes and texts.

    No document type, scripts, styles of their own, pictures, events, or links out of it; no id
    that does not begin with the chart's `name`, and none twice; no mark of anything but one of
    the chart's own `figures`.
    """
    if "<!" in svg or "<?" in svg:
        raise ValueError("SVG")
    try:
        drawing = ET.fromstring(svg)  # noqa: S314 - no document type, so no entities
    except ET.ParseError:
        raise ValueError("SVG") from None
    if drawing.tag != f"{SVG}svg":
        raise ValueError(drawing.tag)
    ids: set[str] = set()
    for element in drawing.iter():
        if element.tag.removeprefix(SVG) not in ELEMENTS or not element.tag.startswith(SVG):
            raise ValueError(element.tag)
        # HTML takes an attribute in any case for the same
        for attribute, value in ((each.lower(), value) for each, value in element.attrib.items()):
            acts = attribute.startswith("on")
            leads = attribute in LINKS and not value.startswith("#")
            fetches = "url(" in value.replace("url(#", "") or "@import" in value
            foreign = attribute == "id" and (value in ids or not value.startswith(name))
            if acts or leads or fetches or foreign:
                raise ValueError(attribute)
            ids |= {value} if attribute == "id" else set()
            if attribute == MARK:
                _refuse_mark(element, value, drawing, figures)


def _refuse_mark(
    mark: ET.Element, figure: str, drawing: ET.Element, figures: Container[str]
) -> None:
    """Raise `ValueError` for a mark that is none of the figures, or says anything by itself."""
    if figure not in figures:
        raise ValueError(figure)
    paths = {f"#{path.get('id')}" for path in drawing.iter(f"{SVG}path")}
    for part in mark.iter():
        names = {name.lower() for name in part.attrib} - ({MARK} if part is mark else set())
        used = {value for name, value in part.attrib.items() if name.lower() in LINKS}
        if part.tag not in OF_MARKS or MARK in names or not used <= paths:
            raise ValueError(f"{MARK}：{figure}")


def without_marks(svg: str) -> str:
    """A drawing in which nothing stands for a figure."""
    return re.sub(rf' {MARK}="[^"]*"', "", svg)
