"""Nothing of another unit: its name in a run is an error with its cell, unless the row says so."""

import csv
from pathlib import Path

import pytest
from project_copies import Copy

from helpers.checks.finding import Finding
from helpers.inputs.project import Project
from helpers.run import load_run


def found(project: Copy) -> list[Finding]:
    """What the check finds."""
    return [each for each in project.load().findings if each.check == "其他单位"]


def beside(project: Copy, department: str, name: str = "other-2023") -> Path:
    """Another run of the project, of a department."""
    path = project.root / "params" / f"{name}.yaml"
    path.write_text(f"department: {department}\n", encoding="utf-8")
    return path


def column(path: Path, heading: str, cells: dict[int, str]) -> None:
    """Add a column to a table, filled in some of its rows (the first is 0)."""
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    added = [heading, *(cells.get(at, "") for at in range(len(rows) - 1))]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row, cell] for row, cell in zip(rows, added, strict=True))


@pytest.mark.parametrize("run", ["2023", "demo-2022", "demo-2023", "demo-2024"])
def test_no_run_of_the_project_names_another_unit(project: Copy, run: str) -> None:
    """Though there are two units in it."""
    assert found(project.of(run)) == []


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("叙述", "文字", "{department}和某某乡一道推进。"),
        ("叙述", "依据", "《某某乡2023年度部门整体绩效评价报告》"),
        ("机构", "机构名称", "某某乡财政所"),
        ("绩效指标", "三级指标", "某某乡广场企业入驻率"),
        ("绩效工作", "对象", "某某乡"),
    ],
)
def test_the_name_of_another_unit_in_a_cell_is_an_error_with_its_cell(
    project: Copy, table: str, column: str, text: str
) -> None:
    """In texts, bases, names and whatever else a table holds; a draft is refused as well."""
    beside(project, "某某乡")
    project.set(table, 0, column, text)
    [finding] = found(project)
    assert (finding.level, finding.gap) == ("error", False)
    assert (finding.place.line, finding.place.column) == (2, column)
    assert finding.problem == "“某某乡”是另一单位（params/other-2023.yaml）"
    assert "“涉及单位”列" in finding.hint


def test_the_name_of_another_unit_in_a_parameter_is_an_error(project: Copy) -> None:
    """As it is where a notice, or the folder of another's data, was taken over."""
    beside(project, "某某乡")
    project.param("notice", "notice: 未经某某乡确认")
    [finding] = found(project)
    assert str(finding.place) == "params（notice）"


def test_the_name_of_a_unit_in_a_notebook_is_an_error_for_all_others(project: Copy) -> None:
    """All units share the notebooks; only the run that one opens by itself may be anyone's."""
    beside(project, "某某乡")
    path = project.root / "notebooks" / "01-overview.ipynb"
    text = path.read_text(encoding="utf-8")
    named = text.replace("主要职责按短标题列示", "某某乡的主要职责按短标题列示")
    path.write_text(named, encoding="utf-8")
    [finding] = found(project)
    assert finding.place.file == "notebooks/01-overview.ipynb"
    path.write_text(text.replace('run = \\"2023\\"', 'run = \\"某某乡-2023\\"'), encoding="utf-8")
    assert found(project) == []


def test_a_row_that_says_it_means_another_unit_may_name_it(project: Copy) -> None:
    """That row, and that unit alone."""
    beside(project, "某某乡")
    beside(project, "某某街道", "street-2023")
    for row, text in enumerate(("某某乡修路。", "某某乡修桥。", "某某乡和某某街道。")):
        project.set("叙述", row, "文字", text)
    column(project.path("叙述"), "涉及单位", {0: "某某乡", 2: "某某街道、某某乡财政所"})
    assert [(each.place.line, each.problem[:5]) for each in found(project)] == [
        (3, "“某某乡”"),
        (4, "“某某乡”"),
    ]
    unread = [each for each in project.load().findings if each.check == "未读入"]
    assert unread == []


def test_the_column_counts_in_a_table_that_has_nothing_like_it(project: Copy) -> None:
    """Even where no column says what a row rests on."""
    beside(project, "某某乡")
    project.set("职责", 0, "职责", "与某某乡共建道路")
    assert len(found(project)) == 1
    column(project.path("职责"), "涉及单位", {0: "某某乡"})
    assert found(project) == []


def test_the_own_name_wins_where_it_holds_that_of_another_unit(project: Copy) -> None:
    """太阳宫乡财政所 names itself, not 太阳宫乡; 太阳宫乡 by itself is another."""
    project.param("department", "department: 某某乡财政所")
    beside(project, "某某乡")
    project.param("notice", 'notice: ""')
    for table in ("叙述", "绩效指标"):
        path = project.path(table)
        path.write_text(path.read_text(encoding="utf-8").replace("太阳宫乡", ""), encoding="utf-8")
    project.set("职责", 0, "职责", "某某乡财政所的职责")
    assert found(project) == []
    project.set("职责", 0, "职责", "某某乡的职责")
    assert len(found(project)) == 1


@pytest.mark.parametrize("name", ["乡", "2023", '"-"', '""'])
def test_a_name_that_would_be_found_in_any_text_is_none(project: Copy, name: str) -> None:
    """One odd file of parameters does not stop every other unit."""
    beside(project, name)
    assert found(project) == []


@pytest.mark.parametrize(
    "text", ["a: [", "- 1\n", "department: [某某乡]\n", "\x00", "", "x: &a 1\ny: *a"]
)
def test_parameters_that_cannot_be_read_do_not_stop_another_run(project: Copy, text: str) -> None:
    """They are an error of their own run."""
    beside(project, "某某乡").write_text(text, encoding="utf-8")
    (project.root / "params" / "folder.yaml").mkdir()
    assert found(project) == []


def test_other_years_of_the_own_unit_are_no_other_unit(project: Copy) -> None:
    """Nor does the name with a space around it make one."""
    beside(project, '" 太阳宫乡 "')
    project.set("职责", 0, "职责", "太阳宫乡的职责")
    assert found(project) == []


def test_the_monitoring_of_august_is_checked_as_well(project: Copy) -> None:
    """Its few tables may have been taken over too."""
    beside(project, "某某乡")
    demo = project.of("demo-2024")
    demo.set("运行监控", 0, "措施", "由某某乡实施")
    here = Project(project.root)
    params = here.params("demo-2024").model_copy(update={"stage": "监控"})
    findings = [each for each in load_run(here, params).findings if each.check == "其他单位"]
    assert [each.place.column for each in findings] == ["措施"]


def test_the_bodies_of_the_unit_a_run_was_started_from_are_another_unit_s(project: Copy) -> None:
    """None of them is ours, unless we list one of that name; those of other runs are free."""
    done = project.report("new", "bureau-2024", "--from", "2023", "--department", "某某局", "--csv")
    assert done.returncode == 0, done.stdout
    lines = project.path("机构").read_text(encoding="utf-8").splitlines()
    theirs = [row[1] for row in csv.reader(lines)][1:3]
    bureau = project.of("bureau-2024")
    for name in theirs:
        bureau.add("职责", "局机关", f"指导{name}工作")
    assert [each.problem for each in found(bureau)] == [
        f"“{name}”是另一单位的机构（data/2023/机构.csv）" for name in theirs
    ]
    bureau.add("机构", "内设机构", theirs[0])
    assert len(found(bureau)) == 1
    bureau.param("started_from", "started_from: demo-2024")
    assert found(bureau) == []
