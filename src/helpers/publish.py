"""The page: section bodies joined, numbered, every figure linked, with fonts of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers import headings, page_fonts
from helpers.appendix import appendix
from helpers.export import TEMPLATES, SectionExporter
from helpers.fingerprints import InputFile, MadeFrom
from helpers.runs import Run

SCRIPTS = ("recheck.js", "panel.js", "review.js", "print.js")


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    level: int
    id: str
    text: str


def render_page(
    run: Run, executed: Sequence[Path], inputs: Sequence[InputFile], made: MadeFrom, facts: str
) -> str:
    """Make the whole page of a run; `facts` is the text of its `facts.json`.

    Raises `ReportError` where a notebook shows anything but our own blocks, or a
    character has no glyph.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    fingerprint = hashlib.sha256(facts.encode()).hexdigest()
    exporter = SectionExporter()
    parts = [exporter.section_html(f"s{number}", path) for number, path in enumerate(executed, 1)]
    parts.append(appendix(environment, run, inputs, made, fingerprint))
    body = BeautifulSoup("\n".join(parts), "html.parser")
    contents = _number_headings(body)
    _number_blocks(body)
    _link_figures(body)
    script = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in SCRIPTS)
    params = run.params
    context = {
        "params": params,
        "sign_off": (
            ("编制人", params.prepared_by),
            ("审核人", params.reviewed_by),
            ("单位负责人", params.head),
            ("日期", params.date),
        ),
        "running_head": _css_text("　".join(filter(None, (params.standing, params.notice)))),
        "contents": contents,
        "body": Markup(str(body)),  # noqa: S704 - built from our own escaped blocks
        "text_hash": hashlib.sha256(visible_text(body).encode()).hexdigest(),
        "facts": Markup(facts),  # noqa: S704 - JSON without a single <
        "style": Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own files
        "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }
    template = environment.get_template("page.html.j2")
    frame = template.render(
        **context | {"fonts": "", "style": "", "body": "", "facts": "", "script": ""}
    )
    faces = Markup(page_fonts.faces([BeautifulSoup(frame, "html.parser"), body], script))  # noqa: S704 - base64 of our own fonts
    return template.render(fonts=faces, **context)


def _css_text(text: str) -> Markup:
    """A text as a CSS string: what could end the string or the style is left out."""
    return Markup('"{}"').format(Markup(re.sub(r'["\\<>\n]', "", text)))  # noqa: S704 - nothing left to escape


def visible_text(body: Tag) -> str:
    """The body's text without white space, as the page's own script reads it."""
    return re.sub(r"\s", "", body.get_text())


def _number_headings(body: BeautifulSoup) -> list[Entry]:
    """Push headings one level down, give them ids, number the annexes, and list them all."""
    contents: list[Entry] = []
    annexes = count(1)
    for section in body.find_all("section", recursive=False):
        assert isinstance(section, Tag)
        title = section.h1
        if title and title.get_text().startswith(headings.ANNEX):
            title.string = headings.annex(title.get_text(), next(annexes))
        for number, heading in enumerate(section.find_all(["h1", "h2", "h3", "h4"])):
            level = int(heading.name[1]) + 1
            heading.name = f"h{level}"
            heading.attrs = {"id": f"{section['id']}-{number}"}
            if level <= 3:
                contents.append(Entry(level, str(heading["id"]), heading.get_text()))
        section["aria-labelledby"] = f"{section['id']}-0"
    return contents


def _number_blocks(body: BeautifulSoup) -> None:
    """Number figures and tables through the whole report: 图1, 表1, …"""
    counts: dict[str, int] = {}
    for number in body.select("figcaption .number, caption .number"):
        kind = number.get_text()
        counts[kind] = counts.get(kind, 0) + 1
        number.string = f"{kind}{counts[kind]}"


def _link_figures(body: BeautifulSoup) -> None:
    """Link each figure to its entry in the appendix, and list there where it stands."""
    heading = ""
    places: dict[str, list[tuple[str, str]]] = {}
    for element in body.select("section:not(.appendix) :is(h2, h3, h4, data.fact)"):
        if element.name != "data":
            heading = element.get_text()
            continue
        id = str(element["data-fact"])
        del element["title"]
        seen = places.setdefault(id, [])
        anchor = body.new_tag("a", href=f"#fact-{id}", id=f"at-{id}-{len(seen) + 1}")
        anchor["class"] = "figure-link"
        element.wrap(anchor)
        seen.append((str(anchor["id"]), f"{heading}{_block(element)}"))
    for entry in body.select(".fact-entry"):
        listed = entry.select_one(".places dd")
        assert listed
        for id, words in places.get(str(entry["id"]).removeprefix("fact-"), []):
            link = body.new_tag("a", href=f"#{id}")
            link.string = words
            listed.extend([link, "；"])
        if listed.contents:
            listed.contents[-1].extract()
        else:
            listed.string = "正文未用，供计算或核对"


def _block(element: Tag) -> str:
    """Which figure or table an element stands in, if any."""
    block = element.find_parent(["figure", "table"])
    number = block.select_one(".number") if block else None
    if block and not number:
        return _block(block)
    return f"，{number.get_text()}" if number else ""
