"""Checks on paragraphs as data: their placeholders, what they rest on, whether they are used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from helpers.checks.finding import Check, Finding, RunContents
from helpers.errors import Place, ReportError, brief
from helpers.inputs.names import nearest
from helpers.inputs.narrative import (
    OWN_STATEMENT,
    PLACEHOLDER,
    ambiguous,
    applies,
    ids_by_name,
    placeholders,
)
from helpers.inputs.schema import COUNTED, TABLES
from helpers.inputs.schema.report import NARRATIVE

TITLE, EMPTY_TITLE = re.compile(r"《[^《》]*》"), re.compile(r"《\W*》")
FACT_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
OTHER_WORD = re.compile("分[别析布解类为]|项目|次数")
"""Words that begin like a unit and are none."""


def placeholders_known(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that every placeholder and condition names something the run has."""
    known = set(checked.facts) | set(checked.words)
    names = ids_by_name(checked.facts)
    for paragraph in (*checked.sentences, *checked.paragraphs):
        if several := list(ambiguous(paragraph, names)):
            for called in several:
                problem = f"名为“{brief(called)}”的数据项有 {len(names[called])} 个"
                hint = f"改写编号：{'、'.join(names[called])}"
                yield Finding(name, "error", paragraph.place, problem, hint)
            continue
        try:
            applies(paragraph, checked.facts)
            wanted = list(placeholders(paragraph.text))
        except ReportError as error:
            place = error.place or paragraph.place
            yield Finding(name, "error", place, error.problem, error.hint)
            continue
        if "*" in paragraph.given:
            continue
        for unknown in [item for item in wanted if item not in known | paragraph.given]:
            problem = f"没有名为“{unknown}”的数据项，占位符无法填入"
            near = nearest(unknown, [*known, *names])
            hint = f"是否应为“{near}”" if near else "名称见 facts.json，或用 report.find 查找"
            yield Finding(name, "error", paragraph.place, problem, hint)


def names_used(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find what a notebook gives to a sentence that has no place for it."""
    for place, stray in checked.stray_names:
        near = nearest(stray, ("when", "unless", "key"))
        hint = f"是否应为“{near}”" if near else "删去，或在句子中写作占位符"
        yield Finding(name, "error", place, f"句子中没有占位符“{{{stray}}}”", hint)


def unfilled(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find what looks like a placeholder and is not filled in, and units that would stand twice."""
    for paragraph in (*checked.sentences, *checked.paragraphs):
        rest = PLACEHOLDER.sub("", paragraph.text)
        if brace := re.search("[｛｝]", rest):
            problem = f"“{brace[0]}”是全角花括号，不会填入数据"
            yield Finding(name, "error", paragraph.place, problem, "写作 { }")
        for word in FACT_ID.findall(rest):
            if word in checked.facts:
                problem = f"“{word}”没有写在花括号里，不会填入数据"
                yield Finding(name, "error", paragraph.place, problem, f"写作 {{{word}}}")
        for match in PLACEHOLDER.finditer(paragraph.text):
            id, _, form = match[1].partition(":")
            after = paragraph.text[match.end() :].lstrip().replace("％", "%")
            unit = checked.facts[id].unit if id in checked.facts and not form else ""
            if unit and after.startswith((unit, unit[-1])) and not OTHER_WORD.match(after):
                problem = f"“{match[0]}”自带单位，后面的“{unit}”会重复"
                yield Finding(name, "warning", paragraph.place, problem, "删去后面的单位")
            if form and id in checked.words:
                problem = f"“{id}”是文字，不能写作“{match[0]}”"
                yield Finding(name, "error", paragraph.place, problem, f"写作 {{{id}}}")


def bases(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that what a paragraph rests on is a table, a document, or 单位自述."""
    files = {f"{spec.name}.csv" for spec in (*TABLES, *COUNTED)}
    for paragraph in checked.paragraphs:
        for basis in paragraph.bases:
            if basis not in files and basis != OWN_STATEMENT and not basis.startswith("《"):
                place = replace(paragraph.place, column="依据")
                hint = f"可写：表名.csv、《文件名》、{OWN_STATEMENT}，用“；”分开"
                yield Finding(name, "error", place, f"依据“{basis}”写法不对", hint)
    for place, text in _basis_texts(checked):
        if fault := _basis_fault(text):
            yield Finding(name, "warning", place, f"“{brief(text)}”{fault}", "请写出文件名称")


def _basis_texts(checked: RunContents) -> Iterator[tuple[Place, str]]:
    """Every cell that says what something rests on."""
    for table in checked.tables.values():
        for column in [each.name for each in table.spec.columns if "依据" in each.name]:
            for line in table.lines:
                if text := table.string(line, column):
                    yield table.source(line, column).place, text


def _basis_fault(text: str) -> str:
    """Why a text names no document, or not the whole of one; titles may stand in titles."""
    if not any(map(str.isalnum, text)):
        return "没有写出依据"
    if EMPTY_TITLE.search(text):
        return "中的《》是空的"
    outside = text
    while (shorter := TITLE.sub("", outside)) != outside:
        outside = shorter
    return "的书名号不成对" if set("《》") & set(outside) else ""


def paragraphs_used(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find paragraphs whose key no notebook asks for: they would reach no page."""
    table = checked.tables[NARRATIVE.name]
    keys = {table.source(line, "段落").place: table.string(line, "段落") for line in table.lines}
    for place, key in keys.items():
        if key and key not in checked.paragraph_keys:
            near = nearest(key, sorted(checked.paragraph_keys))
            hint = f"是否应为“{near}”" if near else "不需要的请删去"
            problem = f"没有笔记本用到段落“{brief(key)}”，不会写入报告"
            yield Finding(name, "warning", place, problem, hint)


PARAGRAPH_CHECKS = (
    Check("占位符", "占位符和条件都有对应的数据项", placeholders_known),
    Check("占位符用到", "笔记本给句子的数都有占位符", names_used),
    Check("占位符写法", "没有写错而填不进去的占位符，单位不重复", unfilled),
    Check("依据", "每段文字写明依据，依据写出名称、书名号成对", bases),
    Check("段落", "每段文字都有笔记本用到", paragraphs_used),
)
