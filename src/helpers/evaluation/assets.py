"""The facts of assets: books, cards, the floor and the vouchers, and where they do not agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from helpers.evaluation.cell_facts import total_of_cells
from helpers.evaluation.fact_ids import asset_id
from helpers.figures.facts import Fact, Facts
from helpers.inputs.schema.process import GONE
from helpers.inputs.tables import Table


@dataclass(frozen=True)
class Mismatch:
    """A way in which the records of one asset contradict each other.

    `found` tells it of a row, `column` is where the reader should look.
    """

    id: str
    kind: str
    label: str
    column: str
    found: Callable[[Table, int], bool]


def _amounts(table: Table, line: int, left: str, right: str) -> bool:
    return table.value(line, left) != table.value(line, right)


def _held(table: Table, line: int) -> bool:
    """Whether a card says the asset is still there: not disposed of in the year."""
    return table.value(line, "卡片账") is not None and table.string(line, "变动") not in GONE


MISMATCHES = (
    Mismatch(
        "books_cards",
        "账账",
        "财务账与卡片账不符",
        "卡片账",
        lambda table, line: _amounts(table, line, "财务账", "卡片账"),
    ),
    Mismatch(
        "missing",
        "账实",
        "有卡片而盘点无实物（盘亏）",
        "实物盘点",
        lambda table, line: _held(table, line) and table.string(line, "实物盘点") == "无",
    ),
    Mismatch(
        "surplus",
        "账实",
        "有实物而无账无卡（盘盈）",
        "实物盘点",
        lambda table, line: (
            table.string(line, "实物盘点") == "有"
            and table.value(line, "卡片账") is None
            and table.value(line, "财务账") is None
        ),
    ),
    Mismatch(
        "not_counted",
        "账实",
        "有卡片而没有盘点记录",
        "实物盘点",
        lambda table, line: _held(table, line) and not table.string(line, "实物盘点"),
    ),
    Mismatch(
        "books_vouchers",
        "账证",
        "财务账与凭证金额不符，或没有凭证",
        "凭证金额",
        lambda table, line: (
            table.value(line, "财务账") is not None
            and (_amounts(table, line, "财务账", "凭证金额") or not table.string(line, "凭证号"))
        ),
    ),
    Mismatch(
        "disposed",
        "处置",
        "减少或处置没有批复文号",
        "批复文号",
        lambda table, line: (
            table.string(line, "变动") in GONE and not table.string(line, "批复文号")
        ),
    ),
)


def mismatches(table: Table) -> Iterator[tuple[Mismatch, int]]:
    """Every mismatch of every asset, with its line."""
    for line in table.lines:
        for mismatch in MISMATCHES:
            if mismatch.found(table, line):
                yield mismatch, line


def asset_facts(facts: Facts, table: Table) -> None:
    """Enter the totals of books, cards and vouchers, and the number of each kind of mismatch."""
    for id, column in (("books", "财务账"), ("cards", "卡片账"), ("vouchers", "凭证金额")):
        lines = [line for line in table.lines if table.value(line, column) is not None]
        label = f"资产{column}合计"
        total_of_cells(facts, table, lines, column, id=asset_id(id), label=label)
    found = list(mismatches(table))
    for mismatch in MISMATCHES:
        id, label = asset_id(mismatch.id), f"{mismatch.label}的资产数"
        if not table.given:
            facts.lack(id, label, table.file, unit="件")
            continue
        lines = [line for each, line in found if each == mismatch]
        sources = tuple(table.source(line, mismatch.column) for line in lines or table.lines)
        value = Fraction(len(lines))
        facts.add(Fact(id, label, value, "件", 0, formula="行数", sources=sources))
