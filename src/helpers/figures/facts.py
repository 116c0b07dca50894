"""A `Fact` is one printed figure with all that stands behind it; `Facts` is a run's ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from helpers.errors import Place, ReportError
from helpers.figures import expressions
from helpers.figures.exact import WAN, Rounding, exact_text, grouped, round_to
from helpers.figures.expressions import Json, Tree, Undefined, Value

MISSING = "待补充"
UNSCORED = "资料不足，暂不评分"
DECIMALS_TO_THE_FEN = 6


@dataclass(frozen=True)
class Source:
    """A cell as it stood in an input file: its place and its text.

    `plain` is the number in our own unit, where the text does not say it in plain digits.
    """

    place: Place
    text: str
    plain: str = ""

    def __str__(self) -> str:
        return f"{self.place}“{self.text}”" if self.text else f"{self.place}（空）"


class NoValueError(ReportError):
    """A figure was asked for its number and has none."""


@dataclass(frozen=True)
class Fact:
    """One figure of the report.

    `value` is exact and in `unit`; `display` is the same value rounded once, half-up
    (outward for the ends of an interval). A reading has sources and no tree; a computed
    fact has a tree, and the sources of everything the tree rests on.
    """

    id: str
    label: str
    value: Value
    unit: str
    decimals: int = 2
    tree: Tree | None = None
    formula: str = ""
    substituted: str = ""
    sources: tuple[Source, ...] = ()
    rounding: Rounding = "half_up"
    denominator: str = ""

    @property
    def defined(self) -> bool:
        """Whether there is a value."""
        return isinstance(self.value, Fraction)

    @property
    def number(self) -> Fraction:
        """The exact value; raises `NoValueError` where it is undefined."""
        if isinstance(self.value, Undefined):
            raise NoValueError(f"“{self.label}”没有数值：{self.value.reason}")
        return self.value

    @property
    def reason(self) -> str:
        """Why there is no value; empty where there is one."""
        return self.value.reason if isinstance(self.value, Undefined) else ""

    @property
    def exact(self) -> str:
        """The value in full: a finite decimal or `p/q`; empty where undefined."""
        if isinstance(self.value, Undefined):
            return ""
        return exact_text(self.value, DECIMALS_TO_THE_FEN if self.unit == WAN else 0)

    @property
    def display(self) -> str:
        """What stands on the page; the unit follows it there, but for `%`, which is part of it."""
        if isinstance(self.value, Undefined):
            return _without_value(self.value)
        text = grouped(round_to(self.value, self.decimals, self.rounding))
        return f"{text}%" if self.unit == "%" else text

    @property
    def with_unit(self) -> str:
        """The display with its unit, for alt texts and charts."""
        return self.display if self.unit == "%" or not self.defined else self.display + self.unit

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the facts it is computed from."""
        return tuple(dict.fromkeys(expressions.names(self.tree))) if self.tree else ()

    def to_json(self) -> dict[str, object]:
        """One object of `facts.json`."""
        tree: Json | None = expressions.to_json(self.tree) if self.tree else None
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
            "tree": tree,
            "inputs": list(self.inputs),
            "denominator": self.denominator,
            "sources": [
                {
                    "file": source.place.file,
                    "line": source.place.line,
                    "column": source.place.column,
                    "text": source.text,
                    **({"sheet": source.place.sheet} if source.place.sheet else {}),
                    **({"plain": source.plain} if source.plain else {}),
                }
                for source in self.sources
            ],
        }


class UnknownFactError(ReportError, KeyError):
    """A fact that no run has; a KeyError too, so that `Facts` is a mapping like any other."""


@dataclass
class Facts(Mapping[str, Fact]):
    """The facts of one run by id, in the order in which they were defined."""

    _facts: dict[str, Fact] = field(default_factory=dict)

    def __getitem__(self, id: str) -> Fact:
        try:
            return self._facts[id]
        except KeyError:
            raise UnknownFactError(
                f"没有名为“{id}”的数据项", hint="数据项名称见 facts.json"
            ) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, id: object) -> bool:
        return id in self._facts

    def add(self, fact: Fact) -> Fact:
        """Enter a reading; an id is entered once."""
        if fact.id in self._facts:
            raise ReportError(f"数据项“{fact.id}”重复定义", place=_first_place(fact))
        self._facts[fact.id] = fact
        return fact

    def compute(
        self,
        id: str,
        label: str,
        tree: Tree,
        *,
        unit: str,
        decimals: int = 2,
        rounding: Rounding = "half_up",
    ) -> Fact:
        """Enter a fact computed from earlier ones: value, formula and sources from the tree."""
        values = {name: self[name].value for name in expressions.names(tree)}
        formula = expressions.formula(tree, self._label)
        below = expressions.denominator(tree) if unit == "%" else None
        return self.add(
            Fact(
                id=id,
                label=label,
                value=expressions.evaluate(tree, values, self._label),
                unit=unit,
                decimals=decimals,
                tree=tree,
                formula=_percent(formula, unit),
                substituted=_percent(expressions.formula(tree, self._put_in), unit),
                sources=tuple(
                    dict.fromkeys(source for name in values for source in self[name].sources)
                ),
                rounding=rounding,
                denominator=expressions.formula(below, self._label) if below else "",
            )
        )

    def lack(self, id: str, label: str, file: str, *, unit: str) -> Fact:
        """Enter a figure the run was not given, with the file it would stand in."""
        reason = Undefined(f"没有{label}（{file}）", missing=True)
        source = Source(Place(file), "")
        return self.add(Fact(id, label, reason, unit, sources=(source,)))

    def _label(self, id: str) -> str:
        return self[id].label

    def _put_in(self, id: str) -> str:
        exact = self[id].exact or MISSING
        return f"（{exact}）" if "/" in exact or exact.startswith("-") else exact


def _without_value(value: Undefined) -> str:
    if value.unscored:
        return UNSCORED
    return MISSING if value.missing else f"无法计算（{value.reason}）"


def _percent(formula: str, unit: str) -> str:
    """Say × 100% where a rate is multiplied by a hundred."""
    return f"{formula}%" if unit == "%" and formula.endswith("× 100") else formula


def _first_place(fact: Fact) -> Place | None:
    return fact.sources[0].place if fact.sources else None
