"""Final accounts as the software prints them: side-by-side halves, codes in three columns."""

from __future__ import annotations

import re

from helpers.errors import UnreadableInputError
from helpers.figures import exact
from helpers.inputs import cells
from helpers.inputs.raw_tables import RawTable, is_note, unit_of
from helpers.inputs.schema.evaluation import EXPENDITURE_ACCOUNT, EXPENDITURE_PARTS, SUMMARY_ACCOUNT
from helpers.inputs.units import YUAN, YUAN_IN_WAN
from helpers.workflow.importing.import_result import ImportResult, find_row, item

AMOUNT = ("决算数", "金额")
SKIPPED = re.compile(r"栏次|行次|合计|注")


def import_accounts(raw: RawTable, placed: ImportResult) -> bool:
    """Place a sheet that is one of the two accounts; gives whether it was."""
    if _summary(raw, placed):
        placed.kinds.append(f"{raw.place()}：{SUMMARY_ACCOUNT.name}")
        return True
    if _expenditure(raw, placed):
        placed.kinds.append(f"{raw.place()}：{EXPENDITURE_ACCOUNT.name}")
        return True
    return False


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


def _summary(raw: RawTable, placed: ImportResult) -> bool:
    """收入支出决算总表: income at the left, spending at the right, an amount beside each item."""
    halves = _halves(raw)
    if halves is None:
        return False
    at, items, amounts = halves
    scale = scale_of(raw, at + 1)
    for side, name_at, amount_at in zip(("收入", "支出"), items, amounts, strict=True):
        for line, row in raw.rows[at + 1 :]:
            name = item(row[name_at])
            if not name or name == "栏次" or name.startswith("注"):
                continue
            amount = amount_in_wan(row[amount_at], scale)
            if amount is None:
                placed.leave(raw, line, f"“{name}”的金额“{row[amount_at]}”不是数字")
            elif amount:
                placed.add(
                    SUMMARY_ACCOUNT.name, {"方向": side, "项目": _named(name), "决算数": amount}
                )
    return True


def _halves(raw: RawTable) -> tuple[int, list[int], list[int]] | None:
    """Where the heading row is, and the columns of both items and both amounts."""
    for at, (_, header) in enumerate(raw.rows[:10]):
        bare = [item(cell) for cell in header]
        items = [n for n, cell in enumerate(bare) if cell.startswith("项目")]
        amounts = [n for n, cell in enumerate(bare) if cell in AMOUNT]
        if len(items) == 2 and len(amounts) == 2:
            return at, items, amounts
    return None


def _named(name: str) -> str:
    """The item by the name our table uses."""
    for known in ("使用非财政拨款结余", "年初结转和结余", "年末结转和结余", "结余分配"):
        if name.startswith(known):
            return known
    return name


def _expenditure(raw: RawTable, placed: ImportResult) -> bool:
    """支出决算表: 类, 款, 项 in three columns, the name, then the parts of spending."""
    codes_at = find_row(raw, ("类", "款", "项"))
    heads = find_row(raw, ("本年支出合计", "基本支出", "项目支出"))
    if codes_at is None or heads is None:
        return False
    levels = [[item(cell) for cell in raw.rows[codes_at][1]].index(word) for word in "类款项"]
    bare = [item(cell) for cell in raw.rows[heads][1]]
    columns = {
        name: bare.index(name) for name in ("本年支出合计", *EXPENDITURE_PARTS) if name in bare
    }
    named = [
        at
        for _, cells in raw.rows[min(heads, codes_at) : max(heads, codes_at) + 1]
        for at, cell in enumerate(map(item, cells))
        if cell in {"科目名称", "项目"} and at > levels[-1]
    ]
    name_at = named[0] if named else levels[-1] + 1
    scale = scale_of(raw, max(codes_at, heads) + 1)
    for line, row in raw.rows[max(codes_at, heads) + 1 :]:
        code, name = _code([row[at].strip() for at in levels]), item(row[name_at])
        if not code:
            if any(row) and not SKIPPED.match(item("".join(row[: name_at + 1])) or "合计"):
                placed.leave(raw, line, f"“{name}”没有科目编码")
            continue
        amounts = {column: amount_in_wan(row[at], scale) for column, at in columns.items()}
        wrong = [column for column, amount in amounts.items() if amount is None]
        if wrong or not name:
            placed.leave(raw, line, f"{code} 的{'、'.join(wrong) or '科目名称'}读不出")
            continue
        filled = {column: amount for column, amount in amounts.items() if amount}
        placed.add(EXPENDITURE_ACCOUNT.name, {"科目编码": code, "科目名称": name, **filled})
    return True


def _code(parts: list[str]) -> str:
    """A code from its three columns: 201, 03, 01 → 2010301; whole codes are taken as they are."""
    whole = [part for part in parts if re.fullmatch(r"\d{3}|\d{5}|\d{7}", part)]
    joined = "".join(parts)
    if re.fullmatch(r"\d{3}(\d\d){0,2}", joined):
        return joined
    return whole[-1] if whole else ""
