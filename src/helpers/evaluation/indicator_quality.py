"""What makes an indicator usable: quantified, with a unit, comparable, tied to what it serves."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.evaluation.indicators import Indicator
from helpers.inputs.schema.evaluation import INDICATORS, QUALITATIVE
from helpers.inputs.tables import Table

QUALITIES = ("量化", "计量单位", "方向", "比较基准", "政策依据", "对应支出", "整体目标")


def qualities(tables: Mapping[str, Table], indicator: Indicator) -> dict[str, bool]:
    """Which qualities an indicator has.

    A qualitative one counts as quantified if its grades can be distinguished by a written
    standard. A project's indicator is tied to spending and goal through its project.
    """
    table, line = tables[INDICATORS.name], indicator.line

    def has(column: str) -> bool:
        return bool(table.string(line, column))

    qualitative = indicator.direction == QUALITATIVE
    return {
        "量化": has("评分标准") if qualitative else has("指标值"),
        "计量单位": has("计量单位"),
        "方向": bool(indicator.direction),
        "比较基准": has("上年数") or has("评分标准"),
        "政策依据": has("政策依据"),
        "对应支出": has("对应支出") or bool(indicator.owner),
        "整体目标": has("整体目标") or bool(indicator.owner),
    }
