"""The page: an edition's body in one HTML file with fonts, style and scripts of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from markupsafe import Markup

from helpers.blocks.html import joined
from helpers.inputs.params import MONITORING
from helpers.publishing import page_fonts
from helpers.publishing.appendix import appendix
from helpers.publishing.body import Body, numbered, signed
from helpers.publishing.bold import bold
from helpers.publishing.columns import columns_of
from helpers.publishing.editions import REVIEW, Edition, public_part
from helpers.publishing.material import Material
from helpers.publishing.page_data import packed, page_data
from helpers.publishing.page_fingerprint import PAGE_FINGERPRINT, page_fingerprint
from helpers.publishing.page_writer import PageWriter, ReviewWriter
from helpers.publishing.rendering import environment, own_file
from helpers.publishing.summary import summary

SCRIPTS = {
    "review": (
        *("faces.js", "sha256.js", "fingerprint.js"),
        *("facts.js", "entry.js", "panel.js", "tables.js", "marks.js", "search.js"),
        *("reading.js", "review.js", "print.js", "recheck.js", "sorting.js", "explored.js"),
    ),
    "public": (
        *("faces.js", "search.js", "reading.js", "print.js"),
        *("sorting.js", "explored.js"),
    ),
}
"""The first stands in the head. Each is a script of its own, so that one too new for an old browser
takes none with it."""

BOLD = "目录查找未能生成"
"""What the page itself sets in bold, beside its title and standing."""


@dataclass(frozen=True)
class Page:
    """A page as text, and the fingerprint of a reviewers' page."""

    text: str
    fingerprint: str = ""


def edition_body(material: Material, edition: Edition) -> Body:
    """Join and number the sections of an edition, the summary first and the sources last."""
    run = material.run
    sections = signed(material.sections, run.params)
    if run.params.stage != MONITORING:
        sections = [summary(run, sections, edition), *sections]
    if edition is REVIEW:
        return numbered([*sections, appendix(material)], run.contents.outline)
    return numbered(public_part(sections), run.contents.outline)


def render_page(material: Material, edition: Edition, body: Body) -> Page:
    """Make the whole page of an edition.

    Raises `ReportError` where a character has no glyph.
    """
    params = material.run.params
    review = edition is REVIEW
    templates = environment()
    writer = (
        ReviewWriter(f"data/{params.run}/", columns_of(body.sections)) if review else PageWriter()
    )
    sections = joined(map(writer.section, body.sections))
    facts = page_data(material.run.facts) if review else ""
    scripts = [_script(name) for name in SCRIPTS["review" if review else "public"]]
    context = {
        "title": material.run.title,
        "params": params,
        "edition": edition,
        "review": review,
        "failed": material.failed,
        "running_head": _css_text("　".join(filter(None, (params.standing, params.notice)))),
        "contents": body.contents,
        "body": sections,
        "facts": packed(facts),
        "style": own_file("page.css"),
        "dark": own_file("dark.css"),
        "scripts": scripts,
    }
    template = templates.get_template("page.html.j2")
    unread = dict.fromkeys(("fonts", "style", "dark", "facts"), "")
    text = Markup(template.render(context | unread | {"scripts": []})).striptags()  # noqa: S704 - made of our own blocks
    heavy = f"{material.run.title}{params.standing}{edition.name}{material.failed}{BOLD}"
    faces = page_fonts.faces(
        text + facts,
        heavy + "".join(bold(body.sections)),
        "".join(script["text"] for script in scripts),
        material.run.fonts,
    )
    page = template.render(context, fonts=Markup(faces))  # noqa: S704 - base64 of our own fonts
    return _with_fingerprint(page) if review else Page(page)


def _with_fingerprint(page: str) -> Page:
    """A page that tells its own fingerprint."""
    fingerprint = page_fingerprint(page)
    empty = f'<dd id="{PAGE_FINGERPRINT}">'
    return Page(page.replace(f"{empty}<", f"{empty}{fingerprint}<"), fingerprint)


def _script(name: str) -> dict[str, str]:
    """One of our own scripts, and the hash the page's policy lets it run by."""
    text = own_file(name)
    return {"text": text, "hash": base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}


def _css_text(text: str) -> Markup:
    """A text as a CSS string: what could end the string or the style is left out."""
    return Markup('"{}"').format(Markup(re.sub(r'["\\<>\n]', "", text)))  # noqa: S704 - nothing left to escape
