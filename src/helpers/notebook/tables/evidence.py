"""Tables of assets and rectification: what differs, and what was left open."""

from __future__ import annotations

import pandas as pd

from helpers.evaluation.assets import MISMATCHES, mismatches, not_looked_at
from helpers.evaluation.fact_ids import asset_id
from helpers.inputs.data_frames import explained
from helpers.inputs.schema.process import ASSETS, RECTIFICATION
from helpers.run import Run

NOT_GIVEN = f"本年度未提供“{ASSETS.name}”。"


def asset_differences(run: Run) -> pd.DataFrame:
    """How many assets fail each comparison."""
    given = run.tables[ASSETS.name].given
    rows = [(each.kind, each.label, run.facts[asset_id(each.id)]) for each in MISMATCHES if given]
    return explained(pd.DataFrame(rows, columns=["核对", "差异", "件数"]), NOT_GIVEN)


def asset_items(run: Run) -> pd.DataFrame:
    """Every asset with a difference, item by item."""
    table = run.tables[ASSETS.name]
    rows = [
        (
            table.string(line, "资产编号"),
            table.string(line, "资产名称"),
            mismatch.kind,
            mismatch.label,
            table.string(line, "预算项目"),
        )
        for mismatch, line in mismatches(table)
    ]
    frame = pd.DataFrame(rows, columns=["资产编号", "资产名称", "核对", "差异", "预算项目"])
    blank = f"有 {len(not_looked_at(table))} 件没有账、卡、盘点和凭证的记录，不能判断有无差异。"
    found_none = blank if not_looked_at(table) else "逐件核对，没有差异。"
    return explained(frame, found_none if table.given else NOT_GIVEN)


def followed_up(run: Run) -> pd.DataFrame:
    """What last year's ledger left open, and what became of it."""
    now = run.tables[RECTIFICATION.name]
    last = run.last_year_tables.get(RECTIFICATION.name)
    became = {now.string(line, "编号"): now.string(line, "完成情况") for line in now.lines}
    rows = [
        (
            last.string(line, "问题"),
            last.string(line, "责任科室"),
            last.string(line, "完成情况"),
            became.get(last.string(line, "编号"), "本年台账没有续列"),
        )
        for line in (last.lines if last else ())
        if last and last.string(line, "完成情况") != "已完成"
    ]
    frame = pd.DataFrame(rows, columns=["上年未完成的问题", "责任科室", "上年情况", "本年情况"])
    absent = "上年没有未完成的整改事项。" if last and last.given else "没有上年的整改台账可比。"
    return explained(frame, absent)
