"""The page in a real browser: offline, with its own glyphs, at every width, on paper."""

import base64
import hashlib
import itertools
import json
import re
import zlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from page_changes import with_data_changed
from playwright.sync_api import Browser, Page
from project_copies import Copy, listening

from helpers.figures.conditions import COMPARISONS, both, compared, first_of
from helpers.figures.number import combined, number
from helpers.run import Run


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:
    """The report, opened from its file."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((built / "report.html").as_uri())
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


@pytest.fixture(scope="module")
def still(browser: Browser, built: Path) -> Iterator[Page]:
    """The report, opened once for all tests that only look at it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((built / "report.html").as_uri())
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


def test_the_page_opens_without_a_request_or_a_complaint(browser: Browser, built: Path) -> None:
    """Nothing but the file itself, and a silent console."""
    page = browser.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    address = (built / "report.html").as_uri()
    page.goto(address)
    page.evaluate("document.fonts.ready")
    assert [url for url in requests if not url.startswith("data:")] == [address]
    assert complaints == []
    page.close()


def test_the_policy_blocks_what_is_put_in_later(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    """A picture and a script smuggled into the file reach no listener and do not run."""
    with listening() as (port, reached):
        smuggled = (
            f'<img src="http://127.0.0.1:{port}/x" onerror="document.title=1">'
            f"<script>document.title = 'ran'; fetch('http://127.0.0.1:{port}/y')</script>"
        )
        altered = tmp_path / "altered.html"
        html = (built / "report.html").read_text(encoding="utf-8")
        altered.write_text(html.replace("</main>", smuggled + "</main>"), encoding="utf-8")
        page = browser.new_page()
        page.goto(altered.as_uri())
        page.wait_for_timeout(300)
        assert page.title() == "太阳宫乡2023年度部门整体绩效评价报告"
        assert not reached.is_set()
        page.close()


def test_every_glyph_comes_from_the_page(page: Page) -> None:
    """On a machine without a Chinese font, text and charts use the embedded subset alone."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.add_style_tag(content="section { content-visibility: visible !important }")
    page.evaluate("""
        for (const each of document.body.querySelectorAll("*"))
            if ([...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                each.dataset.text ||= "own";
    """)
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    nodes = client.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body [data-text]"})
    foreign: dict[str, int] = {}
    own = 0
    for node in nodes["nodeIds"]:
        for font in client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            if font["isCustomFont"]:
                own += int(font["glyphCount"])
            else:
                foreign[font["familyName"]] = foreign.get(font["familyName"], 0) + 1
    assert foreign == {}
    assert own > 5000


def test_the_text_of_charts_is_found_and_drawn_in_colour(still: Page) -> None:
    """Real text, and the policy has not turned the drawing black."""
    assert still.evaluate("window.find('17,911.28')")
    fills = still.evaluate(
        "[...document.querySelectorAll('svg.chart path')].map(p => getComputedStyle(p).fill)"
    )
    assert "rgb(27, 79, 138)" in fills


def test_the_numbers_of_a_chart_are_one_key_away(page: Page) -> None:
    """Enter on the summary opens the table."""
    page.focus("#s02-figure-execution-rates summary")
    page.keyboard.press("Enter")
    assert page.is_visible("#s02-figure-execution-rates table")


def test_printing_opens_the_numbers_of_charts_and_closes_them_again(page: Page) -> None:
    """Paper cannot be clicked."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#s01-figure-staff table")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.is_visible("#s01-figure-staff table")


def rechecked(page: Page) -> tuple[str | None, str]:
    """The outcome of the page's own recomputation, and its words."""
    page.wait_for_selector("html[data-recheck]")
    return page.get_attribute("html", "data-recheck"), page.inner_text("#recheck")


def test_the_reader_s_browser_recomputes_every_fact(still: Page, built: Path) -> None:
    """Computed facts and readings are counted apart."""
    facts = json.loads((built / "facts.json").read_text(encoding="utf-8"))
    computed = sum(bool(fact["tree"]) for fact in facts)
    outcome, words = rechecked(still)
    assert outcome == "ok"
    assert words.startswith(
        f"复算{computed}项，经复核全部一致；{len(facts) - computed}项为读数。整页与网页指纹"
    )


def test_the_reader_s_browser_computes_what_we_do(still: Page) -> None:
    """Every operation of formulas, on ties, negative numbers and fractions; half goes outward."""
    values = [*map(number, ("-2.5", "-0.5", "0", "0.5", "2.5")), number(Fraction(-7, 3))]
    made = [combined(op, [each]) for op in ("floor", "ceil") for each in values]
    made += [round(each, digits) for digits in (0, 1) for each in values]
    pairs = list(itertools.product(values, repeat=2))
    made += [combined(op, pair) for op in ("+", "-", "*", "min", "max") for pair in pairs]
    asked = [compared(sign, *pair) for sign in COMPARISONS for pair in pairs]
    made += [*asked, *(first_of([(each, number(8)), (both(), number(2))]) for each in asked)]
    told = still.evaluate(
        """(trees) => trees.map((tree) => {
          const made = evaluate(tree, []);
          return `${made.top}/${made.bottom}`;
        })""",
        [each.to_json()["tree"] for each in made],
    )
    assert [Fraction(each) for each in told] == [each.value for each in made]


CHANGE_EACH_CELL = """() => {
  const below = new Map();
  const cellsOf = (fact) => {
    if (!below.has(fact.id)) {
      const inputs = fact.tree ? idsIn(fact.tree).map((id) => factById.get(id)) : [];
      below.set(fact.id, new Set([...fact.cells, ...inputs.flatMap((each) => [...cellsOf(each)])]));
    }
    return below.get(fact.id);
  };
  const unnoticed = [];
  cells.forEach((text, at) => {
    cells[at] = text + "1";
    worked.clear();
    for (const fact of facts) {
      const told = !cellsOf(fact).has(at) || !(fact.tree || fact.read) || fault(fact);
      if (!told) unnoticed.push(`${fact.id} ${at}`);
    }
    cells[at] = text;
  });
  worked.clear();
  return { cells: cells.length, unnoticed, faults: facts.filter(fault).length };
}"""


def test_a_change_of_any_cell_is_noticed_in_every_figure_that_rests_on_it(
    browser: Browser, made_up: Copy
) -> None:
    """Also by a count or a maximum that stays what it was: that is what recomputed means."""
    page = browser.new_page()
    page.goto((made_up.root / "outputs" / "demo-2024" / "report.html").as_uri())
    outcome, _ = rechecked(page)
    found = page.evaluate(CHANGE_EACH_CELL)
    assert outcome == "ok"
    assert found["cells"] > 700
    assert (found["unnoticed"], found["faults"]) == ([], 0)
    page.close()


def test_only_cells_and_survey_statistics_are_readings(demo_run: Run) -> None:
    """Everything else has a formula that the browser works out."""
    for fact in demo_run.facts.values():
        of_survey = fact.id.startswith("survey_") and bool(fact.words)
        assert fact.op or fact.cell or of_survey or not fact.defined, fact.id


ALTERATIONS = {
    "a figure on the page": ('"#fact-execution_rate">99.63%', "99.63%", "99.68%"),
    "a figure in the list": (">预算执行率 99.63%<", "99.63%", "99.68%"),
    "a digit of plain words": ("京财绩效〔2020〕2146号", "2146", "2147"),
    "a digit in a drawing": (">支出 17,825.57</text>", "17,825.57", "17,835.57"),
}
DATA_ALTERATIONS = {
    "an exact value": (
        '"全年预算数","23187.018390"',
        "0183",
        "0188",
        "全年预算数（算式与数值不符）",
    ),
    "an input": ('"5275.741749"', "5275", "5276", "所依据的单元格有改动"),
    "a cell": ('"17825.571703"]', "17825", "17835", ""),
    "a constant in a formula": ('"number":"100"', "100", "101", "（算式与数值不符）"),
}


def judged(browser: Browser, folder: Path, html: str) -> tuple[str | None, str]:
    """The outcome of an altered page, and its words."""
    altered = folder / "altered.html"
    altered.write_text(html, encoding="utf-8")
    page = browser.new_page()
    page.goto(altered.as_uri())
    told = rechecked(page)
    page.close()
    return told


@pytest.mark.parametrize("what", ALTERATIONS)
def test_one_altered_digit_is_caught(
    browser: Browser, built: Path, tmp_path: Path, what: str
) -> None:
    """Wherever it stands."""
    around, old, new = ALTERATIONS[what]
    html = (built / "report.html").read_text(encoding="utf-8")
    assert around in html
    outcome, words = judged(browser, tmp_path, html.replace(around, around.replace(old, new), 1))
    assert outcome == "bad"
    assert "不一致" in words


@pytest.mark.parametrize("what", DATA_ALTERATIONS)
def test_one_altered_digit_in_the_data_is_caught(
    browser: Browser, built: Path, tmp_path: Path, what: str
) -> None:
    """The figure is named that does not agree any more."""
    around, old, new, said = DATA_ALTERATIONS[what]
    html = (built / "report.html").read_text(encoding="utf-8")
    outcome, words = judged(
        browser, tmp_path, with_data_changed(html, around, around.replace(old, new))
    )
    assert outcome == "bad"
    assert said in words


INFLATED_BY_BOTH = """async (packed) => {
  const bytes = Uint8Array.from(atob(packed), (byte) => byte.charCodeAt(0));
  return [inflated(bytes), await inflatedText(bytes)];
}"""


@pytest.mark.parametrize("how", ["stored", "fixed", "best", "long", "nothing"])
def test_what_is_inflated_by_hand_is_what_the_browser_inflates(still: Page, how: str) -> None:
    """Every kind of block, the longest copy, and no text at all."""
    text = "".join(f"行{n * n % 97}，" for n in range(0 if how == "nothing" else 9000))
    text += "甲" * 3000 if how == "long" else ""
    strategy = zlib.Z_FIXED if how == "fixed" else zlib.Z_DEFAULT_STRATEGY
    deflater = zlib.compressobj(0 if how == "stored" else 9, strategy=strategy)
    deflated = deflater.compress(text.encode()) + deflater.flush()
    rechecked(still)
    assert still.evaluate(INFLATED_BY_BOTH, base64.b64encode(deflated).decode()) == [text, text]


def test_data_cut_short_are_no_data(browser: Browser, built: Path, tmp_path: Path) -> None:
    """With and without the browser's own inflater; a figure then leads to its line in the list."""
    html = (built / "report.html").read_text(encoding="utf-8")
    cut = tmp_path / "cut.html"
    cut.write_text(re.sub('(?<=id="facts">)[^<]{400}', "", html), encoding="utf-8")
    for lost in ("", "delete window.DecompressionStream"):
        page = browser.new_page()
        page.add_init_script(lost)
        page.goto(cut.as_uri())
        outcome, words = rechecked(page)
        assert (outcome, "数字未复算" in words) == ("bad", True)
        page.click('#s02 a[href="#fact-execution_rate"] >> nth=0')
        page.wait_for_url("**#fact-execution_rate")
        page.close()


def test_the_recheck_leaves_the_reader_room(browser: Browser, made_up: Copy) -> None:
    """On a machine of a sixth of the speed no slice of it holds the page for long."""
    page = browser.new_page()
    page.goto((made_up.root / "outputs" / "demo-2024" / "report.html").as_uri())
    rechecked(page)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    longest, state = page.evaluate("""async () => {
      worked.clear();
      let last = performance.now(), longest = 0, going = true;
      const look = () => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        if (going) setTimeout(look);
      };
      setTimeout(look);
      await recheck();
      going = false;
      return [longest, document.documentElement.dataset.recheck];
    }""")
    assert state == "ok"
    assert longest < 500
    page.close()


def test_a_figure_opens_its_panel_by_mouse_and_leads_to_its_cells(page: Page) -> None:
    """What it is, its inputs, theirs in turn, and back; Esc closes."""
    page.click('#s02 a[href="#fact-execution_rate"] >> nth=0')
    assert page.inner_text("#panel-title").startswith("预算执行率")
    assert "23101.313452 ÷ 23187.018390 × 100%" in page.inner_text("#panel-body")
    page.click('#panel-body a[href="#fact-budget"]')
    assert page.inner_text("#panel-title").startswith("全年预算数")
    page.click('#panel-body a[href="#fact-project_budget"]')
    assert "第3行“全年预算数”列：17911.276641" in page.inner_text("#panel-body")
    page.click("#panel-back")
    assert page.inner_text("#panel-title").startswith("全年预算数")
    page.keyboard.press("Escape")
    assert not page.is_visible("#panel")


def test_a_figure_opens_its_panel_by_keyboard(page: Page) -> None:
    """Enter opens, Esc closes, and the reader is where they were."""
    page.focus('#s04 a[href="#fact-implied_balance_low"]')
    page.keyboard.press("Enter")
    assert page.inner_text("#panel-title").startswith("按公开比率倒推的年末结转结余数下限")
    page.keyboard.press("Escape")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == "#fact-implied_balance_low"


def test_a_figure_opens_its_panel_by_touch(browser: Browser, built: Path) -> None:
    """On a phone."""
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto((built / "report.html").as_uri())
    page.tap('#s02 a[href="#fact-budget"] >> nth=0')
    assert page.is_visible("#panel")
    context.close()


def test_the_panel_leads_to_every_place_of_a_figure(page: Page) -> None:
    """Also into the folded numbers of a chart."""
    page.click('#s02 a[href="#fact-execution_rate"] >> nth=0')
    page.click("#panel-body .places a >> text=图4 >> nth=-1")
    assert not page.is_visible("#panel")
    assert page.is_visible("#s02-figure-execution-rates table")


def test_figures_are_found_by_name_or_number(page: Page) -> None:
    """And open from the list."""
    page.click("#find")
    page.fill("#query", "结转 0.37")
    hits = page.locator("#hits li").all_inner_texts()
    assert hits
    page.click("#hits a >> nth=0")
    assert "结转结余率" in page.inner_text("#panel-title")


def test_a_figure_is_copied_as_a_citation(browser: Browser, built: Path) -> None:
    """Value, unit, id, and the report's fingerprint."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((built / "report.html").as_uri())
    page.click('#s02 a[href="#fact-budget"] >> nth=0')
    page.click("#copy")
    page.wait_for_selector("#copied >> text=已复制")
    fingerprint = hashlib.sha256((built / "facts.json").read_bytes()).hexdigest()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "全年预算数 23,187.02万元（数据项 budget，"
        f"《太阳宫乡2023年度部门整体绩效评价报告》，报告指纹 SHA-256 {fingerprint}）"
    )
    context.close()


def test_no_figure_of_the_body_is_anything_but_a_fact(page: Page) -> None:
    """Review mode marks none; document numbers, years and list numbers are exempt."""
    page.click("#review")
    assert page.inner_text("#review-count").startswith("正文中非数据项的数字0处")
    assert page.locator("mark.not-a-fact").count() == 0


def test_review_mode_marks_a_typed_figure(browser: Browser, built: Path, tmp_path: Path) -> None:
    """And unmarks it again."""
    html = (built / "report.html").read_text(encoding="utf-8")
    typed = tmp_path / "typed.html"
    typed.write_text(html.replace("名称见下表。", "名称见下表，共14.5%个。", 1), encoding="utf-8")
    page = browser.new_page()
    page.goto(typed.as_uri())
    page.click("#review")
    assert page.locator("mark.not-a-fact").all_inner_texts() == ["14.5%"]
    page.click("#review")
    assert page.locator("mark.not-a-fact").count() == 0
    page.close()


def test_with_scripts_off_the_page_is_whole(browser: Browser, built: Path) -> None:
    """A figure leads to its line in the appendix."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "report.html").as_uri())
    assert "未复算" in page.inner_text("#recheck")
    page.click('#s02 a[href="#fact-execution_rate"] >> nth=0')
    assert page.url.endswith("#fact-execution_rate")
    assert page.is_visible("#fact-execution_rate")
    context.close()


def test_the_contents_lead_to_the_sections(page: Page) -> None:
    """A click in the table of contents scrolls there, at once where motion is unwelcome."""
    page.emulate_media(reduced_motion="reduce")
    page.click(".contents a >> text=四、预算管理情况分析")
    top = page.evaluate("document.querySelector('#s04 h2').getBoundingClientRect().top")
    assert abs(top) < 100


def test_the_made_up_report_recomputes_and_holds_no_typed_figure(
    browser: Browser, made_up: Copy
) -> None:
    """Scores, sums, shares and weights too: hundreds of facts agree, and all figures are facts."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((made_up.root / "outputs" / "demo-2024" / "report.html").as_uri())
    page.wait_for_selector("html[data-recheck]")
    assert "经复核全部一致" in page.inner_text("#recheck")
    page.click("#review")
    assert page.inner_text("#review-count").startswith("正文中非数据项的数字0处")
    page.close()
