"""What people type into a cell: a number as a plain decimal, a text that is no trap."""

from __future__ import annotations

import re
from datetime import date

from helpers.characters import SPACES, first_fault, trimmed

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
WIDE = str.maketrans(
    f"０１２３４５６７８９，．＋（）％{DASHES}", f"0123456789,.+()%{'-' * len(DASHES)}"
)
BLANK = re.compile(rf"[-/{SPACES}]*|无")
BRACKETED = re.compile(r"\((.+)\)(%?)")
SPACED = re.compile(
    r"[-+]?[1-9]\d{0,2}(?P<gap>[ \u00a0\u2007\u2009\u202f])\d{3}(?:(?P=gap)\d{3})*(?:\.\d+)?%?",
    re.ASCII,
)
"""Thousands set apart by one kind of space; any other space inside a number makes it no number."""


def plain(text: str) -> str:
    """The same number in ASCII digits with a leading sign; empty for what means nothing given.

    Full-width characters, thousands set apart by spaces, all dashes as minus, brackets as
    minus, white space around. A dash or a stroke alone means blank, not zero. Anything else
    is passed on for `exact.parse` to refuse.
    """
    narrow = trimmed(text).translate(WIDE)
    if BLANK.fullmatch(narrow):
        return ""
    if bracketed := BRACKETED.fullmatch(narrow):
        narrow = f"-{bracketed[1]}{bracketed[2]}"
    return narrow.replace(spaced["gap"], "") if (spaced := SPACED.fullmatch(narrow)) else narrow


FORMULA = re.compile(r"[=@＝＠]|[+\-＋－].*[(|!]", re.DOTALL)
EXCEL_ERROR = re.compile(r"#+|#(?:N/A|GETTING_DATA|[A-Z][A-Z0-9/]*[!?])", re.IGNORECASE)
"""What Excel shows of a formula without a value, or in too narrow a column: `#N/A`, `###`."""


def fit(text: str) -> str:
    """The same text, if it may stand in a report and the files made from it.

    Excel runs what begins like a formula when it opens a CSV, a terminal obeys control
    characters, and what nobody sees nobody can check. Raises `ValueError` with the reason.
    """
    if unfit := first_fault(text):
        raise ValueError(f"含有不能用的字符 {unfit}")
    if FORMULA.match(text):
        raise ValueError("以公式的写法开头，Excel 会当作公式运行")
    if EXCEL_ERROR.fullmatch(text):
        raise ValueError(f"“{text[:20]}”是 Excel 的错误值，或没有显示全")
    return text


DAY = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?", re.ASCII)


def day(text: str) -> date:
    """A date from what Excel makes of it: 2024-3-15, 2024/3/15, 2024年3月15日, 2024.3.15.

    Raises `ValueError` for a day there is not, and for any other text.
    """
    found = DAY.fullmatch(trimmed(text).translate(WIDE))
    if not found:
        raise ValueError(text)
    return date(*map(int, found.groups()))
