"""The tables of assets, evidence and rectification: what agrees, what is missing, what is open."""

from __future__ import annotations

from helpers.evaluation.assets import MISMATCHES, mismatches
from helpers.evaluation.fact_ids import asset_id
from helpers.inputs.schema.process import ASSETS, EVIDENCE, RECTIFICATION
from helpers.notebook import markup
from helpers.notebook.grid import Grid
from helpers.run import Run


def asset_differences(run: Run) -> Grid:
    """How many assets fail each comparison."""
    rows = (
        [(each.kind, each.label, run.facts[asset_id(each.id)]) for each in MISMATCHES]
        if run.tables[ASSETS.name].given
        else []
    )
    absent, head = f"本年度未提供“{ASSETS.name}”。", ("核对", "差异", "件数")
    return Grid(
        "asset-differences", "资产核对结果", head, rows, note=_counted_on(run), absent=absent
    )


def _counted_on(run: Run) -> str:
    """When the year's stocktaking was done, from the dates at the assets."""
    table = run.tables[ASSETS.name]
    days = sorted({table.string(line, "盘点日期") for line in table.lines} - {""})
    if not days:
        return "没有填写盘点日期。"
    return markup.join(["盘点日期：", markup.day(days[0]), "至", markup.day(days[-1]), "。"])


def asset_items(run: Run) -> Grid:
    """Every asset with a difference, item by item."""
    table = run.tables[ASSETS.name]
    rows = [
        (
            markup.code(table.string(line, "资产编号")),
            table.string(line, "资产名称"),
            mismatch.kind,
            mismatch.label,
            table.string(line, "预算项目") or "—",
        )
        for mismatch, line in mismatches(table)
    ]
    absent = "逐件核对，没有差异。" if table.given else f"本年度未提供“{ASSETS.name}”。"
    head = ("资产编号", "资产名称", "核对", "差异", "预算项目")
    return Grid("asset-items", "有差异的资产", head, rows, absent=absent)


def evidence(run: Run) -> Grid:
    """What evidence is missing, by the office that keeps it."""
    table = run.tables[EVIDENCE.name]
    missing = table.where("有无", "缺")
    offices = dict.fromkeys(table.string(line, "保管科室") for line in missing)
    rows = [
        (
            office,
            "；".join(
                f"{table.string(line, '资料名称')}（{table.string(line, '编号')}）"
                for line in missing
                if table.string(line, "保管科室") == office
            ),
        )
        for office in offices
    ]
    absent = "资料齐全，没有缺少的资料。" if table.given else f"本年度未提供“{EVIDENCE.name}”。"
    return Grid("evidence", "缺少的资料", ("保管科室", "资料"), rows, absent=absent)


def rectification(run: Run) -> Grid:
    """Problem, cause, measure, who, by when, and how far."""
    table = run.tables[RECTIFICATION.name]
    columns = ("问题", "原因", "措施", "责任科室", "完成情况")
    rows = [
        (
            *(table.string(line, column) for column in columns),
            markup.day(table.string(line, "时限")),
            table.string(line, "与下年预算挂钩") or "—",
        )
        for line in table.lines
    ]
    head = (*columns, "时限", "与下年预算挂钩")
    absent = f"本年度未提供“{RECTIFICATION.name}”。"
    return Grid("rectification", "整改台账", head, rows, absent=absent)


def good_practice(run: Run) -> Grid:
    """What was learnt from putting things right, and is worth keeping."""
    table = run.tables[RECTIFICATION.name]
    rows = [
        (table.string(line, "问题"), table.string(line, "经验做法"))
        for line in table.lines
        if table.string(line, "经验做法")
    ]
    absent = "本年度没有登记经验做法。"
    return Grid("good-practice", "经验做法", ("由何问题得来", "经验做法"), rows, absent=absent)


def followed_up(run: Run) -> Grid:
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
    absent = "上年没有未完成的整改事项。" if last and last.given else "没有上年的整改台账可比。"
    head = ("上年未完成的问题", "责任科室", "上年情况", "本年情况")
    return Grid("followed-up", "上年整改事项的后续", head, rows, absent=absent)
