"""The 基础数据表 of Hunan: posts, expenses, procurement and adjustment, block under block."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable, is_note
from helpers.inputs.schema.report import BUDGET, CATEGORIES
from helpers.inputs.schema.resources import (
    OPERATING,
    POSTS,
    PROCUREMENT,
    THREE_PUBLIC,
    THREE_PUBLIC_ITEMS,
    TOTAL,
)
from helpers.workflow.importing.accounts import amount_in_wan, scale_of
from helpers.workflow.importing.form_rows import cell_in, cell_of, heading, item
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.printed_figures import PrintedFigures

LAST, BUDGETED, FINAL = "上年决算", "预算", "决算"
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
    (FINAL, re.compile(r"(?:\d{4}年|本年|当年)度?决算(?:数)?")),
    (BUDGETED, re.compile(r"(?:\d{4}年|本年|当年)度?预算(?:数)?")),
)
YEAR = re.compile(r"(\d{4})年度?决算")
ACCOUNT, OF_YEAR = re.compile(r"(?:决算|预算)数?"), re.compile(r"\d{4}年度?|上年度?|本年度?|当年")

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
    THREE_PUBLIC.name: {LAST: "上年决算数", BUDGETED: "本年预算数", FINAL: "本年决算数"},
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


@dataclass
class Reading:
    """How far a sheet has been read: the headings in force, and the block that is open."""

    raw: RawTable
    placed: ImportResult
    scale: int
    slots: dict[int, str] = field(default_factory=dict)
    table: str = ""
    years: set[int] = field(default_factory=set)
    figures: PrintedFigures = field(init=False)
    expenses: dict[str, tuple[int, dict[str, tuple[int, str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.figures = PrintedFigures(self.raw, self.placed)


def import_basic_data(raw: RawTable, placed: ImportResult) -> bool:
    """Place a sheet that is a 基础数据表; gives whether it was."""
    heads = {at: slots for at in range(len(raw.rows)) if len(slots := _slots(_heads(raw, at))) > 1}
    named = {slot for slots in heads.values() for slot in slots.values()}
    if not {APPROVED, FILLED, BUDGETED, FINAL} <= named:
        return False
    reading = Reading(raw, placed, scale_of(raw, max(heads) + 1))
    for at, (line, row) in enumerate(raw.rows):
        if at in heads:
            reading.slots, reading.table = heads[at], ""
            reading.years |= set(_years(_heads(raw, at)))
            _open(reading, _labels(row, min(heads[at])))
        elif reading.slots and not is_note(row):
            _row(reading, line, row)
    _compare_expenses(reading)
    if placed.year and reading.years and max(reading.years) != placed.year:
        placed.leave(raw, 0, f"表的年度是 {max(reading.years)}，运行的年度是 {placed.year}，请核对")
    placed.kinds.append(f"{raw.place()}：部门整体支出绩效评价基础数据表")
    return True


def _heads(raw: RawTable, at: int) -> list[str]:
    """The headings of a row; a year that stands above, maybe over several, goes before them."""
    bare, above = [heading(cell) for cell in raw.rows[at][1]], ""
    upper = [heading(cell) for cell in raw.rows[at - 1][1]] if at else []
    for column, cell in enumerate(bare):
        above = cell_in(upper, column) or above
        if ACCOUNT.fullmatch(cell) and OF_YEAR.fullmatch(above):
            bare[column] = above + cell
    return bare


def _years(heads: Sequence[str]) -> list[int]:
    return [int(found[1]) for cell in heads if (found := YEAR.match(cell))]


def _slots(heads: Sequence[str]) -> dict[int, str]:
    """What the columns hold, by their headings; of two years' final accounts one is last."""
    years, found = _years(heads), dict[int, str]()
    for at, cell in enumerate(heads):
        slot = next((slot for slot, words in SLOTS if words.fullmatch(cell)), "")
        year = YEAR.match(cell)
        if slot == FINAL and year and int(year[1]) < max(years):
            slot = LAST
        if slot:
            found[at] = slot
    return found


def _labels(row: Sequence[str], first: int) -> list[str]:
    return [item(cell) for cell in row[:first] if item(cell)]


def _open(reading: Reading, labels: Sequence[str]) -> str:
    """The block a row's labels open; the label of a block may stand beside that of its row."""
    for label in reversed(labels):
        for table, words in OPENING.items():
            if words.fullmatch(heading(label)):
                reading.table = table
                return label
    return ""


def _row(reading: Reading, line: int, row: Sequence[str]) -> None:
    """Place one row of amounts under the headings in force."""
    first = min(reading.slots)
    labels, slots = _labels(row, first), reading.slots
    given = {slot: (at, cell_in(row, at)) for at, slot in slots.items()}
    filled = {slot: each for slot, each in given.items() if cells.plain(each[1])}
    if APPROVED in slots.values():
        if filled:
            _posts(reading, line, given)
            reading.slots = {}
        return
    opened = _open(reading, labels)
    label = labels[-1] if labels else ""
    if label == opened and not filled:
        return
    name = TOTAL if label == opened else _name(reading.table, label)
    if reading.table == THREE_PUBLIC.name:
        reading.expenses[VEHICLES.pattern if VEHICLES.match(label) else name] = (line, given)
    if reading.table and name:
        _place(reading, line, name, filled)
    elif filled and not (reading.table == THREE_PUBLIC.name and VEHICLES.match(label)):
        amounts = "、".join(f"{slot} {text}" for slot, (_, text) in filled.items())
        where = cell_of(reading.raw, line, min(at for at, _ in filled.values()))
        reading.placed.left.append(f"{where}：“{label}”{amounts}，没有可放的数据表")


def _name(table: str, label: str) -> str:
    """A row by the name its table uses; empty for one it has no row for."""
    if table == THREE_PUBLIC.name:
        return next((name for name, words in ITEMS.items() if words.fullmatch(label)), "")
    if table == BUDGET.name:
        return label if label in CATEGORIES else TOTAL
    return label if table else ""


def _place(reading: Reading, line: int, name: str, filled: Mapping[str, tuple[int, str]]) -> None:
    """Place the amounts of a row; those its table has no column for are left."""
    columns, row = COLUMNS[reading.table], Row()
    for slot, (at, text) in filled.items():
        amount = amount_in_wan(text, reading.scale)
        if slot == ADDED:
            inputs = {
                "被减数": filled.get(ADJUSTED, (0, ""))[1],
                "减数": filled.get(INITIAL, (0, ""))[1],
            }
            reading.figures.claim(line, at, "差额", inputs, ADDED)
        elif slot not in columns or amount is None:
            where = cell_of(reading.raw, line, at)
            why = "不是数字" if amount is None else "没有可放的列"
            reading.placed.left.append(f"{where}：“{name}”的{slot}“{text}”{why}")
        else:
            row[columns[slot]] = amount
    if row:
        reading.placed.add(reading.table, {NAMED_BY[reading.table]: name, **row})


def _posts(reading: Reading, line: int, given: Mapping[str, tuple[int, str]]) -> None:
    approved, filled = (cells.plain(given[slot][1]) for slot in (APPROVED, FILLED))
    reading.placed.add(POSTS.name, {"类别": TOTAL, "编制数": approved, "在职人数": filled})
    if CONTROL in given:
        inputs = {"在职人员数": filled, "编制数": approved}
        reading.figures.claim(line, given[CONTROL][0], "在职人员控制率", inputs, "在职人员控制率")


def _compare_expenses(reading: Reading) -> None:
    """Compare the whole of the three expenses, and that of vehicles, with their parts."""
    travel, bought, run, received = THREE_PUBLIC_ITEMS
    vehicles = VEHICLES.pattern if VEHICLES.pattern in reading.expenses else ""
    parts = {
        TOTAL: (travel, *((vehicles,) if vehicles else (bought, run)), received),
        vehicles: (bought, run),
    }
    for whole, names in parts.items():
        if whole not in reading.expenses:
            continue
        line, given = reading.expenses[whole]
        for slot, (at, _) in given.items():
            listed = [
                reading.expenses[name][1][slot][1] for name in names if name in reading.expenses
            ]
            if any(map(cells.plain, listed)):
                what = "三公经费" if whole == TOTAL else "公务用车购置和维护经费"
                reading.figures.total(line, at, listed, f"{what}{slot}")
