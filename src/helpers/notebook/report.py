"""A run's report as a notebook shows it: text, tables and charts by name, and exploring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import pandas as pd
from markupsafe import Markup

from helpers.errors import ReportError
from helpers.figures.number import MISSING, NoValueError
from helpers.inputs.data_frames import data_frame
from helpers.inputs.names import nearest
from helpers.inputs.narrative import OWN_STATEMENT, Paragraph, applies, named
from helpers.notebook import markup
from helpers.notebook.grid import Grid
from helpers.notebook.markup import Html
from helpers.notebook.prose import fill, for_review
from helpers.notebook.section_dependencies import UsageRecorder, watched
from helpers.run import Run, exploring
from helpers.run.cell_names import Row
from helpers.run.what_if import Change, what_if


class Report:
    """A run's report: every method gives one block to show."""

    def __init__(self, run: Run) -> None:
        self._seen = UsageRecorder()
        self.run = watched(run, self._seen)

    def text(self, key: str) -> Html:
        """The paragraphs of a key whose conditions hold, each with what it rests on.

        Raises `ReportError` if none was written.
        """
        mine = [paragraph for paragraph in self.run.paragraphs if paragraph.key == key]
        if not mine:
            raise ReportError(
                f"没有名为“{key}”的段落", hint=f"请在 {self.run.params.data}/叙述.csv 中补充"
            )
        shown = [paragraph for paragraph in mine if applies(paragraph, self.run.facts)]
        self._seen.names["texts"].add(key)
        return self._block(markup.join(self._paragraph(paragraph) for paragraph in shown))

    def table(self, name: str) -> Html:
        """A table of the report by name, or its tables one after the other."""
        from helpers.notebook.tables import TABLES

        made = _known(TABLES, name, "表")(self.run)
        grids = made if isinstance(made, list) else [made]
        return self._block(markup.join(grid.html() for grid in grids))

    def projects(self) -> Html:
        """A page for each project."""
        from helpers.notebook.tables.projects import project_pages

        return self._block(project_pages(self.run))

    def chart(self, name: str) -> Html:
        """A chart by name, with its caption, the sentence that reads it, and its numbers.

        Nothing, where the run has no data for it; the table beside it says so.
        """
        from helpers.notebook.charts import CHARTS
        from helpers.notebook.drawing import house_style, svg

        with house_style():
            try:
                chart = _known(CHARTS, name, "图")(self.run)
            except NoValueError:
                return self._block(Markup('<p class="absent">数据尚未填全，暂不作图。</p>'))
            if chart is None:
                return self._block(Markup())
            drawing = svg(chart, self.run.fonts)
        reading = fill(chart.reading, self.run.facts, self.run.words)
        numbers = Grid(f"{chart.id}-numbers", chart.title, chart.head, chart.rows)
        return self._block(
            Markup(
                '<figure id="figure-{id}">{svg}<figcaption><span class="number">图</span>'
                '<span class="title">{title}</span></figcaption><p class="reading">{reading}</p>'
                "<details><summary>查看图中数据</summary>{numbers}</details></figure>"
            ).format(
                id=chart.id,
                svg=drawing,
                title=chart.title,
                reading=reading,
                numbers=numbers.html(numbered=False),
            )
        )

    @property
    def facts(self) -> pd.DataFrame:
        """Every figure by its id, for exploring: name, number, formula."""
        return exploring.figures(self.run)

    def data(self, name: str) -> pd.DataFrame:
        """An input table for exploring: exact numbers that explain themselves, texts, dates.

        What is plotted from here on is in the style of the report. Raises `ReportError` for
        a table there is not.
        """
        from helpers.notebook.drawing import use_house_style

        use_house_style()
        return data_frame(_known(self.run.tables, name, "数据表"))

    def over_years(self, *ids: str) -> pd.DataFrame:
        """Figures of this year and of earlier ones: a row a year, a column a figure."""
        return exploring.over_years(self.run, *ids)

    def strata(self) -> pd.DataFrame:
        """The strata of the satisfaction survey, with rates and the ends of their intervals."""
        return exploring.strata(self.run)

    def dependents(self, table: str, row: Row, column: str) -> pd.DataFrame:
        """The figures that rest on a cell, by its table, the key of its row, and its column."""
        return exploring.dependents(self.run, table, row, column)

    def what_if(self, table: str, row: Row, column: str, change: Change) -> pd.DataFrame:
        """What would change in the report if a cell read otherwise, such as by `+100`."""
        return what_if(self.run, table, row, column, change)

    def _block(self, html: Markup) -> Html:
        return Html(html, self._seen.take())

    def _paragraph(self, paragraph: Paragraph) -> Markup:
        marks = [
            Markup(' <mark class="pending">{}</mark>').format(finding.mark)
            for finding in self.run.findings
            if finding.place == paragraph.place and finding.mark
        ]
        classes = {
            "own-statement": OWN_STATEMENT in paragraph.bases,
            "for-review": any(map(for_review, named(paragraph, self.run.facts))),
        }
        held = " ".join(name for name, holds in classes.items() if holds)
        return Markup('<p{} data-text="{}">{}{}<span class="basis">{}</span></p>').format(
            Markup(' class="{}"').format(held) if held else "",
            paragraph.key,
            fill(paragraph.text or MISSING, self.run.facts, self.run.words),
            markup.join(dict.fromkeys(marks)),
            f"依据：{'；'.join(paragraph.bases)}",
        )


T = TypeVar("T")


def _known(registry: Mapping[str, T], name: str, kind: str) -> T:
    if name not in registry:
        near = nearest(name, list(registry))
        hint = f"是否应为“{near}”" if near else f"可用：{'、'.join(registry)}"
        raise ReportError(f"没有名为“{name}”的{kind}", hint=hint)
    return registry[name]
