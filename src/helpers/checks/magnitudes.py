"""The check on amounts that are some ten thousand times what they can be: 元 typed for 万元."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Level
from helpers.evaluation.fact_ids import earlier_id
from helpers.figures.number import Number
from helpers.inputs.schema.report import STAFF

YUAN_SUSPECT = 1000
"""Amounts that should be alike and differ more than so many times are taken for 元."""

SAME_ORDER = (
    ("projects_initial_budget", "project_initial_budget"),
    ("projects_budget", "project_budget"),
    ("projects_executed", "project_executed"),
    ("account_spending", "executed"),
    ("function_total", "executed"),
    ("monitored_budget", "project_budget"),
    ("funds_budget", "budget"),
    ("funds_executed", "executed"),
    ("economic_class_final", "executed"),
    ("three_public_final", "three_public_budget"),
    ("operating_final", "operating_budget"),
    ("procurement_executed", "procurement_budget"),
    ("key_projects_executed", "key_projects_budget"),
)
"""Amounts that are reported twice, and can differ by a slip but not by ten thousand times."""

PARTS = (
    ("adjustments_total", "budget"),
    ("initial_budget", "budget"),
    ("carryover_balance", "budget"),
    ("account_closing_balance", "budget"),
    ("monitored_plan", "monitored_budget"),
    ("monitored_actual", "monitored_budget"),
    ("three_public_budget", "budget"),
    ("operating_budget", "budget"),
    ("procurement_budget", "budget"),
    ("key_projects_budget", "budget"),
)
"""Amounts that are parts of another, or near it."""

ASSETS_SUSPECT = 100
"""Fixed assets worth so many budgets of a year are asked about; some bodies do own as much."""

PER_HEAD = (("basic_budget", 1_000), ("basic_executed", 1_000), ("budget", 100_000))
"""Most that a year costs for one member of staff, in 万元, far beyond any department's."""


def yuan_for_wan(checked: RunContents, name: str) -> Iterator[Finding]:
    """Ask about amounts that are some ten thousand times what they can be.

    Against what another table or last year says of the same, and against the staff.
    """
    facts, last = checked.facts, checked.params.year - 1
    before = [(id, earlier_id(id, last)) for id in ("initial_budget", "budget", "executed")]
    alike = [*SAME_ORDER, *before]
    for id, other in (*alike, *((other, id) for id, other in alike), *PARTS):
        if id in facts and other in facts:
            yield from _of_one_order(name, facts[id], facts[other])
    whole = facts.get("budget")
    for assets in (facts[id] for id in ("asset_books", "asset_cards") if id in facts):
        if (
            whole is not None
            and whole.defined
            and assets.defined
            and assets.known > ASSETS_SUSPECT * whole.known
        ):
            message = f"{assets.label} {assets.display}，是全年预算数的{ASSETS_SUSPECT}倍以上"
            yield _unit_question(name, assets, message, "warning")
    staff = checked.tables[STAFF.name]
    heads = [staff.value(line, "人数") for line in staff.lines]
    number = sum((each for each in heads if isinstance(each, Fraction)), Fraction(0))
    for id, most in PER_HEAD:
        if number and id in facts and facts[id].defined and facts[id].known / number > most:
            message = f"{facts[id].label} {facts[id].display}，人均超过 {most:,} 万元"
            yield _unit_question(name, facts[id], message)


def _of_one_order(name: str, ours: Number, theirs: Number) -> Iterator[Finding]:
    if not (ours.defined and theirs.defined) or theirs.known <= 0:
        return
    if ours.known / theirs.known > YUAN_SUSPECT:
        message = f"{ours.label} {ours.display}，是{theirs.label}的千倍以上"
        yield _unit_question(name, ours, message)


def _unit_question(name: str, fact: Number, message: str, level: Level = "error") -> Finding:
    hint = "金额单位为万元；表头上方写“单位：元”的自动换算"
    return Finding(name, level, fact.sources[0].place, f"{message}，是否以元填写", hint)


MAGNITUDE_CHECKS = (
    Check(
        "金额单位", "同一金额在各表之间、与上年之间没有万倍之差，人均在可能的范围内", yuan_for_wan
    ),
)
