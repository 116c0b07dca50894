"""What people type into a number cell, as a plain decimal."""

from __future__ import annotations

import re

WIDE = str.maketrans(
    "０１２３４５６７８９，．＋－（）％\u2212\u2013\u2014\uff0d", "0123456789,.+-()%----"
)
SPACES = re.compile(r"[\s\u00a0\u2009\u202f\u3000]")
BLANK = re.compile(r"[-/]*|无")
BRACKETED = re.compile(r"\((.+)\)")


def plain(text: str) -> str:
    """The same number in ASCII digits with a leading sign; empty for what means nothing given.

    Full-width characters, spaces, all dashes as minus, brackets as minus. A dash or a stroke
    alone means blank, not zero. Anything else is passed on for `exact.parse` to refuse.
    """
    narrow = SPACES.sub("", text.translate(WIDE))
    if BLANK.fullmatch(narrow):
        return ""
    bracketed = BRACKETED.fullmatch(narrow)
    return f"-{bracketed[1]}" if bracketed else narrow


def day(text: str) -> str:
    """A date as `2024-03-15`, from what Excel makes of it: 2024/3/15, 2024年3月15日, 2024.3.15."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain(text) or text)
    if not found:
        return text
    year, month, date = found.groups()
    return f"{year}-{int(month):02d}-{int(date):02d}"
