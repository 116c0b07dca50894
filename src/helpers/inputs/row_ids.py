"""Rows called by their names: an id left blank follows from the name, wherever the row stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from helpers.errors import Place, ReportError, brief, listed
from helpers.inputs.raw_tables import Fault, FramedTable
from helpers.inputs.schema import evaluation, process, report

ID = "编号"
WRITTEN = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
DERIVED = re.compile(r"n_[0-9a-f]{12}")

GOAL, PROJECT, INDICATOR, ITEM, RATIO = "goal", "project", "indicator", "item", "ratio"
OUTSIDE = {ITEM, RATIO}
"""Kinds of things that no table of a run has: items of its rubric, ratios by their labels."""

CLAIM = "种类"
"""What a published figure says it is, in a table of ratios; it is then no ratio of the run."""

NAMED = {
    report.STAFF.name: ("staff", ("人员类别",)),
    report.MANAGEMENT_WORK.name: ("work", ("工作", "对象")),
    evaluation.GOALS.name: (GOAL, ("绩效目标",)),
    evaluation.PROJECTS.name: (PROJECT, ("项目名称",)),
    evaluation.PROJECT_GOALS.name: (PROJECT, ("项目名称",)),
    process.MONITORING.name: (PROJECT, ("项目名称",)),
    evaluation.INDICATORS.name: (INDICATOR, ("所属", "三级指标")),
    process.STRATA.name: ("stratum", ("层",)),
    process.RECTIFICATION.name: ("problem", ("问题",)),
    evaluation.MANAGEMENT.name: (ITEM, ("指标",)),
    report.PUBLISHED.name: (RATIO, ("比率",)),
    report.EXPLANATIONS.name: (RATIO, ("比率",)),
}
"""Tables whose rows have ids, each after those it refers to: what a row is, what it is called."""

REFERRING = {
    evaluation.PROJECT_GOALS.name: {"整体目标": GOAL},
    evaluation.INDICATORS.name: {"整体目标": GOAL, "所属": PROJECT},
    evaluation.RESULTS.name: {ID: INDICATOR},
    process.MONTHLY.name: {ID: PROJECT},
    evaluation.SCORE_NOTES.name: {ID: ITEM},
    evaluation.STEPS.name: {ID: ITEM},
}
"""The columns that name things of other tables by their ids, or by what they are called."""

Tables = dict[str, FramedTable]
Known = dict[str, dict[str, set[str]]]
"""By the kind of thing, its names and the ids that go by each."""


def derived(name: str) -> str:
    """The id of a thing that has none but its name: the same in every table, row and year."""
    return f"n_{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def with_ids(
    tables: Tables, places: Mapping[str, Place], outside: Mapping[str, Mapping[str, str]]
) -> tuple[Tables, list[ReportError]]:
    """The tables with every id that follows from a name, and the references of several things.

    An id that does not follow, as several rows have the name, is a fault of its cell. `outside`
    has the ids of what stands in no table, by kind and name. What is neither an id nor a known
    name stays, for whoever reads it to refuse.
    """
    known: Known = {kind: {name: {id} for name, id in of.items()} for kind, of in outside.items()}
    errors: list[ReportError] = []
    filled = dict(tables)
    for name in [each for each in dict.fromkeys([*NAMED, *REFERRING]) if each in tables]:
        for column, kind in REFERRING.get(name, {}).items():
            found = _referred(filled[name], column, known.get(kind, {}))
            filled[name] = _with(filled[name], column, found)
        if name in NAMED and ID in filled[name].texts:
            filled[name] = _named(filled[name], *NAMED[name], known)
    for name in [each for each in REFERRING if each in tables]:
        for column, kind in REFERRING[name].items():
            errors += _ambiguous(filled[name], column, known.get(kind, {}), places[name])
    return filled, errors


def _with(table: FramedTable, column: str, cells: Mapping[int, str]) -> FramedTable:
    return replace(table, texts={**table.texts, column: {**table.texts[column], **cells}})


def _referred(table: FramedTable, column: str, names: Mapping[str, set[str]]) -> dict[int, str]:
    """The ids of what the cells of a column call by a name of one thing alone."""
    return {
        line: next(iter(names[text]))
        for line, text in table.texts[column].items()
        if not WRITTEN.fullmatch(text) and len(names.get(text, ())) == 1
    }


def _ambiguous(
    table: FramedTable, column: str, names: Mapping[str, set[str]], place: Place
) -> Iterator[ReportError]:
    for line, text in table.texts[column].items():
        if not WRITTEN.fullmatch(text) and len(names.get(text, ())) > 1:
            where = replace(place, line=line, column=column)
            hint = f"写编号：{'、'.join(sorted(names[text]))}"
            yield ReportError(f"名为“{brief(text)}”的不止一个", place=where, hint=hint)


def _named(table: FramedTable, kind: str, columns: tuple[str, ...], known: Known) -> FramedTable:
    """Give the rows of a table the ids that follow from their names, and make these known."""
    names = known.setdefault(kind, {})
    alike: dict[str, list[int]] = {}
    for line in table.texts[ID]:
        alike.setdefault(_name(table, line, columns), []).append(line)
    ids, faults = {}, {}
    for own, lines in alike.items():
        for line in lines if own else ():
            if table.texts[ID][line]:
                continue
            if fault := _not_told_apart(own, lines, names):
                faults[line, ID] = fault
            else:
                ids[line] = _following(table, line, kind, own, names)
    named = replace(_with(table, ID, ids), faults={**table.faults, **faults})
    for own, lines in alike.items():
        for line in lines:
            for each in {own, table.texts[columns[-1]][line]} - {""}:
                names.setdefault(each, set()).update({named.texts[ID][line]} - {""})
    return named


def _not_told_apart(own: str, lines: Sequence[int], names: Mapping[str, set[str]]) -> Fault | None:
    """Why no id follows from a name: rows of the table have it, or several things of others."""
    if len(lines) > 1:
        where = listed([f"第{line}行" for line in lines])
        problem = f"编号空着，而“{brief(own)}”不止一行：{where}"
        return Fault(problem, "名称相同的各写一个编号，或改正名称")
    if len(ids := names.get(own, ())) > 1:
        return Fault(f"名为“{brief(own)}”的不止一个", f"写编号：{listed(sorted(ids))}")
    return None


def _following(
    table: FramedTable, line: int, kind: str, own: str, names: Mapping[str, set[str]]
) -> str:
    """The id that follows from a name that is one thing's alone; none of what stands outside."""
    if table.texts.get(CLAIM, {}).get(line):
        return derived(own)
    return next(iter(names.get(own, ())), "" if kind in OUTSIDE else derived(own))


def _name(table: FramedTable, line: int, columns: tuple[str, ...]) -> str:
    """What a row is called: the texts of its naming columns; nothing where the last is blank."""
    texts = [table.texts[column][line] for column in columns]
    return "、".join(filter(None, texts)) if texts[-1] else ""
