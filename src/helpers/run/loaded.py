"""A run, loaded: what was read, what was evaluated, and what the checks found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.checks import check
from helpers.checks.finding import CELLS, UNUSED, Finding, RunContents
from helpers.errors import Place
from helpers.evaluation.evaluate import Evaluation, Rubrics, evaluate_run
from helpers.figures.facts import Facts
from helpers.fonts.given import GivenFont
from helpers.inputs.narrative import Paragraph
from helpers.inputs.params import Params
from helpers.inputs.survey_answers import Answers
from helpers.inputs.tables import Table


@dataclass(frozen=True)
class Run:
    """A run's contents, every finding about them, and the files both rest on.

    `earlier` are the figures of earlier years, by year. `notebooks` are those its report is
    made of, in order. `input_tables` are all the tables it rests on, the shared one and those
    of earlier years among them; `workbooks` are where they may stand together; `settings`
    are its other files but its parameters. `fingerprints` are those of every file it may
    read from before any was read, by name; empty for none.
    """

    contents: RunContents
    rubrics: Rubrics
    earlier: Mapping[int, Facts]
    findings: tuple[Finding, ...]
    notebooks: tuple[Path, ...]
    input_tables: tuple[Table | Answers, ...]
    workbooks: tuple[str, ...]
    settings: tuple[str, ...]
    fingerprints: Mapping[str, str]
    fonts: tuple[GivenFont, ...]

    @property
    def params(self) -> Params:
        """The parameters."""
        return self.contents.params

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.contents.title

    @property
    def tables(self) -> dict[str, Table]:
        """The input tables by name."""
        return self.contents.tables

    @property
    def last_year_tables(self) -> dict[str, Table]:
        """Those of the year before, where the run compares with it."""
        return self.contents.last_year_tables

    @property
    def evaluation(self) -> Evaluation:
        """The figures and the score sheets."""
        return self.contents.evaluation

    @property
    def facts(self) -> Facts:
        """The ledger."""
        return self.contents.facts

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of its narratives."""
        return self.contents.paragraphs

    @property
    def words(self) -> dict[str, str]:
        """The placeholders that are words of the run rather than facts."""
        return self.contents.words

    @property
    def errors(self) -> list[Finding]:
        """The findings that forbid a final report."""
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def refused(self) -> list[Finding]:
        """The findings that forbid this report: a draft may have blanks and the unconfirmed."""
        if self.params.draft:
            return [error for error in self.errors if not error.gap]
        return self.errors

    def with_contents(self, tables: dict[str, Table], evaluation: Evaluation) -> Run:
        """The same run with other tables and figures; its findings are those of before."""
        return replace(self, contents=replace(self.contents, tables=tables, evaluation=evaluation))

    def with_tables(self, tables: dict[str, Table]) -> Run:
        """The run as it would be with other tables: evaluated, scored and checked anew.

        What reading its files found stays as it was, but at cells that were changed; no file
        is touched.
        """
        answers, params = self.contents.answers, self.params
        evaluation = evaluate_run(tables, answers, self.rubrics, params, self.earlier)
        changed = self.with_contents(tables, evaluation)
        read = [
            finding
            for finding in self.findings
            if finding.check in {CELLS, UNUSED} and not self._rewritten(finding.place, tables)
        ]
        return replace(changed, findings=(*read, *check(changed.contents)))

    def _rewritten(self, place: Place, tables: Mapping[str, Table]) -> bool:
        """Whether the cell at a place reads otherwise in other tables."""
        return any(
            table.texts[place.column][place.line] != tables[name].texts[place.column][place.line]
            for name, table in self.tables.items()
            if (table.file, table.sheet) == (place.file, place.sheet)
            and place.line in table.texts.get(place.column, {})
        )
