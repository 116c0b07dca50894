"""A table as a file holds it: where its header begins, its unit, its rows, its notes left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from operator import itemgetter

from helpers.characters import first_fault
from helpers.errors import Place, UnreadableInputError, brief
from helpers.inputs.names import folded, nearest
from helpers.inputs.schema import MEASURED, TableSpec
from helpers.inputs.units import UnitError, stated_unit

LARGEST = 60_000_000
"""Bytes of a file, unpacked: one that is larger is a mistake or a trap, and takes minutes."""

HEADER_WITHIN = 10
"""Titles and units stand above a header; no official form has more than a few such rows."""

BESIDE, EXPLAINING = "上年·", "说明·"
"""What the headings of comparisons and of explanations begin with: no inputs, and dropped."""

MENTIONED = "涉及单位"
"""The heading of a column any table may have: the other units that a row means to speak of."""

NOTE = re.compile(
    r"(?:注\s*\d*|说明|备注|填表说明|(?:数据|资料)?来源|(?:编制|填报|金额|计量)?单\s*位"
    r"|(?:制表|填表|填报|审核|复核|经办|负责|联系)人?|(?:联系)?电话|(?:填表|填报|制表)?日期)\s*[:：]"
    r"|※|以下空白$"
)
"""How the cells of a row begin that is none of the table: notes, units, and who filled it in."""


@dataclass(frozen=True)
class Fault:
    """Why something cannot be read surely, and what to do about it."""

    problem: str
    hint: str = ""

    def error(self, place: Place) -> UnreadableInputError:
        """The fault as an error at its place."""
        return UnreadableInputError(self.problem, place=place, hint=self.hint)


@dataclass(frozen=True)
class UnusedInput:
    """A file, sheet or column of a data folder that no table reads, and the name it resembles."""

    place: Place
    problem: str
    resembles: str = ""


@dataclass(frozen=True)
class RawTable:
    """Rows of texts, each with its line; `sheet` is the sheet of a workbook, empty for a CSV.

    What cannot be read surely is blank in the rows and reported separately: `cells` by line and
    position, `hidden` rows, `merged` cells by the lines they touch, the table as a `whole`.
    `rounded` are cells sure as the number or day they hold, and not as a text: what stands there
    is shorter, longer or otherwise written.
    """

    file: str
    sheet: str
    rows: Sequence[tuple[int, list[str]]]
    cells: Mapping[tuple[int, int], Fault] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    merged: Mapping[int, str] = field(default_factory=dict)
    whole: Fault | None = None
    rounded: Mapping[tuple[int, int], Fault] = field(default_factory=dict)

    def place(self, line: int = 0, column: str = "") -> Place:
        """A place in it."""
        return Place(self.file, line, column, self.sheet)

    def header(self, needed: Sequence[str]) -> int:
        """Position of the row that holds all needed headings; the first row where none does."""
        for at, (_, cells) in enumerate(self.rows[:HEADER_WITHIN]):
            if set(needed) <= set(cells):
                return at
        return 0


@dataclass(frozen=True)
class FramedTable:
    """The declared columns as texts by their lines, and what is stated beside them.

    `unit` is empty where none is stated; `faults` are cells that cannot be read surely.
    """

    texts: Mapping[str, Mapping[int, str]]
    unit: str
    faults: Mapping[tuple[int, str], Fault]
    unused: tuple[UnusedInput, ...]
    mentioned: Mapping[int, str] = field(default_factory=dict)


def frame_table(raw: RawTable, spec: TableSpec) -> FramedTable:
    """Find the header, the rows and the unit of a table.

    Raises `UnreadableInputError` for a table without rows, a header that lacks or repeats a
    column, a row of another length or hidden, the header again, merged cells, or a unit we do not
    know.
    """
    if raw.whole:
        raise raw.whole.error(raw.place())
    if not raw.rows:
        raise UnreadableInputError("文件是空的", place=raw.place())
    at = raw.header(spec.needed)
    line, header = raw.rows[at]
    notes = [row for row in raw.rows[at + 1 :] if is_note(row[1])]
    body = [row for row in raw.rows[at + 1 :] if not is_note(row[1])]
    _check_around(raw, line, header, {line for line, _ in body} if spec.has_amounts else None)
    check_header(raw, line, header, spec)
    _check_rows(raw, line, header, body)
    around = [*raw.rows[:at], *_around((line, header), body), *notes]
    positions = {name: at for at, name in enumerate(header) if name}
    places = {column.name: positions.get(column.name) for column in spec.columns}
    lines = {line for line, _ in body}
    return FramedTable(
        texts={
            name: {line: "" if place is None else cells[place] for line, cells in body}
            for name, place in places.items()
        },
        unit=unit_of(raw, around) if spec.has_amounts else "",
        faults=_faults(raw, spec, positions, lines),
        unused=tuple(_unused_columns(raw, line, header, body, spec)),
        mentioned={line: cells[positions[MENTIONED]] for line, cells in body}
        if MENTIONED in positions
        else {},
    )


def _faults(
    raw: RawTable, spec: TableSpec, positions: Mapping[str, int], lines: set[int]
) -> dict[tuple[int, str], Fault]:
    """The cells that cannot be read surely: of a column of texts also those shown otherwise."""
    as_texts = {**raw.rounded, **raw.cells}
    return {
        (line, column.name): fault
        for column in spec.columns
        for (line, place), fault in (raw.cells if column.kind in MEASURED else as_texts).items()
        if place == positions.get(column.name) and line in lines
    }


def _check_around(raw: RawTable, line: int, header: list[str], body: set[int] | None) -> None:
    """See that every heading is read; and all that may tell the unit of amounts in the `body`."""
    for (at, place), fault in sorted(raw.cells.items(), key=itemgetter(0)):
        beside = body is not None and (at not in body or not header[place])
        if at == line or beside:
            raise fault.error(raw.place(at))


def _around(
    header: tuple[int, list[str]], body: Sequence[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """What stands beside a table: cells without a heading, and a unit stated in the header."""
    nameless = [at for at, name in enumerate(header[1]) if not name]
    yield header[0], [cell for cell in header[1] if "单位" in cell or "單位" in cell]
    yield from ((line, [cells[at] for at in nameless]) for line, cells in body)


def unit_of(raw: RawTable, around: Sequence[tuple[int, list[str]]]) -> str:
    """The unit stated in rows around a table; empty where none is.

    Raises `UnreadableInputError` where a unit is not understood or not the only one.
    """
    unit = ""
    for line, cells in around:
        try:
            unit = stated_unit([unit, *cells])
        except UnitError as error:
            hint = "写作“单位：元”或“单位：万元”，其余删去"
            raise UnreadableInputError(str(error), place=raw.place(line), hint=hint) from None
    return unit


def is_note(cells: Sequence[str]) -> bool:
    """Whether a row is a note under the table: all its cells begin like one."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(NOTE.match, filled))


def _check_rows(
    raw: RawTable, line: int, header: list[str], body: Sequence[tuple[int, list[str]]]
) -> None:
    """See that every row is seen, whole, as wide as the header and not it again; no cell is two."""
    for each, cells in raw.rows:
        if each in raw.hidden:
            hint = "请取消隐藏或筛选，或删去"
            raise UnreadableInputError("这一行被隐藏", place=raw.place(each), hint=hint)
        if each < line and (unfit := first_fault("".join(cells))):
            problem = f"含有不能用的字符 {unfit}"
            raise UnreadableInputError(problem, place=raw.place(each), hint="请删去")
    for each, cells in body:
        check_width(raw, each, cells, header)
        filled = [(cell, name) for cell, name in zip(cells, header, strict=True) if cell]
        if len(filled) > 1 and all(cell == name for cell, name in filled):
            hint = "打印标题行请删去，只留最上面的表头"
            raise UnreadableInputError("这一行与表头相同", place=raw.place(each), hint=hint)
    for each in (line, *(each for each, _ in body)):
        if each in raw.merged:
            problem = f"{raw.merged[each]} 是合并单元格"
            raise UnreadableInputError(problem, place=raw.place(each), hint="请取消合并，逐格填写")


def check_width(raw: RawTable, line: int, cells: Sequence[str], header: Sequence[str]) -> None:
    """See that a row has as many cells as the header; raises `UnreadableInputError`."""
    if len(cells) != len(header):
        raise UnreadableInputError(
            f"这一行有 {len(cells)} 格，表头有 {len(header)} 格",
            place=raw.place(line),
            hint="文字里的逗号要放在英文双引号内",
        )


def check_header(raw: RawTable, line: int, header: list[str], spec: TableSpec) -> None:
    """See that every needed column is there, once, and that none is merely misspelt.

    Raises `UnreadableInputError`. A heading that is nearly that of an absent column is more
    likely a slip than a column of another kind, so it is refused.
    """
    place = raw.place(line)
    for name in header:
        if unfit := first_fault(name):
            problem = f"列名“{brief(name)}”含有不能用的字符 {unfit}"
            raise UnreadableInputError(problem, place=place, hint="请删去")
    declared = {column.name for column in spec.columns}
    absent = {folded(name): name for name in sorted(declared - set(header))}
    for name in sorted(set(header) - declared - {""}):
        if name.startswith((BESIDE, EXPLAINING)) or name == MENTIONED:
            continue
        if near := get_close_matches(folded(name), absent, n=1, cutoff=0.75):
            hint = f"是否应为“{absent[near[0]]}”"
            raise UnreadableInputError(f"没有名为“{name}”的列", place=place, hint=hint)
    if missing := [name for name in spec.needed if name not in header]:
        hint = f"现有的列：{'、'.join(header)}"
        raise UnreadableInputError(f"缺少列：{'、'.join(missing)}", place=place, hint=hint)
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    if repeated:
        raise UnreadableInputError(f"列名重复：{'、'.join(repeated)}", place=place)


def _unused_columns(
    raw: RawTable,
    line: int,
    header: list[str],
    body: Sequence[tuple[int, list[str]]],
    spec: TableSpec,
) -> Iterator[UnusedInput]:
    """The columns that hold something and are no input of ours."""
    declared = [column.name for column in spec.columns]
    for at, name in enumerate(header):
        if name in declared or name.startswith((BESIDE, EXPLAINING)) or name == MENTIONED:
            continue
        if name:
            yield UnusedInput(raw.place(line, name), "没有这一列，未读入", nearest(name, declared))
        elif filled := next((each for each, cells in body if cells[at]), 0):
            yield UnusedInput(raw.place(filled), f"第 {at + 1} 列没有列名，未读入")
