"""The facts of budget adjustments: each one, their sums by kind, and what they add up to."""

from __future__ import annotations

from helpers.evaluation.counts import count_rows
from helpers.evaluation.fact_ids import adjusted_id, adjustment_id
from helpers.figures import ratios
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.schema.evaluation import ADDED, BROUGHT, MOVED, RECALLED
from helpers.inputs.tables import Table

KINDS = {ADDED: "added", MOVED: "moved", BROUGHT: "brought_forward", RECALLED: "recalled"}


def adjustment_facts(facts: Facts, table: Table) -> None:
    """Enter every adjustment, the sum of each kind that occurs, and the sum of all."""
    named: dict[str, list[Number]] = {}
    for number, line in enumerate(table.lines, 1):
        label = f"{table.string(line, '日期')}{table.string(line, '事项')}"
        amount = facts.name(adjustment_id(number), label, table.number(line, "金额"))
        named.setdefault(table.string(line, "类型"), []).append(amount)
    for kind, id in KINDS.items():
        _sum(facts, table, adjusted_id(id), f"{kind}金额", named.get(kind, []))
    every = [amount for kind in named.values() for amount in kind]
    _sum(facts, table, "adjustments_total", "预算调整金额合计", every)
    change = ratios.difference(facts["budget"], facts["initial_budget"])
    facts.name(
        "adjustments_unexplained",
        "调整明细未说明的金额",
        ratios.difference(change, facts["adjustments_total"]),
    )
    count_rows(facts, table, "事项", id="adjustment_count", label="预算调整次数", unit="次")


def _sum(facts: Facts, table: Table, id: str, label: str, parts: list[Number]) -> None:
    if parts:
        facts.name(id, label, ratios.sum_of_parts(*parts))
    else:
        facts.lack(id, label, table.file, unit=WAN)
