"""Load a run: read its inputs, evaluate them, check them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from helpers import fonts
from helpers.checks import check
from helpers.checks.finding import UNUSED, Finding, RunContents
from helpers.errors import Place, ReportError
from helpers.figures.facts import Facts
from helpers.fonts.given import given_fonts
from helpers.inputs import headings, sections
from helpers.inputs.given_params import NAMING, workbook_of
from helpers.inputs.headings import Cell, Heading
from helpers.inputs.narrative import Paragraph, ids_by_name, read_paragraphs, with_ids
from helpers.inputs.outlines import Outline, read_outline
from helpers.inputs.params import MONITORING, Params
from helpers.inputs.project import Project
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.sentences import sentences, stray_names
from helpers.inputs.table_files import unused_in
from helpers.inputs.tables import Table
from helpers.inputs.workbooks import SETTINGS, WORKBOOK, workbook_sheets
from helpers.run.files import fingerprints_of_inputs, settings_files
from helpers.run.loaded import Run
from helpers.run.reading import (
    read_bodies_of_source,
    read_earlier_years,
    read_other_departments,
    read_run_tables,
)


def load_run(project: Project, params: Params) -> Run:
    """Read a run's inputs and check them.

    Never raises for what stands in a cell: that is a finding. Raises
    `UnreadableInputError` where an input cannot be read at all.
    """
    with _without_collecting():
        return _load_run(project, params)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Leave the garbage collector off: all a run is made of stays, however often it looks."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _load_run(project: Project, params: Params) -> Run:
    before = fingerprints_of_inputs(project, params)
    outline = read_outline(project.root, params.outline)
    earlier = {} if params.stage == MONITORING else read_earlier_years(project, params)
    past_facts = {year: past.evaluation.facts for year, past in earlier.items()}
    own = read_run_tables(project, params, past_facts)
    notebooks = tuple(outline.in_order(_notebooks(project, params, own.tables)))
    given = given_fonts(project.root, outside=project.outside)
    last = earlier.get(params.year - 1)
    cells = tuple(reported_cells(project, notebooks, outline))
    contents = RunContents(
        params=params,
        tables=own.tables,
        answers=own.answers,
        evaluation=own.evaluation,
        last_year_tables=last.tables if last else {},
        paragraphs=tuple(_paragraphs(params, own.tables[NARRATIVE.name], own.evaluation.facts)),
        sentences=tuple(sentences(cells)),
        stray_names=tuple(stray_names(cells)),
        outline=outline,
        headings=tuple(_headings(cells, outline)),
        cells=cells,
        paragraph_keys=frozenset(_paragraph_keys(project)),
        unprintable=partial(fonts.missing, given=given),
        other_departments=read_other_departments(project, params),
        bodies_of_source=read_bodies_of_source(project, params),
    )
    errors = [*own.errors, *(e for past in earlier.values() for e in past.errors)]
    once: dict[tuple[Place | None, str], ReportError] = {}
    for error in errors:  # years that share a rubric share its faults
        once.setdefault((error.place, error.problem), error)
    return Run(
        contents=contents,
        rubrics=own.rubrics,
        earlier=past_facts,
        findings=tuple(_findings(project, contents, once.values())),
        notebooks=notebooks,
        input_tables=(
            *own.inputs,
            *(table for past in earlier.values() for table in past.inputs),
        ),
        workbooks=_workbooks(project, params),
        settings=settings_files(params),
        fingerprints=before,
        fonts=given,
    )


def _notebooks(project: Project, params: Params, tables: Mapping[str, Table]) -> list[Path]:
    """The notebooks a run's report is made of."""
    return [
        notebook
        for notebook in project.notebooks
        if sections.wanted(notebook, Place(project.relative(notebook))).by(tables, params)
    ]


def reported_cells(project: Project, notebooks: Iterable[Path], outline: Outline) -> Iterator[Cell]:
    """The cells of notebooks that reach the page of a report with an outline."""
    for notebook in notebooks:
        cells = headings.cells(notebook, Place(project.relative(notebook)))
        yield from headings.kept(cells, partial(outline.has, notebook.stem))


def _paragraph_keys(project: Project) -> Iterator[str]:
    """The keys by which any notebook asks for paragraphs, whether this report has it or not."""
    for notebook in project.notebooks:
        yield from sections.paragraph_keys(notebook, Place(project.relative(notebook)))


def _paragraphs(params: Params, own: Table, facts: Facts) -> Iterator[Paragraph]:
    """The run's own paragraphs by ids; at the stage of monitoring those of monitoring."""
    ids = ids_by_name(facts)
    for paragraph in read_paragraphs(own):
        if params.stage != MONITORING or paragraph.key.startswith(MONITORING):
            yield with_ids(paragraph, ids)


def _findings(
    project: Project, contents: RunContents, errors: Iterable[ReportError]
) -> Iterator[Finding]:
    """What reading found, then what the checks find, unless there are no figures at all."""
    params = contents.params
    yield from map(Finding.of_error, errors)
    yield from map(Finding.of_unused, unused_in(project.data(params), params.data))
    yield from _given_twice(project, params)
    yield from map(Finding.of_unused, sections.unused_in(project.root / "notebooks"))
    for table in contents.tables.values():
        yield from map(Finding.of_unused, table.unused)
    if len(contents.facts):
        yield from check(contents)


def _given_twice(project: Project, params: Params) -> Iterator[Finding]:
    """The parameters of a workbook whose run has them in its own file."""
    sheet = workbook_sheets(project.data(params), params.data).get(SETTINGS)
    if sheet and sheet.rows and not workbook_of(project.root, params.run):
        file = f"params/{params.run}.yaml"
        hint = f"{file} 改为一行“{NAMING}: {sheet.file}”，或删去这张工作表"
        yield Finding(UNUSED, "error", sheet.place(), f"参数写了两处，{file} 也有", hint)


def _workbooks(project: Project, params: Params) -> tuple[str, ...]:
    """Where the tables of a run and of its earlier years may stand together."""
    runs = (params, *(project.params(name) for name in params.earlier_runs))
    return tuple(f"{each.data}/{WORKBOOK}" for each in runs)


def _headings(cells: Sequence[Cell], outline: Outline) -> Iterator[Heading]:
    """The headings of the report in order, numbered."""
    found = (
        replace(heading, text=outline.shown(heading.path[-1]))
        for heading in headings.read(cells)
        if outline.has(heading.notebook, heading.path)
    )
    return headings.number(found, lambda place: outline.is_annex(Path(place.file).stem))
