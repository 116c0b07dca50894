"""What a chart's drawing may consist of: shapes and texts, nothing that acts or leads elsewhere."""

from __future__ import annotations

from xml.etree import ElementTree as ET

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
ELEMENTS = {
    *("svg", "title", "desc", "defs", "g", "path", "clipPath", "rect", "use", "text", "tspan"),
    *("circle", "line", "polyline", "polygon", "marker", "pattern", "linearGradient", "stop"),
}


def refuse_foreign(svg: str) -> None:
    """Raise `ValueError` for a drawing that holds anything but shapes and texts.

    No document type, scripts, styles of their own, pictures, events, or links out of it.
    """
    if "<!" in svg or "<?" in svg:
        raise ValueError("SVG")
    try:
        drawing = ET.fromstring(svg)  # noqa: S314 - no document type, so no entities
    except ET.ParseError:
        raise ValueError("SVG") from None
    if drawing.tag != f"{SVG}svg":
        raise ValueError(drawing.tag)
    for element in drawing.iter():
        if element.tag.removeprefix(SVG) not in ELEMENTS or not element.tag.startswith(SVG):
            raise ValueError(element.tag)
        for name, value in element.attrib.items():
            acts = name.lower().startswith("on")
            leads = name in {"href", f"{XLINK}href"} and not value.startswith("#")
            fetches = "url(" in value.replace("url(#", "") or "@import" in value
            if acts or leads or fetches:
                raise ValueError(name)
