"""The tables of projects: all of them with the worst executed first, by field, and one by one."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from helpers.blocks.model import Card, Grid, GridCell, Paragraph
from helpers.blocks.words import words
from helpers.evaluation.fact_ids import (
    points_id,
    project_prefix,
    score_id,
)
from helpers.evaluation.score_lines import ScoreSheet
from helpers.figures.exact import WAN
from helpers.figures.number import MISSING
from helpers.inputs.data_frames import explained
from helpers.inputs.schema.evaluation import (
    ELEMENTS,
    NOT_APPLICABLE,
    PLAN_ITEMS,
    PROJECT_GOALS,
    PROJECTS,
)
from helpers.notebook.tables.indicators import result_cell, target_cell
from helpers.notebook.tables.scores import reason, total_figure
from helpers.run import Run

COLUMNS = ("initial_budget", "budget", "executed", "execution_rate")
HEADS = ("年初预算数", "全年预算数", "全年执行数", "预算执行率")


def worst_first(run: Run) -> list[int]:
    """The projects' lines by execution rate, the lowest first."""
    table = run.tables[PROJECTS.name]

    def rate(line: int) -> tuple[bool, Fraction]:
        fact = run.facts[f"{project_prefix(table.string(line, '编号'))}execution_rate"]
        return (not fact.defined, fact.known if fact.defined else Fraction(0))

    return sorted(table.lines, key=rate)


def projects(run: Run) -> pd.DataFrame:
    """Every project by execution rate, the lowest first, with what explains it and its score."""
    table, facts = run.tables[PROJECTS.name], run.facts
    rows = []
    for line in worst_first(run):
        prefix = project_prefix(table.string(line, "编号"))
        rows.append(
            (
                table.string(line, "项目名称"),
                table.string(line, "领域"),
                *(facts[f"{prefix}{column}"] for column in COLUMNS),
                facts[f"{prefix}total_score"],
                _deviation(run, line),
            )
        )
    head = ["项目名称", "领域", *HEADS, "自评得分", "偏差原因"]
    return explained(pd.DataFrame(rows, columns=head), f"本年度未提供“{PROJECTS.name}”。")


def project_pages(run: Run) -> list[Card]:
    """A page for each project: money, goal, plan, indicators and score."""
    table = run.tables[PROJECTS.name]
    return [_page(run, line) for line in table.lines]


def _page(run: Run, line: int) -> Card:
    table = run.tables[PROJECTS.name]
    project, name = table.string(line, "编号"), table.string(line, "项目名称")
    sheet = run.evaluation.project_sheets[project]
    total = words(sheet.total_label, "：", total_figure(run, sheet), "。")
    why = words("偏差原因：", _deviation(run, line).rstrip("。"), "。")
    blocks: list[Paragraph | Grid] = [
        Paragraph(f"text-score-{project}", total),
        Paragraph(f"text-deviation-{project}", why),
        _money(run, sheet, name),
        *_goal(run, project),
        _results(run, sheet, name),
        _plan(run, line),
    ]
    return Card(f"card-{project}", name, blocks)


def _deviation(run: Run, line: int) -> str:
    """What explains a project's execution: wanted where the rate is below the floor, or unknown.

    Without a floor nobody can say that there is nothing to explain.
    """
    table = run.tables[PROJECTS.name]
    rate = run.facts[f"{project_prefix(table.string(line, '编号'))}execution_rate"]
    low = run.params.is_below("execution_rate_floor", rate)
    none = "无" if run.params.execution_rate_floor else "—"
    return table.string(line, "偏差原因") or (MISSING if low or not rate.defined else none)


def _money(run: Run, sheet: ScoreSheet, name: str) -> Grid:
    """The block of funds of the official form (项目资金)."""
    facts, prefix = run.facts, sheet.prefix
    rated = next((line for line in sheet.lines if line.item.rule == "rate"), None)
    scored: tuple[GridCell, GridCell] = ("—", "—")
    if rated:
        scored = (facts[points_id(rated.id)], facts[score_id(rated.id)])
    row = (
        "年度资金总额",
        *(facts[f"{prefix}{column}"] for column in COLUMNS),
        *scored,
    )
    head = (
        "项目资金",
        "年初预算数",
        "全年预算数（A）",
        "全年执行数（B）",
        "执行率（B/A）",
        "分值",
        "得分",
    )
    return Grid(f"table-{prefix}money".replace("_", "-"), f"{name}资金", head, [row], WAN)


def _goal(run: Run, project: str) -> list[Grid]:
    table = run.tables[PROJECT_GOALS.name]
    return [
        Grid(
            f"table-goal-{project}",
            f"{table.string(line, '项目名称')}绩效目标",
            ELEMENTS,
            [tuple(table.string(line, element) or MISSING for element in ELEMENTS)],
        )
        for line in table.where("编号", project)
    ]


def _results(run: Run, sheet: ScoreSheet, name: str) -> Grid:
    """The indicators in the columns of the official form (项目支出绩效自评表), and the total."""
    facts = run.facts
    rows: list[tuple[GridCell, ...]] = []
    for line in sheet.lines:
        if line.indicator:
            target = target_cell(run, line.indicator)
            actual, third = result_cell(run, line.indicator), line.indicator.name
            score: GridCell = facts[score_id(line.id)] if line.applicable else NOT_APPLICABLE
        elif line.item.rule != "indicators" or not facts[score_id(line.id)].defined:
            target, actual, third = "—", "—", line.item.name
            score = facts[score_id(line.id)]
        else:
            continue
        kind = line.indicator.written if line.indicator else line.item.group
        points = facts[points_id(line.id)]
        rows.append((line.part.name, kind, third, target, actual, points, score, reason(run, line)))
    total = f"{sheet.prefix}total"
    rows.append(
        ("合计", "", "", "", "", facts[points_id(total)], facts[score_id(total)], sheet.grade)
    )
    head = (
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析",
    )
    id = f"table-{sheet.prefix}results".replace("_", "-")
    return Grid(id, f"{name}绩效指标", head, rows, total=True, merged=2)


def _plan(run: Run, line: int) -> Grid:
    """Which of the seven items the project's plan holds."""
    table = run.tables[PROJECTS.name]
    project, name = table.string(line, "编号"), table.string(line, "项目名称")
    return Grid(
        f"table-plan-{project}",
        f"{name}实施方案",
        PLAN_ITEMS,
        [tuple(table.string(line, item) or MISSING for item in PLAN_ITEMS)],
    )
