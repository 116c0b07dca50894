"""Which notebooks a run's report is made of: the six sections, and the annexes it has data for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.params import Params
from helpers.tables import Table

EARLIER_RUNS = "earlier_runs"


def needs(notebook: Path, place: Place) -> list[str]:
    """What an annex needs of a run, from the notebook's metadata; a section needs nothing.

    Names of tables, or `earlier_runs`; one of them is enough. Raises
    `UnreadableInputError` if the file is no notebook.
    """
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        return list(metadata.get("needs", []))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableInputError("不是可读的笔记本文件", place=place) from None


def shown(wanted: Sequence[str], tables: Mapping[str, Table], params: Params) -> bool:
    """Whether a run has what a notebook needs."""
    return not wanted or any(
        bool(params.earlier_runs) if name == EARLIER_RUNS else name in tables and tables[name].given
        for name in wanted
    )
