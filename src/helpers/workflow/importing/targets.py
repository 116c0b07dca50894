"""Targets and results as forms write them: `≥95%`, `12场`, `达成年度指标`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.figures import exact
from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.schema.evaluation import (
    GROUPS,
    INDICATORS,
    LARGER,
    NATIONAL_KINDS,
    RESULTS,
    SMALLER,
)
from helpers.workflow.importing.import_result import ImportResult, Row, item

TARGET = re.compile(r"(≥|>=|不低于|≤|<=|不高于|=|＝)?\s*([-−]?[\d,，.０-９]+)\s*(\S*)")
DEADLINE = re.compile(
    r"(?:19|20)\d\d\s*(?:年|[-/.]\s*\d)|\d\s*月(?:底|末|初|前|中|\s*\d)|\d\s*日前"
)
"""A day or month by which something is due: its numbers measure nothing."""

SIGNS = {
    "≥": LARGER,
    ">=": LARGER,
    "不低于": LARGER,
    "≤": SMALLER,
    "<=": SMALLER,
    "不高于": SMALLER,
}
KINDS = NATIONAL_KINDS | {
    "产出时效": "产出进度",
    "进度指标": "产出进度",
    "环境效益指标": "环境效益",
    "可持续性影响指标": "可持续性影响",
    "满意度指标": "服务对象满意度",
}


@dataclass(frozen=True)
class FormLine:
    """One line of a form: where it stands, its cells by our own headings, and whose it is."""

    line: int
    kind: str
    name: str
    target: str
    actual: str
    points: str
    why: str
    id: str
    owner: str
    source: str


def kind_of(text: str) -> str:
    """The kind of indicator a form's 二级指标 means; empty if it is none we know."""
    bare = item(text)
    if bare in GROUPS:
        return bare
    return KINDS.get(bare) or KINDS.get(f"{bare}指标", "")


def place_indicator(raw: RawTable, placed: ImportResult, written: FormLine) -> None:
    """Place a target and its result; what is no number is listed, never guessed."""
    typed = written.target.strip()
    found = None if DEADLINE.search(typed) else TARGET.fullmatch(typed)
    row: Row = {
        "编号": written.id,
        "所属": written.owner,
        "二级指标": written.kind,
        "三级指标": written.name,
        "分值": cells.plain(written.points),
        "依据": written.source,
        "计量单位": found[3] if found and found[3] else "待填",
    }
    if found:
        row |= {"指标值": cells.plain(found[2]), "方向": SIGNS.get(found[1] or "≥", "")}
        if not row["方向"]:
            placed.leave(
                raw, written.line, f"“{written.name}”的方向未写明，指标值为“{written.target}”"
            )
    else:
        placed.leave(raw, written.line, f"“{written.name}”的指标值“{written.target}”不是数字")
    placed.add(INDICATORS.name, row)
    actual = written.actual.strip().removesuffix(found[3] if found else "")
    result: Row = {"编号": written.id, "偏差原因": written.why}
    if _is_number(actual):
        result["完成值"] = cells.plain(actual)
    elif actual:
        placed.leave(raw, written.line, f"“{written.name}”的完成值“{written.actual}”不是数字")
    placed.add(RESULTS.name, result)


def _is_number(text: str) -> bool:
    try:
        exact.parse(cells.plain(text))
    except ValueError:
        return False
    return True
