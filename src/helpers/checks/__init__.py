"""The checks by name: each looks at a whole run and gives findings; none prints or changes."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.checks.figures import FIGURE_CHECKS
from helpers.checks.finding import Checked, Finding
from helpers.checks.money import MONEY_CHECKS
from helpers.checks.scores import SCORE_CHECKS
from helpers.checks.structure import STRUCTURE_CHECKS
from helpers.checks.targets import TARGET_CHECKS
from helpers.checks.wording import WORDING_CHECKS

CHECKS = (
    FIGURE_CHECKS + MONEY_CHECKS + TARGET_CHECKS + SCORE_CHECKS + STRUCTURE_CHECKS + WORDING_CHECKS
)


def check(checked: Checked) -> Iterator[Finding]:
    """Run every check and give all it finds."""
    for one in CHECKS:
        yield from one.find(checked, one.name)
