"""What every edition of a report is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.figures.facts import Facts
from helpers.inputs.fingerprints import SourceFingerprints
from helpers.publishing.section import Section
from helpers.run import InputFile, Run


@dataclass(frozen=True)
class Material:
    """A run with the figures its notebooks made, its sections, and its facts as text.

    `failed` says which sections could not be made.
    """

    run: Run
    sections: Sequence[Section]
    inputs: Sequence[InputFile]
    made: SourceFingerprints
    facts: str
    failed: str = ""


def with_facts(run: Run, facts: Facts) -> Run:
    """The same run with other figures, such as those its notebooks made as well."""
    return run.with_contents(run.tables, replace(run.evaluation, facts=facts))
