"""The facts of 公开比率: figures as published, and what those with a kind are recomputed from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.errors import ReportError, brief
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


def other_facts(facts: Facts, table: Table) -> None:
    """Enter what else was published: figures of the run by id, and claims by their kind.

    Raises `ReportError` for an id no figure has, and for a claim that cannot be recomputed.
    """
    for id, line in _lines(table).items():
        if id not in PUBLISHED_RATIOS:
            if id not in facts:
                place, known = table.source(line, "编号").place, "、".join(PUBLISHED_RATIOS)
                hint = f"可填：{known} 等数据项名称，或填写种类和各数"
                raise ReportError(f"没有编号为“{id}”的比率", place=place, hint=hint)
            _as_published(facts, table, line, facts[id])
    for line in table.lines:
        if table.string(line, "种类"):
            try:
                claimed = _recomputed(facts, table, line)
            except ClaimError as error:
                place = table.source(line, "各数").place
                raise ReportError(str(error), place=place, hint="见 docs/audit.md") from None
            _as_published(facts, table, line, claimed)


def _lines(table: Table) -> dict[str, int]:
    """The rows that name a figure of the run, by its id."""
    return {
        table.string(line, "编号"): line for line in table.lines if not table.string(line, "种类")
    }


def _as_published(facts: Facts, table: Table, line: int, computed: Number) -> None:
    name = f"公开报告所印{computed.label}"
    number = table.number(line, "公开数")
    facts.name(published_id(computed.id), name, number, unit=computed.unit, decimals=None)


def _recomputed(facts: Facts, table: Table, line: int) -> Number:
    """Enter the inputs of a claim, but for those that are exact, and what comes of them."""
    own, label = table.string(line, "编号"), table.string(line, "比率")
    given = dict(_pairs(table.string(line, "各数")))
    kind, names = find_kind(table.string(line, "种类"), given)
    numbers, place = [], table.source(line, "各数").place
    for at, name in enumerate(names):
        text = given[name].removesuffix("%")
        value = printed(text, name)
        cell = Cell(place, f"{name}={text}", text)
        number = Number(value, label=f"所印{name}", decimals=printed_decimals(text), cell=cell)
        if not kind.is_exact(at, text):
            id = claim_input_id(own, at + 1)
            number = facts.name(id, number.label, number, decimals=None)
        numbers.append(number)
    return facts.name(claim_id(own), label, kind.computed(numbers))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The numbers of a cell by their names; raises `ClaimError` for what is none."""
    for part in filter(None, map(str.strip, re.split(r"[；;\n]", text))):
        found = PAIR.fullmatch(part)
        if not found:
            raise ClaimError(f"各数写作“名称=数”，以分号隔开，现有“{brief(part)}”")
        yield found[1], cells.plain(found[2])
