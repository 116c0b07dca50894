"""The figures a rubric names: those of the run, those worked out when asked, those it lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from helpers.errors import Place, ReportError, listed
from helpers.evaluation.fact_ids import points_id
from helpers.evaluation.score_lines import ScoringContext
from helpers.figures import ratios
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.rubric_rules import Item

POINTS = ("points", "分值")
"""What a formula calls the points of its own item."""

WHEN_ASKED: Mapping[str, tuple[str, Callable[[Facts], Number]]] = {
    "budget_completion_rate": (
        "预算完成率",
        lambda facts: ratios.budget_completion_rate(facts["executed"], facts["budget"]),
    ),
    "budget_control_rate": (
        "预算控制率",
        lambda facts: ratios.budget_control_rate(_added(facts), facts["initial_budget"]),
    ),
    "absolute_adjustment_rate": (
        "预算调整率（绝对值）",
        lambda facts: ratios.absolute_adjustment_rate(_added(facts), facts["initial_budget"]),
    ),
    "carryover_change_rate": (
        "结转结余变动率",
        lambda facts: ratios.carryover_change_rate(
            facts["carryover_balance"], facts["account_opening_balance"]
        ),
    ),
}
"""Figures of the national framework that only some rubrics ask for."""


def _added(facts: Facts) -> Number:
    return ratios.difference(facts["budget"], facts["initial_budget"])


def unknown_names(scored: ScoringContext, item: Item) -> list[ReportError]:
    """What an item names that no run could have: file, item, and the names it resembles."""
    problems = ((name, _problem(scored, name)) for name in dict.fromkeys(item.names))
    return [
        ReportError(f"“{item.name}”：{problem}", place=Place(scored.file), hint=_hint(scored, name))
        for name, problem in problems
        if problem
    ]


def _hint(scored: ScoringContext, name: str) -> str:
    """What to write in place of a name that says nothing: an id of its own, or one that is near."""
    if ids := _labelled(scored, name):
        return f"写编号：{listed(sorted(ids, key=len))}"
    near = get_close_matches(name, dict.fromkeys(_all_names(scored)), n=3)
    return f"是否应为：{'、'.join(near)}" if near else "数据项名称见 facts.json"


def figure(scored: ScoringContext, item: Item, name: str) -> Number:
    """The figure of a name, by its id or by its label.

    One that is worked out when asked is entered, as is one whose table was not given.
    """
    facts, id = scored.facts, f"{scored.prefix}{name}"
    if name in POINTS:
        return facts[points_id(f"{scored.prefix}{item.id}")]
    if id in facts:
        return facts[id]
    if not scored.prefix and name in WHEN_ASKED:
        label, work_out = WHEN_ASKED[name]
        return facts.name(name, label, work_out(facts))
    if not scored.prefix and name in scored.absent:
        lack = scored.absent[name]
        return facts.name(name, lack.label, lack)
    [known] = _labelled(scored, name)
    return figure(scored, item, known)


def _problem(scored: ScoringContext, name: str) -> str:
    """Why a name says nothing, or nothing."""
    if name in POINTS or f"{scored.prefix}{name}" in scored.facts:
        return ""
    if not scored.prefix and (name in WHEN_ASKED or name in scored.absent):
        return ""
    found = len(_labelled(scored, name))
    if found == 1:
        return ""
    return f"名为“{name}”的数据项不止一个" if found else f"没有名为“{name}”的数据项"


def _labelled(scored: ScoringContext, label: str) -> list[str]:
    """Ids of the figures of a label; a project's have none of their own."""
    if scored.prefix:
        return []
    return [id for id, known in _names(scored).items() if known == label]


def _names(scored: ScoringContext) -> dict[str, str]:
    """Every figure a rubric may name, by id, with its label."""
    if scored.prefix:
        ids = (id for id in scored.facts if id.startswith(scored.prefix))
        return {id.removeprefix(scored.prefix): "" for id in ids}
    absent = {id: lack.label for id, lack in scored.absent.items()}
    asked = {id: label for id, (label, _) in WHEN_ASKED.items()}
    return absent | asked | {id: fact.label for id, fact in scored.facts.items()}


def _all_names(scored: ScoringContext) -> list[str]:
    names = _names(scored)
    return [*names, *filter(None, names.values())]
