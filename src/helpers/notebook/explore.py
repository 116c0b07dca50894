"""Open any run to explore it: facts, tables, charts, and the same run with a cell changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from helpers.evaluation.evaluate import evaluate_run
from helpers.evaluation.fact_ids import points_id, score_id
from helpers.figures import ratios
from helpers.figures.exact import grouped, round_to
from helpers.figures.number import Number, constant
from helpers.inputs.project import Project, find_project
from helpers.notebook.charts.budget import name_rows
from helpers.notebook.drawing import BLUE, Chart, beside, canvas, house_style, pixels, svg
from helpers.notebook.markup import Html
from helpers.notebook.report import Report
from helpers.run import Run, load_run
from helpers.run.reading import read_rubrics

Cell = tuple[str, int, str]
"""A cell of a table: the table's name, the line, the column."""


@dataclass(frozen=True)
class RunExplorer:
    """A run opened for exploring."""

    project: Project
    run: Run

    @property
    def facts_table(self) -> pd.DataFrame:
        """Every fact as a row; the exact value is text."""
        return Report(self.run).facts

    def table(self, name: str) -> pd.DataFrame:
        """An input table's exact values."""
        return Report(self.run).data(name)

    def chart(self, name: str) -> Html:
        """A chart of the report."""
        return Report(self.run).chart(name)

    def bars(self, table: str, label: str, column: str) -> Html:
        """A column of a table as bars, each named by the text in another column."""
        data = self.run.tables[table]
        cells = [(data.string(line, label), data.value(line, column)) for line in data.lines]
        drawn = [(name, cell) for name, cell in cells if isinstance(cell, Fraction)]
        with house_style():
            figure, axes = canvas(height=0.5 + 0.42 * len(drawn))
            for position, (_, cell) in enumerate(drawn):
                axes.barh(position, pixels(cell), height=0.55, color=BLUE)
                beside(axes, pixels(cell), position, grouped(round_to(cell, 2)))
            name_rows(axes, [name for name, _ in drawn])
            alt = "；".join(f"{name}{grouped(round_to(cell, 2))}" for name, cell in drawn)
            chart = Chart("explored", figure, f"{table}：{column}", alt, "", (), ())
            return Html(svg(chart, self.run.fonts))

    def changed(self, cells: Mapping[Cell, str]) -> Run:
        """The run as it would be with other numbers in some cells; no file is touched.

        Everything is computed and scored anew by the rules of the report. Earlier years are
        left out.
        """
        tables = dict(self.run.tables)
        for (name, line, column), text in cells.items():
            tables[name] = tables[name].with_cell(line, column, text)
        rubrics = read_rubrics(self.project, self.run.params)
        evaluation = evaluate_run(tables, self.run.contents.answers, rubrics, self.run.params, {})
        return self.run.with_contents(tables, evaluation)


def open_run(name: str) -> RunExplorer:
    """Open a run by its name, for example `demo-2024`.

    Raises `ReportError` as the command does.
    """
    project = find_project()
    return RunExplorer(project, load_run(project, project.params(name)))


def reweighted_score(run: Run, part: str, weight: Fraction) -> Number:
    """The total score if a part weighed `weight` of 100 and the others kept their proportions.

    Formula: the sum of score ÷ points × new weight; no value while a part has no score.
    """
    parts = [each.id for each in run.evaluation.sheet.rubric.parts]
    rest = ratios.sum_of_parts(*(run.facts[points_id(id)] for id in parts if id != part))
    scores = [
        ratios.rescaled_score(
            run.facts[score_id(id)],
            points := run.facts[points_id(id)],
            constant(weight, "分")
            if id == part
            else ratios.rescaled_score(points, rest, constant(100 - weight, "分")),
        )
        for id in parts
    ]
    return ratios.sum_of_parts(*scores)
