"""Paragraphs filled in: every placeholder becomes a figure, a word of the run, or a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from markupsafe import Markup

from helpers.figures import rounding_intervals
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.narrative import NAME_AND_FORM, PLACEHOLDER, placeholders
from helpers.inputs.schema.report import PUBLISHED
from helpers.notebook import markup


def fill(text: str, facts: Facts, words: Mapping[str, str]) -> Markup:
    """Fill in figures with their units, and words; raises `ReportError` for unknown names."""
    list(placeholders(text))
    pieces: list[str | Markup] = []
    end = 0
    for match in PLACEHOLDER.finditer(text):
        pieces += [text[end : match.start()], _filled(match[1], facts, words)]
        end = match.end()
    return markup.join([*pieces, text[end:]])


def _filled(inside: str, facts: Facts, words: Mapping[str, str]) -> str | Markup:
    match = NAME_AND_FORM.fullmatch(inside)
    assert match
    name, form, other = match.groups()
    if name in words:
        return words[name]
    fact = facts[name]
    if form == "增减" and fact.defined:
        rise = "提高" if fact.unit == "个百分点" else "增长"
        word = "持平" if fact.known == 0 else rise if fact.known > 0 else "下降"
        size = markup.with_unit(facts[f"{name}_size"]) if fact.known else ""
        return markup.join([word, size])
    if form == "相符" and fact.defined:
        return "相符" if fact.known == 0 else markup.join(["相差", markup.with_unit(fact)])
    if form == "核对":
        computed = facts[other or name.removeprefix("published_")]
        return rounding_intervals.judge_fact(fact, computed).words
    return markup.with_unit(fact)


def for_review(fact: Number) -> bool:
    """Whether a figure serves review alone: printed by others, or worked back from what was."""
    return fact.rounding != "half_up" or any(
        PUBLISHED.name in (PurePosixPath(source.place.file).stem, source.place.sheet)
        for source in fact.sources
    )
