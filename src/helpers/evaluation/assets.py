"""The facts of assets: books, cards, the floor and the vouchers, and where they do not agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from helpers.evaluation.counts import count_answers, total_of_cells, unknown
from helpers.evaluation.fact_ids import asset_id
from helpers.figures import ratios
from helpers.figures.conditions import alike, both, filled, given, no, reads
from helpers.figures.exact import WAN
from helpers.figures.facts import Facts
from helpers.figures.number import Number
from helpers.inputs.schema.process import GONE, IN_USE
from helpers.inputs.tables import Table

USE = "使用状况"
UTILISATION, UTILISATION_LABEL = "fixed_asset_utilisation_rate", "固定资产利用率"


@dataclass(frozen=True)
class Row:
    """One asset: its cells as numbers and as texts."""

    table: Table
    line: int

    def amount(self, column: str) -> Number:
        """A cell as a number."""
        return self.table.number(self.line, column)

    def text(self, column: str) -> Number:
        """A cell as a text."""
        return self.table.text_cell(self.line, column)

    def gone(self) -> Number:
        """Whether it was given up in the year."""
        return reads(self.text("变动"), *GONE)

    def held(self) -> Number:
        """Whether a card says it is still there: not given up in the year."""
        return both(given(self.amount("卡片账")), no(self.gone()))


@dataclass(frozen=True)
class Mismatch:
    """A way in which the records of one asset contradict each other.

    `found` tells it of a row, `column` is where the reader should look.
    """

    id: str
    kind: str
    label: str
    column: str
    found: Callable[[Row], Number]


def _unlike(row: Row, left: str, right: str) -> Number:
    return no(alike(row.amount(left), row.amount(right)))


def _vouched(row: Row) -> Number:
    """Whether the voucher is there and says what the books say."""
    return both(alike(row.amount("财务账"), row.amount("凭证金额")), filled(row.text("凭证号")))


def _surplus(row: Row) -> Number:
    recorded = (given(row.amount(column)) for column in ("卡片账", "财务账"))
    return both(reads(row.text("实物盘点"), "有"), *map(no, recorded))


MISMATCHES = (
    Mismatch(
        "books_cards",
        "账账",
        "财务账与卡片账不符",
        "卡片账",
        lambda row: _unlike(row, "财务账", "卡片账"),
    ),
    Mismatch(
        "missing",
        "账实",
        "有卡片而盘点无实物（盘亏）",
        "实物盘点",
        lambda row: both(row.held(), reads(row.text("实物盘点"), "无")),
    ),
    Mismatch("surplus", "账实", "有实物而无账无卡（盘盈）", "实物盘点", _surplus),
    Mismatch(
        "not_counted",
        "账实",
        "有卡片而没有盘点记录",
        "实物盘点",
        lambda row: both(row.held(), no(filled(row.text("实物盘点")))),
    ),
    Mismatch(
        "books_vouchers",
        "账证",
        "财务账与凭证金额不符，或没有凭证",
        "凭证金额",
        lambda row: both(given(row.amount("财务账")), no(_vouched(row))),
    ),
    Mismatch(
        "disposed",
        "处置",
        "减少或处置没有批复文号",
        "批复文号",
        lambda row: both(row.gone(), no(filled(row.text("批复文号")))),
    ),
)


RECORDS = ("财务账", "卡片账", "实物盘点", "凭证号", "凭证金额", "变动")
"""What tells anything of an asset: one that has none of them was not looked at yet."""


def not_looked_at(table: Table) -> list[int]:
    """The lines of the assets of which no record says anything."""
    return [line for line in table.lines if not any(table.string(line, each) for each in RECORDS)]


def mismatches(table: Table) -> Iterator[tuple[Mismatch, int]]:
    """Every mismatch of every asset, with its line."""
    for line in table.lines:
        for mismatch in MISMATCHES:
            if mismatch.found(Row(table, line)).value:
                yield mismatch, line


def asset_facts(facts: Facts, table: Table) -> None:
    """Enter the totals of books, cards and vouchers, and the number of each kind of mismatch.

    No number of mismatches is known while there is an asset of which no record says anything.
    """
    for id, column in (("books", "财务账"), ("cards", "卡片账"), ("vouchers", "凭证金额")):
        lines = [line for line in table.lines if table.value(line, column) is not None]
        label = f"资产{column}合计"
        total_of_cells(facts, table, lines, column, id=asset_id(id), label=label)
    _utilisation(facts, table)
    blank = not_looked_at(table)
    for mismatch in MISMATCHES:
        id, label = asset_id(mismatch.id), f"{mismatch.label}的资产数"
        if blank:
            unknown(facts, table, blank[0], mismatch.column, id=id, label=label, unit="件")
            continue
        answers = [mismatch.found(Row(table, line)) for line in table.lines]
        count_answers(facts, table, answers, id=id, label=label, unit="件")


def _utilisation(facts: Facts, table: Table) -> None:
    """Enter how much of what is still there is in use, where anything is said of that."""
    rows = [Row(table, line) for line in table.lines]
    held = [row.line for row in rows if row.held().value]
    if not any(table.string(line, USE) for line in held):
        return
    id, label = asset_id("held"), "年末固定资产总额（卡片账）"
    total_of_cells(facts, table, held, "卡片账", id=id, label=label)
    id, label = asset_id("in_use"), "在用固定资产总额（卡片账）"
    used = [line for line in held if table.string(line, USE) == IN_USE]
    blank = [line for line in held if not table.string(line, USE)]
    if blank:
        unknown(facts, table, blank[0], USE, id=id, label=label, unit=WAN)
    elif used:
        total_of_cells(facts, table, used, "卡片账", id=id, label=label)
    else:
        facts.name(id, label, ratios.difference(facts[asset_id("held")], facts[asset_id("held")]))
    rate = ratios.fixed_asset_utilisation_rate(facts[id], facts[asset_id("held")])
    facts.name(UTILISATION, UTILISATION_LABEL, rate)
