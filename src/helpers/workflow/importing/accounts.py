"""Final accounts as the software prints them: side-by-side halves, codes in three columns."""

from __future__ import annotations

import re

from helpers.errors import UnreadableInputError
from helpers.figures import exact
from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable, is_note, unit_of
from helpers.inputs.schema import TableSpec
from helpers.inputs.schema.evaluation import EXPENDITURE_ACCOUNT, EXPENDITURE_PARTS, SUMMARY_ACCOUNT
from helpers.inputs.units import YUAN, YUAN_IN_WAN
from helpers.workflow.importing.form_rows import find_row, item
from helpers.workflow.importing.import_result import ImportResult

AMOUNT = ("决算数", "金额")
SKIPPED = re.compile(r"栏次|行次|合计|注(?:$|[:：\d])")
"""How rows begin that hold no item: numbers of columns, sums, notes under the table."""


def import_accounts(raw: RawTable, placed: ImportResult) -> bool:
    """Place a sheet that is one of the two accounts; gives whether it was."""
    if halves := _halves(raw):
        if _is_first(raw, SUMMARY_ACCOUNT, placed):
            _summary(raw, placed, halves)
        return True
    if columns := _columns(raw):
        if _is_first(raw, EXPENDITURE_ACCOUNT, placed):
            _expenditure(raw, placed, columns)
        return True
    return False


def _is_first(raw: RawTable, spec: TableSpec, placed: ImportResult) -> bool:
    """Whether no sheet before was this account: a second one is left, as it may be a copy."""
    if spec.name in placed.tables:
        placed.leave(raw, 0, f"已有一张{spec.name}，这一张未导入")
        return False
    placed.kinds.append(f"{raw.place()}：{spec.name}")
    return True


def scale_of(raw: RawTable, rows: int) -> int:
    """How many of its amounts make one of ours, by the unit stated in its first rows or its notes.

    Raises `UnreadableInputError` for a form that tells none, two, or one we do not know:
    forms are printed in 元 as well as in 万元.
    """
    around = [row for at, row in enumerate(raw.rows) if at < rows or is_note(row[1])]
    unit = unit_of(raw, around)
    if not unit:
        hint = "在表头上方写“单位：元”或“单位：万元”"
        raise UnreadableInputError("没有写明金额单位", place=raw.place(), hint=hint)
    return YUAN_IN_WAN if unit == YUAN else 1


def amount_in_wan(text: str, scale: int) -> str | None:
    """A typed amount in 万元; empty for a blank, None for what is no number."""
    plain = cells.plain(text)
    try:
        return exact.exact_text(exact.parse(plain) / scale, 6) if plain else ""
    except ValueError:
        return None


Halves = tuple[int, list[int], list[int]]
"""Position of the heading row, columns of both items, columns of both amounts."""


def _summary(raw: RawTable, placed: ImportResult, halves: Halves) -> None:
    """收入支出决算总表: income at the left, spending at the right, an amount beside each item."""
    at, items, amounts = halves
    scale = scale_of(raw, at + 1)
    _leave_merged(raw, raw.rows[at][0], placed)
    for side, name_at, amount_at in zip(("收入", "支出"), items, amounts, strict=True):
        for line, row in raw.rows[at + 1 :]:
            name = item(row[name_at])
            if SKIPPED.match(name) and not name.endswith("合计"):
                continue
            amount = amount_in_wan(row[amount_at], scale)
            if amount is None:
                placed.leave(raw, line, f"“{name}”的金额“{row[amount_at]}”不是数字")
            elif amount and not name:
                placed.leave(raw, line, f"{side}的金额 {row[amount_at]} 没有项目名称")
            elif amount:
                placed.add(
                    SUMMARY_ACCOUNT.name, {"方向": side, "项目": _named(name), "决算数": amount}
                )


def _halves(raw: RawTable) -> Halves | None:
    """Where the halves of the summary account are; None for another form."""
    for at, (_, header) in enumerate(raw.rows[:10]):
        bare = [item(cell) for cell in header]
        items = [n for n, cell in enumerate(bare) if cell.startswith("项目")]
        amounts = [n for n, cell in enumerate(bare) if cell in AMOUNT]
        if len(items) == 2 and len(amounts) == 2:
            return at, items, amounts
    return None


def _leave_merged(raw: RawTable, header: int, placed: ImportResult) -> None:
    """Note the cells below a header that are merged over rows: all but the first look blank."""
    for merged in sorted(set(raw.merged.values())):
        first, last = (int(number) for number in re.findall(r"\d+", merged))
        if last > max(first, header) and any(line == last for line, _ in raw.rows):
            placed.leave(raw, first, f"{merged} 是跨行的合并单元格，请核对")


def _named(name: str) -> str:
    """The item by the name our table uses."""
    for known in ("使用非财政拨款结余", "年初结转和结余", "年末结转和结余", "结余分配"):
        if name.startswith(known):
            return known
    return name


Columns = tuple[int, list[int], int, dict[str, int]]
"""Position of the last heading row, columns of 类, 款, 项, of the name, and of the amounts."""


def _columns(raw: RawTable) -> Columns | None:
    """Where the columns of expenditure by function are; None for another form."""
    codes_at = find_row(raw, ("类", "款", "项"))
    heads = find_row(raw, ("本年支出合计", "基本支出", "项目支出"))
    if codes_at is None or heads is None:
        return None
    levels = [[item(cell) for cell in raw.rows[codes_at][1]].index(word) for word in "类款项"]
    bare = [item(cell) for cell in raw.rows[heads][1]]
    amounts = {
        name: bare.index(name) for name in ("本年支出合计", *EXPENDITURE_PARTS) if name in bare
    }
    first, last = sorted((codes_at, heads))
    named = [
        at
        for _, cells in raw.rows[first : last + 1]
        for at, cell in enumerate(map(item, cells))
        if cell in {"科目名称", "项目"} and at > levels[-1]
    ]
    return last, levels, named[0] if named else levels[-1] + 1, amounts


def _expenditure(raw: RawTable, placed: ImportResult, found: Columns) -> None:
    """支出决算表: 类, 款, 项 in three columns, the name, then the parts of spending."""
    at, levels, name_at, columns = found
    scale = scale_of(raw, at + 1)
    _leave_merged(raw, raw.rows[at][0], placed)
    for line, row in raw.rows[at + 1 :]:
        if not any(row) or SKIPPED.match(item("".join(row[: name_at + 1]))):
            continue
        parts, name = [row[at].strip() for at in levels], item(row[name_at])
        code = _code(parts)
        if not code:
            written = f"科目编码“{' '.join(filter(None, parts))}”读不出" if any(parts) else ""
            placed.leave(raw, line, written or f"“{name}”没有科目编码")
            continue
        amounts = {column: amount_in_wan(row[at], scale) for column, at in columns.items()}
        wrong = [column for column, amount in amounts.items() if amount is None]
        if wrong or not name:
            placed.leave(raw, line, f"{code} 的{'、'.join(wrong) or '科目名称'}读不出")
            continue
        filled = {column: amount for column, amount in amounts.items() if amount}
        placed.add(EXPENDITURE_ACCOUNT.name, {"科目编码": code, "科目名称": name, **filled})


def _code(parts: list[str]) -> str:
    """A code from its three columns, or empty where it is not surely one.

    201, 03, 01 is 2010301, also where Excel made 3 and 1 of the last two. Software that repeats
    the code so far (201, 20103, 2010301), or writes it into one column, is understood as well.
    """
    filled = [part for part in parts if part]
    if not all(part.isascii() and part.isdecimal() for part in filled):
        return ""
    longest = max(filled, key=len, default="")
    whole = len(longest) in {5, 7} or (len(longest) == 3 and len(filled) == 1)
    if whole and all(longest.startswith(part) for part in filled):
        return longest
    first, *rest = filled or [""]
    if parts[: len(filled)] != filled or len(first) != 3 or any(len(part) > 2 for part in rest):
        return ""
    return first + "".join(part.zfill(2) for part in rest)
