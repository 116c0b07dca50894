"""What a section shows: every fact, table and text that went into its blocks, by name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from helpers.evaluation.score_lines import ScoreSheet
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.tables import Table
from helpers.run import Run

Shown = dict[str, list[str]]
MARK = "opened"
"""The metadata of an output that say what its cell opened of the run, by name."""

KINDS = ("facts", "tables", "texts", "runs")


@dataclass
class UsageRecorder:
    """The names that were asked for since the last block.

    Of a run that is not the report's own, `other`, the run as a whole is what was opened.
    """

    other: str = ""
    names: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in KINDS})

    def take(self) -> Shown:
        """What was seen, sorted; then begin anew."""
        shown = {kind: sorted(names) for kind, names in self.names.items()}
        self.names = {kind: set() for kind in KINDS}
        if self.other:
            return {kind: [self.other] if kind == "runs" else [] for kind in KINDS}
        return shown

    @property
    def pending(self) -> bool:
        """Whether anything was asked for since."""
        return any(self.names.values())


class _WatchedFacts(Facts):
    """A ledger that notes which facts are looked up."""

    def __init__(self, facts: Facts, seen: UsageRecorder) -> None:
        super().__init__(dict(facts))
        self._seen = seen

    def __getitem__(self, id: str) -> Number:
        fact = super().__getitem__(id)
        self._seen.names["facts"].add(id)
        return fact


class _WatchedTables(dict[str, Table]):
    """The input tables, noting which are looked into."""

    def __init__(self, tables: dict[str, Table], seen: UsageRecorder) -> None:
        super().__init__(tables)
        self._seen = seen

    def __getitem__(self, name: str) -> Table:
        self._seen.names["tables"].add(name)
        return super().__getitem__(name)


def watched(run: Run, seen: UsageRecorder) -> Run:
    """The same run, noting in `seen` what is asked of it."""
    evaluation = replace(run.evaluation, facts=_WatchedFacts(run.facts, seen))
    return run.with_contents(_WatchedTables(run.tables, seen), evaluation)


def opened_by(executed: str) -> Shown:
    """Everything the outputs of an executed notebook, as its JSON text, say their cells opened."""
    names: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for cell in json.loads(executed)["cells"]:
        for output in cell.get("outputs", []):
            for kind, listed in output.get("metadata", {}).get(MARK, {}).items():
                names[kind].update(listed)
    return {kind: sorted(found) for kind, found in names.items()}


def fingerprint(run: Run, shown: Shown) -> str:
    """SHA-256 of what a section with these names would show of a run.

    Raises `KeyError` or `ReportError` where a name is no longer there.
    """
    facts = {id: run.facts[id].to_json() for id in shown["facts"]}
    content: dict[str, Any] = {
        "ids": list(run.facts),
        "sheets": [
            _sheet(sheet)
            for sheet in (run.evaluation.sheet, *run.evaluation.project_sheets.values())
        ],
        "last_year": {
            name: list(table.rows())
            for name, table in run.last_year_tables.items()
            if name in shown["tables"]
        },
        "facts": facts,
        "tables": {name: list(run.tables[name].rows()) for name in shown["tables"]},
        "texts": [
            (
                paragraph.key,
                paragraph.conditions,
                paragraph.text,
                paragraph.bases,
                _marks(run, paragraph.place),
            )
            for paragraph in run.paragraphs
            if paragraph.key in shown["texts"]
        ],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _sheet(sheet: ScoreSheet) -> dict[str, Any]:
    """What a score sheet says, but for the figures it names."""
    return {
        "rubric": sheet.rubric.model_dump(mode="json"),
        "prefix": sheet.prefix,
        "grade": sheet.grade,
        "lines": [
            {
                "part": line.part.id,
                "item": line.item.id,
                "id": line.id,
                "indicator": asdict(line.indicator) if line.indicator else None,
                "deduction": line.deduction_fact_id,
                "why": line.why,
                "confirmed": line.confirmed,
                "applicable": line.applicable,
            }
            for line in sheet.lines
        ],
    }


def _marks(run: Run, place: object) -> list[str]:
    return [finding.mark for finding in run.findings if finding.place == place and finding.mark]
