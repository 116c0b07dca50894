"""Which notebooks a run's report is made of: the six sections, and the annexes it has data for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Place, UnreadableInputError
from helpers.params import ANNUAL, Params
from helpers.tables import Table

EARLIER_RUNS = "earlier_runs"


@dataclass(frozen=True)
class Wanted:
    """What a notebook is for: its stage, and what it needs of a run.

    Needs are names of tables, or `earlier_runs`; one of them is enough, none is needed by
    a section every run has.
    """

    stage: str
    needs: tuple[str, ...]

    def by(self, tables: Mapping[str, Table], params: Params) -> bool:
        """Whether a run's report has the notebook."""
        return self.stage == params.stage and (
            not self.needs
            or any(
                bool(params.earlier_runs)
                if name == EARLIER_RUNS
                else name in tables and tables[name].given
                for name in self.needs
            )
        )


def wanted(notebook: Path, place: Place) -> Wanted:
    """What a notebook's metadata say it is for.

    Raises `UnreadableInputError` if the file is no notebook.
    """
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        return Wanted(metadata.get("stage", ANNUAL), tuple(metadata.get("needs", ())))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableInputError("不是可读的笔记本文件", place=place) from None
