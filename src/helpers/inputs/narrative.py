"""The report's prose as data: paragraphs with named placeholders, filled from facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.errors import Place, ReportError
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.tables import Table

OWN_STATEMENT = "单位自述"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAME_AND_FORM = re.compile(r"([^\W\d]\w*)(?::(增减|核对|相符)(?:=([^\W\d]\w*))?)?")
CONDITION = re.compile(r"(有|无) ([a-z][a-z0-9_]*)")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: the key notebooks call it by, its text, what it rests on, its place.

    It is shown only where all its conditions hold: `有 x` (fact x has a value), `无 x`.
    """

    key: str
    conditions: tuple[str, ...]
    text: str
    bases: tuple[str, ...]
    place: Place
    given: frozenset[str] = frozenset()
    """Placeholders a notebook fills in itself."""


def read_paragraphs(table: Table) -> tuple[Paragraph, ...]:
    """Make the paragraphs of a narrative table, in its order."""
    return tuple(
        Paragraph(
            key=table.string(line, "段落"),
            conditions=_parts(table.string(line, "条件")),
            text=table.string(line, "文字"),
            bases=_parts(table.string(line, "依据")),
            place=Place(table.file, line, "文字", table.sheet),
        )
        for line in table.lines
    )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("；") if part.strip())


def applies(paragraph: Paragraph, facts: Facts) -> bool:
    """Whether all conditions of a paragraph hold; raises `ReportError` for a malformed one."""
    for condition in paragraph.conditions:
        match = CONDITION.fullmatch(condition)
        if not match:
            place = replace(paragraph.place, column="条件")
            raise ReportError(
                f"条件“{condition}”写法不对", place=place, hint="写作“有 名称”或“无 名称”"
            )
        if facts[match[2]].defined != (match[1] == "有"):
            return False
    return True


def named(paragraph: Paragraph, facts: Facts) -> Iterator[Number]:
    """Give the facts a paragraph tells, or depends on."""
    conditions = [part.split(" ")[1] for part in paragraph.conditions]
    for name in (*placeholders(paragraph.text), *conditions):
        if name in facts:
            yield facts[name]


def placeholders(text: str) -> Iterator[str]:
    """Give the names of the facts and words a text wants filled in.

    Raises `ReportError` for a brace without its partner or a malformed placeholder.
    """
    for inside in PLACEHOLDER.findall(text):
        match = NAME_AND_FORM.fullmatch(inside)
        if not match:
            raise ReportError(f"占位符“{{{inside}}}”写法不对", hint="写作 {名称} 或 {名称:增减}")
        yield match[1]
        if match[3]:
            yield match[3]
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        raise ReportError("花括号不配对", hint="占位符写作 {名称}")
