"""The fingerprint of a page: SHA-256 over all that a browser reads of it, as it was written.

A browser cannot see the bytes of a page, only the document it made of them. So both sides
write the same canonical text of that document: the doctype, every element in its order with
all its attributes by name, and every text (styles, fonts, drawings, data and scripts as well),
whatever quotes, entities, comments, self-closing slashes and line ends it was written with.
Left out are just the fingerprint itself, white space between the parts of head and body, and
which `<details>` are open, which a reader may change while the page is still being read.
`templates/fingerprint.js` writes it in the browser, before any script changes the page.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from functools import lru_cache

PAGE_FINGERPRINT = "page-fingerprint"
"""The id of the element that tells it."""
FINGERPRINT_TEXT = re.compile(rf'(?<=<dd id="{PAGE_FINGERPRINT}">)[0-9A-F ]*')
GROUPS, DIGITS = 6, 4
"""How much of it is reported: 96 bits, in groups that a person can compare."""

DOCTYPE = "<!DOCTYPE html>"
ATTRIBUTES = r"""((?:\s+[^\s=>/"]+(?:="[^"]*")?)*)\s*"""
ATTRIBUTE = re.compile(r'([^\s=]+)(?:="([^"]*)")?')
TOKEN = re.compile(
    rf"([^<]*)(?:<(script|style){ATTRIBUTES}>(.*?)</\2>|<(/?)([a-z][\w:-]*){ATTRIBUTES}(/?)>"
    f"|<!--.*?-->|{DOCTYPE}|$)",
    re.DOTALL | re.IGNORECASE,
)
"""A text and the tag after it; scripts and styles, whose text is written as it is, whole."""
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
BETWEEN = {"", "html", "head", "body"}
"""Where white space is nothing: browsers move it about."""
SPACE = " \t\n\f\r"
"""What HTML calls white space, and nothing else."""


def page_fingerprint(page: str) -> str:
    """The fingerprint of a page of ours as it is reported: `0A1B 2C3D …`."""
    sha256 = hashlib.sha256("".join(_canonical(page)).encode()).hexdigest().upper()
    return " ".join(sha256[at * DIGITS :][:DIGITS] for at in range(GROUPS))


def _canonical(page: str) -> Iterator[str]:
    """The canonical text in pieces; raises `ValueError` where the page is not well formed."""
    page = FINGERPRINT_TEXT.sub("", page.replace("\r\n", "\n").replace("\r", "\n"))
    yield "<!html>" if page.startswith(DOCTYPE) else ""
    within = [""]
    at = 0
    for found in TOKEN.finditer(page):
        if found.start() != at:
            break
        at = found.end()
        yield from _read(found, within)
    if at != len(page) or within != [""]:
        raise ValueError(page[at : at + 40] or within[-1])


def _read(found: re.Match[str], within: list[str]) -> Iterator[str]:
    """A text and the tag after it; `within` are the open elements."""
    text, raw, its, content, close, name, written, empty = found.groups()
    if text and (within[-1] not in BETWEEN or text.strip(SPACE)):
        yield _escaped(html.unescape(text))
    if close:
        if within.pop() != name.lower():
            raise ValueError(found[0])
        yield "</>"
    elif name:
        yield _opening_tag(name, written)
        if empty or name.lower() in VOID:
            yield "</>"
        else:
            within.append(name.lower())
    elif raw:
        yield f"{_opening_tag(raw, its)}{_escaped(content)}</>"


@lru_cache(maxsize=1024)
def _opening_tag(name: str, written: str) -> str:
    serialized = sorted(
        ' {}="{}"'.format(key.lower(), _escaped(html.unescape(value)).replace('"', "&quot;"))
        for key, value in ATTRIBUTE.findall(written)
        if (name, key) != ("details", "open")
    )
    return f"<{name.lower()}{''.join(serialized)}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
