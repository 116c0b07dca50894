"""What people type into a cell: a number as a plain decimal, a text that is no trap."""

from __future__ import annotations

import re

from helpers.errors import UNSEEN

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


FORMULA = re.compile(r"[=@]|[+-].*[(|!]", re.DOTALL)


def fit(text: str) -> str:
    """The same text, if it may stand in a report and the files made from it.

    Excel runs what begins like a formula when it opens a CSV, and a terminal obeys control
    characters; marks of direction make a figure read backwards. Raises `ValueError` with
    the reason.
    """
    if unseen := UNSEEN.search(text):
        raise ValueError(f"含有看不见的控制字符 U+{ord(unseen[0]):04X}")
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("含有不成字的编码")
    if FORMULA.match(text):
        raise ValueError("以公式的写法开头，Excel 会当作公式运行")
    return text


def day(text: str) -> str:
    """A date as `2024-03-15`, from what Excel makes of it: 2024/3/15, 2024年3月15日, 2024.3.15."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain(text) or text)
    if not found:
        return text
    year, month, date = found.groups()
    return f"{year}-{int(month):02d}-{int(date):02d}"
