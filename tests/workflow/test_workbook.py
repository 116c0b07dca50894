"""One workbook holds everything of a run, and says what YAML and CSVs say."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from project_copies import ROOT, Copy

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.glance import text_beside
from helpers.inputs.params import Params
from helpers.inputs.params_sheet import NAME, NAMES, PARAMETERS, VALUE
from helpers.inputs.project import Project
from helpers.inputs.schema import COUNTED, TABLES
from helpers.inputs.schema.paragraphs import PARAGRAPHS
from helpers.inputs.sections import keys_in
from helpers.inputs.workbooks import WORKBOOK
from helpers.publishing.formats import OutputFormats
from helpers.run import Run
from helpers.workflow.batch.tasks import task
from helpers.workflow.starting.carry_over import BlankTable
from helpers.workflow.starting.workbook import Filling, write_workbook

DATA = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")

HEADS = (NAME, VALUE)


def as_workbook(project: Copy) -> Path:
    """Write a run's parameters and tables as one workbook in place of their files."""
    run, folder = project.load(), project.root / "data" / project.run
    blanks = [
        BlankTable(table.spec, list(table.texts), list(table.rows()))
        for table in run.tables.values()
    ]
    values = run.params.model_dump()
    path = folder / WORKBOOK
    write_workbook(path, Filling(values, {}, {}, blanks, [], run.facts, run.words))
    counted = {f"{spec.name}.csv" for spec in COUNTED}
    for file in folder.glob("*.csv"):
        if file.name not in counted:
            file.unlink()
    line = f"workbook: data/{project.run}/{WORKBOOK}\n"
    params(project).write_text(line, encoding="utf-8")
    return path


def params(project: Copy) -> Path:
    """The run's file of parameters."""
    return project.root / "params" / f"{project.run}.yaml"


def put(path: Path, sheet: str, cells: Mapping[str, Any]) -> None:
    """Type into cells of a workbook."""
    book = load_workbook(path)
    for at, value in cells.items():
        book[sheet][at].value = value
    book.save(path)


def cell_of(path: Path, name: str) -> str:
    """The cell of a parameter's value."""
    sheet: Worksheet = load_workbook(path)["参数"]
    return next(f"B{row[0].row}" for row in sheet.iter_rows() if row[0].value == name)


def figures(run: Run) -> dict[str, tuple[str, str, str]]:
    """What facts.json says of every figure, but for where it stands."""
    return {id: (fact.exact, fact.display, fact.unit) for id, fact in run.facts.items()}


@pytest.mark.parametrize("name", ["2023", "demo-2024"])
def test_a_workbook_says_what_yaml_and_csvs_say(project: Copy, name: str) -> None:
    """Equal parameters, tables, texts and figures, findings of the same checks."""
    year = project.of(name)
    before = year.load()
    as_workbook(year)
    after = year.load()
    assert after.params == before.params
    assert {name: list(table.rows()) for name, table in after.tables.items()} == {
        name: list(table.rows()) for name, table in before.tables.items()
    }
    where = before.paragraphs[0].place
    assert [replace(each, place=where) for each in after.paragraphs] == [
        replace(each, place=where) for each in before.paragraphs
    ]
    assert figures(after) == figures(before)
    assert [each.check for each in after.findings] == [each.check for each in before.findings]


def test_a_report_of_a_workbook_is_built_noticed_verified_and_packed(project: Copy) -> None:
    """Its change is seen; what is packed has its parameters written out."""
    project.sections(1)
    path = as_workbook(project)
    assert project.report("build", "2023").returncode == 0
    assert project.report("build", "2023").stdout.startswith("没有变化")
    assert project.report("verify", "2023").stdout.endswith("一致\n")
    assert project.report("bundle", "2023").returncode == 0
    folder = project.root / "unpacked"
    shutil.unpack_archive(project.root / "outputs" / "2023-绩效资料.zip", folder)
    packed = yaml.safe_load((folder / "inputs" / "params" / "2023.yaml").read_text("utf-8"))
    assert Params.model_validate(packed) == Project(project.root).params("2023")
    put(path, "参数", {cell_of(path, "编制人"): "张三"})
    assert "输入、程序或版本有变化" in project.report("build", "2023").stdout
    assert Project(project.root).params("2023").prepared_by == "张三"
    sent = task(Project(project.root), "2023", OutputFormats()).files
    assert sent[f"data/2023/{WORKBOOK}"] == path.read_bytes()


def test_a_parameter_in_both_places_is_refused_with_both(project: Copy) -> None:
    """One that is blank in the workbook may stand in the file."""
    path = as_workbook(project)
    line = params(project).read_text(encoding="utf-8")
    params(project).write_text(f"{line}status: 定稿\n", encoding="utf-8")
    with pytest.raises(UnreadableInputError) as caught:
        Project(project.root).params("2023")
    assert "“报告状态”（status）写了两处：params/2023.yaml 第2行，data/2023/" in str(caught.value)
    assert "“参数”表 第9行 “填写”列" in str(caught.value)
    put(path, "参数", {"B9": None})
    assert Project(project.root).params("2023").status == "定稿"


def test_a_sheet_of_parameters_beside_a_whole_file_is_an_error(project: Copy) -> None:
    """Nobody could tell which of them counts."""
    whole = params(project).read_text(encoding="utf-8")
    as_workbook(project)
    params(project).write_text(whole, encoding="utf-8")
    assert "参数写了两处，params/2023.yaml 也有" in {e.problem for e in project.load().errors}


TYPED: dict[str, tuple[Any, str, object]] = {
    "预算执行率下限": (0.905, "execution_rate_floor", "90.5"),
    "结转结余率上限": ("５", "carryover_rate_ceiling", "5"),
    "年度": (2023, "year", 2023),
    "落款日期": ("2024-8-20", "report_date", "2024年8月20日"),
    "预算编码": ("012", "budget_code", "012"),
    "以前年度": ("无", "earlier_runs", []),
    "支付进度率下限": (80.1, "progress_floor", "80.1"),
}


def test_parameters_are_read_as_they_are_typed(project: Copy) -> None:
    """Numbers to the digit, per cent as such, wide digits, days, texts of digits."""
    path = as_workbook(project)
    book = load_workbook(path)
    for name, (value, _, _) in TYPED.items():
        cell = book["参数"][cell_of(path, name)]
        cell.value = value
        cell.number_format = "0.0%" if name == "预算执行率下限" else "@"
        if isinstance(value, float) and value > 1:
            cell.number_format = "0"
    book.save(path)
    read = Project(project.root).params("2023")
    for _, key, meant in TYPED.values():
        assert getattr(read, key) == meant, key


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"B4": "二〇二三"}, "年度：应为四位年度，例如 2023"),
        ({"B16": "九成"}, "预算执行率下限：写法不对：阈值只填数字，例如 90"),
        ({"B9": "终稿"}, "报告状态：应为 草稿、送审稿、定稿 之一"),
        ({"A10": "编制者"}, "第10行 “参数”列：没有名为“编制者”的参数（是否应为“编制人”）"),
        ({"A10": "审核人"}, "“审核人”与 data/2023/数据.xlsx “参数”表 第10行 “填写”列 重复"),
        ({"A4": None, "B4": None}, "年度：缺少这个参数"),
    ],
)
def test_a_wrong_parameter_is_named_in_chinese(
    project: Copy, cells: dict[str, Any], said: str
) -> None:
    """With its row where there is one."""
    put(as_workbook(project), "参数", cells)
    with pytest.raises(UnreadableInputError) as caught:
        Project(project.root).params("2023")
    assert said in str(caught.value)


def test_a_renamed_sheet_is_told_apart_from_a_lost_one(project: Copy) -> None:
    """Of the parameters, and of a table every report needs."""
    path = as_workbook(project)
    book = load_workbook(path)
    book["预算执行"].title = "预算执行 (2)"
    book.save(path)
    with pytest.raises(UnreadableInputError, match="“预算执行 \\(2\\)”表是否应改名为“预算执行”"):
        project.load()
    book["参数"].title = "参数表"
    book.save(path)
    with pytest.raises(UnreadableInputError, match="“参数表”表是否应改名为“参数”"):
        Project(project.root).params("2023")


@pytest.mark.parametrize(
    "named", ["../2023/数据.xlsx", "data/2023/填报.xlsx", "数据.xlsx", "data/x/数据.xlsx"]
)
def test_only_a_workbook_in_a_folder_of_the_project_is_read(project: Copy, named: str) -> None:
    """Named as every run's is."""
    as_workbook(project)
    params(project).write_text(f"workbook: {named}\n", encoding="utf-8")
    with pytest.raises(UnreadableInputError, match=r"workbook 写法不对|找不到这个工作簿"):
        Project(project.root).params("2023")


def test_the_sheet_has_every_parameter_under_a_name_of_its_own() -> None:
    """And docs/data.md tells of each."""
    given = {"run", "data", "stage", "draft"}
    assert set(NAMES) | given == set(Params.model_fields)
    assert len(set(NAMES.values())) == len(NAMES)
    for each in PARAMETERS:
        assert f"| {each.name} | `{each.key}` |" in DATA


def test_the_paragraphs_are_those_the_notebooks_ask_for() -> None:
    """One list: in docs/data.md, and of the keys of the notebooks none is missing."""
    project = Project(ROOT)
    asked = {
        key
        for path in project.notebooks
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
        for key in keys_in("".join(cell["source"]))
    }
    assert asked == {each.key for each in PARAGRAPHS}
    for each in PARAGRAPHS:
        assert f"| {each.key} | {'须写' if each.needed else '可不写'} | {each.holds} |" in DATA


def test_what_a_paragraph_lacks_is_found_by_check_and_build_alike(project: Copy) -> None:
    """A blank row that must be written stops both; a row that is gone is told by both."""
    row = project.row("叙述", "原因说明")
    project.set("叙述", row, "文字", "")
    for command in ("check", "build"):
        done = project.report(command, "2023")
        assert done.returncode == 1
        assert f"必写段落 data/2023/叙述.csv 第{row + 2}行 “文字”列：必填，现为空" in done.stdout
    project.set("叙述", row, "段落", "差异率")
    found = [str(each) for each in project.load().findings if each.check == "必写段落"]
    [gone] = found
    assert gone.startswith("警告 必写段落 data/2023/叙述.csv：没有段落“原因说明”（须写：")
    project.say("差异由年中追加引起。", key="差异率")
    project.set("叙述", row, "文字", "有文字，没有依据。")
    project.set("叙述", row, "依据", "")
    assert any("“依据”列：必填" in str(each) for each in project.load().errors)


def test_a_new_workbook_has_every_table_paragraph_and_name(project: Copy) -> None:
    """Last year beside, heads locked, what is to be filled in free; the same bytes again."""
    assert project.report("new", "2024", "--from", "2023").returncode == 0
    path = project.root / "data" / "2024" / WORKBOOK
    book = load_workbook(path)
    assert book.sheetnames == ["填报说明", "参数", *(spec.name for spec in TABLES), "占位符"]
    narrative = book["叙述"]
    keys = {row[0].value for row in narrative.iter_rows(min_row=4)}
    assert keys == {e.key for e in PARAGRAPHS} - {"管理情况"}  # of other outlines
    assert narrative["B4"].value == f"须写：{PARAGRAPHS[0].holds}"
    names = {row[0].value: row for row in book["占位符"].iter_rows(min_row=4)}
    assert [cell.value for cell in names["预算执行率"]][:3] == [
        *("预算执行率", "{预算执行率}", "execution_rate")
    ]
    assert names["2023年全年预算数"][3].value == "23,187.02万元"
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet["A3"].protection.locked
    assert not book["预算执行"]["B4"].protection.locked
    assert not book["预算执行"].column_dimensions["B"].protection.locked
    assert not book["预算执行"]["C4"].protection.locked
    assert book["参数"]["A4"].protection.locked
    assert not book["参数"]["B4"].protection.locked
    first = path.read_bytes()
    shutil.rmtree(path.parent)
    params(project.of("2024")).unlink()
    assert project.report("new", "2024", "--from", "2023").returncode == 0
    assert path.read_bytes() == first


def test_a_tired_analyst_is_understood(project: Copy) -> None:
    """Numbers as texts with commas, rows blank or moved, another sheet, a column beside."""
    path = as_workbook(project)
    before = project.load()
    book = load_workbook(path)
    budget = book["预算执行"]
    budget["C4"].value, budget["D4"].value = "5,275.741749 ", " ５２７５．７４１７４９"
    rows = [[cell.value for cell in row] for row in budget.iter_rows(min_row=4, max_row=6)]
    for number, row in zip((9, 7, 5), rows, strict=True):
        for at, value in enumerate(row, 1):
            budget.cell(number, at).value = value
    for number in (4, 6):
        for cell in budget[number]:
            cell.value = None
    budget["G3"].value, budget["G9"].value = "备注", "已与决算核对"
    book.create_sheet("草稿纸")["A1"].value = "算一算"
    book.save(path)
    after = project.load()
    assert figures(after) == figures(before)
    new = {str(each) for each in after.findings if each.check == "未读入"}
    assert any("“草稿纸”表：没有用到这张工作表" in each for each in new)
    assert any("“备注”列：没有这一列，未读入" in each for each in new)


@pytest.mark.parametrize("kept", [True, False])
def test_the_name_in_another_units_workbook_is_known(project: Copy, kept: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    """At a glance, or by reading it, where its sheet is not as we write it."""
    words = ("new", "bureau-2024", "--from", "2023", "--department", "某某局")
    assert project.report(*words).returncode == 0
    path = project.root / "data" / "bureau-2024" / WORKBOOK
    if not kept:
        book = load_workbook(path)
        book["参数"]["A5"].value = "单位名称（全称）"
        book.save(path)
    project.say("与某某局共建道路。")
    assert "某某局" in " ".join(each.problem for each in project.load().errors)
    assert text_beside(path, Place("", sheet="参数"), "单位名称", HEADS) == (
        "某某局" if kept else ""
    )
    assert text_beside(path.parent, Place(""), "单位名称", HEADS) == ""
