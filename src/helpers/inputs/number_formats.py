"""What a reader sees of a cell of Excel: its format parsed, section by section.

A number is shown in full, with the words its format puts around it, so that 12.5 under
`0"元"` is `12.5元`. Formats under which a reader sees another number than is stored are
refused: thousands left out (`0,`), a point put between digits (`0!.0`), nothing at all (`;;;`),
another text in the place of zero (`0;-0;"无"`), white on white (`[White]0`).
Source: ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from helpers.inputs.cells import DASHES

SECTION = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*', re.DOTALL)
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<number>general|g/通用格式|@|\.[0#?]+"
    r"|(?P<whole>[0#?](?:[0#?,]*[0#?])?)(?P<less>,*)(?:\.[0#?]*)?(?P<lesser>,*)(?:e[+-][0#?]+)?)"
    r"|(?P<plain>[-+()%: ¥￥$€£^&'{}<>=~]|[^\x00-\x7f])",
    re.DOTALL | re.IGNORECASE,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9a-f]+)?", re.IGNORECASE)
COLOUR = re.compile(
    r"(red|红色?)|black|blue|cyan|green|magenta|white|yellow|colou?r ?\d+|[黑蓝青绿白黄洋红]+色?",
    re.IGNORECASE,
)
WHITE = re.compile(r"white|白色?|colou?r ?2", re.IGNORECASE)
NOUGHT = re.compile(rf"(?P<currency>[¥￥$€£]?)(?:[-{DASHES}]?|——)")
"""What accountants put in the place of a zero: nothing, or a dash, behind the currency if any."""
FULL = re.compile(r"(?P<whole>[0#,]+)(?:\.(?P<part>0+))?")
"""A number whose digits are all shown, if it has no more decimals than the format has places."""

DIGITS = 15
"""Digits Excel keeps and shows; what its binary numbers carry beyond them nobody typed."""
GENERAL = 11
"""Characters of a number under General; a longer one is rounded, or shown with an exponent."""
LEAST_GENERAL = Decimal("0.0001")
"""A smaller one has an exponent under General."""
LITERAL = re.compile(r'"[^"]*"|[\\!_*].', re.DOTALL)
LANGUAGE = re.compile(r"\[\$-(?:[0-9a-f]{1,4}|x-sysdate|x-systime)\]", re.IGNORECASE)
"""The language of a date. A longer code also names a calendar, whose years are not ours."""
COMPARED = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


class UnclearFormatError(ValueError):
    """A format under which a reader does not see what is stored; its text says why."""


@dataclass
class _Section:
    """One section of a format: the words around its number, and what it does to it."""

    before: str = ""
    after: str = ""
    numbers: int = 0
    percents: int = 0
    least: int = 0
    condition: tuple[str, Decimal] | None = None
    red: bool = False
    white: bool = False
    pattern: str = ""

    @property
    def words(self) -> str:
        """What is shown beside the number."""
        return self.before.strip() + self.after.strip()

    @property
    def shows_zero(self) -> bool:
        """Whether a zero has a digit: under `#` and `?` it has none."""
        return bool(self.pattern) and not re.fullmatch(r"[#?,.]+", self.pattern)

    def say(self, words: str) -> None:
        """Put words before or behind the number."""
        if self.numbers:
            self.after += words
        else:
            self.before += words


def seen_number(value: Decimal, code: str) -> str:
    """A number in full, as a reader of a cell with this format sees it.

    Raises `UnclearFormatError` where that is not the number that is stored.
    """
    sections = _sections(code)
    section, signed = _of_number(value, sections)
    before, after = section.before.strip(), section.after.strip()
    if section.white:
        raise UnclearFormatError("单元格的格式把数字显示为白色")
    if not value and not section.shows_zero:
        if nought := NOUGHT.fullmatch(re.sub(r"\s", "", section.words)):
            return f"{nought['currency']}0"
        raise UnclearFormatError(f"单元格的格式把零显示为“{section.words[:20]}”")
    if not section.numbers:
        raise UnclearFormatError("单元格的格式使数字不显示")
    if section.numbers > 1:
        raise UnclearFormatError("单元格的格式在数字中间插入字符")
    if re.search(r"[\d.,]", before + after):
        raise UnclearFormatError("单元格的格式在数字旁加了数字")
    minus = "-" in before or (before.startswith("(") and after.startswith(")"))
    if value > 0 and minus:
        raise UnclearFormatError("单元格的格式给正数加了负号")
    if value < 0 and not signed and not minus and not section.red:
        raise UnclearFormatError("单元格的格式不显示负号")
    sign = "-" if value < 0 and not minus else ""
    whole, point, part = f"{abs(value) * 100**section.percents:f}".partition(".")
    part = part.rstrip("0")
    return f"{sign}{before}{whole.zfill(section.least)}{point if part else ''}{part}{after}"


def is_shown_in_full(value: Decimal, code: str, width: float) -> bool:
    """Whether what `seen_number` tells is what stands in the cell, character by character.

    A number may be read to more digits than its format shows, or without its commas; a text
    may not. `width` is that of the column in characters, to which General rounds.
    """
    section, _ = _of_number(value, _sections(code))
    shown = abs(value) * 100**section.percents
    whole, _, part = f"{shown:f}".partition(".")
    part = part.rstrip("0")
    if shown >= 10**DIGITS or not section.shows_zero:
        return False
    if section.pattern.lower() in {"general", "g/通用格式", "@"}:
        room = min(GENERAL, width - (value < 0)) if part else GENERAL
        length = len(whole) + bool(part) + len(part)
        return length <= room and (not value or shown >= LEAST_GENERAL)
    full = FULL.fullmatch(section.pattern)
    if not full or len(part) != len(full["part"] or ""):
        return False
    if "," in full["whole"] and (shown >= 1000 or section.least > 3):
        return False
    return "0" in full["whole"] or shown >= 1


def check_day(code: str) -> None:
    """See that a format shows a day; raises `UnclearFormatError` where it may hide or change it.

    White, a section that shows nothing, a condition, digits of its own, years of a reign or of
    another calendar (`e`, `g`, `b`).
    """
    for section in _split(code):
        bare = LITERAL.sub("", section)
        bracketed = re.findall(r"\[[^\]]*\]", LANGUAGE.sub("", bare))
        if not section.strip():
            raise UnclearFormatError("单元格的日期格式有空的一节，使内容不显示")
        if any(WHITE.fullmatch(each[1:-1]) for each in bracketed):
            raise UnclearFormatError("单元格的格式把日期显示为白色")
        strange = [each for each in bracketed if not COLOUR.fullmatch(each[1:-1])]
        rest = re.sub(r"\[[^\]]*\]|general|am/pm", "", bare, flags=re.IGNORECASE)
        literal = "".join(LITERAL.findall(section))
        if strange or re.search(r"[egb\d]", rest, re.IGNORECASE) or re.search(r"\d", literal):
            raise UnclearFormatError(f"单元格的日期格式“{code[:40]}”不能识别")


def is_iso_day(code: str) -> bool:
    """Whether a format shows a day as 2024-03-15, as days are written here."""
    first = LANGUAGE.sub("", _split(code)[0]).replace("\\", "").replace('"', "")
    return first.lower() == "yyyy-mm-dd"


def seen_text(text: str, code: str) -> str:
    """A text as a reader of a cell with this format sees it.

    Raises `UnclearFormatError` where the format hides it.
    """
    parts = _split(code)
    bracketed = re.findall(r"\[[^\]]*\]", LITERAL.sub("", code))
    if any(WHITE.fullmatch(each[1:-1]) for each in bracketed):
        raise UnclearFormatError("单元格的格式把文字显示为白色")
    if len(parts) < 4 and "@" not in code:  # one for numbers or days alone
        return text
    section = _sections(code)[-1]
    if not section.numbers:
        raise UnclearFormatError("单元格的格式使文字不显示")
    return f"{section.before.strip()}{text}{section.after.strip()}"


def _of_number(value: Decimal, sections: tuple[_Section, ...]) -> tuple[_Section, bool]:
    """The section a number is shown by, and whether Excel puts the minus sign itself."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        if value < 0:
            raise UnclearFormatError("单元格的格式带条件，不能确定负数怎样显示")
        for section in numeric:
            if section.condition is None:
                return section, True
            sign, bound = section.condition
            if COMPARED[sign](value, bound):
                return section, True
        raise UnclearFormatError("单元格的格式带条件，数字不显示")
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; raises `UnclearFormatError` for one that is not understood."""
    texts = _split(code)
    if len(texts) > 4:
        raise _unknown(code)
    return tuple(_section(text, code) for text in texts)


def _split(code: str) -> list[str]:
    """The texts of the sections of a format."""
    texts, at = [], 0
    while at <= len(code):
        found = SECTION.match(code, at)
        assert found
        texts.append(found[0])
        at = found.end() + 1
    return texts


def _section(text: str, code: str) -> _Section:
    section, at = _Section(), 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found:
            raise _unknown(code)
        at = found.end()
        if found["bracket"] is not None:
            _bracket(section, found["bracket"], code)
        elif found["number"]:
            section.numbers += 1
            section.pattern = found["number"]
            section.least = (found["whole"] or "").count("0")
            if found["less"] or found["lesser"]:
                raise UnclearFormatError(f"单元格的格式“{code}”按千缩小显示")
        else:
            fill = (found["fill"] or "").strip()  # repeated as often as the column is wide
            words = found["quoted"] or found["escaped"] or found["plain"] or fill
            section.percents += found["plain"] == "%"
            section.say(words)
    return section


def _bracket(section: _Section, inside: str, code: str) -> None:
    """What stands in brackets: a colour, a condition or a currency."""
    if colour := COLOUR.fullmatch(inside):
        section.red = bool(colour[1])
        section.white = bool(WHITE.fullmatch(inside))
    elif condition := CONDITION.fullmatch(inside):
        section.condition = condition[1], Decimal(condition[2])
    elif currency := CURRENCY.fullmatch(inside):
        section.say(currency[1])
    else:
        raise _unknown(code)


def _unknown(code: str) -> UnclearFormatError:
    return UnclearFormatError(f"单元格的格式“{code[:40]}”不能识别")
