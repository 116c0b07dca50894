"""The start notebook in a real JupyterLab: a whole year and another department, without a shell."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_lab import RUN_ALL, opened, running_lab
from made_bureau import BUREAU, type_into
from openpyxl import load_workbook
from playwright.sync_api import Browser, Locator, Page, expect
from project_copies import Copy

pytestmark = pytest.mark.surroundings
NOTEBOOK = "lab/tree/notebooks/00-start.ipynb?reset"
WAIT = 90_000
"""Milliseconds that a step may take on a busy machine."""


@pytest.fixture
def lab(project: Copy) -> Iterator[str]:
    """A JupyterLab on a project of its own; its address."""
    with running_lab(project.root) as address:
        yield address


def started(browser: Browser, lab: str, *, dark: bool = False) -> Page:
    """The start notebook, run from top to bottom."""
    page = opened(browser, f"{lab}/{NOTEBOOK}", dark=dark)
    page.evaluate(RUN_ALL)
    last = page.get_by_role("button", name=re.compile("打开 .+ 的各部分"))
    expect(last).to_be_visible(timeout=WAIT)
    return page


def cell(page: Page, form: str) -> Locator:
    """The cell with one of the forms."""
    return page.locator(".jp-CodeCell").filter(has_text=f"start.{form}(")


def says(form: Locator, text: str) -> None:
    """Wait until a form says something."""
    expect(form.get_by_text(text).first).to_be_visible(timeout=WAIT)


def typed(form: Locator, field: str, text: str) -> None:
    """Type into a field, and leave it."""
    form.get_by_label(field, exact=True).fill(text)
    form.get_by_label(field, exact=True).press("Tab")


def handed_in(form: Locator, name: str, content: bytes) -> None:
    """Hand in a file by the form's button."""
    with form.page.expect_file_chooser() as chooser:
        form.get_by_role("button", name="交回填好的工作簿").click()
    kind = "application/octet-stream"
    chooser.value.set_files(files=[{"name": name, "mimeType": kind, "buffer": content}])


def filled(content: bytes, tables: Path) -> bytes:
    """A workbook as an analyst fills it in, with one slip: a number of people that is none."""
    book = load_workbook(io.BytesIO(content))
    for path in tables.glob("*.csv"):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        sheet = book[path.stem]
        head = [each.value for each in sheet[3]]
        for row in sheet.iter_rows(min_row=4):
            for each in row:
                each.value = None
        for number, row in enumerate(rows, 4):
            cells = dict(row)
            if path.stem == "叙述":
                cells |= {"确认人": "甲", "确认日期": "2025-03-01"}
            if path.stem == "绩效工作":
                cells |= {"所写年度": "2024"}
            for name, text in cells.items():
                if text:
                    sheet.cell(number, head.index(name) + 1).value = text
    sheet = book["人员"]
    sheet.cell(4, [each.value for each in sheet[3]].index("人数") + 1).value = "八十九"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_whole_year_is_done_without_a_shell(browser: Browser, lab: str, project: Copy) -> None:
    """New, filled in, handed in, corrected in place, built, stopped, compared, packed up."""
    page = started(browser, lab)
    build = cell(page, "build")
    build.get_by_role("button", name="生成报告").click()
    says(build, "已生成 outputs/2023/report.html")
    typed(cell(page, "new_run"), "名称", "2024")
    cell(page, "new_run").get_by_role("button", name="建立").click()
    says(cell(page, "new_run"), "已建立 2024")
    fill = cell(page, "fill_in")
    address = fill.get_by_role("link", name="下载 数据.xlsx").get_attribute("href")
    given = page.request.get(f"{lab}{address}", headers={"Referer": page.url}).body()
    content = filled(given, project.root / "data" / "2023")
    handed_in(fill, "数据.xlsx", content)
    says(fill, "已有工作簿")
    fill.get_by_label("替换原有的工作簿").check()
    handed_in(fill, "数据.xlsx", content)
    found = cell(page, "findings")
    says(found, "“八十九”")
    row = found.locator(".widget-vbox").filter(has_text="“八十九”").last
    row.get_by_role("button", name="改这一格").click()
    typed(found, "改为", "89")
    found.get_by_role("button", name="保存并重新核对").click()
    expect(found.get_by_text("“八十九”")).to_have_count(0, timeout=WAIT)
    expect(cell(page, "state").get_by_text("错误 0 项")).to_be_visible(timeout=WAIT)
    build = cell(page, "build")
    build.get_by_role("button", name="生成报告").click()
    build.get_by_role("button", name="停止").click()
    expect(build.get_by_role("button", name="停止")).to_be_disabled(timeout=WAIT)
    assert not (project.root / "outputs" / "2024").exists()
    build.get_by_role("button", name="生成报告").click()
    says(build, "一、部门概况　完成")
    page.close()
    page = started(browser, lab)  # whoever comes again finds what goes on
    cell(page, "choose_run").get_by_label("运行").select_option(label="2024")
    build = cell(page, "build")
    expect(build.get_by_role("link", name="打开报告").first).to_be_visible(timeout=WAIT)
    build.get_by_text("在这里看报告").click()
    inside = page.frame_locator("iframe[title=报告]")
    expect(inside.locator("h1")).to_have_text("太阳宫乡2024年度部门整体绩效评价报告", timeout=WAIT)
    expect(inside.locator("html[data-recheck=ok]")).to_be_attached(timeout=WAIT)
    compared = cell(page, "compare")
    says(compared, "比 2023")
    expect(compared.locator("td", has_text="数据改变").first).to_be_visible(timeout=WAIT)
    deliver = cell(page, "deliver")
    deliver.get_by_role("button", name="打包绩效资料").click()
    expect(deliver.get_by_role("link", name="下载 2024-绩效资料.zip")).to_be_visible(timeout=WAIT)
    page.close()


def test_another_department_begins_and_every_fault_says_what_it_is(
    browser: Browser, lab: str, project: Copy
) -> None:
    """In the dark theme: a broken workbook, a section that fails, a run of another version."""
    page = started(browser, lab, dark=True)
    new = cell(page, "new_run")
    typed(new, "名称", "bureau-2024")
    typed(new, "单位", "某某局")
    new.get_by_label("结构").select_option(label="beijing-bureau")
    new.get_by_role("button", name="建立").click()
    says(cell(page, "new_run"), "已建立 bureau-2024")
    says(cell(page, "state"), "某某局2024年度部门整体绩效评价报告")
    cell(page, "fill_in").get_by_label("替换原有的工作簿").check()
    handed_in(cell(page, "fill_in"), "数据.xlsx", b"not a workbook")
    says(cell(page, "fill_in"), "不是 xlsx 文件，或已加密")
    book = project.root / "filled.xlsx"
    fill = cell(page, "fill_in")
    address = fill.get_by_role("link", name="下载 数据.xlsx").get_attribute("href")
    book.write_bytes(page.request.get(f"{lab}{address}", headers={"Referer": page.url}).body())
    type_into(book, BUREAU, "全年预算执行率为{预算执行率}。")
    type_into(book, {"预算执行": [{"支出类别": "项目支出", "全年执行数": "七百"}]})
    handed_in(fill, "数据.xlsx", book.read_bytes())
    found = cell(page, "findings")
    says(found, "“七百”")
    row = found.locator(".widget-vbox").filter(has_text="“七百”").last
    row.get_by_role("button", name="改这一格").click()
    typed(found, "改为", "760.25")
    found.get_by_role("button", name="保存并重新核对").click()
    expect(cell(page, "state").get_by_text("错误 0 项")).to_be_visible(timeout=WAIT)
    build = cell(page, "build")
    build.get_by_role("button", name="生成报告").click()
    says(build, "一、部门概况　完成")
    bar = build.locator(".progress-bar").first
    expect(bar).to_have_attribute("style", re.compile(r"width: [1-9]"), timeout=WAIT)
    expect(build.get_by_role("link", name="打开报告").first).to_be_visible(timeout=WAIT)
    says(cell(page, "compare"), "没有变化")
    cell(page, "deliver").get_by_role("button", name="打包绩效资料").click()
    says(cell(page, "deliver"), "下载 bureau-2024-绩效资料.zip")
    path = project.root / "notebooks" / "06-measures.ipynb"
    code = path.read_text(encoding="utf-8").replace('report.text(\\"措施概述\\")', "1 / 0")
    path.write_text(code, encoding="utf-8")
    build = cell(page, "build")
    build.get_by_label("草稿（没有填全也生成）").check()
    build.get_by_role("button", name="生成报告").click()
    says(build, "六、措施建议　未能生成")
    old = project.root / "params" / "demo-2022.yaml"
    kept = [line for line in old.read_text("utf-8").splitlines() if line[:8] != "outline:"]
    old.write_text("\n".join(kept) + "\n", "utf-8")
    cell(page, "choose_run").get_by_label("运行").select_option(label="demo-2022")
    says(cell(page, "state"), "outline：缺少这个参数")
    expect(page.locator(".jp-OutputArea-output[data-mime-type*=stderr]")).to_have_count(0)
    expect(page.get_by_text("Traceback")).to_have_count(0)
    page.close()
