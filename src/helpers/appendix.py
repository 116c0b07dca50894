"""附件1 数据来源及复核说明: every finding, and every fact with its formula and sources."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from helpers.checks.finding import LEVELS
from helpers.facts import Fact, Source
from helpers.grid import Grid, GridCell
from helpers.runs import Run


def appendix(run: Run, templates: Path) -> str:
    """The appendix as a section of the page."""
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    template = environment.get_template("appendix.html.j2")
    return template.render(findings=_findings(run).html(), facts=_facts(run).html())


def _findings(run: Run) -> Grid:
    rows = [
        (
            LEVELS[finding.level],
            finding.check,
            _sentence(finding.problem, finding.hint),
            str(finding.place),
        )
        for finding in sorted(run.findings, key=lambda finding: list(LEVELS).index(finding.level))
    ]
    return Grid(
        "findings", "复核发现", ("级别", "检查", "发现", "位置"), rows or [("无", "", "", "")]
    )


def _sentence(problem: str, hint: str) -> str:
    return f"{problem}（{hint}）" if hint else problem


def _facts(run: Run) -> Grid:
    head = ("数据项", "显示数", "单位", "精确值", "算式", "来源")
    return Grid("facts", "数据项", head, [_fact_row(fact) for fact in run.facts.values()])


def _fact_row(fact: Fact) -> tuple[GridCell, ...]:
    sources = "见算式各项" if fact.tree else _sources(fact.sources)
    exact = fact.exact or ("—" if fact.formula == "" else fact.reason)
    return (fact.label, fact, fact.unit, exact, fact.formula or "读数", sources)


def _sources(sources: tuple[Source, ...]) -> str:
    """Sources for a reader: cells of one column and text are told once, by their lines."""
    alike: dict[tuple[str, str, str], list[int]] = {}
    for source in sources:
        key = (source.place.file, source.place.column, source.text)
        alike.setdefault(key, []).append(source.place.line)
    return "；".join(
        f"{file} 第{'、'.join(map(str, lines))}行“{column}”列{f'“{text}”' if text else '（空）'}"
        for (file, column, text), lines in alike.items()
    )
