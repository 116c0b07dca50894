"""Judge tables of published figures whose head names 种类; write the verdicts beside, anew."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.figures.claims import ClaimError, judge_claim
from helpers.figures.number import Number
from helpers.figures.rounding_intervals import CUT_OFF, INCONSISTENT, Judgement
from helpers.inputs.cells import fit, plain
from helpers.inputs.csv_files import LARGEST, decoded, read_csv
from helpers.inputs.plain_files import read_plain, refuse_special
from helpers.inputs.raw_tables import HEADER_WITHIN, RawTable, is_note
from helpers.workflow.atomic import replace_file

KIND, PUBLISHED = "种类", "公开数"
HEADS = ("复核结果", "复核数", "算式", "说明")
UNREADABLE = "无法读取"
WIDTHS = {"复核结果": 20, "算式": 60, "说明": 40}
"""Characters of the wider columns of a workbook."""

BESIDE_WORDS = re.compile(r"[(（].*?[)）]|\s")
"""What a heading says beside its name: a unit in brackets."""


@dataclass(frozen=True)
class JudgedRow:
    """A row that claims something: the four cells put beside it, and whether it is wrong."""

    place: Place
    beside: tuple[str, str, str, str]
    inconsistent: bool

    @property
    def readable(self) -> bool:
        """Whether there is a verdict."""
        return self.beside[0] != UNREADABLE


@dataclass(frozen=True)
class JudgedTable:
    """A table as it was read, the line of its head, and its judged rows by their lines."""

    raw: RawTable
    head: int
    rows: Mapping[int, JudgedRow]

    @property
    def lines(self) -> Iterator[list[str]]:
        """Every row with what is put beside it."""
        for line, cells in self.raw.rows:
            judged = self.rows.get(line)
            beside = HEADS if line == self.head else judged.beside if judged else ()
            yield [*map(_harmless, cells), *beside]


def names_kinds(path: Path) -> bool:
    """Whether a file is a workbook, or a CSV in whose head 种类 stands."""
    if path.suffix.lower() == ".xlsx":
        return True
    try:
        text = decoded(read_plain(path, Place(path.name), LARGEST), Place(path.name))
    except OSError:
        return False
    return any(KIND in line for line in text.splitlines()[:HEADER_WITHIN])


def judge_tables(path: Path) -> tuple[list[JudgedTable], list[str]]:
    """Judge every table of a file, and say which sheets hold none.

    Raises `UnreadableInputError` where no table has a head with 种类 and 公开数.
    """
    judged, left = [], []
    for raw in _raws(path):
        at = next(
            (at for at, (_, cells) in enumerate(raw.rows[:HEADER_WITHIN]) if _is_head(cells)), None
        )
        if raw.whole:
            left.append(f"{raw.place()}：{raw.whole.problem}")
        elif at is None:
            left.append(f"{raw.place()}：表头没有“{KIND}”和“{PUBLISHED}”")
        else:
            judged.append(_judged(raw, at))
    if not judged:
        hint = f"表头写“{KIND}”“{PUBLISHED}”，各种类所需的数各占一列，见 docs/audit.md"
        raise UnreadableInputError(
            "；".join(left) or "文件是空的", place=Place(path.name), hint=hint
        )
    return judged, left


def write_beside(path: Path, tables: Sequence[JudgedTable]) -> Path:
    """Write the tables with their verdicts into a new file of the same format; gives it."""
    made = verdict_file(path)
    replace_file(made, _workbook(tables) if path.suffix.lower() == ".xlsx" else _csv(tables[0]))
    return made


def verdict_file(path: Path) -> Path:
    """The file the verdicts go to; raises `ReportError` where there is one already."""
    made = path.with_name(f"{path.stem}-复核{path.suffix}")
    if made.exists():
        raise ReportError("已有复核结果，从不覆盖", place=Place(made.name), hint="先移走或改名")
    return made


def _raws(path: Path) -> list[RawTable]:
    if path.suffix.lower() == ".xlsx":
        from helpers.inputs.excel_files import read_workbook  # openpyxl is slow to import

        refuse_special(path, Place(path.name))
        return [raw for raw in read_workbook(path, path.name).values() if raw.rows or raw.whole]
    return [read_csv(path, path.name, (KIND, PUBLISHED))]


def _is_head(cells: Sequence[str]) -> bool:
    return {KIND, PUBLISHED} <= set(map(_name, cells))


def _name(head: str) -> str:
    return BESIDE_WORDS.sub("", head)


def _judged(raw: RawTable, at: int) -> JudgedTable:
    head, cells = raw.rows[at]
    names = [_name(cell) for cell in cells]
    if repeated := sorted({name for name in names if name and names.count(name) > 1}):
        raise UnreadableInputError(f"列名重复：{'、'.join(repeated)}", place=raw.place(head))
    unsure = dict(raw.cells)
    unsure |= {at: why for at, why in raw.rounded.items() if at[1] == names.index(PUBLISHED)}
    faults = {line: fault.problem for (line, _), fault in unsure.items()}
    rows = {}
    for line, row in raw.rows[at + 1 :]:
        given = {name: cell for name, cell in zip(names, row, strict=False) if name}
        if not is_note(row) and (given.get(KIND) or given.get(PUBLISHED) or line in faults):
            rows[line] = _judged_row(raw.place(line), given, faults.get(line, ""))
    return JudgedTable(raw, head, rows)


def _judged_row(place: Place, given: Mapping[str, str], fault: str) -> JudgedRow:
    kind, published = given.get(KIND, "").strip(), plain(given.get(PUBLISHED, ""))
    inputs = {name: plain(text) for name, text in given.items() if name not in {KIND, PUBLISHED}}
    if fault:
        return JudgedRow(place, (UNREADABLE, "", "", fault), inconsistent=False)
    try:
        computed, judgement = judge_claim(kind, inputs, published)
    except ClaimError as error:
        return JudgedRow(place, (UNREADABLE, "", "", str(error)), inconsistent=False)
    recomputed = judgement.recomputed and judgement.recomputed + computed.unit.replace("分", "")
    beside = (_verdict(judgement), recomputed, formula(computed), judgement.reason)
    return JudgedRow(place, beside, inconsistent=judgement.verdict == INCONSISTENT)


def _verdict(judgement: Judgement) -> str:
    return f"{judgement.words}（{CUT_OFF}）" if CUT_OFF in judgement.reason else judgement.words


def formula(computed: Number) -> str:
    """How a number was computed, in names and then in numbers; empty for one taken as it is."""
    return f"{computed.formula} ＝ {computed.substituted}" if computed.op else ""


def _harmless(cell: str) -> str:
    """A cell as it was, or blank where Excel would run it."""
    try:
        return fit(cell)
    except ValueError:
        return ""


def _csv(table: JudgedTable) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(table.lines)
    return buffer.getvalue().encode("utf-8-sig")


def _workbook(tables: Sequence[JudgedTable]) -> bytes:
    from openpyxl import Workbook  # slow to import, and seldom needed
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    from helpers.publishing.office_files import workbook_bytes

    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.raw.sheet)
        for row in table.lines:
            sheet.append([cell or None for cell in row])
        head = next(at for at, (line, _) in enumerate(table.raw.rows, 1) if line == table.head)
        for at, cell in enumerate(sheet[head], 1):
            cell.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(str(cell.value), 14)
    return workbook_bytes(book)
