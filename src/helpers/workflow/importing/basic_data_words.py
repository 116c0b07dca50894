"""The words of the 基础数据表 of Hunan: what its columns, blocks and rows are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpers.inputs.raw_tables import RawTable
from helpers.inputs.schema.report import BUDGET, CATEGORIES
from helpers.inputs.schema.resources import (
    OPERATING,
    PROCUREMENT,
    THREE_PUBLIC,
    THREE_PUBLIC_ITEMS,
    TOTAL,
)
from helpers.workflow.importing.form_rows import cell_in, heading

LAST, LAST_BUDGET, BUDGETED, FINAL = "上年决算", "上年预算", "预算", "决算"
INITIAL, ADJUSTED, ADDED = "年初预算", "调整后预算", "本年追加"
APPROVED, FILLED, CONTROL = "编制数", "在职人数", "控制率"

SLOTS = (
    (APPROVED, re.compile(r"(?:批准)?编制(?:人)?数")),
    (FILLED, re.compile(r"(?:\d{4}年)?(?:年末)?(?:实际)?在职(?:人员)?(?:人)?数")),
    (CONTROL, re.compile(r"(?:在职人员)?控制率")),
    (INITIAL, re.compile(r"(?:\d{4}年)?年初预算(?:数)?")),
    (ADJUSTED, re.compile(r"(?:\d{4}年)?调整后(?:预算)?(?:数)?|调整预算数")),
    (ADDED, re.compile(r"(?:本年|当年|\d{4}年)?追加(?:预算)?(?:数)?")),
    (LAST, re.compile(r"上(?:一)?年度?决算(?:数)?")),
    (LAST_BUDGET, re.compile(r"上(?:一)?年度?预算(?:数)?")),
    (FINAL, re.compile(r"(?:\d{4}年|本年|当年)度?决算(?:数)?")),
    (BUDGETED, re.compile(r"(?:\d{4}年|本年|当年)度?预算(?:数)?")),
)
EARLIER = {FINAL: LAST, BUDGETED: LAST_BUDGET}
YEAR = re.compile(r"(\d{4})年度?(?:决算|预算)")
ACCOUNT, OF_YEAR = re.compile(r"(?:决算|预算)数?"), re.compile(r"\d{4}年度?|上年度?|本年度?|当年")

BOTH = "公务用车购置和运行维护"
VEHICLES = re.compile(r"(?:公务用车|公车)购置(?:和|及|与)(?:运行|维护)")
ITEMS = dict(
    zip(
        THREE_PUBLIC_ITEMS,
        map(
            re.compile,
            (
                r"(?:因公)?出国.*",
                r"(?:公务用车|公车)购置费?",
                r"(?:公务用车|公车)运行(?:和|及)?维护.*|(?:公务用车|公车)运行费",
                r"(?:公务)?接待.*",
            ),
        ),
        strict=True,
    )
)
"""What forms call the four expenses."""

OPENING = {
    THREE_PUBLIC.name: re.compile(r"[“\"]?三公[”\"]?经费.*"),
    OPERATING.name: re.compile(r"(?:日常)?公用经费.*"),
    PROCUREMENT.name: re.compile(r"政府采购.*"),
    BUDGET.name: re.compile(r".*预算调整.*"),
    "": re.compile(r".*(?:专项|项目支出|楼堂馆所|厉行节约|基本支出).*"),
}
"""The labels that open a block, by the table its rows go to; without one they are left."""

COLUMNS = {
    THREE_PUBLIC.name: {
        LAST_BUDGET: "上年预算数",
        LAST: "上年决算数",
        BUDGETED: "本年预算数",
        FINAL: "本年决算数",
    },
    OPERATING.name: {LAST: "上年决算数", BUDGETED: "预算数", FINAL: "决算数"},
    PROCUREMENT.name: {LAST: "上年决算数", BUDGETED: "预算数", FINAL: "执行数"},
    BUDGET.name: {INITIAL: "年初预算数", ADJUSTED: "全年预算数"},
}
NAMED_BY = {
    THREE_PUBLIC.name: "项目",
    OPERATING.name: "项目",
    PROCUREMENT.name: "类别",
    BUDGET.name: "支出类别",
}


def headings_at(raw: RawTable, at: int) -> list[str]:
    """The headings of a row; a year that stands above, maybe over several, goes before them."""
    bare, above = [heading(cell) for cell in raw.rows[at][1]], ""
    upper = [heading(cell) for cell in raw.rows[at - 1][1]] if at else []
    for column, cell in enumerate(bare):
        above = cell_in(upper, column) or above
        if ACCOUNT.fullmatch(cell) and OF_YEAR.fullmatch(above):
            bare[column] = above + cell
    return bare


def years_in(heads: Sequence[str]) -> list[int]:
    """The years of the budgets and final accounts that headings name."""
    return [int(found[1]) for cell in heads if (found := YEAR.match(cell))]


def slots_of(heads: Sequence[str]) -> dict[int, str]:
    """What the columns hold, by their headings, those of an earlier year as such.

    What two columns seem to hold is called as the second of them says, and goes nowhere.
    """
    years, found = years_in(heads), dict[int, str]()
    for at, cell in enumerate(heads):
        slot = next((slot for slot, words in SLOTS if words.fullmatch(cell)), "")
        year = YEAR.match(cell)
        if year and int(year[1]) < max(years):
            slot = EARLIER.get(slot, slot)
        if slot:
            found[at] = cell if slot in found.values() else slot
    return found


def is_above(row: Sequence[str]) -> bool:
    """Whether a row holds years that belong to the headings below it."""
    return any(OF_YEAR.fullmatch(heading(cell)) for cell in row)


def row_name(table: str, label: str) -> str:
    """A row by the name its table uses; empty for one it has no row for."""
    if table == THREE_PUBLIC.name:
        return next((name for name, words in ITEMS.items() if words.fullmatch(label)), "")
    if table == BUDGET.name:
        return label if label in CATEGORIES else TOTAL
    return label if table else ""
