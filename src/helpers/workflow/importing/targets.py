"""Targets and results as forms write them: `≥95%`, `12场`, `达成预期指标`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.figures import exact
from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.schema.evaluation import (
    INDICATORS,
    LARGER,
    QUALITATIVE,
    RESULTS,
    SMALLER,
)
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.indicator_words import (
    DEADLINE,
    IN_WORDS,
    SIGNS,
    TARGET,
    UNIT,
    points_of,
)
from helpers.workflow.importing.printed_figures import PrintedFigures

UNKNOWN = "待填"
"""The unit of what has none in its form."""


@dataclass(frozen=True)
class FormLine:
    """One line of a form: where it stands, its cells by key, its kind and name, and whose it is.

    `score_at` is the column its score is printed in.
    """

    line: int
    fields: Row
    kind: str
    name: str
    id: str
    owner: str
    source: str
    score_at: int | None

    @property
    def target(self) -> str:
        """The target as written."""
        return self.fields["target"].strip()

    @property
    def sign(self) -> str:
        """The sign before the target, where it stands in a column of its own."""
        return self.fields["sign"].strip()

    @property
    def unit(self) -> str:
        """The unit, where it stands in a column of its own."""
        return self.fields["unit"].strip()

    @property
    def why(self) -> str:
        """The reason given; a dash is none."""
        return self.fields["why"] if cells.plain(self.fields["why"]) else ""


def place_indicator(raw: RawTable, placed: ImportResult, written: FormLine) -> None:
    """Place a target and its result, words as words; what is unclear is listed, never guessed."""
    target, unclear = _target(written)
    if unclear:
        placed.leave(raw, written.line, f"“{written.name}”{unclear}")
    row: Row = {
        "编号": written.id,
        "所属": written.owner,
        "二级指标": written.kind,
        "三级指标": written.name,
        "分值": points_of(written.fields["points"]),
        "依据": written.source,
        "计量单位": written.unit or UNKNOWN,
        **target,
    }
    placed.add(INDICATORS.name, row)
    result = _result(raw, placed, written, row)
    placed.add(RESULTS.name, result)
    _compare(PrintedFigures(raw, placed), written, row, result)


def _target(written: FormLine) -> tuple[Row, str]:
    """The cells a target gives, and what of it is unclear: a number, several, or words."""
    typed, sign = written.target, written.sign
    if typed in IN_WORDS:
        sign, typed = typed, ""
    found = None if DEADLINE.search(typed) else TARGET.fullmatch(typed)
    if found and sign not in IN_WORDS:
        before, amount, unit, after = found.groups()
        if unit and not UNIT.fullmatch(unit):
            return {"指标解释": typed}, f"的指标值“{typed}”不是一个数，照写在“指标解释”，请补填"
        signs = {SIGNS.get(each, "") for each in (sign, before, after) if each}
        way = signs.pop() if len(signs) == 1 else ""
        row = {"指标值": cells.plain(amount), "方向": way}
        row |= {"计量单位": written.unit or unit} if written.unit or unit else {}
        return row, "" if way else f"的方向未写明，指标值为“{written.sign}{written.target}”"
    if typed or sign in IN_WORDS:
        unit = written.unit or QUALITATIVE
        row = {"方向": QUALITATIVE, "指标解释": typed, "计量单位": unit}
        asks = f"的指标值“{typed}”不是数字，按定性指标导入，请核对"
        return row, "" if sign in IN_WORDS else asks
    return {}, "没有指标值"


def _result(raw: RawTable, placed: ImportResult, written: FormLine, target: Row) -> Row:
    """The row of results: a number as one, words as a grade."""
    result: Row = {"编号": written.id, "偏差原因": written.why}
    typed = written.fields["actual"].strip()
    bare = typed.removesuffix(target["计量单位"]).strip()
    if _is_number(bare) and target.get("方向") != QUALITATIVE:
        result["完成值"] = cells.plain(bare)
    elif typed and cells.plain(typed):
        grade = grade_named(typed, placed.grades)
        result["定性等次"] = grade or typed
        if not (grade and target.get("方向") == QUALITATIVE):
            what = f"“{written.name}”的完成值“{typed}”不是数字，照写在“定性等次”，请核对"
            placed.leave(raw, written.line, what)
    return result


def grade_named(text: str, grades: Iterable[str]) -> str:
    """The grade meant by one of its official wordings: 达成预期指标 is 达成年度指标."""
    return next((grade for grade in grades if _wording(grade) == _wording(text)), "")


def _wording(text: str) -> str:
    """A grade without what differs from year to year and punctuation."""
    return re.sub(r"预期|年度|绩效|指标|目标|[\s，,、。；;]", "", text)


def _compare(figures: PrintedFigures, written: FormLine, target: Row, result: Row) -> None:
    """Compare the printed score with the rule of quantities: completion, capped.

    Where nothing was to be, or nothing was, an indicator is met or not.
    """
    inputs = {
        "指标值": target.get("指标值", ""),
        "完成值": result.get("完成值", ""),
        "分值": target["分值"],
    }
    kinds = {LARGER: "完成率得分", SMALLER: "反向完成率得分"}
    if (kind := kinds.get(target.get("方向", ""))) and all(map(_counts, inputs.values())):
        what = f"“{written.name}”得分"
        figures.claim(written.line, written.score_at, kind, inputs, what)


def _counts(text: str) -> bool:
    return _is_number(text) and exact.parse(cells.plain(text)) != 0


def _is_number(text: str) -> bool:
    try:
        exact.parse(cells.plain(text))
    except ValueError:
        return False
    return True
