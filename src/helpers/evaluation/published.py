"""The facts of 公开比率: figures as published, and what those with a kind are recomputed from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.errors import Place, ReportError, brief, listed
from helpers.evaluation.fact_ids import claim_id, claim_input_id, published_id
from helpers.figures.cell import Cell
from helpers.figures.claims import ClaimError, find_kind, printed
from helpers.figures.exact import printed_decimals
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs import cells
from helpers.inputs.tables import Table

PUBLISHED_RATIOS = {
    "execution_rate": "预算执行率",
    "carryover_rate": "结转结余率",
    "budget_variance_rate": "部门预决算差异率",
}
"""Those every report has, so that what is not given is said to be lacking."""

PAIR = re.compile(r"(.+?)\s*[=＝:：]\s*(.+)")


def usual_facts(facts: Facts, table: Table) -> None:
    """Enter the published ratios that every report has."""
    lines = _lines(table)
    for ratio, label in PUBLISHED_RATIOS.items():
        id, name = published_id(ratio), f"公开报告所印{label}"
        if ratio not in lines:
            facts.lack(id, name, table.file, unit="%")
            continue
        facts.name(id, name, table.number(lines[ratio], "公开数"), decimals=None)


def other_facts(facts: Facts, table: Table) -> Iterator[ReportError]:
    """Enter what else was published: figures of the run by id or label, and claims by their kind.

    Gives an error for each row that names no figure, or cannot be recomputed; it enters nothing.
    """
    claims = [line for line in table.lines if table.string(line, "种类")]
    of_the_run = [line for line in table.lines if line not in set(claims)]
    for lines, computed in ((of_the_run, _figure_of_run), (claims, _recomputed)):
        for line in lines:
            if table.string(line, "编号") in PUBLISHED_RATIOS and lines is of_the_run:
                continue
            try:
                _as_published(facts, table, line, computed(facts, table, line))
            except ReportError as error:
                yield error


def _lines(table: Table) -> dict[str, int]:
    """The rows that name a figure of the run, by its id."""
    return {
        table.string(line, "编号"): line for line in table.lines if not table.string(line, "种类")
    }


def _figure_of_run(facts: Facts, table: Table, line: int) -> Number:
    """The figure a row names by its id or, where that is blank, by its label."""
    id, label = table.string(line, "编号"), table.string(line, "比率")
    known = "、".join(PUBLISHED_RATIOS)
    hint = f"可填：{known} 等数据项名称，或填写种类和各数"
    if id:
        if id not in facts:
            place = table.source(line, "编号").place
            raise ReportError(f"没有编号为“{id}”的比率", place=place, hint=hint)
        return facts[id]
    place, ids = table.source(line, "比率").place, [i for i in facts if facts[i].label == label]
    if not ids:
        raise ReportError(f"没有名为“{brief(label)}”的数据项", place=place, hint=hint)
    if len(ids) > 1:
        problem, hint = (
            f"名为“{brief(label)}”的数据项有 {len(ids)} 个",
            f"写编号：{listed(sorted(ids, key=len))}",
        )
        raise ReportError(problem, place=place, hint=hint)
    return facts[ids[0]]


def _as_published(facts: Facts, table: Table, line: int, computed: Number) -> None:
    id, name = published_id(computed.id), f"公开报告所印{computed.label}"
    number = table.number(line, "公开数")
    if id in facts:
        problem, place = f"“{brief(computed.label)}”已有一行", table.source(line, "比率").place
        raise ReportError(problem, place=place, hint=f"另见{facts[id].sources[0].place}")
    facts.name(id, name, number, unit=computed.unit, decimals=None)


def _recomputed(facts: Facts, table: Table, line: int) -> Number:
    """Enter the inputs of a claim, but for those that are exact, and what comes of them."""
    own, label = table.string(line, "编号"), table.string(line, "比率")
    place = table.source(line, "各数").place
    try:
        given = dict(_pairs(table.string(line, "各数")))
        kind, names = find_kind(table.string(line, "种类"), given)
        numbers = [_as_printed(given[name], name, place) for name in names]
    except ClaimError as error:
        raise ReportError(str(error), place=place, hint="见 docs/audit.md") from None
    for at, number in enumerate(numbers):
        if not kind.is_exact(at, given[names[at]].removesuffix("%")):
            id = claim_input_id(own, at + 1)
            numbers[at] = facts.name(id, number.label, number, decimals=None)
    return facts.name(claim_id(own), label, kind.computed(numbers))


def _as_printed(text: str, name: str, place: Place) -> Number:
    """An input of a claim with the digits it has; raises `ClaimError` if it is no number."""
    text = text.removesuffix("%")
    cell = Cell(place, f"{name}={text}", text)
    decimals = printed_decimals(text)
    return Number(printed(text, name), label=f"所印{name}", decimals=decimals, cell=cell)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The numbers of a cell by their names; raises `ClaimError` for what is none."""
    for part in filter(None, map(str.strip, re.split(r"[；;\n]", text))):
        found = PAIR.fullmatch(part)
        if not found:
            raise ClaimError(f"各数写作“名称=数”，以分号隔开，现有“{brief(part)}”")
        yield found[1], cells.plain(found[2])
