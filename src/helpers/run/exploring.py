"""A run's figures as tables to explore: all of them, over the years, by stratum, from a cell."""

from __future__ import annotations

import pandas as pd

from helpers.errors import ReportError
from helpers.evaluation.earlier_years import COMPARED
from helpers.evaluation.fact_ids import earlier_id, stratum_id
from helpers.figures.columns import column_of
from helpers.figures.number import lacking
from helpers.inputs.data_frames import data_frame
from helpers.inputs.schema.process import STRATA
from helpers.run.cell_names import Row, cell_named
from helpers.run.loaded import Run

STRATUM = {
    "population": "总体",
    "sent": "发放",
    "returned": "回收",
    "valid": "有效",
    "satisfied": "满意",
    "recovery": "回收率",
    "rate": "满意率",
    "interval_low": "满意率下限",
    "interval_high": "满意率上限",
}


def figures(run: Run) -> pd.DataFrame:
    """Every figure by its id: name, number, formula, and why there is no value."""
    rows = [(fact.id, fact.label, fact, fact.formula, fact.reason) for fact in run.facts.values()]
    return pd.DataFrame(rows, columns=["id", "名称", "数值", "算式", "原因"]).set_index("id")


def over_years(run: Run, *ids: str) -> pd.DataFrame:
    """Figures of this year and of earlier ones: a row a year, a column a figure.

    Without ids all that are followed over the years. Raises `UnknownFactError` for another.
    """
    years = [*sorted(run.earlier), run.params.year]
    columns = {}
    for id in ids or [id for id in COMPARED if id in run.facts]:
        fact = run.facts[id]
        numbers = [run.facts[earlier_id(id, year)] for year in years[:-1]]
        columns[fact.label] = column_of([*numbers, fact], fact.unit)
    return pd.DataFrame(columns, index=pd.Index(years, name="年度"))


def strata(run: Run) -> pd.DataFrame:
    """The strata of the satisfaction survey: answers, rates, and the ends of their intervals.

    A stratum asked in full has no interval.
    """
    design = run.tables[STRATA.name]
    names = [design.string(line, "编号") for line in design.lines]
    columns = {}
    for what, label in STRATUM.items():
        ids = [stratum_id(name, what) for name in names]
        known = [run.facts[id] for id in ids if id in run.facts]
        unit = known[0].unit if known else ""
        none = lacking(label, "普查，或答卷不足", "absent", unit=unit)
        columns[label] = column_of([run.facts.get(id, none) for id in ids], unit)
    index = data_frame(design)["层"].to_list()
    return pd.DataFrame(columns, index=pd.Index(index, name="层"))


def dependents(run: Run, table: str, row: Row, column: str) -> pd.DataFrame:
    """The figures computed from a cell, by its table, the key of its row, and its column.

    A cell by which rows are chosen or grouped is in no formula. Raises `ReportError` for a
    cell there is not, and for one nothing is computed from.
    """
    cell = cell_named(run, table, row, column)
    place = run.tables[table].source(cell.line, column).place
    listed = figures(run)
    found = listed[[number.depends_on(place) for number in listed["数值"]]]
    if found.empty:
        problem = "没有数据项由这个单元格算得；按它选行、分组的不在其列"
        raise ReportError(problem, place=place, hint="改动它会怎样，用 what_if")
    return found
