"""The page in a real browser: offline, with its own glyphs, at every width, on paper."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

if not CHROMIUM and os.environ.get("REPORT_NEED_BROWSER") != "1":
    pytest.skip("没有 Chromium，浏览器测试跳过", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:
    """The report, opened from its file."""
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
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        reached = threading.Event()

        def listen() -> None:
            try:
                server.accept()
            except OSError:
                return
            reached.set()

        threading.Thread(target=listen, daemon=True).start()
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
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    nodes = client.send("DOM.querySelectorAll", {"nodeId": root, "selector": "body *:not(code)"})
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


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    """Wide tables and charts scroll in frames of their own."""
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_text_of_charts_is_found_and_drawn_in_colour(page: Page) -> None:
    """Real text, and the policy has not turned the drawing black."""
    assert page.evaluate("window.find('17,911.28')")
    fills = page.evaluate(
        "[...document.querySelectorAll('svg.chart path')].map(p => getComputedStyle(p).fill)"
    )
    assert "rgb(27, 79, 138)" in fills


def test_the_numbers_of_a_chart_are_one_key_away(page: Page) -> None:
    """Enter on the summary opens the table."""
    page.focus("#figure-execution-rates summary")
    page.keyboard.press("Enter")
    assert page.is_visible("#figure-execution-rates table")


def test_printing_opens_the_numbers_of_charts_and_closes_them_again(page: Page) -> None:
    """Paper cannot be clicked."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#figure-staff table")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.is_visible("#figure-staff table")


def test_the_contents_lead_to_the_sections(page: Page) -> None:
    """A click in the table of contents scrolls there."""
    page.click(".contents a >> text=四、预算管理情况分析")
    top = page.evaluate("document.querySelector('#s4 h2').getBoundingClientRect().top")
    assert abs(top) < 100
