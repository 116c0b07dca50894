"""An exact number that knows where it comes from: the cell it was read from, or its formula.

`Number`s are made from text, whole numbers, decimals and cells, never from a float, and
never turn into one unseen: `ink` alone gives a float, to place ink by.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, Protocol, TypeGuard

from helpers.errors import Place, ReportError, brief
from helpers.figures import formulas
from helpers.figures.cell import Cell
from helpers.figures.exact import (
    WAN,
    Rounding,
    exact_text,
    grouped,
    parse,
    printed_decimals,
    round_to,
)
from helpers.figures.operations import KEEPING, OPERATIONS, ROUNDERS, result_unit
from helpers.figures.operators import Operators
from helpers.figures.units import UnitMismatchError, common_unit

Lack = Literal["", "undefined", "missing", "unscored", "absent"]
"""Why there is no value: the arithmetic has no answer, an input was never given, no score, or
a table of an analyst's own has nothing in that place."""

MISSING = "待补充"
UNSCORED = "资料不足，暂不评分"
DECIMALS_TO_THE_FEN = 6


DIGITS = re.compile(r",?\.(\d{1,2})f?", re.ASCII)
"""How many digits a number is to be shown with."""


class NoValueError(ReportError):
    """A number was asked for its value and has none."""


class InexactNumberError(ReportError, TypeError):
    """A float where an exact number is needed, or a number that was to become a float unseen."""


class NotANumberError(ReportError, ValueError):
    """A text that is no plain decimal."""


class Column(Protocol):
    """A pandas column or an array, which does its own arithmetic."""

    @property
    def dtype(self) -> object:
        """What it holds."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[object]: ...


@dataclass(frozen=True, eq=False)
class Number(Operators[bool]):
    """One exact number, or none with the reason, and all that stands behind it.

    `value` is in `unit`; it is shown with `decimals` digits, rounded once. It was read from
    `cell`, or is `op` on `args`; a statistic has neither, says in `words` how it was made,
    and names in `args` what it rests on. At a `label` formulas stop; an `id` is a label for
    programs, stable and ASCII. Of what is `unsigned` a fall may be printed without its minus.
    Equal are numbers of equal value and unit.
    """

    value: Fraction | None
    unit: str = ""
    label: str = ""
    id: str = ""
    decimals: int = 2
    rounding: Rounding = "half_up"
    op: str = ""
    args: tuple[Number, ...] = ()
    cell: Cell | None = None
    words: str = ""
    reason: str = ""
    lack: Lack = ""
    unsigned: bool = False

    # ---- what it is
    @property
    def defined(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def known(self) -> Fraction:
        """The exact value; raises `NoValueError` where there is none."""
        if self.value is None:
            name = self.label or formulas.formula(self)
            raise NoValueError(f"“{name}”没有数值：{self.reason}")
        return self.value

    def named(
        self,
        label: str,
        id: str = "",
        *,
        unit: str | None = None,
        decimals: int | None = None,
        rounding: Rounding | None = None,
    ) -> Number:
        """The same number under a name; a blank cell is then missed under that name."""
        reason = self.reason
        if self.lack == "missing" and self.cell and not self.op and self.cell.place.line:
            reason = f"{label}未填（{self.cell.place}）"
        return Number(
            self.value,
            self.unit if unit is None else unit,
            label,
            id,
            self.decimals if decimals is None else decimals,
            rounding or self.rounding,
            self.op,
            self.args,
            self.cell,
            self.words,
            reason,
            self.lack,
            self.unsigned,
        )

    # ---- what stands on the page
    @property
    def exact(self) -> str:
        """The value in full: a finite decimal or `p/q`; empty where there is none."""
        if self.value is None:
            return ""
        return exact_text(self.value, DECIMALS_TO_THE_FEN if self.unit == WAN else 0)

    @property
    def display(self) -> str:
        """What stands on the page; the unit follows it there, but for `%`, which is part of it."""
        return self._shown(self.decimals)

    @property
    def with_unit(self) -> str:
        """The display with its unit."""
        return self.display + self._unit_after

    def __str__(self) -> str:
        return self.with_unit

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        """With its unit; `.4`, and as is usual `,.4f`, shows four digits after the point."""
        if not spec:
            return self.with_unit
        if not (digits := DIGITS.fullmatch(spec)):
            raise ValueError(f"格式只能写位数，如 .4，现为“{spec}”")
        return self._shown(int(digits[1])) + self._unit_after

    def _shown(self, decimals: int) -> str:
        if self.value is None:
            words = {"unscored": UNSCORED, "missing": MISSING, "absent": "—"}
            return words.get(self.lack, f"无法计算（{self.reason}）")
        text = grouped(round_to(self.value, decimals, self.rounding))
        return f"{text}%" if self.unit == "%" else text

    @property
    def _unit_after(self) -> str:
        return "" if self.unit == "%" or self.value is None else self.unit

    # ---- what stands behind it
    @property
    def formula(self) -> str:
        """How it was computed, down to the next names; empty for a number that was read."""
        return formulas.formula(self, top=True) if self.op else self.words

    @property
    def substituted(self) -> str:
        """The formula with the numbers put in."""
        return formulas.substituted(self) if self.op in OPERATIONS else ""

    @property
    def denominator(self) -> str:
        """What a rate divides by; empty for what is no rate."""
        return formulas.denominator(self) if self.unit == "%" else ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the figures it is computed from."""
        return tuple(part.id for part in formulas.figures_in(self)) if self.op else ()

    @cached_property
    def sources(self) -> tuple[Cell, ...]:
        """Every cell it rests on, once; those its own formula names come first."""
        return formulas.sources(self)

    def depends_on(self, cell: Cell | Place) -> bool:
        """Whether it rests on a cell, given by the cell or by its place."""
        place = cell.place if isinstance(cell, Cell) else cell
        return any(source.place == place for source in self.sources)

    def explain(self) -> formulas.Explanation:
        """Name, formula and numbers put in, then the same of every part, down to the cells."""
        return formulas.explanation(self)

    def to_json(self) -> dict[str, object]:
        """One object of `facts.json`."""
        return {
            "id": self.id,
            "label": self.label,
            "value": self.exact,
            "reason": self.reason,
            "display": self.display,
            "unit": self.unit,
            "decimals": self.decimals,
            "rounding": self.rounding,
            "formula": self.formula,
            "substituted": self.substituted,
            "tree": formulas.tree(self) if self.op else None,
            "inputs": list(self.inputs),
            "denominator": self.denominator,
            "sources": [source.to_json() for source in self.sources],
        }

    # ---- arithmetic and comparison, as Python has them
    def __neg__(self) -> Number:
        return combined("-", (number(0), self))

    def __pos__(self) -> Number:
        return self

    def __abs__(self) -> Number:
        return combined("max", (self, -self))

    def __round__(self, decimals: int = 0) -> Number:
        return combined("round", (self, number(decimals)))

    def __float__(self) -> float:
        raise InexactNumberError(
            f"“{self.label or self.display}”是精确数，不转成浮点数",
            hint="只有画图才用浮点数：ink(…)",
        )

    def _with(self, op: str, other: object, *, turned: bool = False) -> Number:
        if is_column(other):
            return NotImplemented  # type: ignore[no-any-return] # as Python has it
        pair = (number(other), self) if turned else (self, number(other))
        return combined(op, pair)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, float) and other == other:  # noqa: PLR0124 - not-a-number is like none
            number(other)
        theirs = number_like(other)
        if theirs is None:
            return NotImplemented
        alike = not (self.unit and theirs.unit) or self.unit == theirs.unit
        return self.value is not None and alike and self.value == theirs.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __bool__(self) -> bool:
        raise TypeError("数不能当作真假：问有没有值用 .defined，问是不是零用 == 0")

    def _compared(self, other: object, compare: Callable[[Fraction, Fraction], bool]) -> bool:
        if is_column(other):
            return NotImplemented  # type: ignore[no-any-return] # as Python has it
        theirs = number(other)
        comparable(self.unit, theirs)
        return compare(self.known, theirs.known)


def number_like(operand: object) -> Number | None:
    """What an operand is as a number, or None for what is not like one, such as another text."""
    if isinstance(operand, bool) or not isinstance(operand, (Number, int, Decimal, Fraction, str)):
        return None
    try:
        return number(operand)
    except ValueError:
        return None


def comparable(unit: str, other: Number) -> None:
    """See that a number may be compared with those of a unit.

    Raises `UnitMismatchError` for another unit, and for a bare part of one beside rates:
    0.95 might be meant for 95 %.
    """
    common_unit((unit, other.unit))
    if unit == "%" and not other.unit and other.value and abs(other.value) <= 1:
        problem = f"与百分数比较的 {other.exact} 说不清是 {other.exact}% 还是 {100 * other.value}%"
        hint = f'写 number("{exact_text(100 * other.value)}%") 或 {exact_text(100 * other.value)}'
        raise UnitMismatchError(problem, hint=hint)


def number(operand: object, unit: str = "") -> Number:
    """A number from a Number, a whole number, a Decimal, a Fraction, or the text of a decimal.

    A text may end in `%`. Without a unit of its own it has `unit`. Raises
    `InexactNumberError` for a float and `NotANumberError` for a text that is no plain decimal.
    """
    if isinstance(operand, Number):
        return operand if operand.unit or not unit else replace(operand, unit=unit)
    if isinstance(operand, str):
        text = operand.strip()
        percent = text.endswith("%")
        try:
            value = parse(text.removesuffix("%"))
        except ValueError:
            hint = "写作 23187.018390 或 99.63%"
            raise NotANumberError(f"“{brief(operand)}”不是数字", hint=hint) from None
        return Number(value, "%" if percent else unit, decimals=printed_decimals(text))
    if isinstance(operand, bool) or not isinstance(operand, (int, Decimal, Fraction)):
        return _other(operand, unit)
    if isinstance(operand, Decimal):
        if not operand.is_finite():
            raise ValueError(f"“{operand}”不是数字")
        exponent = operand.as_tuple().exponent
        return Number(Fraction(operand), unit, decimals=max(0, -int(exponent)))
    return Number(Fraction(operand), unit, decimals=0 if Fraction(operand).denominator == 1 else 2)


def _other(operand: object, unit: str) -> Number:
    """Whole numbers of numpy; everything else is refused, floats with what to type instead."""
    if isinstance(operand, bool):
        raise TypeError(f"“{operand}”不是数字")
    if hasattr(operand, "__index__"):
        return number(operator.index(operand), unit)
    if isinstance(operand, float) or hasattr(operand, "__float__"):
        hint = f'写成文字，如 number("{operand}")；百分数写 number("95%")'
        raise InexactNumberError(f"{operand} 是浮点数，不精确", hint=hint)
    raise TypeError(f"“{operand}”不是数字")


def constant(value: int | Fraction, unit: str = "") -> Number:
    """A number that a formula itself holds."""
    return Number(Fraction(value), unit)


PERCENT = constant(100, "%")
"""A hundred per cent: what turns a quotient into a rate, and by division a rate into one."""


def lacking(
    label: str, reason: str, lack: Lack, *, cell: Cell | None = None, unit: str = ""
) -> Number:
    """A number without value, with the reason in plain Chinese."""
    return Number(None, unit, label, cell=cell, reason=reason, lack=lack)


def ink(shown: Number) -> float:
    """The value as a float, to place ink by: never to print, never to compute with."""
    return shown.known.numerator / shown.known.denominator


def is_column(operand: object) -> TypeGuard[Column]:
    """Whether an operand is a column, an array or a table rather than a number."""
    return hasattr(operand, "__len__") and (hasattr(operand, "dtype") or hasattr(operand, "dtypes"))


def combined(op: str, args: Sequence[Number]) -> Number:
    """One operation on numbers; without a value where an operand has none, or is a zero divisor.

    Raises `UnitMismatchError` where operands of different units would be added or compared.
    """
    unit = result_unit(op, [arg.unit for arg in args])
    args, decimals = tuple(args), _decimals(op, args)
    values = [arg.value for arg in args]
    if None in values:
        arg = args[values.index(None)]
        reason, lack = arg.reason, arg.lack
    elif op == "/" and not values[1]:
        below = args[1].label or (formulas.formula(args[1]) if args[1].op else "除数")
        reason, lack = f"{below}为零", "undefined"
    else:
        return Number(OPERATIONS[op](*values), unit, decimals=decimals, op=op, args=args)
    return Number(None, unit, decimals=decimals, op=op, args=args, reason=reason, lack=lack)


def _decimals(op: str, args: Sequence[Number]) -> int:
    if op in KEEPING:
        shown = [arg.decimals for arg in args if arg.label or arg.op or arg.cell]
        return max(shown, default=2)
    if op in ROUNDERS:
        return int(args[1].known) if args[1:] else 0
    return 2
