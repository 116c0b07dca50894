"""What a score sheet is made of: its lines, what scoring looks at, and how a score is entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from helpers.errors import Place, ReportError
from helpers.evaluation.fact_ids import points_id, score_id
from helpers.evaluation.indicator_scores import Outcome
from helpers.evaluation.indicators import Indicator
from helpers.figures.cell import Cell
from helpers.figures.exact import parse, printed_decimals
from helpers.figures.facts import Facts
from helpers.figures.number import Number, lacking
from helpers.inputs.rubric_rules import Item
from helpers.inputs.rubrics import Part, Rubric
from helpers.inputs.schema.evaluation import SCORE_NOTES
from helpers.inputs.tables import Table

UNCONFIRMED = "口径待财政部门确认"


@dataclass(frozen=True)
class Line:
    """One scored line: an item of the rubric, or one of the indicators under it.

    `id` gives its facts `…_points` and `…_score`. `deduction_fact_id` names the fact that
    shows what was lost, `why` says it in words, or why there is no score. `confirmed` is
    whether all it was scored by is known to hold. `measured` names the fact it was scored by.
    """

    part: Part
    item: Item
    id: str
    indicator: Indicator | None
    deduction_fact_id: str = ""
    why: str = ""
    confirmed: bool = True
    measured: str = ""
    applicable: bool = True


@dataclass(frozen=True)
class ScoreSheet:
    """A rubric's lines with their scores; the facts stand in the ledger under `prefix`."""

    rubric: Rubric
    prefix: str
    lines: tuple[Line, ...]
    grade: str
    errors: tuple[ReportError, ...] = ()
    """What is wrong with the rubric, told by file and item."""

    @property
    def confirmed(self) -> bool:
        """Whether the total rests on nothing that waits for the finance bureau."""
        return all(line.confirmed for line in self.lines if line.applicable)

    @property
    def total_label(self) -> str:
        """What the total is to be called."""
        return "评价得分" if self.confirmed else f"测算得分（{UNCONFIRMED}）"


@dataclass(frozen=True)
class ScoringContext:
    """What scoring looks at: the ledger, the tables, a rubric, and whose indicators.

    `absent` are the figures of tables the run was not given, `errors` what was found wrong.
    """

    facts: Facts
    tables: Mapping[str, Table]
    rubric: Rubric
    file: str
    prefix: str
    indicators: Sequence[Indicator]
    absent: Mapping[str, Number] = field(default_factory=dict)
    errors: list[ReportError] = field(default_factory=list)

    def note(self, *ids: str) -> tuple[str, Cell]:
        """What a person said of a part, item or indicator: the case, and the cell of the reason."""
        table = self.tables[SCORE_NOTES.name]
        for line in table.lines:
            if table.string(line, "编号") in ids:
                return table.string(line, "情形"), table.source(line, "原因")
        return "", Cell(Place(self.file))


def enter_points(scored: ScoringContext, id: str, name: str, points: str) -> None:
    """Enter the points of a part or item, read from the rubric."""
    scored.facts.name(points_id(id), f"{name}分值", _points(scored.file, points), decimals=None)


@cache
def _points(file: str, points: str) -> Number:
    """Points as the file of a rubric says them; every project's sheet says the same."""
    if not points:
        return lacking("分值", "分值未定", "missing", cell=Cell(Place(file)), unit="分")
    decimals = printed_decimals(points)
    return Number(parse(points), "分", decimals=decimals, cell=Cell(Place(file), points))


def enter_score(scored: ScoringContext, id: str, name: str, score: Number) -> None:
    """Enter a score, shown with the digits the rubric wants."""
    decimals = scored.rubric.rounding.score_decimals
    scored.facts.name(score_id(id), f"{name}得分", score, unit="分", decimals=decimals)


def enter_unscored(
    scored: ScoringContext, id: str, name: str, reason: str, source: Cell | None = None
) -> Outcome:
    """Enter a score that cannot be given, with the reason."""
    cell = source or Cell(Place(scored.file))
    label = f"{name}得分"
    lack = lacking(label, reason, "unscored", cell=cell)
    scored.facts.name(score_id(id), label, lack, unit="分")
    return Outcome(why=reason)
