"""A page of one section alone: what it shows, and the entries of the figures it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.blocks.model import Heading
from helpers.errors import ReportError
from helpers.figures import formulas
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.fingerprints import made_from
from helpers.inputs.params import Params
from helpers.inputs.project import Project
from helpers.publishing.appendix import appendix
from helpers.publishing.body import Body, numbered
from helpers.publishing.editions import REVIEW
from helpers.publishing.executed import titles
from helpers.publishing.facts_file import facts_json
from helpers.publishing.material import Material, with_facts
from helpers.publishing.page import render_page
from helpers.publishing.section import APPENDIX, Section, section_id
from helpers.publishing.sections import section_of
from helpers.run import Run, input_files, load_run


def section_page(project: Project, params: Params, notebook: Any, name: str) -> str:  # noqa: ANN401 - nbformat has no types
    """The reviewers' page of an executed notebook.

    Raises `ReportError` where the run gives other numbers than the notebook shows.
    """
    run = load_run(project, params)
    if run.refused:
        raise ReportError("数据有误：\n" + "\n".join(f"  {error}" for error in run.refused))
    if name not in {path.stem for path in run.notebooks}:
        raise ReportError(f"{name} 不是运行 {params.run} 的报告的一部分")
    if not any(cell.get("outputs") for cell in notebook.cells):
        raise ReportError(f"{name} 还没有运行过", hint="先运行，再转换")
    section = section_of(notebook, name, run.facts, run.contents.outline)
    run = with_facts(run, _rested_on(section, run.facts))
    inputs = input_files(project, params.run, run)
    made = made_from(project, ((file.file, file.sha256) for file in inputs))
    facts = facts_json(run.facts, made, params.notice)
    material = Material(run, [section], inputs, made, facts)
    whole = numbered([*_others(section, run), appendix(material)], run.contents.outline)
    shown = tuple(each for each in whole.sections if each.id in {section.id, APPENDIX})
    return render_page(material, REVIEW, Body(shown)).text


def _others(section: Section, run: Run) -> Iterator[Section]:
    """A section among the titles of the others, so that it has the number it has in the report."""
    outline = run.contents.outline
    for notebook in (path.stem for path in run.notebooks):
        if section_id(notebook) == section.id:
            yield section
        else:
            blocks = [Heading(1, title.text) for title in titles(run, notebook)]
            yield Section(section_id(notebook), "", outline.is_annex(notebook), blocks)


def _rested_on(section: Section, facts: Facts) -> Facts:
    """The figures a section shows and those they are computed from, in the ledger's order."""
    known = {**facts, **{number.id: number for number in section.numbers}}
    found: set[str] = set()
    waiting: list[Number] = list(section.shown)
    while waiting:
        number = waiting.pop()
        if number.id not in found:
            found.add(number.id)
            waiting += formulas.figures_in(known[number.id])
    return Facts({id: number for id, number in known.items() if id in found})
