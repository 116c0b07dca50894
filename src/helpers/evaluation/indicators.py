"""The indicators of a run: each row of targets beside its row of results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.inputs.schema.evaluation import GROUPS, INDICATORS, RESULTS, own_kind
from helpers.inputs.tables import Table


@dataclass(frozen=True)
class Indicator:
    """One indicator: its row of targets and, once there is one, its row of results.

    `owner` is a project's id, or empty for the department as a whole. `kind` is our own name
    of what is `written`, which may be in national wording.
    """

    id: str
    owner: str
    kind: str
    written: str
    name: str
    direction: str
    line: int
    result: int | None

    @property
    def group(self) -> str:
        """Prefix of its kind in fact ids."""
        return GROUPS[self.kind]


def read_indicators(tables: Mapping[str, Table]) -> list[Indicator]:
    """Every indicator, in the order of the table of targets."""
    targets, results = tables[INDICATORS.name], tables[RESULTS.name]
    result_lines = {results.string(line, "编号"): line for line in results.lines}
    return [
        Indicator(
            id=targets.string(line, "编号"),
            owner=targets.string(line, "所属"),
            kind=own_kind(targets.string(line, "二级指标")),
            written=targets.string(line, "二级指标"),
            name=targets.string(line, "三级指标"),
            direction=targets.string(line, "方向"),
            line=line,
            result=result_lines.get(targets.string(line, "编号")),
        )
        for line in targets.lines
        if own_kind(targets.string(line, "二级指标")) in GROUPS
    ]


def result_text(tables: Mapping[str, Table], indicator: Indicator, column: str) -> str:
    """A cell of the indicator's row of results; empty where there is none."""
    table = tables[RESULTS.name]
    return "" if indicator.result is None else table.string(indicator.result, column)
