"""What gets from a notebook into a page: headings, paragraphs, and our own blocks."""

from pathlib import Path

import nbformat
import pytest
from faults import spoil
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from project_copies import Copy

from helpers.errors import ReportError
from helpers.notebook.markup import Html
from helpers.publishing.sections import SectionExporter

OURS, MARKED = Html(Markup("<p>甲</p>"), {"facts": ["x"]})._repr_mimebundle_()
HTML = {"text/plain": "…", "text/html": "<style>p { display: none }</style>"}
WIDGET = "application/vnd.jupyter.widget-view+json"
FOREIGN = {
    "text/html": new_output("display_data", HTML),
    "text/html ": new_output("execute_result", HTML, metadata={"isolated": True}),
    "image/png": new_output("display_data", {"image/png": "iVBORw==", "text/plain": "<Figure>"}),
    "image/svg+xml": new_output("display_data", {"image/svg+xml": "<svg/>"}),
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


def exported(folder: Path, *cells: nbformat.NotebookNode) -> str:
    """The HTML of a section with these cells."""
    path = folder / "01-x.ipynb"
    nbformat.write(new_notebook(cells=list(cells)), path)
    return SectionExporter().section_html("s1", path)


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_block_of_ours_is_refused(tmp_path: Path, kind: str) -> None:
    """Whatever a cell shows, alone or after a block; with notebook and heading."""
    block = new_output("execute_result", OURS, metadata=MARKED)
    cells = [
        new_markdown_cell("# 一、甲\n## （一）乙"),
        new_code_cell("x", outputs=[block, FOREIGN[kind]]),
        new_markdown_cell("## （二）丙"),
    ]
    with pytest.raises(ReportError) as refused:
        exported(tmp_path, *cells)
    assert str(refused.value) == (
        "notebooks/01-x.ipynb：“（一）乙”下的单元格输出了报告不能收录的内容"
        f"（{kind.strip()}）（每格只用 report.text、report.table、report.chart）"
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
def test_markdown_is_headings_and_paragraphs(tmp_path: Path, source: str) -> None:
    """No HTML, and nothing that PDF and Word would lose; with notebook and heading."""
    with pytest.raises(
        ReportError,
        match=rf"01-x\.ipynb：“（一）乙”下的单元格写了报告不能收录的内容（{MARKDOWN[source]}）",
    ):
        exported(tmp_path, new_markdown_cell(f"# 一、甲\n\n## （一）乙\n\n{source}"))


def test_prose_and_blocks_are_taken_over(tmp_path: Path) -> None:
    """Signs of Markdown and HTML among the words are words."""
    prose = "# 一、甲\n\n乙**丙** 1 < 2 & 3 > 2，*丁*`x<y`，$5 和 $6，| 戊 |，www.example.org"
    cells = [
        new_markdown_cell(prose),
        new_code_cell("x", outputs=[new_output("display_data", OURS, metadata=MARKED)]),
        new_code_cell("y", outputs=[new_output("execute_result", OURS, metadata=MARKED)]),
    ]
    html = exported(tmp_path, *cells)
    assert html.count("<p>甲</p>") == 2
    assert "<strong>丙</strong> 1 &lt; 2 &amp; 3 &gt; 2，<em>丁</em><code>x&lt;y</code>" in html
    assert "，$5 和 $6，| 戊 |，www.example.org</p>" in html


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
