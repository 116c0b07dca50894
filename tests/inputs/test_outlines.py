"""The outline: order and headings as data, the numbers made from them."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from project_copies import ROOT, Copy

from helpers.blocks.model import Heading, Paragraph
from helpers.blocks.words import words
from helpers.errors import UnreadableInputError
from helpers.inputs.outlines import Outline, outline_file, read_outline
from helpers.inputs.project import Project
from helpers.notebook.report import Report
from helpers.publishing.bare_headings import settled

OUTLINES = [path.stem for path in sorted((ROOT / "params" / "outlines").glob("*.yaml"))]
OUTLINE = outline_file("beijing-township")
SMALL = """\
name: 一
source: 所拟
confirmed: false
title: "{department}{year}年度报告"
monitoring_title: "{department}{year}年监控"
empty: 略去
sections:
  b-money:
    钱:
      花了多少:
        为什么:
  a-people:
    人:
annexes:
  z-assets:
    资产:
monitoring:
  m-august:
    八月:
"""


def outline(folder: Path, text: str) -> Outline:
    """The outline of a project in a folder, whose file reads so."""
    path = folder / OUTLINE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return read_outline(folder, "beijing-township")


def test_notebooks_come_in_the_order_of_the_outline(tmp_path: Path) -> None:
    """Sections, then annexes, whatever their names; those that are not listed last, by name."""
    names = ["own-2", "a-people", "z-assets", "own-1", "b-money"]
    found = outline(tmp_path, SMALL).in_order(Path(f"{name}.ipynb") for name in names)
    assert [path.stem for path in found] == ["b-money", "a-people", "z-assets", "own-1", "own-2"]


def test_headings_are_told_with_those_above_them(tmp_path: Path) -> None:
    """In order, the title first; of a notebook that is not listed there are none."""
    found = outline(tmp_path, SMALL)
    assert found.headings("b-money") == [
        ("钱",),
        ("钱", "花了多少"),
        ("钱", "花了多少", "为什么"),
    ]
    assert found.headings("own") is None


def test_annexes_are_those_listed_as_such_and_those_not_listed(tmp_path: Path) -> None:
    """What is handed in in August is numbered as sections are."""
    found = outline(tmp_path, SMALL)
    names = ("b-money", "a-people", "z-assets", "m-august", "own")
    assert [found.is_annex(name) for name in names] == [False, False, True, False, True]


@pytest.mark.parametrize("name", OUTLINES)
def test_every_notebook_of_the_project_is_listed_or_left_out(name: str) -> None:
    """None by mistake an annex of its own, and none missing; what is unknown is said to be."""
    found = read_outline(ROOT, name)
    known = {*found.listed, *(each for each, kept in found.without.items() if kept is None)}
    assert known == {path.stem for path in Project(ROOT).notebooks}
    assert found.source
    assert not found.confirmed


def test_a_bureau_has_the_headings_of_a_township() -> None:
    """Beijing has one outline for all; the two files differ in what they are for alone."""
    bureau, township = (read_outline(ROOT, f"beijing-{kind}") for kind in ("bureau", "township"))
    own = {"name": bureau.name, "source": bureau.source, "file": bureau.file}
    assert township.model_copy(update=own) == bureau


def test_another_outline_words_and_orders_the_same_notebooks(project: Copy) -> None:
    """Its headings and its title, numbered in its order; what it leaves out is not in the page."""
    project.param("outline", "outline: hunan")
    assert project.report("build", "2023").returncode == 0
    page = (project.root / "outputs" / "2023" / "report.html").read_text(encoding="utf-8")
    assert "<title>太阳宫乡2023年度部门整体支出绩效自评报告</title>" in page
    sections = re.findall(r"<h2[^>]*>([一二三四五六]、[^<]+)", page)
    assert sections == [
        "一、部门概况",
        "二、部门整体支出管理及使用情况",
        "三、投入和过程管理情况",
        "四、部门整体支出绩效情况",
        "五、评价结论和存在的主要问题",
        "六、改进措施和有关建议",
    ]
    assert "部门预决算差异率</h3>" not in page
    assert "未核实" in page


def test_what_the_outline_leaves_out_is_named(project: Copy) -> None:
    """Table, row or text: nothing that was filled in is lost without a word."""
    lost = [each for each in project.of("demo-2024").load().findings if each.check == "未显示"]
    assert lost == []
    path = project.root / OUTLINE
    text = path.read_text(encoding="utf-8").replace("without:\n", "without:\n  18-assets:\n")
    text = text.replace("  18-assets:\n    资产核对:\n", "").replace("      资产管理:\n", "")
    text = text.replace("      各项管理指标:\n", "      各项管理指标:\n      资产管理:\n")
    path.write_text(text, encoding="utf-8")
    findings = project.of("demo-2024").load().findings
    assert [each for each in findings if each.level == "error"] == []
    lost = [each for each in findings if each.check == "未显示"]
    assert [(each.place.file.split("/")[-1], each.problem) for each in lost] == [
        ("资产.csv", "报告中没有部分显示这张表"),
        ("管理情况.csv", "报告中没有部分显示“资产管理情况”"),
        ("叙述.csv", "报告中没有部分显示“资产管理”"),
    ]


def test_a_bare_heading_is_dropped_or_said_to_be_open() -> None:
    """With those above it that have nothing either; a section's title stays."""
    blocks = [
        Heading(1, "一", "a"),
        Heading(2, "空", "b"),
        Heading(3, "也空", "c"),
        Heading(2, "有", "d"),
        Paragraph("e", words("字。")),
    ]
    assert [block.id for block in settled(blocks, "略去")] == ["a", "d", "e"]
    open_ones = list(settled(blocks, "待补充"))
    assert [block.id for block in open_ones] == ["a", "b", "c", "c-open", "d", "e"]
    assert [block.id for block in settled(blocks[:3], "略去")] == ["a", "a-open"]


def test_duties_are_told_of_whoever_has_them(project: Copy) -> None:
    """Bodies of any name, each with its number; none that were not given."""
    rows = "主体,职责\n局机关,规划\n执法队,执法\n局机关,审批\n"
    project.path("职责").write_text(rows, encoding="utf-8")
    run = project.load()
    said = Report(run).say("{counts}。", counts=Report(run).frame("主体职责")["项数"])
    assert said.blocks[0].words.text == "局机关2项、执法队1项。"
    assert "party_duty_count" not in run.facts


def added(project: Copy, name: str, *cells: nbformat.NotebookNode) -> None:
    """Put a notebook into a project."""
    nbformat.write(new_notebook(cells=list(cells)), project.root / "notebooks" / name)


def test_a_notebook_of_ones_own_is_the_last_annex(project: Copy) -> None:
    """Numbered after all others, its headings free."""
    text = "# 食堂满意度\n\n## 问了谁\n\n### 职工\n\n## 结果"
    added(project, "20-canteen.ipynb", new_markdown_cell(text), new_code_cell("1"))
    run = project.of("demo-2024").load()
    assert run.notebooks[-1].name == "20-canteen.ipynb"
    own = [each.numbered for each in run.contents.headings if each.notebook == "20-canteen"]
    assert own == ["附件11 食堂满意度", "（一）问了谁", "1.职工", "（二）结果"]
    assert [each for each in run.findings if each.check == "标题"] == []


def test_a_note_to_the_analyst_is_no_part_of_the_report(project: Copy) -> None:
    """Its headings are free, and nothing in it is checked or numbered."""
    before = project.load()
    path = project.root / "notebooks" / "06-measures.ipynb"
    notebook = nbformat.read(path, as_version=4)
    note = {"tags": ["analyst-note"]}
    text, code = "## 想一想\n\n我乡的的𠮷。", 'report.say("我乡的的𠮷{nothing}。")'
    notebook.cells += [new_markdown_cell(text, metadata=note), new_code_cell(code, metadata=note)]
    nbformat.write(notebook, path)
    after = project.load()
    assert list(map(str, after.findings)) == list(map(str, before.findings))
    assert after.contents.headings == before.contents.headings


def test_a_section_that_is_renamed_or_missing_is_an_error(project: Copy) -> None:
    """It would be an annex, or gone, and those after it numbered as if it had never been."""
    path = project.root / "notebooks" / "05-conclusions.ipynb"
    path.rename(path.with_name("05-conclusion.ipynb"))
    for _ in range(2):
        [error] = project.load().errors
        assert error.check == "标题"
        assert error.problem == "缺少这个部分，后面的编号会提前"
        assert error.place.file == "notebooks/05-conclusions.ipynb"
        path.with_name("05-conclusion.ipynb").unlink(missing_ok=True)


def test_a_heading_unknown_to_the_outline_stops_the_report(project: Copy) -> None:
    """As one that is missing does; here the notebook keeps what the outline has lost."""
    path = project.root / OUTLINE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("      资产管理:\n", ""), encoding="utf-8")
    [error] = project.load().errors
    assert error.check == "标题"
    assert error.problem == "报告结构中没有标题“资产管理”"
    assert error.place.file == "notebooks/04-budget-management.ipynb"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("sections:", "section:", "section：没有这一项，可能是拼写有误"),
        ("sections:", "section:", "sections：缺少这一项"),
        ("name: 一", "name: 1", "name：应为文字"),
        ("    人:\n", "    人\n", "a-people：应为标题，下级标题写在它下面"),
        ("    人:\n", "", "a-people：应为标题，下级标题写在它下面"),
        ("        为什么:\n", "        为什么: 因为\n", "b-money 的标题写法不对（每个标题一行"),
        ("        为什么:\n", "        1:\n", "b-money 的标题写法不对"),
        ("    人:\n", "    人:\n    人:\n", "人"),
        ("name: 一", "name: [", "YAML"),
        ("empty: 略去", "empty: 删去", "empty：应为 待补充、略去 之一"),
        ("empty: 略去", "empty: 略去\ntitles: {花了多小: 花费}", "是否应为“花了多少”"),
    ],
)
def test_an_outline_that_does_not_hold_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """With the file, the key, and what it should be."""
    assert old in SMALL
    with pytest.raises(UnreadableInputError, match=re.escape(said)) as caught:
        outline(tmp_path, SMALL.replace(old, new))
    assert str(caught.value).startswith(OUTLINE)


def test_a_project_without_an_outline_says_so(project: Copy) -> None:
    """By the name of the file."""
    (project.root / OUTLINE).unlink()
    with pytest.raises(UnreadableInputError, match=f"{OUTLINE}：找不到文件"):
        project.load()
