"""The funds of a self-evaluation form: budget and spending, as a whole and by source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable
from helpers.inputs.schema.resources import TOTAL
from helpers.workflow.importing.accounts import amount_in_wan, scale_of
from helpers.workflow.importing.form_rows import (
    cell_of,
    columns_of,
    find_headings,
    heading,
    item,
    rows_below,
)
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.indicator_words import INDICATOR_HEADS, points_of
from helpers.workflow.importing.printed_figures import PrintedFigures

AMOUNTS = {
    "年初预算数": ("年初预算数", "年初预算"),
    "全年预算数": ("全年预算数", "调整后预算数", "调整后预算", "调整预算数", "全年预算"),
    "全年执行数": ("全年执行数", "预算执行数", "执行数", "全年支出数", "全年执行"),
}
RATE = ("执行率", "预算执行率")
WHOLE = ("年度资金总额", "资金总额", "总额", "合计", "年度预算总额")
SOURCES = {
    "财政资金": "财政拨款",
    "财政拨款": "财政拨款",
    "当年财政拨款": "财政拨款",
    "财政专户管理资金": "财政专户管理资金",
    "单位资金": "单位资金",
    "其他资金": "其他资金",
}


@dataclass(frozen=True)
class FundsLine:
    """One row of funds: whose (合计 or a source as written), amounts, and what is scored by it."""

    line: int
    label: str
    amounts: Row
    printed: Row
    points: str
    score: str

    @property
    def is_given(self) -> bool:
        """Whether it says of any amount that there was one."""
        return any(text.strip("0.") for text in self.amounts.values())

    @property
    def source(self) -> str:
        """The source by our own name; empty for one we have no row for."""
        return TOTAL if self.label in WHOLE else SOURCES.get(self.label, "")


def read_funds(raw: RawTable, placed: ImportResult) -> list[FundsLine]:
    """The rows of funds, their printed rates, scores and sums compared; none without a whole.

    Raises `UnreadableInputError` where the form tells no unit.
    """
    found = find_headings(raw, (AMOUNTS["全年预算数"], AMOUNTS["全年执行数"]))
    if found is None:
        return []
    at, heads = found
    words = {**AMOUNTS, "rate": RATE, **{key: INDICATOR_HEADS[key] for key in ("points", "score")}}
    columns = columns_of(heads, words)
    first = min(column for key in AMOUNTS if (column := columns[key]) is not None)
    below = dropwhile(lambda each: not _is_of_funds(each[1], first), rows_below(raw, at, columns))
    of_funds = takewhile(lambda each: _is_of_funds(each[1], first), below)
    lines = [_line(line, row, fields, first) for line, row, fields in of_funds]
    if not any(each.source == TOTAL for each in lines):
        return []
    scale = scale_of(raw, at + 2)
    figures = PrintedFigures(raw, placed)
    for each in lines:
        _compare_line(figures, each, columns)
    _compare_sums(figures, lines, columns)
    return list(_in_wan(raw, placed, lines, columns, scale))


def _label(row: Sequence[str], first: int) -> str:
    """What a row of funds is called: the last text before its amounts."""
    named = [heading(cell) for cell in row[:first] if item(cell)]
    return named[-1] if named else ""


def _is_of_funds(row: Sequence[str], first: int) -> bool:
    label = _label(row, first)
    return label in WHOLE or label in SOURCES or label.endswith(("资金", "拨款"))


def _line(line: int, row: Sequence[str], fields: Row, first: int) -> FundsLine:
    amounts = {key: fields[key] for key in AMOUNTS}
    printed = {key: cells.plain(text) for key, text in amounts.items()}
    points, score = points_of(fields["points"]), points_of(fields["score"])
    return FundsLine(line, _label(row, first), amounts, printed, points, score)


def _in_wan(
    raw: RawTable,
    placed: ImportResult,
    lines: Sequence[FundsLine],
    columns: dict[str, int | None],
    scale: int,
) -> Iterator[FundsLine]:
    """The same lines, their amounts in 万元; what is no number is left."""
    for each in lines:
        amounts = {}
        for key, text in each.amounts.items():
            amount = amount_in_wan(text, scale)
            if amount is None:
                where = cell_of(raw, each.line, columns[key] or 0)
                placed.left.append(f"{where}：{each.label}的{key}“{text}”不是数字")
            amounts[key] = amount or ""
        yield FundsLine(each.line, each.label, amounts, each.printed, each.points, each.score)


def _compare_line(figures: PrintedFigures, each: FundsLine, columns: dict[str, int | None]) -> None:
    inputs = {"支出": each.printed["全年执行数"], "全年预算数": each.printed["全年预算数"]}
    figures.claim(each.line, columns["rate"], "预算执行率", inputs, f"{each.label}执行率")
    if each.points:
        inputs["分值"] = each.points
        figures.claim(each.line, columns["score"], "执行率得分", inputs, f"{each.label}执行率得分")


def _compare_sums(
    figures: PrintedFigures, lines: Sequence[FundsLine], columns: dict[str, int | None]
) -> None:
    whole = next(each for each in lines if each.source == TOTAL)
    for key in AMOUNTS:
        parts = [each.printed[key] for each in lines if each is not whole]
        figures.total(whole.line, columns[key], parts, f"{whole.label}的{key}")
