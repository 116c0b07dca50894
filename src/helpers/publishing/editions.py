"""The two editions of a report: what the public one leaves out, and when it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup

from helpers.errors import ReportError
from helpers.evaluation.fact_ids import score_id
from helpers.figures.number import MISSING, Number
from helpers.notebook.prose import for_review
from helpers.run import Run


@dataclass(frozen=True)
class Edition:
    """What an edition is called, and what its files are called."""

    name: str
    stem: str


REVIEW = Edition("审核版", "report")
PUBLIC = Edition("公开版", "public")

APPARATUS = ".for-review, .basis, .pending, details.code, #appendix"
"""What stands on the page for reviewers alone."""


def without_apparatus(body: BeautifulSoup, facts: Mapping[str, Number]) -> None:
    """Turn the body of the reviewer's page into that of the public one: text and figures."""
    for element in body.select(APPARATUS):
        element.decompose()
    for element in body.select(".grid, figure"):
        shown = {str(data["data-fact"]) for data in element.select("data.fact")}
        if any(for_review(facts[id]) for id in shown):
            element.decompose()
    for element in body.select("data.fact"):
        element.unwrap()
    for element in body.select("[data-text]"):
        del element["data-text"]
        del element["class"]
    body.smooth()


def refuse_public(run: Run) -> None:
    """Raise `ReportError` listing everything that keeps a report from being published."""
    if reasons := list(_open(run)):
        listed = "\n".join(f"  {reason}" for reason in reasons)
        raise ReportError(f"不能生成公开版，须先解决：\n{listed}")


def _open(run: Run) -> Iterator[str]:
    params, sheet = run.params, run.evaluation.sheet
    if params.draft or params.status != "定稿":
        yield f"报告还是{params.standing}，不是定稿（参数 status）"
    yield from (str(error) for error in run.errors)
    for line in sheet.lines:
        name = line.indicator.name if line.indicator else line.item.name
        if line.applicable and not run.facts[score_id(line.id)].defined:
            yield f"“{name}”暂未评分：{line.why or MISSING}"
    for label, key, filled in params.sign_off:
        if not filled:
            yield f"落款未填：{label}（{key}）"
