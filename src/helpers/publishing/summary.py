"""The summary that opens the report, for its three readers: township, finance bureau, agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from helpers.blocks.model import Grid, GridCell, Heading, Paragraph
from helpers.blocks.words import Link, code, joined, with_unit, words
from helpers.evaluation.fact_ids import score_id
from helpers.figures.number import UNSCORED, Number
from helpers.inputs.schema.evaluation import INDICATORS
from helpers.notebook.tables.indicators import evidence, result_cell, target_cell
from helpers.notebook.tables.scores import reason, scores
from helpers.publishing.editions import PUBLIC, Edition
from helpers.publishing.section import SUMMARY, Line, Listing, Section, SectionBlock
from helpers.run import Run

TITLE = "要点"
KEY_FIGURES = ("initial_budget", "adjustments_total", "budget", "executed", "execution_rate")
POINTER = "错误、警告和提示逐项见附件“数据来源及复核说明”。"


def summary(run: Run, sections: Iterable[Section], edition: Edition) -> Section:
    """The summary as a section; what is missing is what the other sections show as such."""
    public = edition is PUBLIC
    figures = [run.facts[id] for id in (*KEY_FIGURES, _score(run))]
    lines = [Line(fact.label, with_unit(fact)) for fact in figures if fact.defined or not public]
    blocks: list[SectionBlock] = [
        Heading(1, TITLE, f"{SUMMARY}-title"),
        Listing("key-figures", lines),
        replace(scores(run), id="table-summary-scores"),
        _indicators(run),
    ]
    if not public:
        blocks += [_missing(sections), Paragraph("", words(POINTER))]
    return Section(SUMMARY, TITLE, annex=False, blocks=blocks)


def _score(run: Run) -> str:
    """The total, or what there is of it."""
    return "total_score" if run.facts["total_score"].defined else "scored_score"


def _missing(sections: Iterable[Section]) -> Grid:
    """Every cell left blank that the sections show as such."""
    shown = {fact.id: fact for section in sections for fact in section.shown if not fact.defined}
    rows = [
        (words(Link(fact.label, f"fact-{fact.id}")), joined("", map(code, _blank(fact))))
        for fact in shown.values()
        if not fact.op and any(_blank(fact))
    ]
    absent = "没有留空的单元格；没有数值的，原因见正文。" if shown else "正文所用的数据均已填写。"
    head = ("数据项", "单元格")
    return Grid("table-summary-missing", "待补充的数据", head, rows, absent=absent)


def _blank(fact: Number) -> Iterator[str]:
    """The cells of a figure that hold nothing."""
    return (str(source.place) for source in fact.sources if not source.text and source.place.line)


def _indicators(run: Run) -> Grid:
    """Every indicator of the department: target, result, score, what was lost and the evidence."""
    lines = {line.indicator.id: line for line in run.evaluation.sheet.lines if line.indicator}
    rows: list[tuple[GridCell, ...]] = []
    for each in run.evaluation.indicators:
        if each.owner:
            continue
        line = lines.get(each.id)
        rows.append(
            (
                each.name,
                target_cell(run, each),
                result_cell(run, each),
                run.facts[score_id(line.id)] if line else UNSCORED,
                reason(run, line) if line else "—",
                evidence(run, each),
            )
        )
    head = ("绩效指标", "指标值", "完成值", "得分", "扣分原因", "佐证编号")
    given = run.tables[INDICATORS.name].given
    absent = "没有部门整体的绩效指标。" if given else f"本年度未提供“{INDICATORS.name}”。"
    return Grid("table-summary-indicators", "指标完成和得分", head, rows, absent=absent)
