"""The summary that opens the report, for its three readers: township, finance bureau, agency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bs4 import BeautifulSoup
from jinja2 import Environment
from markupsafe import Markup

from helpers.evaluation.fact_ids import score_id
from helpers.figures.number import UNSCORED, Number
from helpers.notebook import markup
from helpers.notebook.grid import Grid, GridCell
from helpers.notebook.tables.indicators import evidence, result_cell, target_cell
from helpers.notebook.tables.scores import reason, scores
from helpers.publishing.editions import PUBLIC, Edition
from helpers.run import Run

KEY_FIGURES = ("initial_budget", "adjustments_total", "budget", "executed", "execution_rate")


def summary(environment: Environment, run: Run, body: BeautifulSoup, edition: Edition) -> str:
    """The summary as a section of the page; what is missing is read off the body."""
    public = edition is PUBLIC
    figures = [run.facts[id] for id in (*KEY_FIGURES, _score(run))]
    return environment.get_template("summary.html.j2").render(
        figure=markup.figure,
        key_figures=[fact for fact in figures if fact.defined or not public],
        missing=None if public else _missing(run, body).html(),
        scores=replace(scores(run), id="summary-scores").html(),
        indicators=_indicators(run).html(),
    )


def _score(run: Run) -> str:
    """The total, or what there is of it."""
    return "total_score" if run.facts["total_score"].defined else "scored_score"


def _missing(run: Run, body: BeautifulSoup) -> Grid:
    """Every cell left blank that the body shows as such."""
    missing = body.find_all("data", class_="missing")
    shown = dict.fromkeys(str(data["data-fact"]) for data in missing)
    rows = [
        (
            Markup('<a href="#fact-{}">{}</a>').format(fact.id, fact.label),
            markup.join(map(markup.code, _blank(fact))),
        )
        for fact in map(run.facts.__getitem__, shown)
        if not fact.op and not fact.defined and any(_blank(fact))
    ]
    absent = "正文所用的数据均已填写。"
    return Grid("summary-missing", "待补充的数据", ("数据项", "单元格"), rows, absent=absent)


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
    return Grid("summary-indicators", "指标完成和得分", head, rows, absent="没有绩效指标。")
