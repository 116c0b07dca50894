"""The page for every eye, hand and machine: axe-core, keyboard, zoom, dark, old browsers."""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from project_copies import Copy

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_DRAWN = """
document.head.append(Object.assign(document.createElement('style'),
    { textContent: 'section { content-visibility: visible !important }' }));
"""
"""What measures every element wants every section laid out, not just those near the window."""
FEW_ENTRIES = """
for (const line of document.querySelectorAll('.facts > :nth-child(n+41)')) line.hidden = true;
"""
"""The appendix writes all its lines alike; axe takes seconds for every hundred."""
SIZE_LIMIT = {"real": 450 * 1024, "made-up": 800 * 1024}
ELEMENT_LIMIT = 10_000
Opened = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, built: Path, made_up: Copy) -> Iterator[Opened]:
    """Opens an edition at a width, light or dark; the policy lets the tester's script in."""
    contexts = []
    pages = {
        "real": built / "report.html",
        "made-up": made_up.root / "outputs" / "demo-2024" / "report.html",
        "public": made_up.root / "outputs" / "demo-2023" / "public.html",
    }

    def opened(name: str, width: int = 1440, height: int = 900, **options: Any) -> Page:  # noqa: ANN401 - the browser's own
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, bypass_csp=True, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(pages[name].as_uri())
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe-core finds wrong, with the first place of each."""
    page.evaluate(AXE)
    found = page.evaluate(
        "([part, rules]) => axe.run(part, {runOnly: rules, resultTypes: ['violations']})",
        [within, RULES],
    )
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found["violations"]]


def test_axe_finds_nothing_on_the_public_page(open_page: Opened) -> None:
    """WCAG 2.2 AA and best practice; style and colours are the reviewers' page's, tested below."""
    assert violations(open_page("public", 390, color_scheme="dark")) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1440)])
def test_axe_finds_nothing_with_everything_open(open_page: Opened, scheme: str, width: int) -> None:
    """The reviewers' page: folds, marks, the search with hits, then the panel of a figure."""
    page = open_page("real", width, color_scheme=scheme)
    page.evaluate(FEW_ENTRIES + ALL_DRAWN)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    page.click("#review")
    page.focus(".chart [tabindex='0'] >> nth=0")
    assert page.is_visible("#tip")
    assert violations(page) == []
    page.click("#find")
    page.fill("#query", "预算")
    assert violations(page, "dialog[open]") == []
    page.keyboard.press("Escape")
    page.click('#s02 a[href="#fact-execution_rate"] >> nth=0')
    assert violations(page, "dialog[open]") == []


@pytest.mark.parametrize("name", SIZE_LIMIT)
def test_the_page_keeps_within_its_size(open_page: Opened, name: str) -> None:
    """Bytes, and elements, which are what an old machine works on; the build prints the weight."""
    page = open_page(name)
    assert Path(page.url.removeprefix("file://")).stat().st_size < SIZE_LIMIT[name]
    assert page.evaluate("document.querySelectorAll('*').length") < ELEMENT_LIMIT


@pytest.mark.parametrize("name", ["real", "made-up", "public"])
def test_nothing_scrolls_sideways_down_to_400_percent(open_page: Opened, name: str) -> None:
    """320 px is a 1280 px window at 400 %; wide tables and charts scroll in their frames."""
    page = open_page(name)
    for width, height in ((1440, 900), (768, 900), (390, 900), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_the_summary_comes_first(open_page: Opened, width: int) -> None:
    """Its key figures stand on the first screen, whatever the screen."""
    page = open_page("real", width, 900)
    bottom = page.evaluate("document.querySelector('.key-figures').getBoundingClientRect().bottom")
    assert bottom < 900
    assert page.inner_text("#summary h2") == "要点"


def test_what_is_missing_leads_to_its_cell(open_page: Opened) -> None:
    """The summary names the blank cell, and opens the figure it belongs to."""
    page = open_page("real")
    row = page.locator("#table-summary-missing tr", has_text="绩效指标.csv 第2行").first
    assert "指标值" in row.inner_text()
    row.locator("a").click()
    assert "指标值未填" in page.inner_text("#panel-body")


def test_any_figure_is_two_clicks_away(open_page: Opened) -> None:
    """The search, then the figure."""
    page = open_page("made-up")
    page.click("#find")
    page.fill("#query", "社区服务设施改造预算执行率")
    page.click("#hits a >> nth=0")
    assert page.inner_text("#panel-title").startswith("社区服务设施改造预算执行率")


def test_the_search_finds_sections_tables_and_sentences(open_page: Opened) -> None:
    """And takes the reader there; in the public edition as well."""
    page = open_page("public")
    page.emulate_media(reduced_motion="reduce")
    for words, kind, selector in (
        ("资产管理", "章节", "#s04 h3 >> text=资产管理"),
        ("各项目预算执行率", "图表", "#s05-figure-project-rates"),
        ("以三定方案为准", "文字", "main p >> text=以三定方案为准"),
    ):
        page.click("#find")
        page.fill("#query", words)
        hits = page.locator("#hits li", has_text=kind)
        hits.first.locator("a").click()
        assert not page.is_visible("#search")
        box = page.locator(selector).first.bounding_box()
        assert box
        assert box["y"] + box["height"] > 0
        assert box["y"] < 900


def test_the_contents_follow_the_reader(open_page: Opened) -> None:
    """The section on the screen is marked, and in view, in the list beside it."""
    page = open_page("made-up")
    page.evaluate("document.querySelector('#s17 h2').scrollIntoView({behavior: 'instant'})")
    page.wait_for_selector('.contents a[aria-current="location"] >> text=附件7')
    box = page.locator('.contents a[aria-current="location"]').bounding_box()
    assert box
    assert 0 < box["y"] < 900


def test_every_part_of_the_page_is_reached_with_the_keyboard(open_page: Opened) -> None:
    """Tab goes through the bar, the contents and the figures, and is always seen."""
    page = open_page("public", 1440)
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "[document.activeElement.id || document.activeElement.className ||"
                " document.activeElement.getAttribute('href'),"
                " getComputedStyle(document.activeElement).outlineStyle]"
            )
        )
    names = [name for name, _ in seen]
    assert names[0] == "skip"
    assert {"find", "theme"} <= set(names)
    assert any(str(name).startswith("grid") for name in names)
    assert {style for _, style in seen} == {"solid"}


STOPS = """(within) => [...document.querySelectorAll(within)].map(
    each => [...each.querySelectorAll("a, [tabindex]")].filter(one => one.tabIndex >= 0).length)"""
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"


@pytest.fixture
def made_up_page(open_page: Opened) -> Page:
    """The made-up year, when its figures are known."""
    page = open_page("made-up")
    page.wait_for_selector("html[data-recheck]")
    return page


def test_a_chart_and_a_table_are_one_stop_each(made_up_page: Page) -> None:
    """Whatever they hold; and nothing is a heading or a landmark that is only a line of data."""
    assert set(made_up_page.evaluate(STOPS, "#report .chart")) == {1}
    assert set(made_up_page.evaluate(STOPS, "#report table")) == {0, 1}
    assert made_up_page.locator(".facts :is(h2, h3, h4)").count() == 0
    assert made_up_page.locator("[role=region], section[aria-labelledby]").count() == 2


def test_figures_are_named_by_what_they_are(made_up_page: Page) -> None:
    """With label, value and unit, in text, tables and charts."""
    for name in ("全年预算数 11,102.71万元", "预算执行率 83.82%"):
        assert made_up_page.get_by_role("link", name=name, exact=True).count() > 2
    chart = made_up_page.get_by_role("group", name="2024年预算执行率", exact=True)
    assert chart.get_by_role("link", name="预算执行率 83.82%").count() == 1
    assert made_up_page.locator("#report a.fact:not([aria-label])").count() == 0


def test_arrows_lead_from_mark_to_mark_of_a_chart(made_up_page: Page) -> None:
    """Home and End to the ends, Enter to the panel, Escape back to the mark, Tab out."""
    page = made_up_page
    page.focus("#s02-figure-execution-rates [tabindex='0']")
    told = []
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"):
        page.keyboard.press(key)
        told.append(page.evaluate(FOCUSED).split(" ")[0])
    rates = [f"{name}预算执行率" for name in ("基本支出", "项目支出", "")]
    assert told == [rates[at] for at in (1, 2, 2, 1, 0, 2)]
    assert page.inner_text("#tip") == "预算执行率 83.82%"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title").startswith("预算执行率　83.82%")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "预算执行率 83.82%"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.chart')") is None
    assert not page.is_visible("#tip")


def test_a_mark_tells_its_name_under_the_pointer_and_leads_to_its_panel(
    made_up_page: Page,
) -> None:
    """Also the point of a line, which is seen only then; the pointer may go on to the name."""
    page = made_up_page
    point = page.locator("#s16-figure-progress [data-fact=plan_to_5]")
    point.hover()
    assert page.inner_text("#tip") == "到5月累计计划数 2,480.37万元"
    page.hover("#tip")
    page.wait_for_timeout(300)
    assert page.is_visible("#tip")
    point.click()
    assert page.inner_text("#panel-title").startswith("到5月累计计划数")


PLACE = """(() => {
  const cell = document.activeElement.closest("td, th");
  return [cell.parentNode.rowIndex, cell.cellIndex, document.activeElement.localName];
})()"""


def places(page: Page, *keys: str) -> list[list[object]]:
    """Where each of some keys leads in a table: row, cell of that row, and what has the focus."""
    found = []
    for key in keys:
        page.keyboard.press(key)
        found.append(page.evaluate(PLACE))
    return found


def test_arrows_lead_from_cell_to_cell_of_a_table(made_up_page: Page) -> None:
    """To figures and texts, the ends of a row and of the table, and not beyond."""
    page = made_up_page
    page.focus("#s02-table-budget-execution [tabindex='0']")
    assert places(page, "Home", "ArrowRight", "ArrowDown", "ArrowUp") == [
        *([1, 0, "th"], [1, 1, "a"], [2, 1, "a"], [1, 1, "a"]),
    ]
    assert places(page, "Control+End", "ArrowDown", "ArrowRight", "Control+Home") == [
        *([3, 4, "a"], [3, 4, "a"], [3, 4, "a"], [0, 0, "th"]),
    ]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table')") is None
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(PLACE) == [0, 0, "th"]


def test_arrows_lead_over_merged_cells_and_through_several_figures(made_up_page: Page) -> None:
    """A merged cell is one place; a cell of many figures is gone through."""
    page = made_up_page
    page.focus("#s03-table-outputs tbody tr:nth-child(3) a")
    row = page.evaluate(PLACE)[0]
    [*_, [above, *_]] = places(page, "Home")
    assert (row, above) == (3, 1)
    page.focus("#s13-table-projects [tabindex='0']")
    right, down = "ArrowRight", "ArrowDown"
    keys = ("Control+Home", right, right, down, right, "ArrowUp", "ArrowLeft", down)
    assert [[row, cell] for row, cell, _ in places(page, *keys)] == [
        *([0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [0, 2], [0, 1], [2, 1]),
    ]
    page.focus("#table-summary-scores tbody tr:nth-child(2) td:last-child a >> nth=0")
    first = page.evaluate(FOCUSED)
    page.keyboard.press("ArrowRight")
    assert page.evaluate(PLACE)[0] == 2
    assert page.evaluate(FOCUSED) != first


def test_rows_that_come_and_go_are_part_of_the_table(made_up_page: Page) -> None:
    """Their figures are named and reached, and no stop of their own; there is always one."""
    page = made_up_page
    table = "#s02-table-budget-execution"
    page.focus(f"{table} [tabindex='0']")
    page.evaluate(f"""(() => {{
        const body = document.querySelector("{table} tbody");
        const row = document.createElement("tr");
        row.innerHTML = '<th>新</th><td><a class="fact" href="#fact-budget">11,102.71</a></td>';
        body.insertBefore(row, body.rows[1]);
    }})()""")
    assert places(page, "ArrowDown") == [[2, 1, "a"]]
    assert page.evaluate(FOCUSED) == "全年预算数 11,102.71万元"
    assert page.evaluate(STOPS, table) == [1]
    page.evaluate(f"document.querySelector('{table} tbody').rows[1].remove()")
    page.wait_for_function(f"document.querySelectorAll(\"{table} [tabindex='0']\").length === 1")


def test_a_slash_opens_the_search(open_page: Opened) -> None:
    """But not while something is typed, nor in the panel."""
    page = open_page("real")
    page.keyboard.press("/")
    page.wait_for_selector("#search[open]")
    page.keyboard.type("1/2")
    assert page.input_value("#query") == "1/2"
    page.keyboard.press("Escape")
    page.click('#s02 a[href="#fact-budget"] >> nth=0')
    page.focus("#citation")
    page.keyboard.press("/")
    assert not page.is_visible("#search")
    assert open_page("public").evaluate("document.querySelector('#find').ariaKeyShortcuts") == "/"


def test_forced_colours_keep_what_colour_says(open_page: Opened) -> None:
    """The current entry of the contents stands out, and the words of charts are seen."""
    page = open_page("real", forced_colors="active", color_scheme="dark")
    page.evaluate("document.querySelector('#s04 h2').scrollIntoView()")
    page.wait_for_selector(".contents a[aria-current]")
    colours = page.evaluate("""["a[aria-current]", "a:not([aria-current])"].map((which) => {
        const style = getComputedStyle(document.querySelector(".contents " + which));
        return [style.backgroundColor, style.borderLeftColor];
    })""")
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]
    ink = "getComputedStyle(document.querySelector('.chart text')).fill"
    assert page.evaluate(ink) == page.evaluate("getComputedStyle(document.body).color")


def test_light_and_dark_are_a_key_away(open_page: Opened) -> None:
    """The button turns the page over, whatever the system wants; paper is always white."""
    page = open_page("real", color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(18, 23, 29)"
    page.click("#theme")
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    page.click("#theme")
    page.emulate_media(media="print")
    assert page.evaluate(background) == "rgb(255, 255, 255)"


def test_charts_are_seen_in_the_dark(open_page: Opened) -> None:
    """No ink of a chart is left as dark as the page."""
    page = open_page("made-up", color_scheme="dark")
    inks = page.evaluate(
        "[...new Set([...document.querySelectorAll('svg.chart text')]"
        ".map(text => getComputedStyle(text).fill))]"
    )
    assert "rgb(31, 41, 51)" not in inks
    assert "rgb(91, 102, 112)" not in inks


def test_nothing_moves(built: Path) -> None:
    """No animation, and a jump is a jump."""
    page = (built / "report.html").read_text(encoding="utf-8")
    style = "".join(re.findall(r"<style.*?</style>", page, re.DOTALL))
    assert not re.search(r"@keyframes|animation|transition|(?<!over)scroll-behavior", style)


@pytest.mark.parametrize("name", ["real", "made-up"])
def test_a_jump_ends_where_it_is_meant_to(open_page: Opened, name: str) -> None:
    """Far down and back, over sections that were never laid out."""
    page = open_page(name)
    for id in ("appendix-facts", "s02-title", "s05-title", "appendix-title", "s03-title"):
        page.click(f'.contents a[href="#{id}"]')
        page.wait_for_timeout(300)
        top = page.evaluate(f"document.getElementById('{id}').getBoundingClientRect().top")
        assert 0 < top < 120, id


NEW = (
    ":has(",
    ":is(",
    ":where(",
    "@container",
    "@layer",
    "@property",
    "color-mix",
    "oklch",
    "inset:",
)


def test_an_old_browser_shows_everything(open_page: Opened, built: Path) -> None:
    """No selector it would stumble over; without scripts, variables, grid and flex all is there."""
    html = (built / "report.html").read_text(encoding="utf-8")
    style = "".join(re.findall(r"<style.*?</style>", html, re.DOTALL))
    assert not [feature for feature in NEW if feature in style]
    page = open_page("real", java_script_enabled=False)
    old = re.sub(r"[\w-]+:[^;{}]*(?:var\(|grid|flex|sticky|min\()[^;{}]*;?", "", style)
    page.set_content(html.replace(style, old))
    facts = page.locator("#report a.fact")
    hidden = [
        fact
        for fact in facts.all()
        if not fact.is_visible() and not fact.locator("xpath=ancestor::details").count()
    ]
    assert facts.count() > 100
    assert hidden == []
    assert page.locator(".contents a").first.is_visible()


@pytest.mark.parametrize("name", ["real", "public"])
def test_the_printed_page_is_whole(open_page: Opened, name: str, tmp_path: Path) -> None:
    """The cover on a page of its own, no bar, no button, black on white."""
    page = open_page(name)
    page.emulate_media(media="print")
    assert not page.is_visible(".bar")
    assert not page.is_visible(".contents")
    assert page.is_visible(".cover h1")
    printed = tmp_path / "page.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    assert printed.read_bytes().count(b"/Type /Page\n") > 5


def test_the_page_prints_little_more_than_the_pdf(
    browser: Browser, made_up: Copy, tmp_path: Path
) -> None:
    """At most fifteen pages more."""
    folder = made_up.root / "outputs" / "demo-2023"
    page = browser.new_page()
    page.goto((folder / "report.html").as_uri())
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    page.close()
    pages = [
        len(re.findall(rb"/Type\s*/Page\b", pdf))
        for pdf in (printed, (folder / "report.pdf").read_bytes())
    ]
    assert pages[1] > 20
    assert pages[0] <= pages[1] + 15
