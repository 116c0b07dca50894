"""Formulas as people write them: read into parts by a grammar of our own, and worked out exactly.

    sum     := product (("+" | "-") product)*
    product := factor (("*" | "/") factor)*
    factor  := "-" factor | number ["%"] | name | function "(" sum ("," sum)* ")" | "(" sum ")"

Nothing is ever run: there are numbers, names, four operations and the functions below. What
the formulas of our pages print, in Chinese signs and words, is read as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from helpers.errors import brief
from helpers.figures.arithmetic import larger
from helpers.figures.formulas import CALLS, WHOLE
from helpers.figures.number import Number, combined, number

LONGEST, DEEPEST = 400, 12
"""Characters of a formula, and brackets within each other; more is no formula of a score sheet."""

FUNCTIONS = {
    **{name: name for name in (*CALLS, *WHOLE, "round", "abs")},
    **{word: name for name, word in (CALLS | WHOLE).items()},
    "四舍五入": "round",
    "绝对值": "abs",
}
"""What may be called, by each of its names."""

SIGNS = str.maketrans("（）＋－−×＊÷／％，“”", '()+--**//%,""')
TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?%?)(?:位小数)?|(?P<name>[^\W\d]\w*)"
    r'|"(?P<quoted>[^"]+)"|(?P<sign>[-+*/(),]))'
)


@dataclass(frozen=True)
class Formula:
    """A part of a formula: the name of a figure, a number, or an operation on other parts."""

    op: str = ""
    args: tuple[Formula, ...] = ()
    name: str = ""
    number: Number | None = None

    @property
    def names(self) -> Iterator[str]:
        """Every figure it names, in order, as often as it does."""
        if self.name:
            yield self.name
        for arg in self.args:
            yield from arg.names

    def worked_out(self, figure: Callable[[str], Number]) -> Number:
        """The number it gives, where `figure` gives the number of a name.

        Raises `UnitMismatchError` for what cannot be added up or compared.
        """
        if self.name:
            return figure(self.name)
        if self.number is not None:
            return self.number
        args = [arg.worked_out(figure) for arg in self.args]
        if self.op == "abs":
            return larger(args[0], 0 - args[0])
        return combined(self.op, args)


@lru_cache(maxsize=1024)
def parsed(text: str) -> Formula:
    """A formula read; raises `ValueError` saying where a text is none."""
    if len(text) > LONGEST:
        raise ValueError(f"算式超过 {LONGEST} 个字")
    return _Reader(text).whole()


class _Reader:
    """Reads a formula from left to right."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text.translate(SIGNS).strip(), 0, 0

    def whole(self) -> Formula:
        read = self._sum()
        if self._at < len(self._text):
            raise self._wrong()
        return read

    def _sum(self) -> Formula:
        return self._chain("+-", self._product)

    def _product(self) -> Formula:
        return self._chain("*/", self._factor)

    def _chain(self, signs: str, read: Callable[[], Formula]) -> Formula:
        left = read()
        while sign := self._taken(*signs):
            left = Formula(sign, (left, read()))
        return left

    def _factor(self) -> Formula:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("算式的括号层次过多")
        read = self._atom()
        self._depth -= 1
        return read

    def _atom(self) -> Formula:
        if self._taken("-"):
            return Formula("-", (Formula(number=number(0)), self._factor()))
        if self._taken("("):
            inner = self._sum()
            self._expect(")")
            return inner
        found = TOKEN.match(self._text, self._at)
        if not found or found["sign"]:
            raise self._wrong()
        self._at = found.end()
        if found["number"]:
            return Formula(number=number(found["number"]))
        name = found["name"] or found["quoted"]
        return self._called(name) if found["name"] and self._taken("(") else Formula(name=name)

    def _called(self, name: str) -> Formula:
        """A function with its operands; the bracket was read."""
        if name not in FUNCTIONS:
            raise ValueError(f"没有名为“{name}”的函数，可用：{'、'.join(FUNCTIONS)}")
        args = [self._sum()]
        while self._taken(","):
            args.append(self._sum())
        self._expect(")")
        op = FUNCTIONS[name]
        wanted = 2 if op == "round" else 1 if op in {"abs", *WHOLE} else len(args)
        digits = args[-1].number
        if len(args) != wanted or (op == "round" and (digits is None or digits not in range(7))):
            raise ValueError(f"“{name}”应有 {wanted} 个数" + "，后一个为位数" * (op == "round"))
        return Formula(op, tuple(args))

    def _taken(self, *signs: str) -> str:
        """The sign that comes next, if it is one of some."""
        found = TOKEN.match(self._text, self._at)
        if not found or not found["sign"] or found["sign"] not in signs:
            return ""
        self._at = found.end()
        return found["sign"]

    def _expect(self, sign: str) -> None:
        if not self._taken(sign):
            raise self._wrong(sign)

    def _wrong(self, wanted: str = "") -> ValueError:
        rest = brief(self._text[self._at :].strip()) or "末尾"
        hint = f"，缺少“{wanted}”" if wanted else "，应为数、名称或括号"
        return ValueError(f"算式在“{rest}”处看不懂{hint}")
