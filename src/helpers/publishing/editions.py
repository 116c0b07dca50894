"""The two editions of a report: what the public one leaves out, and when it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from helpers.blocks.drawings import without_marks
from helpers.blocks.model import Card, Figure, Grid, Paragraph, numbers_in
from helpers.errors import ReportError
from helpers.evaluation.fact_ids import score_id
from helpers.figures.number import MISSING
from helpers.notebook.prose import for_review
from helpers.publishing.section import Section, SectionBlock
from helpers.run import Run

T = TypeVar("T", bound=SectionBlock)


@dataclass(frozen=True)
class Edition:
    """What an edition is called, and what its files are called."""

    name: str
    stem: str


REVIEW = Edition("审核版", "report")
PUBLIC = Edition("公开版", "public")


def public_part(sections: Iterable[Section]) -> list[Section]:
    """The sections without what stands there for reviewers alone: text and figures."""
    return [
        replace(section, blocks=tuple(filter(None, map(_public, section.blocks))), code=())
        for section in sections
    ]


def _public(block: T) -> T | None:
    """A block as the public sees it; none where it serves review alone."""
    match block:
        case Paragraph():
            return None if block.for_review else replace(block, marks=(), basis=(), own=False)
        case Grid(for_review=True):
            return None
        case Grid() | Figure() if any(map(for_review, numbers_in(block))):
            return None
        case Figure():
            return replace(block, svg=without_marks(block.svg))
        case Card():
            return replace(block, blocks=list(filter(None, map(_public, block.blocks))))
    return block


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
