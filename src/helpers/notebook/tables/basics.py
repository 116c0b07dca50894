"""The tables of bodies, duties, budget, management work, published ratios and problems."""

from __future__ import annotations

from helpers.checks import years
from helpers.evaluation.evaluate import published_pairs
from helpers.figures import rounding_intervals
from helpers.figures.exact import WAN
from helpers.figures.number import MISSING
from helpers.inputs.schema.report import CATEGORIES
from helpers.notebook.grid import Grid, GridCell
from helpers.run import Run


def organisation(run: Run) -> Grid:
    """Offices and other bodies by name."""
    table = run.tables["机构"]
    rows = [
        (
            kind,
            "、".join(table.string(line, "机构名称") for line in table.where("类别", kind)),
            run.facts[id],
        )
        for kind, id in (("内设机构", "office_count"), ("其他机构", "other_body_count"))
    ]
    return Grid("organisation", "机构设置", ("类别", "机构名称", "数量（个）"), rows)


def duties(run: Run) -> Grid:
    """Duties of 党委, 人大 and 政府 by short title."""
    table = run.tables["职责"]
    rows = []
    for body in ("党委", "人大", "政府"):
        titles = [table.string(line, "职责") for line in table.where("主体", body)]
        rows.append(
            (body, "；".join(f"（{n}）{title}" for n, title in enumerate(titles, 1)) + "。")
        )
    return Grid("duties", "主要职责", ("主体", "职责（短标题）"), rows, note="以三定方案为准。")


def budget_execution(run: Run) -> Grid:
    """Budget, spending, what was not spent and the rate, by category."""
    facts = run.facts
    present = [c for c, prefix in CATEGORIES.items() if prefix and f"{prefix}_budget" in facts]
    rows: list[tuple[GridCell, ...]] = [
        (category, *(facts[f"{CATEGORIES[category]}_{column}"] for column in COLUMNS))
        for category in present
    ]
    rows.append(("合计", *(facts[column] for column in COLUMNS)))
    head = ("支出类别", "全年预算数", "全年支出", "预算未执行数", "预算执行率")
    note = "预算执行率＝全年支出÷全年预算数，四舍五入保留两位小数；金额为精确到分的数四舍五入所得。"
    return Grid(
        "budget-execution",
        f"{run.params.year}年预算执行情况",
        head,
        rows,
        WAN,
        total=True,
        note=note,
    )


COLUMNS = ("budget", "executed", "unexecuted", "execution_rate")


def management_work(run: Run) -> Grid:
    """The management work done, with the year as written and whether it fits."""
    table = run.tables["绩效工作"]
    rows: list[tuple[GridCell, ...]] = []
    for line in table.lines:
        work, year = table.string(line, "工作"), str(table.value(line, "所写年度") or "")
        fits = bool(year) and years.fits(work, int(year), run.params.year)
        verdict = "与报告年度相符" if fits else years.PENDING
        rows.append(
            (f"{table.string(line, '对象')}{work}", f"{year}年" if year else MISSING, verdict)
        )
    note = "运行监控应为报告年度；绩效自评应为报告年度或上一年度。"
    return Grid(
        "management-work", "绩效管理工作及年度核对", ("工作", "所写年度", "核对"), rows, note=note
    )


def published_ratios(run: Run) -> Grid:
    """Each published ratio beside the recomputed one."""
    facts = run.facts
    rows = [
        (
            shown.label.removeprefix("公开报告所印"),
            computed.denominator,
            shown,
            computed,
            rounding_intervals.judge_fact(shown, computed).words,
        )
        for shown, computed in published_pairs(facts)
    ]
    head = ("比率", "分母", "公开数", "复核数", "核对")
    absent = "没有已公开的比率可供复核。"
    return Grid(
        "published-ratios", "公开数与复核数对照", head, rows, absent=absent, for_review=True
    )


def problems(run: Run) -> Grid:
    """Problems, each with its cause and its measure."""
    table = run.tables["问题与措施"]
    lines = [line for line in table.lines if table.string(line, "问题")]
    rows = [(table.string(line, "问题"), table.string(line, "原因") or MISSING) for line in lines]
    return Grid("problems", "存在的问题及原因", ("问题", "原因"), rows)


def measures(run: Run) -> Grid:
    """Measures, each with the problem it answers."""
    table = run.tables["问题与措施"]
    rows = [
        (table.string(line, "问题") or "各项工作", table.string(line, "措施"))
        for line in table.lines
    ]
    return Grid("measures", "问题与措施对照", ("对应问题", "措施"), rows)
