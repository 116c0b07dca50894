"""Long tables: sorted, filtered and copied in a browser; whole on paper and without scripts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from project_copies import Copy

from helpers.blocks.model import LONG, Grid, Paragraph
from helpers.blocks.words import words
from helpers.errors import Place
from helpers.figures.cell import Cell
from helpers.figures.number import Number, lacking, number
from helpers.publishing.columns import columns_of
from helpers.publishing.section import Section

ACCOUNT = "s14-table-expenditure-account"
INPUTS = "table-inputs"
COLUMN = """([id, at]) => [...document.querySelectorAll(`#${id} tbody tr`)]
    .map((row) => row.cells[at].textContent)"""
ABOVE = f".explore[aria-labelledby={INPUTS}-caption]"


@pytest.fixture(scope="module")
def report(made_up: Copy) -> Path:
    """A page with tables of 23 to 91 rows."""
    return made_up.root / "outputs" / "demo-2024" / "report.html"


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """That page, opened."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(report.as_uri())
    page.wait_for_selector("html[data-recheck]")
    yield page
    context.close()


def test_a_column_is_sorted_up_and_down_and_back_by_keyboard(page: Page) -> None:
    """By value, what has none last both ways; screen readers are told, and one Tab leads on."""
    given = page.evaluate(COLUMN, [ACCOUNT, 3])
    page.focus(f"#{ACCOUNT} .sort >> nth=0")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    head = page.locator(f"#{ACCOUNT} th[scope=col]").nth(3)
    found = []
    for state in ("ascending", "descending", None):
        page.keyboard.press("Enter")
        assert head.get_attribute("aria-sort") == state
        found.append(page.evaluate(COLUMN, [ACCOUNT, 3]))
    up, down, back = ([float(each[:-1]) for each in column if each != "—"] for column in found)
    assert up == sorted(up) == down[::-1]
    assert all(set(column[len(up) :]) == {"—"} for column in found[:2])
    assert len(up) == len(back) > 5
    assert found[2] == given
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.sort')")


def test_texts_are_sorted_as_chinese_is(page: Page) -> None:
    """By pinyin; codes as texts, so that what belongs to 201 follows it."""
    page.click(f"#{ACCOUNT} .sort >> nth=1")
    names = page.evaluate(COLUMN, [ACCOUNT, 1])
    assert names == page.evaluate("names => names.sort(new Intl.Collator('zh').compare)", names)
    assert names[0] < names[-1] or names != sorted(names)


def test_numbers_beyond_what_a_float_tells_apart_are_sorted(page: Page) -> None:
    """And fractions."""
    texts = ["10000000000000000001", "9007199254740993", "9007199254740992", "2/3", "\u22120.50"]
    assert page.evaluate(
        "texts => texts.map(quantity).sort(byQuantity).map(each => `${each.top}/${each.bottom}`)",
        texts,
    ) == ["-1/2", "2/3", "9007199254740992/1", "9007199254740993/1", "10000000000000000001/1"]


def test_rows_are_in_the_page_as_they_are_looked_at(page: Page) -> None:
    """A leaf of fifty; how many there are, and where these stand, is said."""
    rows = page.locator(f"#{INPUTS} tbody tr")
    count = int(page.get_attribute(f"#{INPUTS}", "aria-rowcount") or 0) - 1
    first = rows.first.text_content()
    assert rows.count() == 50 < count
    assert page.text_content(f"{ABOVE} [role=status]") == f"共{count}行，这是第1—50行"
    page.focus(f"{ABOVE} >> text=下一页")
    page.keyboard.press("Enter")
    assert rows.count() == min(50, count - 50)
    assert rows.first.get_attribute("aria-rowindex") == "52"
    page.click(f"{ABOVE} >> text=上一页")
    assert rows.first.text_content() == first


def test_a_filter_leaves_the_rows_that_have_all_its_words(page: Page) -> None:
    """And counts them as one types; nothing found is said too."""
    page.fill(f"{ABOVE} input", "绩效 .CSV")
    left = page.evaluate(COLUMN, [INPUTS, 0])
    assert left
    assert all("绩效" in name and ".csv" in name for name in left)
    assert page.text_content(f"{ABOVE} [role=status] >> text=找到{len(left)}行，共")
    page.fill(f"{ABOVE} input", "没有这个")
    assert page.locator(f"#{INPUTS} tbody tr").count() == 0


@pytest.mark.parametrize("lost", ["", "document.execCommand = () => false"])
def test_what_is_found_is_copied_for_a_spreadsheet(page: Page, lost: str) -> None:
    """Every row found, digits without commas; by either way a browser has."""
    page.evaluate(lost)
    tools = f".explore[aria-labelledby={ACCOUNT}-caption]"
    page.fill(f"{tools} input", "行政运行")
    page.click(f"{tools} >> text=复制")
    page.wait_for_selector(f"{tools} >> text=已复制")
    lines = page.evaluate("navigator.clipboard.readText()").replace("\r", "").split("\n")
    assert re.fullmatch(r"表\d+ 支出决算表 单位：万元", lines[0])
    assert lines[1] == "科目编码\t科目名称\t本年支出合计\t占各类合计"
    assert lines[2:] == ["2010301\t行政运行\t2413.12\t—"]
    assert page.evaluate("document.activeElement.textContent") == "复制"


def test_what_a_spreadsheet_would_run_is_copied_as_text(page: Page) -> None:
    """Nothing of the data is ever executed."""
    assert page.evaluate("""() => ["=1+1", "@x", "-a", "\u2212" + "1,234.50", "12%"].map((text) =>
        pasted(Object.assign(document.createElement("td"), { textContent: text })))""") == [
        *("'=1+1", "'@x", "'-a", "-1234.50", "12%"),
    ]


def test_a_hit_in_a_row_aside_brings_it_back(page: Page) -> None:
    """Whatever the filter is."""
    last = page.evaluate(f"whole(() => ({COLUMN})(['{INPUTS}', 0]))")[-1]
    page.fill(f"{ABOVE} input", "没有这个")
    page.click("#find")
    page.fill("#query", last)
    page.click(f"#hits a:text-is('{last}')")
    assert page.evaluate("document.activeElement.textContent") == last
    assert page.evaluate("document.activeElement.closest('table').id") == INPUTS
    assert page.input_value(f"{ABOVE} input") == ""


def test_a_changed_figure_in_a_row_aside_is_found(
    browser: Browser, report: Path, tmp_path: Path
) -> None:
    """The recheck looks at every row."""
    html = report.read_text(encoding="utf-8")
    table = html.index(f'<table id="{ACCOUNT}"')
    at = html.index('data-fact="function_20103"', table)
    changed = tmp_path / "changed.html"
    changed.write_text(html[:at] + html[at:].replace("2,413.12", "2,413.13", 1), encoding="utf-8")
    page = browser.new_page()
    page.goto(changed.as_uri())
    page.wait_for_selector("#recheck >> text=页面上的数与数据项不符")
    page.close()


def test_a_place_in_a_row_aside_is_led_to(page: Page) -> None:
    """From the panel of a figure."""
    page.fill(f".explore[aria-labelledby={ACCOUNT}-caption] input", "没有这个")
    page.evaluate("lead('function_20103')")
    page.click("#panel-body .places a >> nth=-1")
    assert page.url.split("#")[1].startswith("at-function_20103-")
    assert page.evaluate("document.querySelector(':target').closest('table').id") == ACCOUNT


def test_paper_has_every_row_in_the_order_of_the_report(page: Page, tmp_path: Path) -> None:
    """However the reader has sorted and filtered; then all is as it was."""
    given = page.evaluate(f"whole(() => ({COLUMN})(['{INPUTS}', 0]))")
    page.click(f"#{INPUTS} .sort >> nth=0")
    page.fill(f"{ABOVE} input", "csv")
    seen = page.evaluate(COLUMN, [INPUTS, 0])
    page.evaluate(f"""() => addEventListener("beforeprint", () =>
        window.printed = ({COLUMN})(["{INPUTS}", 0]))""")
    page.pdf(path=tmp_path / "page.pdf")
    assert page.evaluate("printed") == given
    assert page.evaluate(COLUMN, [INPUTS, 0]) == seen


def test_without_scripts_a_long_table_is_whole_and_its_column_has_a_formula(
    browser: Browser, report: Path
) -> None:
    """A figure that has no line of its own leads to that of its column."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator(f"#{INPUTS} tbody tr").count() > 50
    assert page.locator(".explore").count() == 0
    page.click(f"#{ACCOUNT} tbody tr:nth-child(1) td:nth-child(4) a")
    told = page.locator(":target + dd").inner_text()
    assert told == "支出 ÷ 支出决算表各类支出合计 × 100%；支出决算表.csv第2—25行中的7行"
    context.close()


def grid(id: str, *columns: list[Number]) -> Grid:
    """A long table of projects."""
    rows = [(f"项目{line}", *cells) for line, *cells in zip(range(LONG), *columns, strict=True)]
    return Grid(id, "题", ("项目", *(f"列{at}" for at, _ in enumerate(columns))), rows)


def read(column: str, blank: int | None = None) -> list[Number]:
    """The figures of a column of a file, each named by its row."""
    figures = []
    for line in range(LONG):
        cell = Cell(Place("data/x/表.csv", line + 2, column), "" if line == blank else "8")
        figure = lacking("", "未填", "missing", cell=cell) if line == blank else number(8)
        figures.append(
            replace(figure, cell=cell, label=f"项目{line}{column}", id=f"{column}_{line}")
        )
    return figures


def test_a_column_of_one_formula_is_told_by_one_line() -> None:
    """What is shown elsewhere, computed otherwise or has no value keeps a line of its own."""
    spent, planned = read("支出", blank=1), read("预算")
    rates = [
        (a / b * 100).named(f"项目{line}率", f"率_{line}")
        for line, (a, b) in enumerate(zip(spent, planned, strict=True))
    ]
    rates[2] = (spent[2] - planned[2]).named("项目2率", "率_2")
    shown = Paragraph("p", words("共", rates[3]))
    section = Section("s", "题", annex=False, blocks=[grid("t", spent, rates), shown])
    columns = {column.id: column for column in columns_of([section])}
    assert columns["t-column-2"].behind == "“支出”列；data/x/表.csv第2—17行中的15行"
    assert columns["t-column-3"].behind == "支出 ÷ 预算 × 100；data/x/表.csv第2—17行中的13行"
    assert columns["t-column-3"].figures == {f"率_{line}" for line in range(LONG)} - {
        "率_1",
        "率_2",
        "率_3",
    }


def test_a_short_table_has_no_columns_to_tell() -> None:
    """Nor one whose figures all stand elsewhere as well."""
    spent = read("支出")
    short = Grid("t", "题", ("列",), [(each,) for each in spent[1:]])
    section = Section("s", "题", annex=False, blocks=[short, grid("u", spent)])
    assert [column.figures for column in columns_of([section])] == []
