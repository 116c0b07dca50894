"""What gets from a notebook into a page: headings, paragraphs, and our own blocks."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
import pytest
from faults import spoil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from page_changes import facts_of
from project_copies import Copy

from helpers.blocks.html import HtmlWriter, joined
from helpers.blocks.model import Block, Card, Figure, Grid, Paragraph
from helpers.blocks.travelling import MIME, packed, unpacked
from helpers.blocks.words import Link, Styled, words
from helpers.errors import ReportError, SectionFailedError
from helpers.figures.number import Number, number
from helpers.notebook.shown import Shown
from helpers.publishing.executed import read_sections
from helpers.publishing.section import Section
from helpers.publishing.sections import HOW
from helpers.run import Run

SAID = Paragraph("text-said", words("甲"))
OURS, MARKED = Shown([SAID])._repr_mimebundle_()
NAMES = ("01-overview.ipynb", "02-budget-execution.ipynb")
HTML = {"text/plain": "…", "text/html": "<style>p { display: none }</style>"}
WIDGET = "application/vnd.jupyter.widget-view+json"
FOREIGN = {
    "text/html": new_output("display_data", HTML),
    "text/html ": new_output("execute_result", HTML, metadata={"isolated": True}),
    "image/png": new_output("display_data", {"image/png": "iVBORw==", "text/plain": "<Figure>"}),
    "image/svg+xml": new_output("display_data", {"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"/>'}),
    "text/markdown": new_output("display_data", {"text/markdown": "<b>甲</b>"}),
    "text/latex": new_output("execute_result", {"text/latex": "$x$", "text/plain": "x"}),
    "application/javascript": new_output("display_data", {"application/javascript": "alert(1)"}),
    "application/json": new_output("display_data", {"application/json": {"x": 1}}),
    "application/x-nobody": new_output("display_data", {"application/x-nobody": "x"}),
    WIDGET: new_output("display_data", {WIDGET: {"model_id": "1"}, "text/plain": "IntSlider()"}),
    "text/plain": new_output("execute_result", {"text/plain": "42"}),
    "display_data": new_output("display_data", {}),
    "stream": new_output("stream", name="stderr", text="UserWarning"),
    "error": new_output("error", ename="E", evalue="x", traceback=["<b>"]),
}  # fmt: skip


def read(
    run: Run, folder: Path, *notebooks: Sequence[nbformat.NotebookNode]
) -> tuple[list[Section], Mapping[str, Number], dict[str, SectionFailedError]]:
    """The sections 01, 02, … with these cells, all facts, and what failed."""
    paths = [folder / name for name in NAMES[: len(notebooks)]]
    for path, cells in zip(paths, notebooks, strict=True):
        nbformat.write(new_notebook(cells=list(cells)), path)
    failed: dict[str, SectionFailedError] = {}
    return *read_sections(paths, run, failed), failed


def refusal(run: Run, folder: Path, *cells: nbformat.NotebookNode) -> str:
    """Why a section with these cells fails."""
    _, _, failed = read(run, folder, cells)
    [refused] = failed.values()
    return str(refused)


def shown(*blocks: Block, made: Sequence[Number] = ()) -> nbformat.NotebookNode:
    """A cell that shows blocks, with the numbers its notebook made."""
    data, marked = Shown(blocks, made=made)._repr_mimebundle_()
    return new_code_cell("x", outputs=[new_output("execute_result", data, metadata=marked)])


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_block_of_ours_is_refused(real_run: Run, tmp_path: Path, kind: str) -> None:
    """Whatever a cell shows, alone or after a block; with notebook and heading."""
    block = new_output("execute_result", OURS, metadata=MARKED)
    cells = [
        new_markdown_cell("# 甲\n## 乙"),
        new_code_cell("x", outputs=[block, FOREIGN[kind]]),
        new_markdown_cell("## 丙"),
    ]
    assert refusal(real_run, tmp_path, *cells) == (
        "notebooks/01-overview.ipynb：“乙”下的单元格输出了报告不能收录的内容"
        f"（{kind.strip()}）"
        f"（{HOW}出错的代码：x）"
    )


MARKDOWN = {
    "<style>p { display: none }</style>": "HTML",
    "甲<b>乙</b>": "HTML",
    "甲<!-- 乙 -->丙": "HTML",
    "<iframe src='x'></iframe>": "HTML",
    "<details>\n\n甲\n\n</details>": "HTML",
    "甲<br>乙": "HTML",
    "![图](x.png)": "图片",
    "![图](attachment:x.png)": "图片",
    "[甲](https://example.org)": "链接",
    "[甲](javascript:alert(1))": "链接",
    "<https://example.org>": "链接",
    "[甲]\n\n[甲]: https://example.org": "链接",
    "- 甲\n- 乙": "列表",
    "1. 甲": "列表",
    "> 甲": "引文",
    "    甲": "代码",
    "```html\n<b>甲</b>\n```": "代码",
    "甲\n\n***\n\n乙": "分隔线",
}


@pytest.mark.parametrize("source", MARKDOWN)
def test_markdown_is_headings_and_paragraphs(real_run: Run, tmp_path: Path, source: str) -> None:
    """No HTML, and nothing that PDF and Word would lose; with notebook and heading."""
    assert refusal(real_run, tmp_path, new_markdown_cell(f"# 甲\n\n## 乙\n\n{source}")) == (
        "notebooks/01-overview.ipynb：“乙”下的单元格写了报告不能收录的内容"
        f"（{MARKDOWN[source]}）（文字只写标题和段落）"
    )


def test_prose_and_blocks_are_taken_over(real_run: Run, tmp_path: Path) -> None:
    """Signs of Markdown and HTML among the words are words."""
    prose = "# 甲\n\n乙**丙** 1 < 2 & 3 > 2，*丁*`x<y`，&lt;$5 和 $6，| 戊 |，www.example.org"
    cells = (new_markdown_cell(prose), shown(SAID), shown(Paragraph("text-other", words("己"))))
    [section], _, failed = read(real_run, tmp_path, cells)
    assert not failed
    html = joined(map(HtmlWriter().block, section.blocks))  # type: ignore[arg-type] # of a notebook
    assert '<p id="s01-text-said">甲</p><p id="s01-text-other">己</p>' in html
    assert "<strong>丙</strong> 1 &lt; 2 &amp; 3 &gt; 2，<em>丁</em><code>x&lt;y</code>" in html
    assert "，&lt;$5 和 $6，| 戊 |，www.example.org</p>" in html


def test_what_is_tagged_stays_in_the_notebook(real_run: Run, tmp_path: Path) -> None:
    """An analyst's notes whole, of a cell tagged `remove-output` what it shows."""
    note = new_markdown_cell("- 甲", metadata={"tags": ["analyst-note"]})
    tags = {"tags": ["remove-output"]}
    cell = new_code_cell("frame", outputs=[FOREIGN["text/html"]], metadata=tags)
    [section], _, failed = read(real_run, tmp_path, [note, cell, shown(SAID)])
    assert not failed
    assert [len(section.blocks), section.code] == [1, ("frame", "x")]


def test_every_block_travels_whole(real_run: Run) -> None:
    """As JSON and back, with every kind of word in it."""
    rate, budget = (real_run.facts[id] for id in ("execution_rate", "budget"))
    said = words(
        "甲", rate, Styled("2024年8月20日", "date"), Link("乙", "budget"), Styled("x", "code")
    )
    grid = Grid(
        *("table-x", "题", ("列", "数", "率"), [["行", budget, said], ["合计", "", rate]], "万元"),
        total=True, note=said, absent="没有。", merged=1, groups={"组": ("数", "率")},
        for_review=True,
    )  # fmt: skip
    paragraph = Paragraph(
        "text-x", said, "note", ("待核实",), ("预算.csv",), own=True, for_review=True
    )
    figure = Figure(
        "figure-x", "图题", "替代", '<svg xmlns="http://www.w3.org/2000/svg"/>', said, grid
    )
    for block in (paragraph, grid, figure, Card("card-x", "卡", [figure])):
        travelled = unpacked(json.loads(json.dumps(packed(block))), real_run.facts)
        assert packed(travelled) == packed(block)
        assert type(travelled) is type(block)


def test_what_no_longer_is_so_is_refused(real_run: Run, tmp_path: Path) -> None:
    """A notebook executed with other data shows other numbers than the run has."""
    block = packed(Paragraph("text-x", words(real_run.facts["budget"])))
    for was, now in (("23,187.02", "23,187.03"), ("budget", "nothing_like_it"), ("words", "word")):
        data = {"blocks": [json.loads(json.dumps(block).replace(was, now))], "numbers": []}
        cell = new_code_cell("x", outputs=[new_output("display_data", {MIME: data})])
        assert "（请重新运行笔记本）" in refusal(real_run, tmp_path, cell)


def test_one_id_is_one_block(real_run: Run, tmp_path: Path) -> None:
    """Of two with the same, both places are told."""
    grid = Grid("table-x", "题", ("列",), [("甲",)])
    cells = [new_markdown_cell("# 甲"), shown(grid), new_markdown_cell("## 乙"), shown(grid)]
    assert "“甲”下和“乙”下有两处内容的编号都是“table-x”" in refusal(real_run, tmp_path, *cells)


def test_ids_do_not_depend_on_the_position(real_run: Run, tmp_path: Path) -> None:
    """Another section or block before moves none."""
    first = (new_markdown_cell("# 甲\n\n乙"), shown(SAID), new_markdown_cell("## 丙"))
    second = (first[0], shown(Grid("table-x", "题", ("列",), [("甲",)])), *first[1:])
    [alone], _, _ = read(real_run, tmp_path, first)
    [_, after], _, _ = read(real_run, tmp_path, first, second)
    [_, grid, *_] = [block.id for block in after.blocks[1:]]  # type: ignore[union-attr]
    assert grid == "s02-table-x"
    rest = [block.id for block in after.blocks if "table" not in block.id]  # type: ignore[union-attr]
    assert rest == [block.id.replace("s01", "s02") for block in alone.blocks]  # type: ignore[union-attr]


def test_numbers_a_notebook_made_are_figures_of_the_report(real_run: Run, tmp_path: Path) -> None:
    """After those of the run, each once; under one id there is one number."""
    half = (real_run.facts["budget"] / number(2)).named("预算之半", "half_budget")
    other = (real_run.facts["budget"] / number(3)).named("预算之半", "half_budget")
    cells = [shown(Paragraph(f"text-{at}", words(half)), made=[half]) for at in range(2)]
    [one, two], facts, failed = read(real_run, tmp_path, cells, cells)
    assert not failed
    assert list(facts) == [*real_run.facts, "half_budget"]
    assert facts["half_budget"].to_json() == half.to_json()
    assert [list(map(str, each.numbers)) for each in (one, two)] == [[str(half)]] * 2
    _, _, failed = read(real_run, tmp_path, cells, [shown(SAID, made=[other])])
    assert "两个数的编号都是“half_budget”" in str(failed["02-budget-execution.ipynb"])


def test_a_number_of_a_notebook_stands_wherever_figures_do(project: Copy) -> None:
    """In facts.json, the page's data, the appendix and the index of places, and is rechecked."""
    project.sections(1)
    spoil(
        project,
        "01-overview.ipynb",
        'report.say("户均{x}。", x=(report.fact("budget") / 7).named("户均预算", "mean_budget"))',
    )
    assert project.report("build", "2023").returncode == 0
    folder = project.root / "outputs" / "2023"
    [fact] = [
        fact
        for fact in json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        if fact["id"] == "mean_budget"
    ]
    assert fact["formula"] == "全年预算数 ÷ 7"
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert ("mean_budget", "户均预算") in [(each["id"], each["label"]) for each in facts_of(page)]
    assert '<dt id="fact-mean_budget">户均预算 ' in page
    assert 'href="#fact-mean_budget"' in page


def test_nbconvert_makes_a_page_of_a_section(built: Path, tmp_path: Path) -> None:
    """By `jupyter nbconvert --to performance-report`: with its number and its entries alone."""
    from nbconvert.exporters import get_exporter

    notebook = built / "notebooks" / "02-budget-execution.ipynb"
    page, resources = get_exporter("performance-report")().from_filename(str(notebook))
    assert resources["output_extension"] == ".html"
    assert ">二、当年预算执行情况</h2>" in page
    assert 'id="fact-execution_rate"' in page
    assert 'id="fact-staff_total"' not in page
    notebook = tmp_path / notebook.name
    text = (built / "notebooks" / notebook.name).read_text(encoding="utf-8")
    notebook.write_text(
        text.replace('"text": "23,187.02"', '"text": "23,187.03"'), encoding="utf-8"
    )
    with pytest.raises(ReportError, match=r"的数与现在的不同：全年预算数：23,187\.03 → 23,187\.02"):
        get_exporter("performance-report")().from_filename(str(notebook))


def test_a_notebook_that_shows_html_of_others_fails_alone(project: Copy) -> None:
    """A table of pandas by a notebook's own hand, an inline style: the other section is there."""
    project.sections(3)
    frame = "import pandas; pandas.DataFrame({'数': [1]})"
    style = "from IPython.display import HTML; display(HTML('<style>p { color: red }</style>'))"
    one = spoil(project, "01-overview.ipynb", frame)
    two = spoil(project, "02-budget-execution.ipynb", style)
    done = project.report("build", "2023")
    assert done.returncode == 1
    for name, heading in (("01-overview", one), ("02-budget-execution", two)):
        said = f"notebooks/{name}.ipynb：“{heading}”下的单元格输出了报告不能收录的内容（text/html）"
        assert said in done.stderr
    page = (project.root / "outputs" / "2023-failed" / "report.html").read_text(encoding="utf-8")
    assert "color: red }</style>" not in page
    assert "三、整体绩效目标实现情况</h2>" in page
