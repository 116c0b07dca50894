"""The start notebook's forms: a run chosen, filled in, checked, built, compared and handed over.

In: clicks. Out: calls of the functions that the `report` command calls, in this kernel where they
are quick and as the command itself, beside the kernel, where they are not. Each form can stand
alone in a cell: it takes the name of a run, or the choice of one that it then follows.
"""

from __future__ import annotations

from helpers.start.building import build
from helpers.start.choice import choose_run
from helpers.start.comparing import compare
from helpers.start.delivering import deliver
from helpers.start.findings import findings
from helpers.start.notebooks import sections
from helpers.start.starting import fill_in, import_form, new_run
from helpers.start.state import state

__all__ = [
    "build",
    "choose_run",
    "compare",
    "deliver",
    "fill_in",
    "findings",
    "import_form",
    "new_run",
    "sections",
    "state",
]
