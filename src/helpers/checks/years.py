"""Which years a report may speak of: judged by the activity, not by a list of years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PENDING = "年度待核实"

TITLES_AND_NUMBERS = re.compile(r"《[^》]*》|〔\d{4}〕")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
CLAUSE_END = re.compile(r"[。；！？]")

SELF_EVALUATION, MONITORING = "自评", "监控"


def fits(activity: str, year: int, report_year: int) -> bool:
    """Whether work of that kind, done in the report year, may concern `year`.

    Monitoring concerns the report year itself. Self-evaluation is done early in the next
    year, so a 2023 report may speak of that of 2022 or 2023. Anything else may be compared
    with the year before.
    """
    if MONITORING in activity:
        return year == report_year
    return year in {report_year, report_year - 1}


@dataclass(frozen=True)
class Mention:
    """A year in a text, with the words it governs: up to the next year or the full stop."""

    year: int
    words: str


def mentions(text: str) -> Iterator[Mention]:
    """Give the years a text speaks of; titles in 《》 and document numbers are exempt."""
    spoken = TITLES_AND_NUMBERS.sub("", text)
    for sentence in CLAUSE_END.split(spoken):
        found = list(YEAR.finditer(sentence))
        ends = [match.start() for match in found[1:]] + [len(sentence)]
        for match, end in zip(found, ends, strict=False):
            yield Mention(int(match[1]), sentence[match.end() : end])
