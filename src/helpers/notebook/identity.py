"""Which figure of the report a number is: by its id, or by the formula it shares with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from helpers.errors import ReportError
from helpers.figures.number import Number

ID = re.compile(r"[^\W\d]\w*")


class DifferingFigureError(ReportError):
    """A notebook gives a figure of the evaluation another value."""


@dataclass
class Shapes:
    """Formulas told apart by cells and operations alone; names and displays do not count.

    Under the id of a figure a part stands for that figure, however it was computed.
    """

    _ledger: Mapping[str, Number]
    _known: dict[Hashable, int] = field(default_factory=dict)
    _of: dict[int, tuple[int, Number]] = field(default_factory=dict)

    def of(self, number: Number) -> int:
        """The shape of a number, the same for every number of the same formula."""
        if id(number) not in self._of:
            shape = self._shape(self._ledger.get(number.id, number))
            self._of[id(number)] = shape, number  # kept, so that no other takes its place
        return self._of[id(number)][0]

    def _shape(self, number: Number) -> int:
        key: Hashable
        if number.op and number.args:
            key = (number.op, *map(self.of, number.args))
        elif number.cell and number.cell.place.line and not number.op:
            key = number.cell
        elif number.label or number.args or number.reason:
            key = id(number)
        else:
            key = (number.value, number.unit, number.words)
        return self._known.setdefault(key, len(self._known))


class Figures:
    """The figures a notebook shows: those of the run, and those it makes itself."""

    def __init__(self, ledger: Mapping[str, Number], looked_up: Mapping[str, Number]) -> None:
        self._ledger, self._looked_up = ledger, looked_up
        self._shapes, self._ids = Shapes(ledger), dict[int, str]()
        self.made: dict[str, Number] = {}
        """Those the notebook made itself, by id, parts first."""

    def figure(self, number: Number) -> Number:
        """The figure a number is.

        Raises `DifferingFigureError` where the run has another value under its id, and
        `ReportError` where it has no id, nor the formula of a figure.
        """
        if number.id in self._ledger:
            return self._of_run(number)
        if not self._ids:
            for id, fact in self._ledger.items():
                if fact.op or (fact.cell and fact.cell.place.line):
                    self._ids.setdefault(self._shapes.of(fact), id)
        if known := self._ids.get(self._shapes.of(number)):
            fact = self._ledger[known]
            if (fact.value, fact.unit) == (number.value, number.unit):
                return self._looked_up[known]
        if number.id:
            return self._own(number)
        name = number.label or number.formula or number.display
        hint = '起一个名称和编号再放入报告，如 .named("人均支出", "per_head")，列用 .num.named'
        raise ReportError(f"“{name}”（{number}）没有编号", hint=hint)

    def among(self, figures: Iterable[Number]) -> Callable[[Number], str]:
        """What gives the id of the one of some figures that a number is; nothing for another."""
        ids = {figure.id for figure in figures}

        def id_of(number: Number) -> str:
            if number.id and number.id not in ids:
                return ""
            try:
                id = self.figure(number).id
            except ReportError:
                return ""
            return id if id in ids else ""

        return id_of

    def _of_run(self, number: Number) -> Number:
        fact = self._looked_up[number.id]
        if _of_no_rows(number) and not fact.defined:
            return fact
        if fact is not number and (fact.value, fact.unit) != (number.value, number.unit):
            raise DifferingFigureError(
                f"“{fact.label}”（{number.id}）算出两个数：这里 {number}＝{number.formula}，"
                f"评价 {fact}＝{fact.formula}",
                hint=_how(number, fact),
            )
        return fact

    def _own(self, number: Number) -> Number:
        if not ID.fullmatch(number.id):
            hint = "只用文字、数字和下划线，不以数字开头"
            raise ReportError(f"编号“{number.id}”写法不对", hint=hint)
        if not number.sources:
            hint = "数填入数据表，用 report.data 取；算得的数由表中的数算出"
            raise ReportError(f"“{number.label}”（{number}）没有来源单元格", hint=hint)
        known = self.made.get(number.id)
        if known is None:
            known = self._linked(number)
            for part in _named_parts(known):
                self.figure(part)
            self.made[number.id] = known
        elif known.to_json() != self._linked(number).to_json():
            raise ReportError(
                f"两个数的编号都是“{number.id}”：{known.label} {known}，{number.label} {number}",
                hint="编号各不相同",
            )
        return known

    def _linked(self, number: Number) -> Number:
        """The same number, the figures of the run it rests on being those of the run."""
        args = tuple(
            self._of_run(arg) if arg.id in self._ledger else self._linked(arg)
            for arg in number.args
        )
        same = all(new is old for new, old in zip(args, number.args, strict=True))
        return number if same else replace(number, args=args)


def _how(number: Number, fact: Number) -> str:
    """What to do about a number that is not the figure it is called."""
    if fact.unit == "%" and number.value is not None and number.value * 100 == fact.value:
        return "是同一个比率：用比率函数，或乘以 PERCENT 成为百分数"
    return "改正算式；是另一个数，就换一个编号"


def _of_no_rows(number: Number) -> bool:
    """Whether a number is the sum of no rows: zero to pandas, to a report nothing that is known."""
    return number.value == 0 and not (number.op or number.args or number.cell)


def _named_parts(number: Number) -> list[Number]:
    """The parts with an id that a formula ends at."""
    found: list[Number] = []
    waiting = list(number.args)
    while waiting:
        part = waiting.pop(0)
        if part.id:
            found.append(part)
        else:
            waiting = [*part.args, *waiting]
    return found
