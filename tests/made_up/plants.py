"""What is wrong on purpose in the made-up bad year: each plant spoils one cell or row."""

from __future__ import annotations

from collections.abc import Iterator

from made_up.money import wan
from made_up.money_story import Rows

Tables = dict[str, Rows]
Plant = tuple[str, str]
"""The check that must find it, and the place it must name."""


def plant(tables: Tables, folder: str) -> Iterator[Plant]:
    """Spoil the tables of a year, telling for each plant which check finds it where."""

    def place(table: str, row: int | None = None, column: str = "") -> str:
        line = f" 第{row + 1}行" if row is not None else ""
        return f"{folder}/{table}.csv{line}" + (f" “{column}”列" if column else "")

    def spoil(check: str, table: str, key: str, column: str, text: str) -> Plant:
        rows = tables[table]
        at = next(number for number, row in enumerate(rows) if key in row)
        rows[at][rows[0].index(column)] = text
        return check, place(table, at, column)

    yield spoil("项目执行", "项目自评", "community", "偏差原因", "")
    yield spoil("实施方案", "项目自评", "culture", "支付监管", "无")
    yield spoil("目标要素", "项目目标申报", "safety", "年度成果", "")
    yield (
        spoil("指标质量", "绩效指标", "farm_income", "政策依据", "")[0],
        place("绩效指标", _row(tables["绩效指标"], "farm_income"), "三级指标"),
    )
    yield "指标值偏低", place("指标完成", _row(tables["指标完成"], "hazards_fixed"), "指标值偏低")
    yield spoil("佐证与偏差", "指标完成", "requests_closed", "佐证编号", "")
    yield spoil("佐证与偏差", "指标完成", "culture_events", "偏差原因", "")
    yield spoil("评定得分", "管理情况", "performance_management", "扣分理由", "")
    yield spoil("历年变动", "比率说明", "carryover_balance_change", "原因说明", "")

    at = next(n for n, row in enumerate(tables["月度执行"]) if row[:2] == ["community", "6"])
    tables["月度执行"][at][4] = ""
    yield "支出提醒", place("月度执行", at, "提醒日期")
    yield "满意度调查", place("调查设计", _row(tables["调查设计"], "elders"), "层")
    yield "满意率加权", place("调查设计")
    yield spoil("资产核对", "资产", "GZ0004", "卡片账", "6.500000")
    yield spoil("资产核对", "资产", "GZ0008", "实物盘点", "无")
    yield spoil("资产核对", "资产", "GZ0006", "实物盘点", "")
    yield spoil("资产核对", "资产", "GZ0005", "凭证金额", "12.350000")
    yield spoil("资产核对", "资产", "GZ0010", "批复文号", "")
    surplus = ["GZ0011", "便携式投影仪", "通用设备", "", "", "有", *[""] * 7]
    tables["资产"].append(surplus)
    yield "资产核对", place("资产", len(tables["资产"]) - 1, "实物盘点")
    yield spoil("资料齐全", "资料清单", "road_quality", "有无", "缺")
    yield spoil("整改落实", "整改台账", "cards_2024", "时限", "2025-03-31")

    tables["预算调整明细"] = [
        row for row in tables["预算调整明细"] if "追加防汛抢险和消防经费" not in row
    ]
    yield "调整勾稽", place("预算调整明细")

    accounts = tables["收入支出决算总表"]
    at = _row(accounts, "城乡社区支出")
    accounts[at][2] = wan(int(accounts[at][2].replace(".", "")) + 900_000_000)
    yield "决算勾稽", place("收入支出决算总表", _row(accounts, "本年支出合计"), "决算数")

    tables["叙述"].append(
        ["支出领域", "", "年度绩效目标全部完成，各领域支出均按计划进行。", "单位自述", "", ""]
    )
    yield "判断与数据", place("叙述", len(tables["叙述"]) - 1, "文字")


def _row(rows: Rows, key: str) -> int:
    return next(number for number, row in enumerate(rows) if key in row)
