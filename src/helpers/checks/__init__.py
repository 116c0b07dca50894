"""The checks by name: each looks at a whole run and gives findings; none prints or changes.

In: the contents of a run, read and evaluated. Out: findings with their places. Pure: nothing here
opens a file. May use `evaluation`, `figures`, and `inputs` for its types.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.checks.bounds import BOUND_CHECKS
from helpers.checks.figures import FIGURE_CHECKS
from helpers.checks.finding import Check, Finding, RunContents
from helpers.checks.magnitudes import MAGNITUDE_CHECKS
from helpers.checks.money import MONEY_CHECKS
from helpers.checks.other_units import OTHER_UNIT_CHECKS
from helpers.checks.process import MONITORING_CHECKS, PROCESS_CHECKS
from helpers.checks.references import REFERENCE_CHECKS
from helpers.checks.resources import RESOURCE_CHECKS
from helpers.checks.scores import SCORE_CHECKS
from helpers.checks.shown import SHOWN_CHECKS
from helpers.checks.structure import FORM_CHECKS, STRUCTURE_CHECKS
from helpers.checks.targets import TARGET_CHECKS
from helpers.checks.wording import SPELLING_CHECKS, WORDING_CHECKS
from helpers.inputs.params import MONITORING, Params

CHECKS = (
    *FIGURE_CHECKS,
    *MAGNITUDE_CHECKS,
    *MONEY_CHECKS,
    *RESOURCE_CHECKS,
    *TARGET_CHECKS,
    *SCORE_CHECKS,
    *PROCESS_CHECKS,
    *REFERENCE_CHECKS,
    *BOUND_CHECKS,
    *STRUCTURE_CHECKS,
    *SHOWN_CHECKS,
    *OTHER_UNIT_CHECKS,
    *WORDING_CHECKS,
)
"""Every check, in the order in which docs/checks.md tells of them."""


def checks_of(params: Params) -> tuple[Check, ...]:
    """The checks of a run: all, or at the stage of monitoring those its few tables allow."""
    if params.stage == MONITORING:
        return (
            *MONITORING_CHECKS,
            *REFERENCE_CHECKS,
            *BOUND_CHECKS,
            *FORM_CHECKS,
            *OTHER_UNIT_CHECKS,
            *SPELLING_CHECKS,
        )
    return CHECKS


def check(checked: RunContents) -> Iterator[Finding]:
    """Run every check of the run and give all it finds."""
    for one in checks_of(checked.params):
        yield from one.find(checked, one.name)
