"""What a form prints as rates, scores and sums, compared with what its own figures give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from helpers.evaluation.item_rules import by_rule
from helpers.evaluation.score_lines import ScoringContext, enter_points
from helpers.figures import exact
from helpers.figures.claims import ClaimError, judge_claim
from helpers.figures.exact import exact_text, printed_decimals, round_to
from helpers.figures.facts import Facts
from helpers.figures.number import number
from helpers.figures.rounding_intervals import CONSISTENT, INCONSISTENT, ROUNDING, VERDICTS
from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.rubric_rules import Item
from helpers.inputs.rubrics import Rubric
from helpers.workflow.importing.form_rows import cell_of
from helpers.workflow.importing.import_result import ImportResult

BY_FIGURE = {"rate", "bands", "per_point"}
"""Rules that make points of one figure, which a form may print."""

PRINTED = "printed"


class PrintedFigures:
    """The comparisons of one form; each is counted where it agrees, else told with its cell."""

    def __init__(self, raw: RawTable, placed: ImportResult) -> None:
        self.raw, self.placed, self.rows = raw, placed, dict(raw.rows)

    def claim(
        self, line: int, at: int | None, kind: str, inputs: Mapping[str, str], what: str
    ) -> None:
        """Compare a rate or score with what its kind makes of the inputs, where all are given."""
        printed = self._printed(line, at)
        plain = {name: _bare(text) for name, text in inputs.items()}
        if not printed:
            return
        try:
            computed, judged = judge_claim(kind, plain, printed)
        except ClaimError:
            return
        formula = f"{computed.formula} ＝ {computed.substituted}"
        shown = computed.with_unit if judged.recomputed else judged.reason
        self._tell(line, at, what, shown, judged.verdict, formula)

    def total(self, line: int, at: int | None, parts: Sequence[str], what: str) -> None:
        """Compare a sum with its parts, all of them as exact as the finest."""
        printed, numbers = self._printed(line, at), list(filter(None, map(_bare, parts)))
        if not printed or not numbers:
            return
        try:
            total, summed = exact.parse(printed), sum(map(exact.parse, numbers), Fraction(0))
        except ValueError:
            return
        decimals = max(2, *map(printed_decimals, (printed, *numbers)))
        tolerance = Fraction(len(numbers) + 1, 2 * 10**decimals)
        off = abs(total - summed)
        verdict = CONSISTENT if not off else ROUNDING if off <= tolerance else INCONSISTENT
        self._tell(line, at, what, exact_text(summed), verdict, " + ".join(numbers))

    def by_rule(self, line: int, at: int | None, rubric: Rubric, item: Item, figure: str) -> None:
        """Compare the score of an item with what its rule gives for the printed figure."""
        printed, plain = self._printed(line, at), cells.plain(figure)
        if item.rule not in BY_FIGURE or not (printed and plain and item.points):
            return
        stand_in = item.model_copy(update={"fact": PRINTED, "formula": ""})
        if set(stand_in.names) != {PRINTED}:
            return
        facts = Facts()
        try:
            facts.name(PRINTED, item.name, number(plain, "%"), decimals=None)
            published = exact.parse(printed)
        except ValueError:
            return
        context = ScoringContext(facts, {}, rubric, "", "", ())
        enter_points(context, item.id, item.name, item.points)
        score = by_rule(context, stand_in, item.id).score
        if score.value is None:
            return
        agrees = round_to(score.value, printed_decimals(printed)) == round_to(published, 12)
        verdict = CONSISTENT if agrees else INCONSISTENT
        rule = f"{item.standard}按所印 {figure}"
        self._tell(line, at, f"{item.name}得分", score.with_unit, verdict, rule)

    def _printed(self, line: int, at: int | None) -> str:
        row = self.rows[line]
        return _bare(row[at]) if at is not None and at < len(row) else ""

    def _tell(  # noqa: PLR0917 - where, what, and the three that are compared
        self, line: int, at: int | None, what: str, computed: str, verdict: str, formula: str
    ) -> None:
        if verdict == CONSISTENT or at is None:
            self.placed.agreed += 1
            return
        printed = self.rows[line][at]
        told = f"{what}印 {printed}，算得 {computed}，{VERDICTS[verdict]}；{formula}"
        self.placed.differences.append(f"{cell_of(self.raw, line, at)}：{told}")


def _bare(text: str) -> str:
    """A printed number without the unit of scores."""
    return cells.plain(text.strip().removesuffix("分"))
