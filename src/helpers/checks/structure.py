"""Checks on completeness: what a report must hold for its statements to stand."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from helpers import headings, years
from helpers.checks.finding import Check, Checked, Finding, Level
from helpers.errors import Place


def heading_sequence(checked: Checked, name: str) -> Iterator[Finding]:
    """Find headings whose number is not the next one."""
    for heading, expected in headings.out_of_sequence(checked.headings):
        problem = f"标题“{heading.text}”编号应为“{expected}”"
        yield Finding(name, "error", heading.place, problem)


def targets(checked: Checked, name: str) -> Iterator[Finding]:
    """Ask for the 指标值 and 完成值 of every indicator."""
    for table_name, label, columns in (
        ("人员", "人员类别", ("指标值",)),
        ("绩效指标", "三级指标", ("指标值", "完成值")),
    ):
        table = checked.tables[table_name]
        for line in table.lines:
            for column in columns:
                if table.value(line, column) is None:
                    problem = f"“{table.string(line, label)}”没有{column}，无从对照"
                    yield Finding(name, "warning", table.source(line, column).place, problem)


def groups_covered(checked: Checked, name: str) -> Iterator[Finding]:
    """Ask for a comparator of cost and for data on satisfaction."""
    table = checked.tables["绩效指标"]
    for group, problem in {
        "产出成本": "没有带指标值的成本指标，支出总额不能说明成本高低",
        "服务对象满意度": "没有满意度指标，满意度无数据",
    }.items():
        column = "指标值" if group == "产出成本" else "完成值"
        lines = table.where("二级指标", group)
        if all(table.value(line, column) is None for line in lines):
            yield Finding(name, "warning", table.place, problem, f"补充“{group}”的行")


def scores(checked: Checked, name: str) -> Iterator[Finding]:
    """See that every part has a score or a reason why not, and that the points make 100."""
    table = checked.tables["评分项目"]
    points = Fraction(0)
    for line in table.lines:
        value = table.value(line, "分值")
        points += value if isinstance(value, Fraction) else 0
        scored = f"{table.string(line, '编号')}_score" in checked.facts
        if not scored and not table.string(line, "暂不评分原因"):
            problem = f"“{table.string(line, '一级指标')}”没有得分，也没有原因"
            yield Finding(name, "error", table.source(line, "暂不评分原因").place, problem)
    if points != 100:
        yield Finding(name, "error", table.place, f"分值合计为 {points}，应为 100")


def problems(checked: Checked, name: str) -> Iterator[Finding]:
    """See that each problem has its cause and its measure."""
    table = checked.tables["问题与措施"]
    for line in table.lines:
        if table.string(line, "问题") and not table.string(line, "原因"):
            place = table.source(line, "原因").place
            yield Finding(name, "warning", place, "问题没有写明原因", "说明为什么，不写工作要求")


def work_years(checked: Checked, name: str) -> Iterator[Finding]:
    """Judge the years of the management work by its activity."""
    table = checked.tables["绩效工作"]
    for line in table.lines:
        work, year = table.string(line, "工作"), table.string(line, "所写年度")
        if not year or not years.fits(work, int(year), checked.params.year):
            problem = f"{table.string(line, '对象')}{work}写作 {year or '空'} 年，与报告年度不符"
            place = table.source(line, "所写年度").place
            yield Finding(name, "warning", place, problem, "请核实年度", years.PENDING)


def sign_off(checked: Checked, name: str) -> Iterator[Finding]:
    """See who signs; a final report cannot go without."""
    params = checked.params
    names = {
        "prepared_by": "编制人",
        "reviewed_by": "审核人",
        "head": "单位负责人",
        "report_date": "日期",
    }
    blank = [f"{label}（{key}）" for key, label in names.items() if not getattr(params, key)]
    if blank:
        level: Level = "error" if params.status == "定稿" else "note"
        yield Finding(name, level, Place("params"), f"落款未填：{'、'.join(blank)}")


STRUCTURE_CHECKS = (
    Check("标题编号", "标题按 一、（一）1.（1） 连续编号", heading_sequence),
    Check("指标值与完成值", "每项指标都有指标值和完成值", targets),
    Check("成本与满意度", "成本有比较对象，满意度有数据", groups_covered),
    Check("得分或原因", "每个部分都有得分或暂不评分的原因，分值合计100", scores),
    Check("问题与原因", "每个问题都写明原因和措施", problems),
    Check("工作年度", "自评、监控的年度与报告年度相符", work_years),
    Check("落款", "编制人、审核人、单位负责人和日期齐全", sign_off),
)
