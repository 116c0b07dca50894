"""A run, loaded: parameters, tables, facts, paragraphs, and what the checks found."""

from __future__ import annotations

from dataclasses import dataclass

from helpers import headings
from helpers.checks import check
from helpers.checks.finding import Checked, Finding
from helpers.errors import Place, ReportError
from helpers.facts import Facts
from helpers.headings import Heading
from helpers.narrative import read_paragraphs
from helpers.params import Params
from helpers.project import Project
from helpers.run_facts import run_facts
from helpers.schema import NARRATIVE, TABLES
from helpers.tables import Table, read_tables


@dataclass(frozen=True)
class Run(Checked):
    """What a run is made from, and every finding about it."""

    shared_narrative: Table
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> list[Finding]:
        """The findings that forbid a report."""
        return [finding for finding in self.findings if finding.level == "error"]


def load_run(project: Project, params: Params) -> Run:
    """Read a run's inputs and check them.

    Never raises for what stands in a cell: that is a finding. Raises
    `UnreadableInputError` where an input cannot be read at all.
    """
    tables, errors = read_tables(project.root / params.data, params.data, TABLES)
    shared, shared_errors = read_tables(project.root / "notebooks", "notebooks", (NARRATIVE,))
    errors += shared_errors
    facts = Facts()
    try:
        facts = run_facts(tables)
    except ReportError as error:
        errors.append(error)
    checked = Checked(
        params=params,
        tables=tables,
        facts=facts,
        paragraphs=(
            *read_paragraphs(shared[NARRATIVE.name]),
            *read_paragraphs(tables[NARRATIVE.name]),
        ),
        headings=_headings(project),
    )
    findings = tuple(Finding.of_error(error) for error in errors)
    if len(facts):
        findings += tuple(check(checked))
    return Run(**vars(checked), shared_narrative=shared[NARRATIVE.name], findings=findings)


def _headings(project: Project) -> tuple[Heading, ...]:
    return tuple(
        heading
        for notebook in project.notebooks
        for heading in headings.read(notebook, Place(project.relative(notebook)))
    )
