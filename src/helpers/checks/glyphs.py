"""The check on characters: each of a text that reaches the page can be printed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from helpers.characters import NO_GLYPH_HINT, by_itself
from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Place
from helpers.inputs.rubrics import rubric_file
from helpers.inputs.schema.process import RECTIFICATION
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.tables import Table

NOT_PRINTED = {(NARRATIVE.name, column) for column in ("上年文字", "确认人", "确认日期")}
AROUND = 12
"""How many characters on either side are reported with the one that is missing."""


def glyphs(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find characters that neither our fonts nor those given have."""
    for place, text in _texts(checked):
        if boxes := checked.unprintable(text):
            at = text.index(boxes[0])
            words = " ".join(text[max(0, at - AROUND) : at + AROUND].split())
            problem = f"“{words}”中有字体没有的字：{'、'.join(map(_description, boxes))}"
            yield Finding(name, "error", place, problem, NO_GLYPH_HINT)


def _description(char: str) -> str:
    """A character by itself, if it can be seen, and by its number."""
    number, alone = f"U+{ord(char):04X}", by_itself([char])
    return number if alone == number else f"{char}（{number}）"


def _texts(checked: RunContents) -> Iterator[tuple[Place, str]]:
    """Every text that reaches the page: parameters, cells, paragraphs, score sheets, notebooks."""
    params, evaluation = checked.params, checked.evaluation
    for key, value in params.model_dump(mode="json").items():
        yield Place(f"params（{key}）"), str(value)
    last = checked.last_year_tables.get(RECTIFICATION.name)
    for table in (*checked.tables.values(), *([last] if last else [])):
        yield from _cells(table, checked)
    for sheet, rubric in (
        (evaluation.sheet, params.rubric),
        *((sheet, params.project_rubric) for sheet in [*evaluation.project_sheets.values()][:1]),
    ):
        words = json.dumps(sheet.rubric.model_dump(), ensure_ascii=False)
        yield Place(rubric_file(rubric)), words
    for cell in checked.cells:
        yield cell.place, cell.text


def _cells(table: Table, checked: RunContents) -> Iterator[tuple[Place, str]]:
    """The cells of a table, if any character of them is missing at all."""
    whole = "".join(map("".join, table.rows()))
    if checked.unprintable(whole):
        for column in table.texts:
            for line in table.lines:
                if (table.spec.name, column) not in NOT_PRINTED:
                    yield table.source(line, column).place, table.string(line, column)


GLYPH_CHECKS = (Check("缺字", "文字都有字体可以显示和打印", glyphs),)
