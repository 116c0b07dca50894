"""The page: an edition's body in one HTML file with fonts, style and scripts of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.inputs.fingerprints import SourceFingerprints
from helpers.inputs.params import MONITORING
from helpers.publishing import page_fonts
from helpers.publishing.appendix import appendix
from helpers.publishing.body import Entry, link_figures, number_blocks, number_headings, sign
from helpers.publishing.editions import REVIEW, Edition, without_apparatus
from helpers.publishing.page_data import page_data
from helpers.publishing.page_fingerprint import PAGE_FINGERPRINT, page_fingerprint
from helpers.publishing.sections import TEMPLATES
from helpers.publishing.summary import summary
from helpers.run import InputFile, Run

SCRIPTS = {
    "review": (
        *("sha256.js", "fingerprint.js"),
        *("panel.js", "search.js", "reading.js", "review.js", "print.js", "recheck.js"),
    ),
    "public": ("search.js", "reading.js", "print.js"),
}
"""Each a script of its own, so that one too new for an old browser takes none with it."""


@dataclass(frozen=True)
class Material:
    """What every edition of a report is made from: a run, its sections, and its facts as text."""

    run: Run
    sections: list[str]
    inputs: list[InputFile]
    made: SourceFingerprints
    facts: str
    failed: str = ""
    """Which sections could not be made."""


@dataclass(frozen=True)
class Body:
    """An edition's body, numbered, and its table of contents."""

    html: BeautifulSoup
    contents: list[Entry]


def environment() -> Environment:
    """Templates that escape everything and know every name they use."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )


def edition_body(material: Material, edition: Edition) -> Body:
    """Join and number the sections of an edition, the summary first and the sources last."""
    run, templates = material.run, environment()
    html = BeautifulSoup("\n".join(material.sections), "html.parser")
    sign(html, run.params)
    if run.params.stage != MONITORING:
        opening = BeautifulSoup(summary(templates, run, html, edition), "html.parser")
        html.insert(0, opening)
    if edition is REVIEW:
        fingerprint = hashlib.sha256(material.facts.encode()).hexdigest()
        closing = appendix(templates, run, material.inputs, material.made, fingerprint)
        html.append(BeautifulSoup(closing, "html.parser"))
    else:
        without_apparatus(html, run.facts)
    contents = number_headings(html)
    number_blocks(html)
    if edition is REVIEW:
        link_figures(html)
    return Body(html, contents)


def render_page(material: Material, edition: Edition, body: Body) -> str:
    """Make the whole page of an edition; the fingerprint of a reviewers' page goes into its body.

    Raises `ReportError` where a character has no glyph.
    """
    params = material.run.params
    review = edition is REVIEW
    names = SCRIPTS["review" if review else "public"]
    scripts = [_script(name) for name in names]
    context = {
        "params": params,
        "edition": edition,
        "review": review,
        "failed": material.failed,
        "running_head": _css_text("　".join(filter(None, (params.standing, params.notice)))),
        "contents": body.contents,
        "body": Markup(str(body.html)),  # noqa: S704 - built from our own escaped blocks
        "facts": Markup(page_data(material.run.facts)),  # noqa: S704 - JSON without a single <
        "style": _own("page.css"),
        "dark": _own("dark.css"),
        "scripts": scripts,
    }
    template = environment().get_template("page.html.j2")
    empty = dict.fromkeys(("fonts", "style", "dark", "body", "facts"), "")
    frame = BeautifulSoup(template.render(**context | empty | {"scripts": []}), "html.parser")
    script = "".join(each["text"] for each in scripts)
    faces = Markup(page_fonts.faces([frame, body.html], script, material.run.fonts))  # noqa: S704 - base64 of our own fonts
    page = template.render(fonts=faces, **context)
    return _with_fingerprint(page, body) if review else page


def _with_fingerprint(page: str, body: Body) -> str:
    """Tell a page's fingerprint on it, and in its body, for paper to read it there."""
    fingerprint = page_fingerprint(page)
    place = body.html.find(id=PAGE_FINGERPRINT)
    assert isinstance(place, Tag)
    place.string = fingerprint
    empty = f'<dd id="{PAGE_FINGERPRINT}">'
    return page.replace(f"{empty}<", f"{empty}{fingerprint}<")


def _script(name: str) -> dict[str, str]:
    """One of our own scripts, and the hash the page's policy lets it run by."""
    text = _own(name)
    return {"text": text, "hash": base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}


def _own(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 - our own file


def _css_text(text: str) -> Markup:
    """A text as a CSS string: what could end the string or the style is left out."""
    return Markup('"{}"').format(Markup(re.sub(r'["\\<>\n]', "", text)))  # noqa: S704 - nothing left to escape
