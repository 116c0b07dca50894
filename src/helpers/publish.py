"""Executed notebooks → one page: bodies by nbconvert, joined, numbered, with its own fonts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor

from helpers import page_fonts
from helpers.appendix import appendix
from helpers.errors import Place, ReportError
from helpers.runs import Run

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    level: int
    id: str
    text: str


def render_page(run: Run, executed: Sequence[Path]) -> str:
    """Make the whole page of a run from its executed notebooks.

    Raises `ReportError` where a notebook shows anything but our own blocks, or a
    character has no glyph.
    """
    sections = [_section(f"s{number}", path) for number, path in enumerate(executed, 1)]
    joined = "\n".join(sections) + appendix(run, TEMPLATES)
    body = BeautifulSoup(joined, "html.parser")
    contents = _number_headings(body)
    _number_blocks(body)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    template = environment.get_template("page.html.j2")
    script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
    params = run.params
    context = {
        "params": params,
        "sign_off": (
            ("编制人", params.prepared_by),
            ("审核人", params.reviewed_by),
            ("单位负责人", params.head),
            ("日期", params.report_date),
        ),
        "contents": contents,
        "body": Markup(str(body)),  # noqa: S704 - built from our own escaped blocks
        "style": Markup((TEMPLATES / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }
    draft = BeautifulSoup(template.render(fonts="", **context), "html.parser")
    for hidden in draft.select("style, script"):
        hidden.decompose()
    faces = Markup(page_fonts.faces(draft))  # noqa: S704 - base64 of our own fonts
    return template.render(fonts=faces, **context)


def _section(id: str, executed: Path) -> str:
    """Export one notebook's body and wrap it as a section."""
    place = Place(f"notebooks/{executed.name}")

    def refuse(kind: str) -> None:
        raise ReportError(
            f"单元格输出了报告不能收录的内容（{kind}）",
            place=place,
            hint="每格只用 report.text、report.table、report.chart",
        )

    exporter = HTMLExporter(
        template_name="section",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
    )
    exporter.register_preprocessor(
        TagRemovePreprocessor(remove_cell_tags={"analyst-note"}), enabled=True
    )
    exporter.environment.globals["refuse"] = refuse
    body, _ = exporter.from_notebook_node(nbformat.read(executed, as_version=4))
    return f'<section id="{id}">{body}</section>'


def _number_headings(body: BeautifulSoup) -> list[Entry]:
    """Push headings one level down, give them ids, and list them."""
    contents: list[Entry] = []
    for section in body.find_all("section", recursive=False):
        assert isinstance(section, Tag)
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
