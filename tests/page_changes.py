"""The data of a built page, and changes to them as somebody would make who knows their form."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

from helpers.publishing.page_data import packed

DATA = re.compile(r'(<script [^>]*id="facts"[^>]*>)([^<]*)')


def data_text(html: str) -> str:
    """The figures and cells of a page as JSON."""
    found = DATA.search(html)
    assert found
    return zlib.decompress(base64.b64decode(found[2])).decode()


def facts_of(html: str) -> list[dict[str, Any]]:
    """The figures of a page by the names of their fields."""
    data = json.loads(data_text(html))
    return [dict(zip(data["fields"], fact, strict=True)) for fact in data["facts"]]


def with_data_changed(html: str, old: str, new: str) -> str:
    """A page whose data say something else, once."""
    data = data_text(html)
    assert old in data
    return DATA.sub(lambda found: found[1] + packed(data.replace(old, new, 1)), html)
