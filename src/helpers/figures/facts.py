"""`Facts` is a run's ledger: its figures, named `Number`s, by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from helpers.errors import Place, ReportError
from helpers.figures.cell import Cell
from helpers.figures.exact import Rounding
from helpers.figures.number import Number, lacking


class UnknownFactError(ReportError, KeyError):
    """A fact that no run has; a KeyError too, so that `Facts` is a mapping like any other."""


@dataclass
class Facts(Mapping[str, Number]):
    """The figures of one run by id, in the order in which they were named."""

    _facts: dict[str, Number] = field(default_factory=dict)

    def __getitem__(self, id: str) -> Number:
        try:
            return self._facts[id]
        except KeyError:
            near = get_close_matches(id, self._facts, n=1)
            hint = f"是否应为“{near[0]}”" if near else "数据项名称见 facts.json"
            raise UnknownFactError(f"没有名为“{id}”的数据项", hint=hint) from None

    def get(self, id: str, default: Any = None) -> Any:  # noqa: ANN401 - as a mapping has it
        """A fact, or what stands for one there is not, without a search for near names."""
        return self[id] if id in self._facts else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, id: object) -> bool:
        return id in self._facts

    def name(
        self,
        id: str,
        label: str,
        number: Number,
        *,
        unit: str | None = None,
        decimals: int | None = 2,
        rounding: Rounding = "half_up",
    ) -> Number:
        """Enter a number under an id and a label; an id is entered once.

        It is shown with `decimals` digits; None shows as many as it has of its own.
        """
        fact = number.named(label, id=id, unit=unit, decimals=decimals, rounding=rounding)
        if id in self._facts:
            place = fact.sources[0].place if fact.sources else None
            raise ReportError(f"数据项“{id}”重复定义", place=place)
        self._facts[id] = fact
        return fact

    def lack(self, id: str, label: str, file: str, *, unit: str) -> Number:
        """Enter a figure the run was not given, with the file it would stand in."""
        lack = lacking(label, f"没有{label}（{file}）", "missing", cell=Cell(Place(file)))
        return self.name(id, label, lack, unit=unit)
