"""Rows called by their names: ids that follow from them, wherever the rows stand."""

import csv
import random
from collections.abc import Callable

from project_copies import Copy

from helpers.inputs.row_ids import ID, derived
from helpers.run import Run

Row = dict[str, str]


def change(project: Copy, table: str, make: Callable[[list[Row]], None]) -> None:
    """Change the rows of a table."""
    path = project.path(table)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    make(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def names(project: Copy, table: str, column: str) -> dict[str, str]:
    """The names of a table's rows by their ids."""
    found: dict[str, str] = {}
    change(project, table, lambda rows: found.update({row[ID]: row[column] for row in rows}))
    return found


def by_names(year: Copy) -> None:
    """Leave every id blank, and put names in place of those that are named elsewhere."""
    projects, goals = names(year, "项目自评", "项目名称"), names(year, "整体绩效目标", "绩效目标")
    indicators = names(year, "绩效指标", "三级指标")
    called = {"月度执行": projects, "指标完成": indicators}

    def nameless(table: str) -> Callable[[list[Row]], None]:
        def make(rows: list[Row]) -> None:
            for row in rows:
                row[ID] = called[table][row[ID]] if table in called else ""
                for column, known in (("所属", projects), ("整体目标", goals)):
                    if column in row:
                        row[column] = known.get(row[column], "")

        return make

    for table in (
        *("项目自评", "项目目标申报", "运行监控", "整体绩效目标", "绩效指标", "指标完成"),
        *("月度执行", "人员", "调查设计", "管理情况", "绩效工作", "整改台账"),
    ):
        change(year, table, nameless(table))


def told(run: Run) -> list[tuple[str, str, str]]:
    """What every figure is called and says."""
    return sorted((fact.label, fact.exact, fact.display) for fact in run.facts.values())


def derivations(run: Run) -> dict[str, str]:
    """The figures with an id that follows from a name."""
    return {id: fact.exact for id, fact in run.facts.items() if id.startswith("n_")}


def test_a_run_without_an_id_says_the_same(project: Copy) -> None:
    """Projects, goals, indicators, results, months, items of the rubric: all by their names."""
    year = project.of("demo-2024")
    before = year.load()
    by_names(year)
    after = year.load()
    assert told(after) == told(before)
    assert derived("乡村道路养护里程") in after.facts


def test_moving_rows_changes_no_id(project: Copy) -> None:
    """In any table, however they are moved."""
    year = project.of("demo-2024")
    by_names(year)
    before = year.load()
    for table in ("项目自评", "绩效指标", "指标完成", "月度执行", "人员", "整体绩效目标"):
        change(year, table, random.Random(7).shuffle)
    after = year.load()
    assert told(after) == told(before)
    assert derivations(after) == derivations(before)


def test_an_id_that_stands_somewhere_is_that_of_its_name_everywhere(project: Copy) -> None:
    """Written in one table, left blank in the others."""
    year = project.of("demo-2024")
    before = {id: fact.exact for id, fact in year.load().facts.items()}
    change(year, "项目目标申报", lambda rows: [row.update({ID: ""}) for row in rows].clear())
    change(year, "管理情况", lambda rows: [row.update({ID: ""}) for row in rows].clear())
    assert {id: fact.exact for id, fact in year.load().facts.items()} == before


def test_equal_names_without_ids_are_refused(project: Copy) -> None:
    """Each row once, with both places and what to do, and nothing else is hidden.

    A name that no row has is refused where it is written.
    """
    others = {str(each) for each in project.load().findings}
    for row in (0, 1):
        project.set("人员", row, ID, "")
        project.set("人员", row, "人员类别", "在编")
    project.set("指标完成", 0, ID, "没有的指标")
    run = project.load()
    errors = [str(each) for each in run.errors]
    alike = "编号空着，而“在编”不止一行：第2行、第3行（名称相同的各写一个编号，或改正名称）"
    assert [error.partition("：")[2] for error in errors if "人员.csv" in error] == [alike] * 2
    assert len(others & {str(each) for each in run.findings}) > len(others) / 2
    assert len(run.facts) > 100
    assert any("data/2023/指标完成.csv 第2行 “编号”列：“没有的指标”写法不对" in e for e in errors)


def test_a_name_of_two_indicators_needs_its_id(project: Copy) -> None:
    """Both are listed."""
    year = project.of("demo-2024")
    indicators = names(year, "绩效指标", "三级指标")
    first, second = list(indicators)[:2]
    year.set("绩效指标", year.row("绩效指标", second), "三级指标", indicators[first])
    year.set("指标完成", year.row("指标完成", first), ID, indicators[first])
    errors = [str(each) for each in year.load().errors]
    assert any(f"不止一个（写编号：{'、'.join(sorted((first, second)))}）" in e for e in errors)


def test_the_next_year_keeps_names_and_leaves_their_ids_blank(project: Copy) -> None:
    """No id that nobody wrote; a reference says the name again."""
    year = project.of("demo-2024")
    by_names(year)
    assert project.report("new", "demo-2025", "--from", "demo-2024", "--csv").returncode == 0
    after = project.of("demo-2025")
    assert set(names(after, "项目自评", "项目名称")) == {""}
    assert "乡村道路养护里程" in names(after, "指标完成", ID)
    assert "n_" not in after.path("绩效指标").read_text(encoding="utf-8")
