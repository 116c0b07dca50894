"""What differs between two states of a run: cells, scores, figures and findings."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

import pandas as pd

from helpers.evaluation.fact_ids import project_prefix
from helpers.figures.number import Number
from helpers.inputs.schema import NUMERIC
from helpers.inputs.schema.evaluation import PROJECTS
from helpers.inputs.tables import Table
from helpers.run.cell_names import column_named
from helpers.run.loaded import Run

COLUMNS = ("类别", "名称", "原", "现", "编号")


def differences(before: Run, after: Run) -> pd.DataFrame:
    """What differs between two states of a run: cells, figures, scores and findings."""
    figures = sorted(_figures(before, after), key=itemgetter(0))
    rows = [*_cells(before, after), *figures, *_findings(before, after)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(object)


def _cells(before: Run, after: Run) -> Iterator[tuple[object, ...]]:
    for name, table in after.tables.items():
        old = before.tables[name]
        for column, cells in table.texts.items():
            for line in cells if cells is not old.texts[column] else ():
                if cells[line] != old.texts[column][line]:
                    where = str(table.source(line, column).place)
                    both = (_cell(each, line, column) for each in (old, table))
                    yield "单元格", f"{table.row_name(line)}{column}", *both, where


def _cell(table: Table, line: int, column: str) -> Number | str:
    numeric = column_named(table, column).kind in NUMERIC
    return table.number(line, column) if numeric else table.string(line, column)


def _figures(before: Run, after: Run) -> Iterator[tuple[object, ...]]:
    projects = after.tables[PROJECTS.name]
    owners = {
        project_prefix(projects.string(line, "编号")): projects.row_name(line)
        for line in projects.lines
    }
    for id in dict.fromkeys((*before.facts, *after.facts)):
        if id.endswith("_size"):
            continue  # a change without its sign, which stands above it
        old, new = before.facts.get(id), after.facts.get(id)
        if old is None or new is None or (old.value, old.reason) != (new.value, new.reason):
            fact = new if new is not None else old
            assert fact is not None
            kind = "得分" if fact.unit == "分" else "数据项"
            owner = next((name for prefix, name in owners.items() if id.startswith(prefix)), "")
            label = fact.label if fact.label.startswith(owner) else f"{owner}{fact.label}"
            yield kind, label, "—" if old is None else old, "—" if new is None else new, id


def _findings(before: Run, after: Run) -> Iterator[tuple[object, ...]]:
    for finding in before.findings:
        if finding not in after.findings:
            yield "复核发现", finding.check, finding.problem, "", str(finding.place)
    for finding in after.findings:
        if finding not in before.findings:
            yield "复核发现", finding.check, "", finding.problem, str(finding.place)
