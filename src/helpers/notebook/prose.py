"""Paragraphs filled in: every placeholder becomes a figure, a word of the run, or a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from helpers.blocks.words import Words, with_unit, words
from helpers.errors import ReportError
from helpers.figures import rounding_intervals
from helpers.figures.number import Number
from helpers.inputs.narrative import NAME_AND_FORM, PLACEHOLDER, placeholders
from helpers.inputs.schema.report import PUBLISHED

TYPED = re.compile(r"\d[\d.,]*")


class Named(dict[str, Number]):
    """Numbers by the names they were given, and by any other name the figures of a run."""

    def __init__(self, given: Mapping[str, Number], figures: Mapping[str, Number]) -> None:
        super().__init__(given)
        self._figures = figures

    def __missing__(self, name: str) -> Number:
        return self._figures[name]


def refuse_typed(sentence: str) -> None:
    """Raise `ReportError` for a number that is typed into a sentence, a title or a note."""
    if typed := TYPED.search(PLACEHOLDER.sub("", sentence)):
        hint = "写作占位符，如 {total}，并给出 total=…；年度写 {year}；不用 f 字符串"
        raise ReportError(f"手工写了数字“{typed[0]}”：{sentence}", hint=hint)


def fill(text: str, facts: Mapping[str, Number], terms: Mapping[str, str | Words]) -> Words:
    """Fill in figures with their units, and words; raises `ReportError` for unknown names."""
    list(placeholders(text))
    pieces: list[str | Words] = []
    end = 0
    for match in PLACEHOLDER.finditer(text):
        pieces += [text[end : match.start()], _filled(match[1], facts, terms)]
        end = match.end()
    return words(*pieces, text[end:])


def _filled(
    inside: str, facts: Mapping[str, Number], terms: Mapping[str, str | Words]
) -> str | Words:
    match = NAME_AND_FORM.fullmatch(inside)
    assert match
    name, form, other = match.groups()
    if name in terms:
        return terms[name]
    fact = facts[name]
    if form == "增减" and fact.defined:
        rise = "提高" if fact.unit == "个百分点" else "增长"
        word = "持平" if fact.known == 0 else rise if fact.known > 0 else "下降"
        size = with_unit(facts[f"{name}_size"]) if fact.known else ""
        return words(word, size)
    if form == "相符" and fact.defined:
        return "相符" if fact.known == 0 else words("相差", with_unit(fact))
    if form == "核对":
        computed = facts[other or name.removeprefix("published_")]
        return rounding_intervals.judge_fact(fact, computed).words
    return with_unit(fact)


def for_review(fact: Number) -> bool:
    """Whether a figure serves review alone: printed by others, or worked back from what was."""
    return fact.rounding != "half_up" or any(
        PUBLISHED.name in (PurePosixPath(source.place.file).stem, source.place.sheet)
        for source in fact.sources
    )


def sources_of(numbers: Iterable[Number]) -> list[str]:
    """The tables that numbers rest on, as a paragraph names them."""
    cells = (source.place for number in numbers for source in number.sources)
    places = (place for place in cells if not place.file.startswith("params/"))
    names = (
        f"{place.sheet}.csv" if place.sheet else PurePosixPath(place.file).name for place in places
    )
    return list(dict.fromkeys(names))
