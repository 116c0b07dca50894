"""The report's prose as data: paragraphs with named placeholders, filled from facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.errors import Place, ReportError
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.schema.paragraphs import may_be_left_out
from helpers.inputs.tables import Table

OWN_STATEMENT = "单位自述"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAME_AND_FORM = re.compile(r"([^\W\d]\w*)(?::(增减|核对|相符)(?:=([^\W\d]\w*))?)?")
CALLED = re.compile(r"\s*(.+?)\s*(?:[:：](增减|核对|相符)\s*(?:[=＝]\s*(.+?)\s*)?)?", re.DOTALL)
"""What stands in braces as a person writes it: a name of any characters, and a form."""

WORD_NAMES = {
    "year": "年度",
    "last_year": "上年",
    "department": "单位名称",
    "total_label": "得分称呼",
    "grade": "评价等级",
    "checked_months": "监控月份",
}
"""The words of a run, and what they are called in a text."""

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
    """Make the paragraphs of a narrative table, in its order.

    A row without a text that the report is whole without is none.
    """
    return tuple(
        Paragraph(
            key=table.string(line, "段落"),
            conditions=_parts(table.string(line, "条件")),
            text=table.string(line, "文字"),
            bases=_parts(table.string(line, "依据")),
            place=Place(table.file, line, "文字", table.sheet),
        )
        for line in table.lines
        if table.string(line, "文字") or not may_be_left_out(table.string(line, "段落"))
    )


def ids_by_name(facts: Mapping[str, Number]) -> dict[str, list[str]]:
    """The ids of the words and figures that go by each name; those of several are ambiguous."""
    found = {name: [id] for id, name in WORD_NAMES.items()}
    for id, fact in facts.items():
        found.setdefault(fact.label, []).append(id)
    return found


def with_ids(paragraph: Paragraph, ids: Mapping[str, Sequence[str]]) -> Paragraph:
    """A paragraph with the ids of what it calls by its name; what is ambiguous stays."""

    def one(name: str) -> str:
        known = ids.get(name, ())
        return known[0] if len(known) == 1 else name

    def inside(braces: re.Match[str]) -> str:
        found = CALLED.fullmatch(braces[1])
        if not found:
            return braces[0]
        name, form, other = found.groups()
        return f"{{{one(name)}{f':{form}' if form else ''}{f'={one(other)}' if other else ''}}}"

    conditions = (part.partition(" ") for part in paragraph.conditions)
    return replace(
        paragraph,
        text=PLACEHOLDER.sub(inside, paragraph.text),
        conditions=tuple(f"{word}{gap}{one(name)}" for word, gap, name in conditions),
    )


def ambiguous(paragraph: Paragraph, ids: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The names a paragraph calls several figures by."""
    called = [CALLED.fullmatch(inside) for inside in PLACEHOLDER.findall(paragraph.text)]
    names = [name for found in called if found for name in (found[1], found[3]) if name]
    names += [part.partition(" ")[2] for part in paragraph.conditions]
    yield from (name for name in dict.fromkeys(names) if len(ids.get(name, ())) > 1)


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
