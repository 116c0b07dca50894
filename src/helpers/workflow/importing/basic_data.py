"""The 基础数据表 of Hunan: posts, expenses, procurement and adjustment, block under block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable, is_note
from helpers.inputs.schema.report import BUDGET
from helpers.inputs.schema.resources import POSTS, THREE_PUBLIC, THREE_PUBLIC_ITEMS, TOTAL
from helpers.workflow.importing import basic_data_words as words
from helpers.workflow.importing.accounts import amount_in_wan, scale_of
from helpers.workflow.importing.form_rows import cell_in, cell_of, heading, item
from helpers.workflow.importing.import_result import ImportResult, Row
from helpers.workflow.importing.printed_figures import PrintedFigures

NEEDED = {words.APPROVED, words.FILLED, words.BUDGETED, words.FINAL}

Given = Mapping[str, tuple[int, str]]
"""The cells of a row by what their columns hold: position and text."""


@dataclass
class Reading:
    """How far a sheet has been read: the headings in force, and the block that is open."""

    raw: RawTable
    placed: ImportResult
    scale: int
    figures: PrintedFigures
    slots: Mapping[int, str] = field(default_factory=dict)
    table: str = ""
    expenses: dict[str, tuple[int, Given]] = field(default_factory=dict)


def import_basic_data(raw: RawTable, placed: ImportResult) -> bool:
    """Place a sheet that is a 基础数据表; gives whether it was."""
    heads = {at: words.headings_at(raw, at) for at in range(len(raw.rows))}
    slots = {at: found for at, row in heads.items() if len(found := words.slots_of(row)) > 1}
    if not {slot for found in slots.values() for slot in found.values()} >= NEEDED:
        return False
    if placed.count(POSTS.name):
        placed.leave(raw, 0, "已有一张基础数据表，这一张未导入")
        return True
    scale = scale_of(raw, max(slots) + 1)
    reading = Reading(raw, placed, scale, PrintedFigures(raw, placed))
    for at, (line, row) in enumerate(raw.rows):
        if at in slots:
            reading.slots, reading.table = slots[at], ""
            _open(reading, _labels(row, min(slots[at])))
        elif reading.slots and not (is_note(row) or (at + 1 in slots and words.is_above(row))):
            _row(reading, line, row)
    _compare_expenses(reading)
    year = max((year for at in slots for year in words.years_in(heads[at])), default=placed.year)
    if placed.year and year != placed.year:
        placed.leave(raw, 0, f"表的年度是 {year}，运行的年度是 {placed.year}，请核对")
    placed.kinds.append(f"{raw.place()}：部门整体支出绩效评价基础数据表")
    return True


def _labels(row: Sequence[str], first: int) -> list[str]:
    return [item(cell) for cell in row[:first] if item(cell)]


def _open(reading: Reading, labels: Sequence[str]) -> str:
    """Open the block a label names; gives that label, which may stand beside that of its row."""
    for label in reversed(labels):
        for table, pattern in words.OPENING.items():
            if pattern.fullmatch(heading(label)):
                reading.table = table
                return label
    return ""


def _row(reading: Reading, line: int, row: Sequence[str]) -> None:
    """Place one row of amounts under the headings in force."""
    labels = _labels(row, min(reading.slots))
    given = {slot: (at, cell_in(row, at)) for at, slot in reading.slots.items()}
    filled = {slot: each for slot, each in given.items() if cells.plain(each[1])}
    if words.APPROVED in given:
        if filled:
            _posts(reading, line, given)
        return
    opened, label = _open(reading, labels), labels[-1] if labels else ""
    name = TOTAL if opened and label == opened else words.row_name(reading.table, label)
    vehicles = reading.table == THREE_PUBLIC.name and words.VEHICLES.match(label)
    if reading.table == THREE_PUBLIC.name:
        reading.expenses[words.BOTH if vehicles else name] = (line, given)
    if not filled or vehicles:
        return
    if reading.table and name:
        _place(reading, line, name, filled)
    else:
        amounts = "、".join(f"{slot} {text}" for slot, (_, text) in filled.items())
        where = cell_of(reading.raw, line, min(at for at, _ in filled.values()))
        reading.placed.left.append(f"{where}：“{label}”{amounts}，没有可放的数据表")


def _place(reading: Reading, line: int, name: str, filled: Given) -> None:
    """Place the amounts of a row; those its table has no column for are left."""
    columns, row = words.COLUMNS[reading.table], Row()
    for slot, (at, text) in filled.items():
        amount = amount_in_wan(text, reading.scale)
        if slot == words.ADDED and {words.ADJUSTED, words.INITIAL} <= filled.keys():
            inputs = {"被减数": filled[words.ADJUSTED][1], "减数": filled[words.INITIAL][1]}
            reading.figures.claim(line, at, "差额", inputs, words.ADDED)
        elif slot not in columns or amount is None:
            where = cell_of(reading.raw, line, at)
            why = "不是数字" if amount is None else "没有可放的列"
            reading.placed.left.append(f"{where}：“{name}”的{slot}“{text}”{why}")
        else:
            row[columns[slot]] = amount
    if row and reading.table == BUDGET.name:
        what = f"预算执行只导入{name}的{'、'.join(row)}，其余请补填"
        reading.placed.leave(reading.raw, line, what)
    if row:
        named = {words.NAMED_BY[reading.table]: name}
        reading.placed.complete(reading.raw, line, reading.table, named, row)


def _posts(reading: Reading, line: int, given: Given) -> None:
    """Place the one row of posts; its headings are then used up."""
    approved, filled = (given.get(slot, (0, ""))[1] for slot in (words.APPROVED, words.FILLED))
    row = {"编制数": cells.plain(approved), "在职人数": cells.plain(filled)}
    reading.placed.add(POSTS.name, {"类别": TOTAL, **row})
    reading.slots = {}
    if words.CONTROL in given:
        inputs, at = {"在职人员数": filled, "编制数": approved}, given[words.CONTROL][0]
        reading.figures.claim(line, at, "在职人员控制率", inputs, "在职人员控制率")


def _compare_expenses(reading: Reading) -> None:
    """Compare the whole of the three expenses, and that of vehicles, with their parts."""
    travel, bought, run, received = THREE_PUBLIC_ITEMS
    vehicles = (words.BOTH,) if words.BOTH in reading.expenses else (bought, run)
    for whole, names in {
        TOTAL: (travel, *vehicles, received),
        words.BOTH: (bought, run),
    }.items():
        if whole not in reading.expenses:
            continue
        line, given = reading.expenses[whole]
        parts = [reading.expenses[name][1] for name in names if name in reading.expenses]
        for slot, (at, _) in given.items():
            listed = [part.get(slot, (0, ""))[1] for part in parts]
            what = f"{'三公经费合计' if whole == TOTAL else whole}{slot}"
            reading.figures.total(line, at, listed, what)
