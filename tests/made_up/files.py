"""The made-up tables as files: one folder a year, its parameters, and what is planted."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from made_up import process, resources, targets, texts
from made_up.money_story import (
    Money,
    Rows,
    account_rows,
    adjustment_rows,
    budget_rows,
    function_rows,
    money,
)
from made_up.plants import plant

SEED = 20240101
YEARS = (2022, 2023, 2024)
BAD_YEAR = 2024
KINDS = ("乡镇", "街道", "委办局")


def write_project(root: Path, seed: int = SEED) -> None:
    """Write params/demo-*.yaml, data/demo-*/ and tests/planted.csv below a folder."""
    opening = 180_000_000
    for year in YEARS:
        bad_year, folder = year == BAD_YEAR, f"data/demo-{year}"
        spent = money(Random(f"{seed}-{year}"), year, opening, bad_year=bad_year)
        tables = year_tables(seed, year, spent, bad_year=bad_year)
        if bad_year:
            planted = list(plant(tables, folder))
            write_csv(root / "tests" / "planted.csv", [["check", "place"], *map(list, planted)])
        for name, rows in tables.items():
            write_csv(root / folder / f"{name}.csv", rows)
        (root / folder / "说明.txt").write_text(f"{texts.NOTICE}。\n", encoding="utf-8")
        earlier = [f"demo-{past}" for past in YEARS if past < year]
        params = root / "params" / f"demo-{year}.yaml"
        params.parent.mkdir(exist_ok=True)
        params.write_text(texts.params_text(year, earlier, texts.Body()), encoding="utf-8")
        opening = spent.left


def write_departments(root: Path, count: int, seed: int = SEED) -> list[str]:
    """Write a year of as many made-up departments; gives the names of their runs.

    Every tenth had a bad year. The amounts differ, the shape of the tables does not.
    """
    runs = []
    for number in range(1, count + 1):
        body = texts.Body(
            run=f"u{number:05d}",
            department=f"示例单位{number:04d}",
            budget_code=f"{900_000 + number}",
            kind=KINDS[number % len(KINDS)],
        )
        random, bad_year = Random(f"{seed}-{number}"), number % 10 == 0
        spent = money(random, BAD_YEAR, random.randint(120, 260) * 1_000_000, bad_year=bad_year)
        run = f"{body.run}-{BAD_YEAR}"
        for name, rows in year_tables(seed + number, BAD_YEAR, spent, bad_year=bad_year).items():
            write_csv(root / "data" / run / f"{name}.csv", rows)
        params = root / "params" / f"{run}.yaml"
        params.parent.mkdir(exist_ok=True)
        params.write_text(texts.params_text(BAD_YEAR, [], body), encoding="utf-8")
        runs.append(run)
    return runs


def year_tables(seed: int, year: int, spent: Money, *, bad_year: bool) -> dict[str, Rows]:
    """Every table of a year, consistent throughout."""
    satisfied = process.satisfied_rate(bad_year=bad_year)
    results = targets.result_rows(year, satisfied, bad_year=bad_year)
    staff = targets.staff_rows(Random(f"{seed}-staff-{year}"))
    projects = targets.project_rows(spent, bad_year=bad_year)
    return {
        "预算执行": budget_rows(spent),
        "预算调整明细": adjustment_rows(spent),
        "收入支出决算总表": account_rows(spent),
        "支出决算表": function_rows(spent),
        "项目自评": projects,
        "项目目标申报": targets.project_goal_rows(),
        "整体绩效目标": targets.goal_rows(),
        "绩效指标": targets.indicator_rows(),
        "指标完成": results,
        "管理情况": targets.management_rows(year, bad_year=bad_year),
        "评分标准": targets.step_rows(),
        "月度执行": process.month_rows(year, spent, bad_year=bad_year),
        "运行监控": process.monitoring_rows(spent, bad_year=bad_year),
        "调查设计": process.stratum_rows(bad_year=bad_year),
        "答卷": process.answer_rows(year, bad_year=bad_year),
        "资产": process.asset_rows(year),
        "资料清单": process.evidence_rows(results, year),
        "整改台账": process.rectification_rows(year),
        "人员": staff,
        "机构": texts.organisation_rows(),
        "职责": texts.duty_rows(),
        "绩效工作": texts.work_rows(year),
        "问题与措施": texts.problem_rows(bad_year=bad_year),
        "比率说明": texts.explanation_rows(bad_year=bad_year),
        "三公经费": resources.expense_rows(seed, year),
        "公用经费": resources.operating_rows(seed, year),
        "政府采购": resources.procurement_rows(seed, year),
        "编制": resources.post_rows(staff),
        "资金来源": resources.fund_rows(spent),
        "经济分类": resources.economic_rows(seed, year, spent),
        "重点项目": resources.key_project_rows(projects, bad_year=bad_year),
        "叙述": texts.prose_rows(year, bad_year=bad_year),
    }


def write_csv(path: Path, rows: Rows) -> None:
    """Write a table, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
