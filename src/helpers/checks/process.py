"""Checks on the year's process: reminders, survey, assets, evidence, rectification."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from helpers.checks.finding import Check, Finding, RunContents
from helpers.evaluation.assets import mismatches
from helpers.evaluation.fact_ids import monitored_id, stratum_id
from helpers.evaluation.monitoring import CHECKED_MONTHS, reminders
from helpers.figures.exact import exact_text, round_to
from helpers.inputs import cells
from helpers.inputs.schema.evaluation import RESULTS
from helpers.inputs.schema.process import (
    ASSETS,
    DONE,
    EVIDENCE,
    LIKELIHOOD,
    MONITORING,
    MONTHLY,
    RECTIFICATION,
    STRATA,
)


def reminded(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find the months in which a lagging project should have been reminded and was not."""
    table, floor = checked.tables[MONTHLY.name], checked.params.threshold("progress_floor")
    called = _project_names(checked)
    for each in reminders(table, floor, CHECKED_MONTHS):
        if not each.reminded:
            place = table.source(each.line, "提醒日期").place
            rate = each.progress.display
            project = called.get(each.project, each.project)
            problem = f"“{project}”到{each.month}月支付进度率 {rate}，应提醒而未提醒"
            yield Finding(name, "warning", place, problem)


def _project_names(checked: RunContents) -> dict[str, str]:
    """What projects are called, by their ids."""
    table = checked.tables[MONITORING.name]
    return {table.string(line, "编号"): table.string(line, "项目名称") for line in table.lines}


def monitored(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that a lagging project says why, how likely it is to finish, and what is done."""
    table = checked.tables[MONITORING.name]
    for line in table.lines:
        project, label = table.string(line, "编号"), table.string(line, "项目名称")
        progress = checked.facts[monitored_id(project, "progress")]
        behind = checked.params.is_below("progress_floor", progress)
        unsure = table.string(line, "完成可能性") in LIKELIHOOD[1:]
        for column in ("偏差原因", "完成可能性", "措施"):
            if (behind or unsure) and not table.string(line, column):
                place = table.source(line, column).place
                yield Finding(name, "warning", place, f"“{label}”进度滞后，没有填写{column}")


def months(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find months there are not, and months missing between a project's first and last."""
    table = checked.tables[MONTHLY.name]
    listed: dict[str, dict[int, int]] = {}
    for line in table.lines:
        month = table.value(line, "月份")
        if not isinstance(month, Fraction):
            continue
        if 1 <= month <= 12:
            listed.setdefault(table.string(line, "编号"), {})[int(month)] = line
        else:
            place = table.source(line, "月份").place
            yield Finding(name, "error", place, f"没有{exact_text(month)}月", "填1到12")
    for project, lines in listed.items():
        for before, after in pairwise(sorted(lines)):
            if after - before > 1:
                lacking = "、".join(f"{month}月" for month in range(before + 1, after))
                place = table.source(lines[after], "月份").place
                called = _project_names(checked).get(project, project)
                yield Finding(name, "warning", place, f"“{called}”缺{lacking}", "请补齐各月")


def survey(checked: RunContents, name: str) -> Iterator[Finding]:
    """Hold the survey's numbers against each other, and mark what is too small to speak of."""
    design, facts = checked.tables[STRATA.name], checked.facts
    known = {design.string(line, "层") for line in design.lines}
    for stratum in sorted(set(checked.answers.returned) - known):
        problem = f"答卷中的层“{stratum}”不在调查设计中"
        yield Finding(name, "error", design.place, problem, "请核对层的名称")
    least = checked.params.threshold("small_stratum")
    for line in design.lines:
        stratum, label = design.string(line, "编号"), design.string(line, "层")
        population, sent, returned, valid = (
            facts[stratum_id(stratum, what)] for what in ("population", "sent", "returned", "valid")
        )
        for less, more, column in ((sent, population, "发放"), (returned, sent, "发放")):
            if less.defined and more.defined and less.known > more.known:
                place = design.source(line, column).place
                problem = f"“{label}”{less.label} {less.display} 多于{more.label} {more.display}"
                yield Finding(name, "warning", place, problem)
        if least is not None and valid.defined and valid.known < least:
            problem = (
                f"“{label}”有效答卷 {valid.display} 份，少于 {exact_text(least)} 份，不单独下结论"
            )
            yield Finding(name, "warning", design.source(line, "层").place, problem)


def weighting(checked: RunContents, name: str) -> Iterator[Finding]:
    """Tell where the plain rate misleads, and where the reported one is not the survey's."""
    facts, design = checked.facts, checked.tables[STRATA.name]
    weighted, gap = facts["survey_weighted_rate"], checked.params.threshold("weighting_gap")
    if not weighted.defined:
        return
    plain = facts["survey_rate"]
    if gap is not None and plain.defined and abs(plain.known - weighted.known) >= gap:
        problem = (
            f"未加权满意率 {plain.display}，按各层总体加权为 {weighted.display}，"
            f"相差不小于 {exact_text(gap)} 个百分点，应以加权为准"
        )
        yield Finding(name, "warning", design.place, problem)
    for each in checked.evaluation.indicators:
        reported = facts[each.id]
        if each.kind != "服务对象满意度" or each.owner or not reported.defined:
            continue
        rounded = Fraction(round_to(weighted.known, reported.decimals))
        if reported.unit == "%" and rounded != reported.known:
            place = reported.sources[0].place
            problem = f"“{each.name}”完成值 {reported.display}，调查加权满意率为 {weighted.display}"
            yield Finding(name, "warning", place, problem)


def assets(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find every asset whose books, cards, presence and vouchers do not agree."""
    table = checked.tables[ASSETS.name]
    for mismatch, line in mismatches(table):
        place = table.source(line, mismatch.column).place
        asset = f"{table.string(line, '资产编号')}{table.string(line, '资产名称')}"
        yield Finding(name, "warning", place, f"{mismatch.kind}：{asset}{mismatch.label}")


def evidence_held(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that the evidence a result names is in the list, and there."""
    table, results = checked.tables[EVIDENCE.name], checked.tables[RESULTS.name]
    if not table.given:
        return
    held = {table.string(line, "编号"): line for line in table.lines}
    for line in results.lines:
        number = results.string(line, "佐证编号")
        place = results.source(line, "佐证编号").place
        if number and number not in held:
            yield Finding(name, "warning", place, f"佐证 {number} 不在资料清单中")
        elif number and table.string(held[number], "有无") == "缺":
            office = table.string(held[number], "保管科室")
            place = table.source(held[number], "有无").place
            yield Finding(name, "warning", place, f"佐证 {number} 缺，由{office}补齐")


def rectified(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find what is overdue, and what last year left open and nobody followed."""
    table, today = checked.tables[RECTIFICATION.name], as_of(checked)
    for line in table.lines:
        problem, deadline = table.string(line, "问题"), table.string(line, "时限")
        done = table.string(line, "完成情况") == DONE
        if not done and deadline and deadline < today:
            place = table.source(line, "时限").place
            text = f"“{problem}”时限 {deadline}，至 {today} 未完成"
            yield Finding(name, "warning", place, text)
        if done and not table.string(line, "完成日期"):
            place = table.source(line, "完成日期").place
            yield Finding(name, "warning", place, f"“{problem}”已完成，没有完成日期")
        if not done and (finished := table.string(line, "完成日期")):
            place = table.source(line, "完成情况").place
            text = f"“{problem}”有完成日期 {finished}，完成情况却不是{DONE}"
            yield Finding(name, "warning", place, text)
    listed = {table.string(line, "编号") for line in table.lines}
    last = checked.last_year_tables.get(RECTIFICATION.name)
    for line in last.lines if last else ():
        still_open = last is not None and last.string(line, "完成情况") != DONE
        if last and still_open and last.string(line, "编号") not in listed:
            place = last.source(line, "完成情况").place
            text = f"上年未完成的“{last.string(line, '问题')}”本年台账没有续列"
            yield Finding(name, "warning", place, text)


def as_of(checked: RunContents) -> str:
    """The day by which deadlines are judged: that of the sign-off, or the end of the year."""
    signed = checked.params.report_date
    return cells.day(signed).isoformat() if signed else f"{checked.params.year}-12-31"


MONITORING_CHECKS = (
    Check("支出提醒", "进度滞后的项目逐月提醒", reminded),
    Check("月份", "月份在1到12之间，各项目逐月连续", months),
    Check("运行监控", "进度滞后的项目写明原因、完成可能性和措施", monitored),
)
PROCESS_CHECKS = (
    *MONITORING_CHECKS,
    Check("满意度调查", "各层发放、回收相符，有效答卷足够", survey),
    Check("满意率加权", "各层比重不同的以加权为准，指标与调查一致", weighting),
    Check("资产核对", "账账、账实、账证逐件相符，处置有批复", assets),
    Check("资料齐全", "完成值所列佐证在资料清单中且齐全", evidence_held),
    Check("整改落实", "整改按期完成，上年未完成的续列", rectified),
)
