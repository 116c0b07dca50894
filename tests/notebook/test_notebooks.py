"""The section notebooks: committed clean, more prose than code, runnable as they stand."""

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import nbformat
import pytest
import yaml
from notebook_cells import cells, executed, reported, statements, typed_digits
from project_copies import ROOT, Copy

from helpers.errors import Place, UnreadableInputError
from helpers.inputs import headings
from helpers.inputs.headings import Cell
from helpers.inputs.narrative import PLACEHOLDER
from helpers.inputs.outlines import Outline, read_outline
from helpers.inputs.params import ANNUAL, MONITORING, Params
from helpers.inputs.project import Project
from helpers.inputs.schema import TABLES
from helpers.inputs.sections import EARLIER_RUNS, assigned, wanted
from helpers.inputs.sentences import sentences
from helpers.notebook import open_report
from helpers.run import Run

NOTEBOOKS = Project(ROOT).notebooks
SECTIONS = NOTEBOOKS[:6]
ANNEXES = [path for path in NOTEBOOKS[6:] if path.name < "3"]
BIN = Path(sys.executable).parent
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


OUTLINES = [path.stem for path in sorted((ROOT / "params" / "outlines").glob("*.yaml"))]
TOWNSHIP = read_outline(ROOT, "beijing-township")


def kept(path: Path, outline: Outline) -> Iterator[Cell]:
    """The cells of a notebook that a report of an outline has."""
    return headings.kept(headings.cells(path, Place(path.name)), partial(outline.has, path.stem))


def numbered(notebooks: list[Path]) -> list[str]:
    """The headings of notebooks with their numbers, as the report has them."""
    found = [cell for path in notebooks for cell in kept(path, TOWNSHIP)]
    made = headings.number(
        headings.read(found), lambda place: TOWNSHIP.is_annex(Path(place.file).stem)
    )
    return [f"{'#' * heading.level} {heading.numbered}" for heading in made]


def test_there_are_six_sections_and_then_the_annexes() -> None:
    """01 to 06, then from 11 on."""
    assert [path.name[:2] for path in SECTIONS] == [f"0{n}" for n in range(1, 7)]
    assert all(path.name[:2] > "10" for path in NOTEBOOKS[6:])


@each
def test_a_heading_is_written_without_a_number(path: Path) -> None:
    """The report makes it: 一、（一）1. in sections, and 附件1, 附件2, … for annexes."""
    for heading in headings.read(headings.cells(path, Place(path.name))):
        assert not re.match(r"附件|第|[一二三四五六七八九十]+、|[（(]|\d+[.．、]", heading.text)


def test_the_annexes_a_run_has_are_counted_from_one() -> None:
    """In the order of the outline."""
    titles = [text for text in numbered(ANNEXES) if text.startswith("# ")]
    assert [title.split()[1] for title in titles] == [f"附件{n}" for n in range(1, 11)]


def test_an_annex_names_what_it_needs() -> None:
    """Tables there are, or earlier runs; the score sheet needs nothing."""
    known = {table.name for table in TABLES} | {EARLIER_RUNS}
    purposes = {path.stem: wanted(path, Place(path.name)) for path in NOTEBOOKS}
    assert all(set(each.needs) <= known for each in purposes.values())
    free = {path.stem for path in SECTIONS} | {"11-score-sheet", "31-monitoring"}
    assert {stem for stem, each in purposes.items() if not each.needs} == free
    assert [stem for stem, each in purposes.items() if each.stage != ANNUAL] == ["31-monitoring"]


SKELETON = [
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
"""The headings of the six sections as the rules print them."""


def unnumbered(heading: str) -> str:
    """A heading of the skeleton as notebooks and the outline write it."""
    return re.sub(r"(?<=# )(?:[一二三四五六]、|（[一二三四五]）|\d\.)", "", heading)


def test_the_headings_are_those_of_the_official_report() -> None:
    """Every heading of the rules' skeleton, in order, and no other; numbered exactly so."""
    heads = [
        line
        for path in SECTIONS
        for cell in kept(path, TOWNSHIP)
        if cell.kind == "markdown"
        for line in cell.text.splitlines()
    ]
    assert heads == list(map(unnumbered, SKELETON))
    assert numbered(SECTIONS) == SKELETON


def test_the_outline_of_the_sections_is_the_official_skeleton() -> None:
    """As data, without the numbers, which are made."""
    listed = [
        f"{'#' * len(path)} {path[-1]}"
        for notebook in TOWNSHIP.sections
        for path in TOWNSHIP.headings(notebook) or ()
    ]
    assert listed == list(map(unnumbered, SKELETON))
    assert list(TOWNSHIP.sections) == [path.stem for path in SECTIONS]


@pytest.mark.parametrize("name", OUTLINES)
@each
def test_the_headings_of_a_notebook_are_those_of_the_outline(path: Path, name: str) -> None:
    """All of them that it does not leave out, in order."""
    outline = read_outline(ROOT, name)
    found = headings.read(headings.cells(path, Place(path.name)))
    listed = [heading.path for heading in found if outline.has(path.stem, heading.path)]
    assert listed == outline.headings(path.stem)


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
    """In the same order; stage and draft are the command's, and 2023 was started from none."""
    values = yaml.safe_load((ROOT / "params" / "2023.yaml").read_text(encoding="utf-8"))
    assert [*values, "started_from", "stage", "draft"] == list(Params.model_fields)


FORBIDDEN = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.For, ast.AsyncFor, ast.While, ast.If, ast.IfExp, ast.Match, ast.Try, ast.With),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.AugAssign),
)
COMPUTING = {
    *("apply", "eval", "pipe", "transform", "cumsum", "mean", "diff", "pct_change"),
    *("sub", "mul", "mod", "pow", "div", "truediv", "floordiv", "rsub", "rdiv", "rtruediv"),
}
"""Methods by which arithmetic would come in again by another door."""


@each
def test_a_notebook_shows_and_does_not_compute(path: Path) -> None:
    """No definitions, loops or comprehensions: ratios, sums and differences are the helpers'."""
    for statement in statements(path):
        for node in ast.walk(statement):
            assert not isinstance(node, FORBIDDEN), ast.unparse(node)
            assert not (isinstance(node, ast.Attribute) and node.attr in COMPUTING), node.attr
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float | complex))
    for cell in reported(path, "code"):
        assert len([line for line in cell.source.splitlines() if line.strip()]) <= 5


def kinds(statement: ast.stmt) -> Iterator[tuple[str, type]]:
    """The names a statement gives a text or a dict, and which; of other values `object`."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    for target in targets:
        assert isinstance(statement, ast.Assign)
        pairs = [(target, statement.value)]
        if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
            pairs = list(zip(target.elts, statement.value.elts, strict=True))
        for name, value in pairs:
            if isinstance(name, ast.Name):
                is_dict = isinstance(value, ast.Dict)
                is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
                yield name.id, dict if is_dict else str if is_text else object


def kind_of(node: ast.expr, known: dict[str, type]) -> type:
    """What an operand is known to be: a text, a dict, or anything."""
    if isinstance(node, ast.BinOp):
        return next((kind for kind in (str, dict) if kind in operands(node, known)), object)
    if isinstance(node, ast.Name):
        return known.get(node.id, object)
    if isinstance(node, ast.Constant):
        return type(node.value)
    return dict if isinstance(node, ast.Dict) else object


def operands(node: ast.BinOp, known: dict[str, type]) -> set[type]:
    """What the two sides of an operator are known to be."""
    return {kind_of(node.left, known), kind_of(node.right, known)}


@each
def test_operators_join_texts_and_dicts_and_compute_nothing(path: Path) -> None:
    """`+` only where one side is a text, `|` only where one is a dict, and no other operator."""
    known: dict[str, type] = {}
    for statement in statements(path):
        for node in ast.walk(statement):
            if isinstance(node, ast.BinOp):
                assert isinstance(node.op, ast.Add | ast.BitOr), ast.unparse(node)
                joins = str if isinstance(node.op, ast.Add) else dict
                assert joins in operands(node, known), ast.unparse(node)
        known |= dict(kinds(statement))


@pytest.mark.parametrize(
    "code",
    ["a + b", "total = 1\ntotal + b", "text = '。'\ntext = total\ntext + b", "a - b", "a | b"],
)
def test_the_rule_on_operators_finds_what_it_forbids(tmp_path: Path, code: str) -> None:
    """A rule nothing breaks promises nothing."""
    path = tmp_path / "x.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)
    with pytest.raises(AssertionError):
        test_operators_join_texts_and_dicts_and_compute_nothing(path)


@each
def test_a_notebook_imports_helpers_and_what_draws_alone(path: Path) -> None:
    """The helpers, pandas and matplotlib; no file is opened, no process started."""
    for node in [each for statement in statements(path) for each in ast.walk(statement)]:
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= {"pandas", "matplotlib"}
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] in {"helpers", "pandas", "matplotlib"}
            assert not node.level
        if isinstance(node, ast.Name):
            assert node.id not in {"open", "exec", "eval", "compile", "__import__", "getattr"}


@each
def test_a_notebook_is_more_prose_than_code(path: Path) -> None:
    """By the measure of Word's 字数: a Chinese character counts one, and so does a Latin word.

    Prose is the Chinese characters of the Markdown in the report and of the texts in its code
    cells, which are its sentences, titles and notes; code is the names and keywords of these
    cells. Notes to the analyst and parameters, which are no part of the report, do not count.
    """
    prose = "".join(cell.source for cell in reported(path, "markdown"))
    code = 0
    for cell in reported(path, "code"):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                prose += node.value
        tokens = tokenize.generate_tokens(io.StringIO(cell.source).readline)
        code += sum(token.type == tokenize.NAME for token in tokens)
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > code
    assert len(reported(path, "code")) <= 40


@each
def test_no_result_is_typed_into_prose(path: Path) -> None:
    """Markdown carries no digits but in headings and code, and the 100% of a definition."""
    for cell in cells(path, "markdown"):
        for line in cell.source.splitlines():
            text = re.sub(r"`[^`]*`", "", line).replace("100%", "")
            assert line.startswith("#") or not any(char.isdigit() for char in text), line


@each
def test_no_digit_is_typed_into_a_sentence(path: Path) -> None:
    """Neither one that is said nor one that reads a figure; names in placeholders may have some."""
    found = headings.cells(path, Place(path.name))
    for paragraph in sentences(found):
        assert not typed_digits(paragraph.text), paragraph.text


@each
@pytest.mark.parametrize("run", ["real_run", "demo_run"])
def test_a_notebook_says_short_sentences_without_digits_on_any_run(
    path: Path, run: str, request: pytest.FixtureRequest
) -> None:
    """As they are put together when it runs; opened on a run without its data it says so."""
    loaded: Run = request.getfixturevalue(run)
    found = executed(loaded, path.stem)
    assert found.texts
    for text in found.texts:
        for sentence in text.split("。"):
            assert len(PLACEHOLDER.sub("", sentence)) <= 60, sentence
        assert not (text.endswith("。") and typed_digits(text)), text


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
    file = project.root / "one-line.yaml"
    file.write_text("workbook: data/2024/数据.xlsx\n", encoding="utf-8")
    shown, error = stock(project, "02-budget-execution.ipynb", "-f", file)
    said = "参数在工作簿 data/2024/数据.xlsx 中，运行却是 2023（参数文件另写一行 run"
    assert said in shown + error
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
    assert outputs[0]["traceback"][0].startswith("错误：不能打开")
    assert "第2行 “人数”列：“八十八”写法不对" in outputs[0]["traceback"][0]
    assert "site-packages" not in "".join(outputs[0]["traceback"])
