"""附件1 数据来源及复核说明: every finding, and every fact with its formula and sources."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader



from helpers.checks.finding import LEVELS
from helpers.facts import Fact
from helpers.grid import Grid, GridCell
from helpers.runs import Run


def appendix(run: Run, templates: Path) -> str:
    """The appendix as a section of the page."""
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True)
    template = environment.get_template("appendix.html.j2")
    return template.render(findings=_findings(run).html(), facts=_facts(run).html())


def _findings(run: Run) -> Grid:
    rows = [
        (LEVELS[finding.level], finding.check, _sentence(finding.problem, finding.hint), str(finding.place))
        for finding in sorted(run.findings, key=lambda finding: list(LEVELS).index(finding.level))
    ]
    return Grid("findings", "复核发现", ("级别", "检查", "发现", "位置"), rows or [("无", "", "", "")])


def _sentence(problem: str, hint: str) -> str:
    return f"{problem}（{hint}）" if hint else problem


def _facts(run: Run) -> Grid:
    head = ("数据项", "显示数", "单位", "精确值", "算式", "来源")
    return Grid("facts", "数据项", head, [_fact_row(fact) for fact in run.facts.values()])


def _fact_row(fact: Fact) -> tuple[GridCell, ...]:
    sources = "；".join(map(str, fact.sources)) if not fact.tree else "由算式各项而来"
    return (fact.label, fact, fact.unit, fact.exact or fact.reason, fact.formula, sources)
