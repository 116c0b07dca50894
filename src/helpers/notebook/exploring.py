"""What exploring a run shows in a notebook: its data, figures, years, causes and consequences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.figures.formulas import Explanation
from helpers.figures.number import MISSING, Number, number
from helpers.inputs.data_frames import data_frame
from helpers.inputs.names import known
from helpers.inputs.project import find_project
from helpers.notebook.frames import with_exact_columns
from helpers.notebook.section_dependencies import UsageRecorder, watched
from helpers.run import Run, exploring, load_run
from helpers.run.cell_names import Row
from helpers.run.what_if import Change, what_if


class Exploring:
    """A run to explore: tables are DataFrames of exact numbers that explain themselves."""

    def __init__(self, run: Run, *, other: bool = False) -> None:
        self._seen = UsageRecorder(run.params.run if other else "")
        self.run = watched(run, self._seen)

    def data(self, name: str) -> pd.DataFrame:
        """An input table: exact numbers, texts, dates; raises `ReportError` if there is none."""
        return data_frame(known(self.run.tables, name, "数据表"))

    def frame(self, name: str) -> pd.DataFrame:
        """A table of the evaluation by name, such as 产出指标: figures, texts, verdicts."""
        from helpers.notebook.tables import FRAMES

        return with_exact_columns(known(FRAMES, name, "表")(self.run))

    def __repr__(self) -> str:
        errors = len(self.run.errors)
        counted = f"错误 {errors} 项，发现共 {len(self.run.findings)} 项，见 findings"
        return f"{self.run.title}（运行 {self.run.params.run}，{counted}）"

    @property
    def facts(self) -> pd.DataFrame:
        """Every figure by its id: name, number, formula."""
        return exploring.figures(self._ledger)

    @property
    def findings(self) -> pd.DataFrame:
        """What the checks found: level, check, place, problem, what to do."""
        return exploring.findings(self.run)

    def fact(self, name: str) -> Number:
        """A figure by its id, or by its name where no other has it.

        Raises `UnknownFactError` if there is none.
        """
        if name in self.run.facts:
            return self.run.facts[name]
        named = [fact for fact in self._ledger.values() if name in {fact.id, fact.label}]
        return named[0] if len(named) == 1 else self.run.facts[name]

    @property
    def _ledger(self) -> Mapping[str, Number]:
        return self.run.facts

    def numbers(self, *ids: str) -> pd.Series:
        """Figures of the evaluation by their ids, in the order asked."""
        return pd.Series([self.run.facts[id] for id in ids], index=list(ids), dtype=object)

    def find(self, words: str) -> pd.DataFrame:
        """The figures whose name or id contains the words."""
        return exploring.found(self._ledger, words)

    def explain(self, name: str) -> Explanation:
        """How a figure came about, down to the cells; by its id or its name."""
        return self.fact(name).explain()

    def threshold(self, name: str) -> Number | None:
        """A threshold of the parameters in percent, or None where none is set."""
        text = known(self.run.params.thresholds, name, "阈值")
        return number(f"{text}%") if text else None

    def compare(self, other: str) -> pd.DataFrame:
        """The figures that differ from those of another run, by its name."""
        project = find_project()
        self._seen.names["runs"].add(other)
        return exploring.compared(self.run, load_run(project, project.params(other)))

    def below(self, rates: pd.Series, name: str) -> pd.Series:
        """Which rates of a column are below a threshold of the parameters; none without one."""
        params = self.run.params
        return pd.Series([params.is_below(name, rate) for rate in rates], index=rates.index)

    def named_below(self, rates: pd.Series, name: str) -> str:
        """The rows of a column below a threshold; 无 only where every rate and it are known."""
        if self.threshold(name) is None:
            return "未设阈值"
        none = "无" if rates.notna().all() else MISSING
        below = [str(row) for row, low in self.below(rates, name).items() if low]
        return "、".join(below) or none

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
