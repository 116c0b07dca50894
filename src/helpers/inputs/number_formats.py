"""What a reader sees of a cell of Excel: its format parsed, section by section.

A number is shown in full, with the words its format puts around it, so that 12.5 under
`0"元"` is `12.5元`. Formats under which a reader sees another number than is stored are
refused: thousands left out (`0,`), a point put between digits (`0!.0`), nothing at all (`;;;`).
Source: ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

SECTION = re.compile(r'(?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*', re.DOTALL)
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
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
    if not value and not (section.numbers and re.search(r"\w", before + after)):
        return "0"  # accountants show a dash for it, or nothing
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


def seen_text(text: str, code: str) -> str:
    """A text as a reader of a cell with this format sees it.

    Raises `UnclearFormatError` where the format hides it.
    """
    sections = _sections(code)
    if len(sections) < 4 and "@" not in code:
        return text
    section = sections[-1]
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
    texts, at = [], 0
    while at <= len(code):
        found = SECTION.match(code, at)
        assert found
        texts.append(found[0])
        at = found.end() + 1
    if len(texts) > 4:
        raise _unknown(code)
    return tuple(_section(text, code) for text in texts)


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
            section.least = (found["whole"] or "").count("0")
            if found["less"] or found["lesser"]:
                raise UnclearFormatError(f"单元格的格式“{code}”按千缩小显示")
        else:
            words = found["quoted"] or found["escaped"] or found["plain"] or ""
            section.percents += found["plain"] == "%"
            section.say(words)
    return section


def _bracket(section: _Section, inside: str, code: str) -> None:
    """What stands in brackets: a colour, a condition or a currency."""
    if colour := COLOUR.fullmatch(inside):
        section.red = bool(colour[1])
    elif condition := CONDITION.fullmatch(inside):
        section.condition = condition[1], Decimal(condition[2])
    elif currency := CURRENCY.fullmatch(inside):
        section.say(currency[1])
    else:
        raise _unknown(code)


def _unknown(code: str) -> UnclearFormatError:
    return UnclearFormatError(f"单元格的格式“{code[:40]}”不能识别")
