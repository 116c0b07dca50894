"""What a department itself wrote, as paragraphs: `叙述.csv` of a run's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from helpers.blocks.model import Paragraph, sentence_id
from helpers.figures.number import MISSING
from helpers.inputs import narrative
from helpers.inputs.narrative import OWN_STATEMENT, applies, named
from helpers.notebook.prose import fill, for_review
from helpers.run import Run


def own_paragraphs(run: Run, key: str) -> Iterator[Paragraph]:
    """The paragraphs of a key whose conditions hold, each with what the checks found in it."""
    seen = Counter[str]()
    for paragraph in run.paragraphs:
        if paragraph.key == key and applies(paragraph, run.facts):
            id = sentence_id(f"{key}：{paragraph.text}")
            seen[id] += 1
            yield _block(run, paragraph, f"text-{id}" + (f"-{seen[id]}" if seen[id] > 1 else ""))


def _block(run: Run, paragraph: narrative.Paragraph, id: str) -> Paragraph:
    found = [each for each in run.findings if each.place == paragraph.place and each.mark]
    return Paragraph(
        id,
        fill(paragraph.text or MISSING, run.facts, run.words),
        marks=list(dict.fromkeys(finding.mark for finding in found)),
        basis=paragraph.bases,
        own=OWN_STATEMENT in paragraph.bases,
        for_review=any(map(for_review, named(paragraph, run.facts))),
    )
