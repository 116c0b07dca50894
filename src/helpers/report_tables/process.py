"""The tables of the year's process: monitoring, survey, assets, evidence, rectification."""

from __future__ import annotations

from helpers import markup
from helpers.asset_facts import MISMATCHES, mismatches
from helpers.facts import MISSING
from helpers.grid import Grid, GridCell
from helpers.monitoring_facts import CHECKED_MONTHS, monitored_id, reminders
from helpers.runs import Run
from helpers.schema.process import (
    ASSETS,
    EVIDENCE,
    MONITORING,
    MONTHLY,
    RECTIFICATION,
    STRATA,
)
from helpers.survey_facts import stratum_id


def monitoring(run: Run) -> Grid:
    """January to July of every project: plan, spending, progress, what is expected."""
    table, facts = run.tables[MONITORING.name], run.facts
    rows: list[tuple[GridCell, ...]] = [
        (
            table.string(line, "项目名称"),
            *(facts[monitored_id(table.string(line, "编号"), what)] for what in MONITORED),
        )
        for line in table.lines
    ]
    if rows:
        rows.append(("合计", *(facts[f"monitored_{what}"] for what in MONITORED)))
    head = (
        "项目",
        "全年预算数",
        "1—7月计划",
        "1—7月支出",
        "支付进度率",
        "预算执行率",
        "全年预计支出",
    )
    note = "支付进度率＝1—7月支出÷1—7月计划；预算执行率＝1—7月支出÷全年预算数。"
    absent = f"本年度未提供“{MONITORING.name}”。"
    return Grid(
        "monitoring", "1—7月支出情况", head, rows, "万元", total=True, note=note, absent=absent
    )


MONITORED = ("budget", "plan", "actual", "progress", "rate", "expected")


def monitoring_causes(run: Run) -> Grid:
    """Why a project lags, how likely it is to finish, and what is done about it."""
    table = run.tables[MONITORING.name]
    rows = [
        (
            table.string(line, "项目名称"),
            table.string(line, "偏差原因") or "无",
            table.string(line, "原因说明") or "—",
            table.string(line, "完成可能性") or MISSING,
            table.string(line, "措施") or "—",
        )
        for line in table.lines
    ]
    head = ("项目", "偏差原因", "原因说明", "完成可能性", "措施")
    absent = f"本年度未提供“{MONITORING.name}”。"
    return Grid("monitoring-causes", "偏差原因和措施", head, rows, absent=absent)


def reminded(run: Run) -> Grid:
    """The projects to be reminded by the rule, month by month, and whether they were."""
    table, names = run.tables[MONTHLY.name], run.tables[MONITORING.name]
    known = {names.string(line, "编号"): names.string(line, "项目名称") for line in names.lines}
    floor = run.params.threshold("progress_floor")
    listed: dict[str, list[str]] = {}
    dates: dict[str, list[str]] = {}
    for each in reminders(table, floor, CHECKED_MONTHS):
        listed.setdefault(each.project, []).append(f"{each.month}月")
        if each.reminded:
            dates.setdefault(each.project, []).append(markup.day(each.reminded))
    rows = [
        (
            known.get(project, project),
            "、".join(months),
            markup.join(_separated(dates.get(project, []))) or "未提醒",
        )
        for project, months in listed.items()
    ]
    if floor is None:
        absent = "支付进度率的提醒标准未设，口径待财政部门确认。"
    else:
        absent = "1—7月没有须提醒的项目。" if table.given else f"本年度未提供“{MONTHLY.name}”。"
    head = ("项目", "应提醒的月份", "已提醒的日期")
    note = "累计支出低于累计计划的规定比例即应提醒；比例为参数，口径待财政部门确认。"
    return Grid("reminders", "须提醒的项目", head, rows, note=note, absent=absent)


def _separated(dates: list[str]) -> list[str]:
    return [part for date in dates for part in ("、", date)][1:]


def satisfaction(run: Run) -> Grid:
    """The survey by stratum: population, forms, recovery, rate, interval where sampled."""
    table, facts = run.tables[STRATA.name], run.facts
    least = run.params.threshold("small_stratum")
    rows: list[tuple[GridCell, ...]] = []
    for line in table.lines:
        stratum = table.string(line, "编号")
        valid = facts[stratum_id(stratum, "valid")]
        small = least is not None and valid.number < least
        rows.append(
            (
                table.string(line, "层") + ("（样本过少）" if small else ""),
                table.string(line, "方式"),
                *(facts[stratum_id(stratum, what)] for what in COUNTED),
                _interval(run, stratum_id(stratum, "interval")),
            )
        )
    if rows:
        rows.append(
            (
                "合计（未加权）",
                "",
                *(facts[f"survey_{what}"] for what in COUNTED),
                "—",
            )
        )
    head = ("层", "方式", "总体", "发放", "回收", "回收率", "有效", "满意率", "95%区间")
    note = (
        "满意率＝满意答卷÷有效答卷。抽样的层列威尔逊区间，普查的层没有抽样误差。"
        "样本过少的层不单独下结论。"
    )
    absent = f"本年度未提供“{STRATA.name}”。"
    return Grid("satisfaction", "满意度调查情况", head, rows, total=True, note=note, absent=absent)


COUNTED = ("population", "sent", "returned", "recovery", "valid", "rate")


def _interval(run: Run, id: str) -> GridCell:
    if f"{id}_low" not in run.facts:
        return "—"
    low, high = run.facts[f"{id}_low"], run.facts[f"{id}_high"]
    return markup.join([markup.figure(low), "～", markup.figure(high)])


def weighted_satisfaction(run: Run) -> Grid:
    """The rate weighted by the strata, beside the plain one."""
    facts = run.facts
    if not run.tables[STRATA.name].given:
        return Grid("weighted", "", (), [], absent="没有可加权的满意度调查。")
    rows: list[tuple[GridCell, ...]] = [
        ("未加权满意率", facts["survey_rate"], "—", "各层按答卷份数计，答得多的层分量偏重"),
        (
            "加权满意率",
            facts["survey_weighted_rate"],
            _interval(run, "survey_interval"),
            "各层按总体人数计，代表全体",
        ),
    ]
    head = ("口径", "满意率", "95%区间", "说明")
    return Grid("weighted", "加权与未加权满意率", head, rows, note="对外使用加权满意率。")


def survey_use(run: Run) -> Grid:
    """What was done with the results, by stratum."""
    table = run.tables[STRATA.name]
    rows = [(table.string(n, "层"), table.string(n, "结果应用") or MISSING) for n in table.lines]
    absent = f"本年度未提供“{STRATA.name}”。"
    return Grid("survey-use", "调查结果应用", ("层", "结果应用"), rows, absent=absent)


def asset_differences(run: Run) -> Grid:
    """How many assets fail each comparison."""
    rows = (
        [(each.kind, each.label, run.facts[f"asset_{each.id}"]) for each in MISMATCHES]
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
