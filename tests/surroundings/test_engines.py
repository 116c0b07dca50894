"""The page in engines that people have: a Chromium of 2018, and Debian's Firefox."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from page_changes import with_data_changed
from PIL import Image
from project_copies import ROOT, Copy

pytestmark = pytest.mark.surroundings

PYTHON = ROOT / ".engines" / "bin" / "python"
PROGRAMS = Path(__file__).parent / "engines"
ENGINES = {"chromium69": "Chrome/69.", "firefox": "Firefox/"}
HEADLESS = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
AGREED = "经复核全部一致"


class Engine:
    """A browser in a process of its own, told what to do line by line."""

    def __init__(self, name: str) -> None:
        self._process = subprocess.Popen(
            [PYTHON, PROGRAMS / f"{name}.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **HEADLESS},
        )

    def tell(self, *order: object) -> Any:  # noqa: ANN401 - what JSON can say
        """Give an order and wait for what comes of it."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def open(self, page: Path) -> None:
        """Open a page and wait until it has checked itself."""
        self.tell("open", page.as_uri())
        self.wait_for("document.documentElement.dataset.recheck")

    def run(self, code: str) -> Any:  # noqa: ANN401 - as above
        """The value of an expression in the page."""
        return self.tell("run", code)

    def wait_for(self, code: str) -> None:
        """Wait until an expression holds."""
        end = monotonic() + 30
        while not self.run(f"Boolean({code})"):
            assert monotonic() < end, code
            sleep(0.02)

    def text(self, selector: str) -> str:
        """What a reader sees of an element."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).innerText"))

    def click(self, selector: str) -> None:
        """Click where a reader would, with the mouse."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.run(f"{element}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        middle = "r => [r.left + r.width / 2, r.top + r.height / 2]"
        places = [self.run(f"({middle})({element}.getClientRects()[0])")]
        while places[-1] not in places[:-1]:  # sections are laid out when they come near
            time.sleep(0.1)
            places.append(self.run(f"({middle})({element}.getClientRects()[0])"))
        x, y = places[-1]
        self.tell("click", round(x), round(y))

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.tell("press", key)

    def focus(self, selector: str) -> None:
        """Give the focus to an element."""
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")

    def picture(self) -> Image.Image:
        """What the window shows."""
        return Image.open(io.BytesIO(base64.b64decode(self.tell("picture")))).convert("RGB")

    def quit(self) -> None:
        """End it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Each engine once, and it is the one it is meant to be."""
    engine = Engine(request.param)
    assert ENGINES[request.param] in engine.tell("name")
    yield engine
    engine.quit()


@pytest.fixture(params=["2023", "demo-2024"])
def report(request: pytest.FixtureRequest, built: Path, made_up: Copy) -> Path:
    """A small report and a large one."""
    made = built if request.param == "2023" else made_up.root / "outputs" / "demo-2024"
    return made / "report.html"


def test_the_page_checks_itself_without_a_complaint(engine: Engine, report: Path) -> None:
    """Every figure and the whole page, and the console is silent."""
    engine.open(report)
    assert engine.run("document.documentElement.dataset.recheck") == "ok"
    assert AGREED in engine.text("#recheck")
    assert engine.tell("complaints") == []


def test_a_changed_cell_is_found(engine: Engine, report: Path, tmp_path: Path) -> None:
    """The figure is named, and that the page is not as it was made."""
    html = report.read_text(encoding="utf-8")
    cell = "17825.571703" if report.parent.name == "2023" else "5954.407166"
    changed = tmp_path / "changed.html"
    changed.write_text(with_data_changed(html, cell, cell[::-1]), encoding="utf-8")
    engine.open(changed)
    assert engine.run("document.documentElement.dataset.recheck") == "bad"
    assert re.search("数值与来源不符|算式与数值不符|所依据的单元格有改动", engine.text("#recheck"))
    assert "整页与生成时不符" in engine.text("#recheck")


def test_a_click_opens_the_panel_of_a_figure(engine: Engine, report: Path) -> None:
    """With its formula, its input one click further, and the way back."""
    engine.open(report)
    engine.click('#s02 a[href="#fact-execution_rate"]')
    engine.wait_for("document.getElementById('panel').open")
    assert engine.text("#panel-title").startswith("预算执行率")
    assert "全年执行数 ÷ 全年预算数 × 100%" in engine.text("#panel-body")
    engine.click('#panel-body a[href="#fact-budget"]')
    assert engine.text("#panel-title").startswith("全年预算数")
    engine.click("#panel-back")
    assert engine.text("#panel-title").startswith("预算执行率")
    assert "报告指纹 SHA-256" in engine.run("document.getElementById('citation').value")
    engine.click("#panel-body .places a")
    assert not engine.run("document.getElementById('panel').open")
    assert engine.tell("complaints") == []


def test_the_search_finds_a_figure(engine: Engine, report: Path) -> None:
    """By its name; it opens from the list."""
    engine.open(report)
    engine.click("#find")
    engine.run(
        "(q => { q.value = '预算执行率 %'; q.dispatchEvent(new Event('input')) })"
        "(document.getElementById('query'))"
    )
    engine.wait_for("document.querySelector('#hits a[href^=\"#fact-\"]')")
    engine.click('#hits a[href^="#fact-"]')
    engine.wait_for("document.getElementById('panel').open")
    assert "预算执行率" in engine.text("#panel-title")
    assert engine.tell("complaints") == []


FOCUSED = "document.activeElement.getAttribute('aria-label')"


def test_a_mark_of_a_chart_opens_the_panel_of_its_figure(engine: Engine, report: Path) -> None:
    """By mouse and by keys, with its name beside it; Escape leads back to it, Tab out of it."""
    engine.open(report)
    chart = "#s02-figure-execution-rates"
    engine.focus(f"{chart} [tabindex='0']")
    engine.press("ArrowDown", "ArrowRight")
    rate = engine.run(FOCUSED)
    assert rate.startswith("预算执行率 ")
    assert engine.text("#tip") == rate
    engine.press("Enter")
    engine.wait_for("document.getElementById('panel').open")
    assert engine.text("#panel-title").startswith("预算执行率")
    engine.press("Escape")
    engine.wait_for(f"{FOCUSED} === {json.dumps(rate)}")
    engine.press("Tab")
    assert not engine.run("document.activeElement.closest('.chart')")
    engine.click("#s02-figure-budget-and-spending [data-fact=basic_budget]")
    engine.wait_for("document.getElementById('panel').open")
    assert engine.text("#panel-title").startswith("基本支出全年预算数")
    assert engine.tell("complaints") == []


def test_arrows_lead_through_a_table(engine: Engine, report: Path) -> None:
    """From figure to figure and text; Enter opens the panel, Escape leads back."""
    engine.open(report)
    engine.focus("#s02-table-budget-execution [tabindex='0']")
    engine.press("Home")
    assert engine.run("document.activeElement.localName") == "th"
    engine.press("ArrowRight", "ArrowDown")
    name = engine.run(FOCUSED)
    assert name.startswith("项目支出")
    engine.press("Enter")
    engine.wait_for("document.getElementById('panel').open")
    engine.press("Escape")
    engine.wait_for(f"{FOCUSED} === {json.dumps(name)}")
    assert engine.tell("complaints") == []


def test_a_slash_opens_the_search_and_is_typed_there(engine: Engine, report: Path) -> None:
    """Nor does Firefox open its own."""
    engine.open(report)
    engine.run("document.body.focus()")
    engine.press("/")
    engine.wait_for("document.getElementById('search').open")
    assert engine.run("document.activeElement.id") == "query"
    engine.press("/")
    assert engine.run("document.getElementById('query').value") == "/"
    assert engine.tell("complaints") == []


def test_the_review_mode_marks_nothing_but_typed_figures(
    engine: Engine, report: Path, tmp_path: Path
) -> None:
    """None in a report of ours; one that was typed in."""
    engine.open(report)
    engine.click("#review")
    assert engine.text("#review-count").startswith("正文中非数据项的数字0处")
    html = report.read_text(encoding="utf-8")
    typed = tmp_path / "typed.html"
    at = html.index("</h2>", html.index('<section id="s01"')) + len("</h2>")
    typed.write_text(f"{html[:at]}<p>共14.5%个。</p>{html[at:]}", encoding="utf-8")
    engine.open(typed)
    engine.run("document.getElementById('review').click()")
    assert engine.text("#review-count").startswith("正文中非数据项的数字1处")
    assert engine.tell("complaints") == []


def test_the_contents_follow_and_lead(engine: Engine, report: Path) -> None:
    """A click goes there, and the entry is marked."""
    engine.open(report)
    engine.click('.contents a[href="#s04-title"]')
    engine.wait_for("document.querySelector('.contents a[aria-current]')")
    engine.wait_for(
        "document.querySelector('.contents a[aria-current]').hash.startsWith('#s04-')"
        " && Math.abs(document.getElementById('s04-title').getBoundingClientRect().top) < 200"
    )


def test_dark_is_dark_and_light_is_light(engine: Engine, report: Path) -> None:
    """By the picture: the paper turns over, and the ink with it."""
    engine.open(report)
    light = engine.picture()
    engine.click("#theme")
    dark = engine.picture()
    engine.click("#theme")
    spot = (light.width - 40, light.height // 2)
    assert (light.getpixel(spot), dark.getpixel(spot)) == ((255, 255, 255), (18, 23, 29))
    for picture, ink in ((light, (31, 41, 51)), (dark, (226, 231, 237))):
        assert ink in {colour for _, colour in picture.getcolors(10**6) or []}


def test_the_page_prints_with_a_cover_and_no_tools(
    engine: Engine, report: Path, tmp_path: Path
) -> None:
    """By the picture of the paper: the title in the middle of the first page, no bar above it."""
    engine.open(report)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(base64.b64decode(engine.tell("pdf")))
    said = subprocess.run(
        ["pdftotext", "-l", "1", paper, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert "部门整体绩效评价报告" in said
    assert not re.search("查找|深色|目录", said)
    subprocess.run(
        ["pdftoppm", "-r", "40", "-l", "1", "-png", "-singlefile", paper, tmp_path / "p"],
        check=True,
    )
    cover = Image.open(tmp_path / "p.png").convert("L")
    pixels = cover.tobytes()
    rows = [y for y in range(cover.height) if min(pixels[y * cover.width :][: cover.width]) < 128]
    assert cover.height * 0.05 < rows[0]
    assert any(cover.height * 0.25 < y < cover.height * 0.6 for y in rows)


def test_a_long_table_is_sorted_filtered_and_copied_by_keyboard(
    engine: Engine, made_up: Copy
) -> None:
    """Without a mouse: the head of a column, the filter, the button; its rows come by leaves."""
    engine.open(made_up.root / "outputs" / "demo-2024" / "report.html")
    table = "#s14-table-expenditure-account"
    tools = f'.explore[aria-labelledby="{table[1:]}-caption"]'
    engine.run(f"document.querySelector('{table} .sort').focus()")
    engine.press("ArrowRight")
    engine.press("ArrowRight")
    engine.press("Enter")
    engine.press("Enter")
    state = f"document.querySelector('{table} [aria-sort]').getAttribute('aria-sort')"
    engine.wait_for(f"{state} === 'descending'")
    amounts = engine.run(
        f"Array.from(document.querySelectorAll('{table} tbody tr'), row =>"
        " Number(row.cells[2].textContent.replace(/,/g, '')))"
    )
    assert amounts == sorted(amounts, reverse=True)
    assert "按“本年支出合计”降序" in engine.text(f"{tools} [role=status]")
    engine.run(f"document.querySelector('{tools} input').focus()")
    for digit in "2010301":
        engine.tell("press", digit)
    engine.wait_for(f"document.querySelectorAll('{table} tbody tr').length === 1")
    engine.tell("press", "Tab")
    engine.press("Enter")
    engine.wait_for(f"/已复制1行/.test(document.querySelector('{tools}').textContent)")
    assert engine.tell("clipboard").splitlines()[1:] == [
        "科目编码\t科目名称\t本年支出合计\t占各类合计",
        "2010301\t行政运行\t2413.12\t—",
    ]
    assert engine.run("document.querySelectorAll('#table-inputs tbody tr').length") == 50
    assert engine.tell("complaints") == []


def test_paper_has_every_row_of_a_long_table(engine: Engine, made_up: Copy, tmp_path: Path) -> None:
    """Also those that stand on no leaf of the screen; the head is repeated on every sheet."""
    report = made_up.root / "outputs" / "demo-2024" / "report.html"
    table = report.read_text(encoding="utf-8").split('id="table-checks"')[1].split("</table>")[0]
    names = re.findall(r'<th scope="row">(\w+)</th>', table)
    engine.open(report)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(base64.b64decode(engine.tell("pdf")))
    said = subprocess.run(
        ["pdftotext", "-raw", paper, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert len(names) > 50
    assert [name for name in names if name not in said] == []
    assert said.count("SHA-256") > 2


def test_without_scripts_a_figure_leads_to_its_formula_and_source(
    engine: Engine, report: Path, tmp_path: Path
) -> None:
    """Words and layout are right when the policy lets no script run."""
    html = re.sub(r"script-src [^;]*", "script-src 'none'", report.read_text(encoding="utf-8"))
    (tmp_path / "quiet.html").write_text(html, encoding="utf-8")
    engine.tell("open", (tmp_path / "quiet.html").as_uri())
    assert "未运行脚本" in engine.text("#recheck")
    engine.click('#s02 a[href="#fact-execution_rate"]')
    engine.wait_for("location.hash === '#fact-execution_rate'")
    place = "document.getElementById('fact-execution_rate').getBoundingClientRect().top"
    engine.wait_for(f"{place} > -10 && {place} < innerHeight")
    assert "全年执行数 ÷ 全年预算数 × 100%" in engine.text("#appendix")
    assert engine.run("document.documentElement.scrollWidth <= innerWidth")
