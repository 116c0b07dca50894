"""The section notebooks: committed clean, more prose than code, runnable as they stand."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from project_copies import ROOT, Copy

from helpers.errors import Place, UnreadableInputError
from helpers.inputs.params import ANNUAL, MONITORING, Params
from helpers.inputs.schema import TABLES
from helpers.inputs.sections import EARLIER_RUNS, assigned, wanted
from helpers.notebook import open_report

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
SECTIONS = NOTEBOOKS[:6]
ANNEXES = [path for path in NOTEBOOKS[6:] if path.name < "3"]
BIN = Path(sys.executable).parent
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    """The cells of a kind."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def test_there_are_six_sections_and_then_the_annexes() -> None:
    """01 to 06, then from 11 on."""
    assert [path.name[:2] for path in SECTIONS] == [f"0{n}" for n in range(1, 7)]
    assert all(path.name[:2] > "10" for path in NOTEBOOKS[6:])


def test_an_annex_is_titled_without_a_number() -> None:
    """The report numbers those a run has: 附件1, 附件2, …"""
    for path in ANNEXES:
        assert cells(path, "markdown")[0].source.startswith("# 附件 ")


def test_an_annex_names_what_it_needs() -> None:
    """Tables there are, or earlier runs; the score sheet needs nothing."""
    known = {table.name for table in TABLES} | {EARLIER_RUNS}
    purposes = {path.stem: wanted(path, Place(path.name)) for path in NOTEBOOKS}
    assert all(set(each.needs) <= known for each in purposes.values())
    free = {path.stem for path in SECTIONS} | {"11-score-sheet", "31-monitoring"}
    assert {stem for stem, each in purposes.items() if not each.needs} == free
    assert [stem for stem, each in purposes.items() if each.stage != ANNUAL] == ["31-monitoring"]


def test_the_headings_are_those_of_the_official_report() -> None:
    """Every heading of the rules' skeleton, in order, and no other."""
    heads = [
        line
        for path in SECTIONS
        for cell in cells(path, "markdown")
        if "analyst-note" not in cell.metadata.get("tags", [])
        for line in cell.source.splitlines()
    ]
    assert heads == [
        "# 一、部门概况",
        "## （一）机构设置及职责工作任务情况",
        "## （二）部门整体绩效目标设立情况",
        "# 二、当年预算执行情况",
        "# 三、整体绩效目标实现情况",
        "## （一）产出完成情况分析",
        "### 1.产出数量",
        "### 2.产出质量",
        "### 3.产出进度",
        "### 4.产出成本",
        "## （二）效果实现情况分析",
        "### 1.经济效益",
        "### 2.社会效益",
        "### 3.环境效益",
        "### 4.可持续性影响",
        "### 5.服务对象满意度",
        "# 四、预算管理情况分析",
        "## （一）财务管理",
        "### 1.财务管理制度健全性",
        "### 2.资金使用合规性和安全性",
        "### 3.会计基础信息完善性",
        "## （二）资产管理",
        "## （三）绩效管理",
        "## （四）结转结余率",
        "## （五）部门预决算差异率",
        "# 五、总体评价结论",
        "## （一）评价得分情况",
        "## （二）存在的问题及原因分析",
        "# 六、措施建议",
    ]


def test_every_notebook_is_committed_without_outputs() -> None:
    """As nbstripout verifies it."""
    done = subprocess.run(
        [BIN / "nbstripout", "--verify", "--keep-id", *NOTEBOOKS], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout


@each
def test_the_parameters_cell_names_the_run_and_what_the_section_uses(path: Path) -> None:
    """The run, and thresholds left to its file; each is handed to `open_report`."""
    [cell] = [cell for cell in cells(path, "code") if "parameters" in cell.metadata.get("tags", [])]
    values = assigned(cell.source, Place(path.name))
    stage = {"stage": MONITORING} if path.stem == "31-monitoring" else {}
    thresholds = [name for name in values if name not in {"run", "stage"}]
    assert values == {"run": "2023"} | stage | dict.fromkeys(thresholds, "")
    assert set(values) <= set(Params.model_fields)
    [opening] = [cell.source for cell in cells(path, "code") if "open_report(" in cell.source]
    assert all(f"{name}={name}" in opening for name in [*stage, *thresholds])


def test_the_keys_of_a_parameter_file_are_those_of_the_model() -> None:
    """In the same order; stage and draft are the command's."""
    values = yaml.safe_load((ROOT / "params" / "2023.yaml").read_text(encoding="utf-8"))
    assert [*values, "stage", "draft"] == list(Params.model_fields)


@each
def test_a_notebook_shows_and_does_not_compute(path: Path) -> None:
    """No definitions, loops or arithmetic; one thing a cell."""
    forbidden = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.BinOp, ast.If)
    for cell in cells(path, "code"):
        assert not any(isinstance(node, forbidden) for node in ast.walk(ast.parse(cell.source)))
        if "parameters" not in cell.metadata.get("tags", []):
            assert len(cell.source.splitlines()) <= 5


@each
def test_a_notebook_is_more_prose_than_code(path: Path) -> None:
    """By its words, parameters apart."""
    prose = sum(len(cell.source) for cell in cells(path, "markdown"))
    code = sum(
        len(cell.source)
        for cell in cells(path, "code")
        if "parameters" not in cell.metadata.get("tags", [])
    )
    assert prose > code
    assert len(nbformat.read(path, as_version=4).cells) <= 40


@each
def test_no_result_is_typed_into_prose(path: Path) -> None:
    """Markdown carries no digits but those of headings and the hundred percent of a definition."""
    for cell in cells(path, "markdown"):
        text = cell.source.replace("100%", "")
        if not text.startswith("#"):
            assert not any(char.isdigit() for char in text)


def test_a_notebook_runs_as_it_stands_from_any_folder(tmp_path: Path) -> None:
    """The defaults are 2023; `jupyter execute` runs it in the kernel JupyterLab would use."""
    notebook = tmp_path / "02.ipynb"
    notebook.write_bytes(NOTEBOOKS[1].read_bytes())
    subprocess.run(
        [BIN / "jupyter", "execute", "--inplace", notebook],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    shown = json.dumps(nbformat.read(notebook, as_version=4), ensure_ascii=False)
    assert 'data-fact=\\"execution_rate\\"' in shown
    assert "99.63%" in shown


def stock(project: Copy, notebook: str, *arguments: object) -> tuple[str, str]:
    """What the stock papermill command shows, nothing of ours in between, and what it says."""
    out = project.root / "out.ipynb"
    source = project.root / "notebooks" / notebook
    done = subprocess.run(
        [BIN / "papermill", source, out, *map(str, arguments)],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
    )
    return out.read_text(encoding="utf-8"), done.stderr


def test_the_stock_papermill_command_takes_a_parameter_file_and_a_threshold(project: Copy) -> None:
    """With `-f params/RUN.yaml` it shows that run; a declared threshold is given as text."""
    file = project.root / "params" / "demo-2024.yaml"
    floor = ("-r", "execution_rate_floor", "99.9")
    shown, said = stock(project, "02-budget-execution.ipynb", "-f", file, *floor)
    assert "83.82%" in shown
    assert "Error" not in said


def test_the_stock_papermill_command_never_shows_another_run(project: Copy) -> None:
    """What the run's file does not say and the section does not declare is refused."""
    shown, error = stock(project, "02-budget-execution.ipynb", "-p", "department", "别处")
    assert "参数 department 为“别处”，而 params/2023.yaml" in shown + error
    assert 'data-fact=\\"execution_rate\\"' not in shown


@pytest.mark.parametrize(
    ("run", "floor", "said"),
    [
        ("2023", 95.5, "用 papermill 命令时写 -r execution_rate_floor 95.5"),
        ("2023", "很高", "阈值为加引号的小数"),
        ("2033", "", "params/2033.yaml"),
    ],
)
def test_a_value_a_notebook_cannot_take_is_refused(run: str, floor: object, said: str) -> None:
    """With what to type."""
    with pytest.raises(UnreadableInputError, match=re.escape(said)):
        open_report(run, execution_rate_floor=floor)


def test_a_whole_number_given_for_a_text_is_that_text() -> None:
    """As papermill makes one of 2023 and of 95."""
    assert open_report(2023, execution_rate_floor=95).run.params.execution_rate_floor == "95"


def test_an_error_in_a_notebook_is_one_plain_message(project: Copy) -> None:
    """In JupyterLab too, the analyst reads what is wrong, not a traceback."""
    project.set("人员", 0, "人数", "八十八")
    notebook = project.root / "notebooks" / "01-overview.ipynb"
    done = subprocess.run(
        [BIN / "jupyter", "execute", "--inplace", "--allow-errors", notebook],
        cwd=project.root,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0
    outputs = [
        output
        for cell in cells(notebook, "code")
        for output in cell.outputs
        if output.output_type == "error"
    ]
    assert outputs[0]["traceback"][0].startswith("错误：数据有误")
    assert "第2行 “人数”列：“八十八”写法不对" in outputs[0]["traceback"][0]
    assert "site-packages" not in "".join(outputs[0]["traceback"])
