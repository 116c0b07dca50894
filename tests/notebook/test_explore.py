"""Exploring: any run opened, a cell changed in memory, and the form in a real JupyterLab."""

import re
from collections.abc import Iterator
from fractions import Fraction

import nbformat
import pytest
from jupyter_lab import RUN_ALL, opened, running_lab
from playwright.sync_api import Browser, Page, expect
from project_copies import ROOT, Copy

from helpers.blocks.model import Figure, Grid
from helpers.notebook.choosing import columns, outcome, rows, tables
from helpers.notebook.drawing import use_house_style
from helpers.notebook.shown import Shown
from helpers.run import Run
from helpers.run.cell_names import CellName
from helpers.run.what_if import changed_run, reweighted_score

NOTEBOOK = ROOT / "notebooks" / "explore.ipynb"


def test_the_weights_of_the_rubric_give_the_score_of_the_report(demo_run: Run) -> None:
    """Twenty points for execution is what the rubric says."""
    part = demo_run.evaluation.sheet.rubric.parts[0].id
    assert reweighted_score(demo_run, part, Fraction(20)) == demo_run.facts["total_score"].known
    # all weight on execution: its share of its points, 16.76 of 20
    score = demo_run.facts["execution_score"].known
    assert reweighted_score(demo_run, part, Fraction(100)) == score / 20 * 100


def test_a_part_without_a_score_has_none_under_any_weight(real_run: Run) -> None:
    """Nothing is guessed in exploring either."""
    assert not reweighted_score(real_run, "execution_part", Fraction(50)).defined


def test_every_table_row_and_column_of_numbers_can_be_chosen(demo_run: Run) -> None:
    """Indicators too, by their names; a text is no number to change."""
    assert {"预算执行", "项目自评", "绩效指标", "指标完成"} <= set(tables(demo_run))
    assert "叙述" not in tables(demo_run)
    assert columns(demo_run.tables["绩效指标"]) == ["指标值", "分值", "上年数"]
    assert ("第2行 乡村道路养护里程", 2) in rows(demo_run, "绩效指标")
    assert ("第2行 乡村道路养护里程", 2) in rows(demo_run, "指标完成")
    assert ("第2行 乡村道路养护、1", 2) in rows(demo_run, "月度执行")


def test_the_form_shows_scores_changes_and_chart(demo_run: Run) -> None:
    """A target set a tenth higher costs points, and under another weight other points."""
    target = CellName("绩效指标", 2, "指标值")
    after = changed_run(demo_run, "绩效指标", 2, "指标值", "+10%")
    totals, changes, chart = outcome(demo_run, target, "+10%", "performance", "50").blocks
    assert isinstance(totals, Grid)
    assert totals.rows[0] == ("按评分标准", *(r.facts["total_score"] for r in (demo_run, after)))
    weighed = reweighted_score(after, "performance", Fraction(50))
    assert totals.rows[1][2] == weighed.known
    assert isinstance(changes, Grid)
    assert {row[0] for row in changes.rows} == {"单元格", "得分", "数据项", "复核发现"}
    assert isinstance(chart, Figure)


def test_nothing_chosen_changes_nothing(demo_run: Run) -> None:
    """The form opens with the scores of the report."""
    totals, changes, _ = shown(demo_run).blocks
    assert isinstance(totals, Grid)
    assert totals.rows[0][1] == totals.rows[0][2]
    assert isinstance(changes, Grid)
    assert not changes.shown


@pytest.mark.parametrize(
    ("change", "weight", "said"),
    [
        ("很多", "", "“很多”写法不对"),
        ("+很多", "", "“+很多”不是数字"),
        ("", "很重", "权重“很重”不对"),
        ("", "130", "写 0 到 100 之间的分数"),
        ("", "30%", "权重“30%”不对"),
    ],
)
def test_what_is_refused_is_said(demo_run: Run, change: str, weight: str, said: str) -> None:
    """In a sentence of plain Chinese, without a traceback."""
    assert said in repr(shown(demo_run, change, weight))


def test_a_change_that_stops_the_report_says_so(demo_run: Run) -> None:
    """What was an error before is not told again."""
    assert "这样改，报告不能生成" not in repr(shown(demo_run))
    said = repr(outcome(demo_run, CellName("管理情况", 2, "得分"), "1.5", "management", ""))
    assert "这样改，报告不能生成：“财务管理制度健全性”得分 1.5，超过分值 1" in said


@pytest.fixture(autouse=True)
def _house_style() -> None:
    """As whoever opens a run draws."""
    use_house_style()


def shown(run: Run, change: str = "", weight: str = "") -> Shown:
    """What the form shows for the spending of a project."""
    return outcome(run, CellName("项目自评", 3, "全年执行数"), change, "execution_part", weight)


def test_the_notebook_is_no_part_of_the_report(real_run: Run) -> None:
    """It has no number, so no run takes it up."""
    assert NOTEBOOK not in real_run.notebooks
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    assert not [cell for cell in cells if cell.get("outputs")]


@pytest.fixture
def lab(project: Copy) -> Iterator[str]:
    """A JupyterLab of our own on a copy of the project; its address."""
    with running_lab(project.root) as address:
        yield address


def test_choosing_in_jupyterlab_changes_the_score(browser: Browser, lab: str) -> None:
    """Open, run all, choose, see: as an analyst does it."""
    page = opened(browser, f"{lab}/lab/tree/notebooks/explore.ipynb?reset")
    page.evaluate(RUN_ALL)
    total = page.locator("#table-what-if tbody tr").first.locator("td").last
    expect(total).to_be_visible(timeout=90_000)
    before = total.inner_text()
    choose(page, "数据表", "绩效指标")
    choose(page, "行", "第3行 文化活动场次")
    choose(page, "列", "分值")
    field = page.get_by_label("改为", exact=True)  # redrawn once the kernel has told what it was
    expect(field).to_have_attribute("placeholder", re.compile("原为 5分"), timeout=30_000)
    typed(page, "改为", "+10")
    expect(total).not_to_have_text(before, timeout=30_000)
    expect(page.locator("#table-changes")).to_contain_text("文化活动场次分值")
    expect(page.locator("#figure-what-if svg.chart")).to_be_visible()
    typed(page, "改为", "很多")
    expect(page.locator(".difference")).to_contain_text("“很多”写法不对")
    choose(page, "数据表", "项目自评")
    expect(total).to_have_text(before)
    choose(page, "评分部分", "预算管理情况")
    typed(page, "权重", "40")
    expect(page.locator("#table-what-if")).to_contain_text("预算管理情况占40分")
    expect(page.locator(".jp-OutputArea-output[data-mime-type*=stderr]")).to_have_count(0)
    page.close()


def choose(page: Page, list_named: str, name: str) -> None:
    """Choose from a list of the form."""
    page.get_by_label(list_named, exact=True).select_option(label=name)


def typed(page: Page, field: str, text: str) -> None:
    """Type into a field of the form, and end with Enter."""
    page.get_by_label(field, exact=True).fill(text)
    page.get_by_label(field, exact=True).press("Enter")
