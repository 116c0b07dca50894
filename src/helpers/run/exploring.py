"""A run's figures as tables to explore: all of them, over the years, by stratum, from a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from helpers.errors import LEVELS, ReportError
from helpers.evaluation.earlier_years import COMPARED, of_other_run
from helpers.evaluation.fact_ids import earlier_id, stratum_id
from helpers.figures.arithmetic import in_points
from helpers.figures.columns import column_of
from helpers.figures.number import Number, lacking
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
RATES = {id: STRATUM[id] for id in ("rate", "interval_low", "interval_high")}
WEIGHTED = ("survey_weighted_rate", "survey_interval_low", "survey_interval_high")


def figures(facts: Mapping[str, Number]) -> pd.DataFrame:
    """Every figure by its id: name, number, formula, and why there is no value."""
    rows = [(fact.id, fact.label, fact, fact.formula, fact.reason) for fact in facts.values()]
    return pd.DataFrame(rows, columns=["id", "名称", "数值", "算式", "原因"]).set_index("id")


def findings(run: Run) -> pd.DataFrame:
    """What the checks found: how grave, which check, where, what, and what to do."""
    rows = [
        (LEVELS[each.level], each.check, str(each.place), each.problem, each.hint)
        for each in run.findings
    ]
    return pd.DataFrame(rows, columns=["级别", "检查", "位置", "发现", "怎样做"])


def found(facts: Mapping[str, Number], words: str) -> pd.DataFrame:
    """The figures whose name or id contains the words; raises `ReportError` if none does."""
    listed = figures(facts)
    hits = listed[[words in f"{id}　{name}" for id, name in listed["名称"].items()]]
    if hits.empty:
        raise ReportError(f"没有名称含“{words}”的数据项", hint="全部数据项见 facts")
    return hits


def compared(run: Run, other: Run) -> pd.DataFrame:
    """The figures whose values differ in two runs: of this one, of the other, the difference.

    There is a difference where both have a value in one unit.
    """
    name = other.params.run
    mark = re.sub(r"\W", "_", name)  # for an id
    rows = {}
    for id, now in run.facts.items():
        then = other.facts.get(id)
        if then is None or (now.value, now.unit) == (then.value, then.unit):
            continue
        past = of_other_run(then, f"{name}的").named(f"{name}的{then.label}", f"{id}_in_{mark}")
        both = now.defined and then.defined and now.unit == then.unit
        change = (
            in_points(now - past).named(f"{now.label}之差", f"{id}_less_{mark}") if both else None
        )
        rows[id] = (now.label, now, past, change)
    head = ["名称", run.params.run, name, "相差"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=head)


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
    names = [design.string(line, "层") for line in design.lines]
    table = pd.DataFrame(columns, index=pd.Index(names, name="层"))
    table.insert(0, "方式", [design.string(line, "方式") for line in design.lines])
    least = run.params.threshold("small_stratum")
    small = [least is not None and valid.defined and valid.known < least for valid in table["有效"]]
    table["说明"] = ["样本过少" if few else "" for few in small]
    return table


def weighted_satisfaction(run: Run) -> pd.DataFrame:
    """The rate of all answers, and that weighted by the strata with the ends of its interval."""
    if not run.tables[STRATA.name].given:
        return pd.DataFrame(columns=list(RATES.values()))
    none = lacking("区间", "普查，或未加权", "absent", unit="%")
    ids = {"未加权满意率": ("survey_rate", "", ""), "加权满意率": tuple(WEIGHTED)}
    columns = {
        name: column_of([run.facts.get(each[at], none) for each in ids.values()], "%")
        for at, name in enumerate(RATES.values())
    }
    return pd.DataFrame(columns, index=pd.Index(list(ids), name="口径"))


def dependents(run: Run, table: str, row: Row, column: str) -> pd.DataFrame:
    """The figures computed from a cell, by its table, the key of its row, and its column.

    A cell by which rows are chosen or grouped is in no formula. Raises `ReportError` for a
    cell there is not, and for one nothing is computed from.
    """
    cell = cell_named(run, table, row, column)
    place = run.tables[table].source(cell.line, column).place
    listed = figures(run.facts)
    found = listed[[number.depends_on(place) for number in listed["数值"]]]
    if found.empty:
        problem = "没有数据项由这个单元格算得；按它选行、分组的不在其列"
        raise ReportError(problem, place=place, hint="改动它会怎样，用 what_if")
    return found
