"""A run, loaded: parameters, tables, figures, paragraphs, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from helpers.checks import check
from helpers.checks.finding import Finding, RunContents
from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.evaluation.evaluate import Evaluation, Rubrics, evaluate_run
from helpers.evaluation.process import process_facts
from helpers.figures.facts import Facts
from helpers.fonts.given import given_fonts
from helpers.inputs import headings, sections
from helpers.inputs.fingerprints import input_sha256, sha256
from helpers.inputs.headings import Cell, Heading
from helpers.inputs.narrative import read_paragraphs
from helpers.inputs.params import MONITORING, Params
from helpers.inputs.project import Project
from helpers.inputs.raw_tables import LARGEST
from helpers.inputs.rubrics import read_rubric, rubric_file
from helpers.inputs.schema import COUNTED, TABLES, process
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.survey_answers import Answers, read_answers
from helpers.inputs.tables import WORKBOOK, Table, read_tables, unused_in


@dataclass(frozen=True)
class InputFile:
    """An input file of a run: its name from the root, its fingerprint, its data rows.

    An optional table the run does without has an empty fingerprint, so that its coming
    is noticed.
    """

    file: str
    sha256: str
    rows: int | None


@dataclass(frozen=True)
class Run(RunContents):
    """What a run is made from, and every finding about it.

    `notebooks` are those its report is made of, in order. `input_tables` are all the tables
    it rests on, the shared one and those of earlier years among them; `workbooks`
    are where they may stand together; `settings` are its other files but its parameters.
    """

    notebooks: tuple[Path, ...]
    input_tables: tuple[Table | Answers, ...]
    workbooks: tuple[str, ...]
    settings: tuple[str, ...]
    seen: Mapping[str, str]
    """Every file it may read, with its fingerprint from before any was read; empty for none."""
    findings: tuple[Finding, ...]

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


@dataclass(frozen=True)
class _LoadedTables:
    """A run's tables and figures, before anything is checked."""

    tables: dict[str, Table]
    answers: Answers
    evaluation: Evaluation
    errors: list[ReportError]
    inputs: tuple[Table | Answers, ...]


def load_run(project: Project, params: Params) -> Run:
    """Read a run's inputs and check them.

    Never raises for what stands in a cell: that is a finding. Raises
    `UnreadableInputError` where an input cannot be read at all.
    """
    monitoring = params.stage == MONITORING
    seen = _seen(project, params)
    shared, shared_errors = read_tables(project.root / "notebooks", "notebooks", (NARRATIVE,))
    earlier = {} if monitoring else _read_earlier(project, params)
    last = earlier.get(params.year - 1)
    own = (
        _read_monitoring(project, params)
        if monitoring
        else _read(project, params, {year: read.evaluation.facts for year, read in earlier.items()})
    )
    paragraphs = (
        *read_paragraphs(shared[NARRATIVE.name]),
        *read_paragraphs(own.tables[NARRATIVE.name]),
    )
    notebooks = tuple(
        notebook
        for notebook in project.notebooks
        if sections.wanted(notebook, Place(project.relative(notebook))).by(own.tables, params)
    )
    cells = tuple(
        cell
        for notebook in notebooks
        for cell in headings.cells(notebook, Place(project.relative(notebook)))
    )
    checked = RunContents(
        params=params,
        tables=own.tables,
        answers=own.answers,
        evaluation=own.evaluation,
        last_year_tables=last.tables if last else {},
        paragraphs=tuple(
            each for each in paragraphs if not monitoring or each.key.startswith(MONITORING)
        ),
        headings=tuple(_headings(cells)),
        cells=cells,
        fonts=given_fonts(project.root, outside=project.outside),
    )
    past = [error for read in earlier.values() for error in read.errors]
    errors = [*own.errors, *past, *shared_errors]
    unused = [
        *unused_in(project.data(params), params.data),
        *(each for table in own.tables.values() for each in table.unused),
    ]
    findings = (*map(Finding.of_error, errors), *map(Finding.of_unused, unused))
    if len(checked.facts):
        findings += tuple(check(checked))
    return Run(
        **vars(checked),
        notebooks=notebooks,
        input_tables=(
            *own.inputs,
            *(table for read in earlier.values() for table in read.inputs),
            shared[NARRATIVE.name],
        ),
        workbooks=tuple(
            f"{each.data}/{WORKBOOK}"
            for each in (params, *(project.params(name) for name in params.earlier_runs))
        ),
        settings=_settings(params),
        seen=seen,
        findings=findings,
    )


def _read(project: Project, params: Params, earlier: dict[int, Facts]) -> _LoadedTables:
    """Read a run's own tables and evaluate them; no figures where two rows clash."""
    folder = project.data(params)
    tables, errors = read_tables(folder, params.data, TABLES)
    answers, wrong = read_answers(folder, params.data)
    errors += wrong
    rubrics = read_rubrics(project, params)
    try:
        evaluation = evaluate_run(tables, answers, rubrics, params, earlier)
    except UnreadableInputError:
        raise
    except ReportError as error:
        errors.append(error)
        evaluation = Evaluation.empty(rubrics.department)
    return _LoadedTables(tables, answers, evaluation, errors, (*tables.values(), answers))


def read_rubrics(project: Project, params: Params) -> Rubrics:
    """The score sheets a run's parameters name."""
    return Rubrics(
        params.rubric,
        read_rubric(project.root, params.rubric, "department"),
        params.project_rubric,
        read_rubric(project.root, params.project_rubric, "project"),
    )


def _read_monitoring(project: Project, params: Params) -> _LoadedTables:
    """Read what monitoring in August has: its own two tables, and nothing of the year's end."""
    folder = project.data(params)
    had = (replace(process.MONTHLY, optional=False), replace(process.MONITORING, optional=False))
    tables, errors = read_tables(folder, params.data, (*had, replace(NARRATIVE, optional=True)))
    absent = {spec.name: Table.absent(spec, params.data) for spec in TABLES}
    facts = Facts()
    process_facts(facts, absent | tables, Answers(params.data), params)
    rubric = read_rubric(project.root, params.rubric, "department")
    evaluation = replace(Evaluation.empty(rubric), facts=facts)
    return _LoadedTables(
        absent | tables, Answers(params.data), evaluation, errors, tuple(tables.values())
    )


def _read_earlier(project: Project, params: Params) -> dict[int, _LoadedTables]:
    """Read the runs of earlier years by their year.

    Raises `UnreadableInputError` for one that is not earlier, or of another department.
    """
    found: dict[int, _LoadedTables] = {}
    for name in params.earlier_runs:
        past = project.params(name)
        place = Place(f"params/{name}.yaml")
        if past.year >= params.year or past.year in found:
            raise UnreadableInputError(
                f"年度 {past.year} 不早于 {params.year}，或与其他以前年度重复",
                place=place,
                hint="请核对参数 earlier_runs",
            )
        if past.department != params.department:
            raise UnreadableInputError(
                f"单位为“{past.department}”，不是“{params.department}”",
                place=place,
                hint="earlier_runs 只列同一单位的以前年度",
            )
        found[past.year] = _read(project, past, {})
    return found


def _settings(params: Params) -> tuple[str, ...]:
    """Files of a run that are neither tables nor its own parameters."""
    rubrics = dict.fromkeys((rubric_file(params.rubric), rubric_file(params.project_rubric)))
    return (*rubrics, *(f"params/{name}.yaml" for name in params.earlier_runs))


def _seen(project: Project, params: Params) -> dict[str, str]:
    """The fingerprints of all files a run may read, by name; its own parameters aside."""
    runs = (params, *(project.params(name) for name in params.earlier_runs))
    folders = [project.relative(project.data(run)) for run in runs]
    names = [*(f"{spec.name}.csv" for spec in (*TABLES, *COUNTED)), WORKBOOK]
    files = [
        *_settings(params),
        f"notebooks/{NARRATIVE.name}.csv",
        *(f"{folder}/{name}" for folder in folders for name in names),
    ]
    paths = {file: project.root / file for file in files}
    # A file too large for any reader is left to its own, which refuses it unread.
    return {
        file: sha256(path, Place(file))
        for file, path in paths.items()
        if not (path.is_file() and path.stat().st_size > LARGEST)
    }


def input_files(project: Project, name: str, run: Run) -> list[InputFile]:
    """Every input file of a run: parameters and rubrics first, then the tables by name."""
    rows: dict[str, int | None] = dict.fromkeys((f"params/{name}.yaml", *run.settings))
    tables: dict[str, int] = dict.fromkeys(run.workbooks, 0)
    for table in run.input_tables:
        tables[table.file] = tables.get(table.file, 0) + len(table)
    rows[f"{run.params.data.rstrip('/')}/"] = None
    rows |= {file: tables[file] for file in sorted(tables)}
    return [InputFile(file, input_sha256(project, file), count) for file, count in rows.items()]


def _headings(cells: Sequence[Cell]) -> Iterator[Heading]:
    """The headings of the report in order, the annexes numbered."""
    annexes = count(1)
    for heading in headings.read(cells):
        if heading.level == 1 and heading.text.startswith(headings.ANNEX):
            yield replace(heading, text=headings.annex(heading.text, next(annexes)))
        else:
            yield heading
