"""The page vouches for all of itself, or says what it could not check."""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import docx
import pytest
from bs4 import BeautifulSoup
from page_changes import with_data_changed
from PIL import Image
from playwright.sync_api import Browser, Page
from project_copies import Copy

from helpers.publishing.page_fingerprint import page_fingerprint

AGREED = "经复核全部一致"


@pytest.fixture(scope="module")
def honest(built: Path) -> str:
    """The 2023 report, cut down to a few sections, with the fingerprint of what is left."""
    page = BeautifulSoup((built / "report.html").read_text(encoding="utf-8"), "html.parser")
    for element in page.select("#s01, #s03, #s04, #s05, #s06, .facts dt ~ dt, .facts dd ~ dd"):
        element.decompose()
    return sealed(str(page))


def sealed(html: str) -> str:
    """A page with its own fingerprint."""
    fingerprint = page_fingerprint(html)
    return re.sub(r'(?<=id="page-fingerprint">)[^<]*', fingerprint, html)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages."""
    page = browser.new_page()
    yield page
    page.close()


def outcome(tab: Page, folder: Path, html: str) -> tuple[str | None, str]:
    """How a page judges itself, and all the words a reader sees on it."""
    file = folder / "page.html"
    file.write_bytes(html.encode())
    tab.goto(file.as_uri())
    # an edit may take the scripts out, and the page then says that they did not run
    tab.wait_for_selector("html[data-recheck], html:not(:has(script))")
    return tab.get_attribute("html", "data-recheck"), tab.inner_text("html")


SHADOW = '<template shadowrootmode="{}"><p>核定数 1</p>{}</template>'
COVER = "position: fixed; top: 0; left: 0; right: 0; bottom: 0; z-index: 2147483647"
ALTERATIONS = {
    "the title": ("<title>太阳宫乡", "<title>月亮宫乡"),
    "the heading": ("<h1>太阳宫乡", "<h1>月亮宫乡"),
    "the notice": ("文字未经太阳宫乡确认", "文字经太阳宫乡确认"),
    "no notice": ('<p class="notice">', '<p class="notice" hidden>'),
    "the status": ('stamp">草稿</strong>审核版', 'stamp">定稿</strong>审核版'),
    "a sign-off": ("<dt>审核人</dt><dd>待补充", "<dt>审核人</dt><dd>张三"),
    "a line of the contents": (">二、当年预算执行情况</a>", ">二、当年预算超支情况</a>"),
    "a link of the contents": ('2"><a href="#s02-title"', '2"><a href="#main"'),
    "a link of a figure": ('href="#fact-execution_rate"', 'href="#fact-budget"'),
    "a digit of the text": ("99.63%", "99.36%"),
    "a space in a number": ("23,187.02", "23,187. 02"),
    "a character without width": ("23,187.02", "23,187.\u200b02"),
    "a byte order mark within": ("99.63%", "\ufeff99.63%"),
    "an escaped digit": ("99.63%", "9&#57;.64%"),
    "a label for those who listen": ('aria-label="目录"', 'aria-label="全部通过"'),
    "a description of a chart": ("</desc>", "，全部完成</desc>"),
    "a number in a drawing": ("支出 17,825.57</text>", "支出 18,725.57</text>"),
    "a line in a drawing": ('<path d="M ', '<path d="M 9'),
    "a colour in a drawing": ("fill: #1b4f8a", "fill: #ffffff"),
    "a place in a drawing": ('transform="translate(', 'transform="translate(1'),
    "a style": (".notice {", ".notice { display: none;"),
    "a style of paper": ("@media print {", "@media print { .notice { display: none }"),
    "a style of one element": ("<td ", '<td style="font-size: 0" '),
    "a style below": ("</head>", "<style>.notice { display: none }</style></head>"),
    "a style in what is left out": ('page-fingerprint">', 'page-fingerprint"><style>p{}</style>'),
    "a font": ("font/woff2;base64,d09G", "font/woff2;base64,d09H"),
    "the policy": ("script-src ", "script-src 'unsafe-inline' "),
    "the language": ('lang="zh-CN"', 'lang="en"'),
    "the doctype": ("<!DOCTYPE html>", ""),
    "something before all": ("<!DOCTYPE html>", "<!DOCTYPE html><p>核定</p>"),
    "something before the body": ('<main id="main">', '<p>核定</p><main id="main">'),
    "something after it": ("</main>", "</main><p>核定</p>"),
    "something after the scripts": ("</body>", "<p>核定</p></body>"),
    "something after all": ("</html>", "</html>核定"),
    "an attribute of the body, from below": ("</html>", '</html><body style="color: red">'),
    "an attribute of the page, from below": ("</html>", '</html><html class="review">'),
    "a cell across two": ("<td ", '<td colspan="2" '),
    "the message before scripts run": ("浏览器未运行脚本，未复算", "经复核全部一致"),
    "no message": ('<p id="recheck" role="status">', '<p role="status">'),
    "a message covered": ("</body>", f"<div style='{COVER}'>{AGREED}</div></body>"),
    "a frame": ("</main>", "<iframe srcdoc='核定'></iframe></main>"),
    "an address": ("<head>", '<head><base href="file:///">'),
    "a form named like what is asked": ("</main>", "</main><form name=documentElement></form>"),
    "pictures named like what is called": (
        "</main>", "</main><img name=createTreeWalker><img name=getElementById><img name=body>"
    ),
    "an open shadow in a paragraph": ("<h1>", "<h1>" + SHADOW.format("open", "")),
    "a closed shadow in place of the body": ("<main ", SHADOW.format("closed", "") + "<main "),
    "a closed shadow around a heading": ("<h1>", "<h1>" + SHADOW.format("closed", "<slot></slot>")),
    "its fingerprint": ('id="page-fingerprint">', 'id="page-fingerprint">0'),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERATIONS)
def test_whatever_is_altered_is_noticed(tab: Page, tmp_path: Path, honest: str, what: str) -> None:
    """With a text editor, anywhere in the file but in its scripts."""
    old, new = ALTERATIONS[what]
    assert old in honest
    is_noticed(tab, tmp_path, honest.replace(old, new, 1))


DATA_ALTERATIONS = {
    "a fact": ('"5275.741749"', '"5275.741748"'),
    "a word": ('"预算执行率"', '"预算完成率"'),
    "data that are no data": ('"execution_rate",', '"execution_rate"'),
}


@pytest.mark.parametrize("what", DATA_ALTERATIONS)
def test_whatever_is_altered_in_the_data_is_noticed(
    tab: Page, tmp_path: Path, honest: str, what: str
) -> None:
    """By somebody who inflates and deflates them."""
    is_noticed(tab, tmp_path, with_data_changed(honest, *DATA_ALTERATIONS[what]))


PARTS = {
    "a paragraph": r"<p[ >].*?</p>",
    "a row": r"<tr>(?=<th scope=\"row).*?</tr>",
    "a drawing": r"<svg.*?</svg>",
    "a title of the contents": r'<li class="level-2">.*?</li>',
}


@pytest.mark.parametrize("what", PARTS)
def test_what_is_taken_out_or_moved_is_noticed(
    tab: Page, tmp_path: Path, honest: str, what: str
) -> None:
    """Though every word that is left is as it was."""
    before, body, after = honest.partition("<body>")
    one, two = re.findall(PARTS[what], after, re.DOTALL)[1:3]
    is_noticed(tab, tmp_path, before + body + after.replace(one, "", 1))
    moved = after.replace(one, "\0", 1).replace(two, one, 1).replace("\0", two, 1)
    is_noticed(tab, tmp_path, before + body + moved)


def is_noticed(tab: Page, folder: Path, altered: str) -> None:
    """The page says so above everything else, in full."""
    state, seen = outcome(tab, folder, altered)
    assert state == "bad"
    said = tab.evaluate("document.elementFromPoint(20, innerHeight - 10).textContent")
    assert "整页与生成时不符" in said
    assert AGREED not in said
    assert AGREED not in seen or COVER in altered


HIDING = {
    "all of it": "#recheck { opacity: 0 !important; clip-path: inset(100%) !important }",
    "its colour": "#recheck::first-line { color: transparent }",
    "by drawing over it": f"#recheck::after {{ content: '{AGREED}'; background: #fff; {COVER} }}",
    "by drawing before it": f"html > p:last-child::before {{ content: '{AGREED}'; {COVER} }}",
    "by an animation": "@keyframes x { to { opacity: 0 } } #recheck { animation: x 0s forwards }",
    "in a far corner": "#recheck { transform: translate(100vw) !important; position: static }",
    "behind the rest": "html { isolation: isolate } body { position: relative; z-index: 9 }",
}


@pytest.mark.parametrize("how", HIDING)
def test_no_style_hides_what_is_wrong(tab: Page, tmp_path: Path, honest: str, how: str) -> None:
    """White on red at the foot of the window, as much of it as without that style."""
    shown = []
    for style in ("", HIDING[how]):
        outcome(tab, tmp_path, honest.replace("</style>", f"p {{ }} {style}</style>", 1))
        bar = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
        bar = bar.crop((0, bar.height - 30, bar.width, bar.height))
        colours = {colour: number for number, colour in bar.getcolors(10**6) or []}
        shown.append((colours.get((161, 29, 29), 0), colours.get((255, 255, 255), 0)))
    (red, white), (still_red, still_white) = shown
    assert min(red, white) > 100
    assert abs(still_red - red) < 0.2 * red
    assert abs(still_white - white) < 0.4 * white


HARMLESS = {
    "as it is": ("", ""),
    "a comment": ("<main ", "<!-- 备注 --><main "),
    "line ends of Windows": ("\n", "\r\n"),
    "a byte order mark": ("<!DOCTYPE html>", "\ufeff<!DOCTYPE html>"),
    "a line at the end": ("</html>", "</html>\n\n"),
    "quotes": ('<html lang="zh-CN">', "<HTML lang=zh-CN>"),
    "an entity": ("目录</a>", "目&#x5f55;</a>"),
    "the same attribute twice": ('<main id="main">', '<main id="main" id="x">'),
    "something folded out": ("<details class", "<details open class"),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_a_browser_reads_the_same_is_the_same(
    tab: Page, tmp_path: Path, honest: str, what: str
) -> None:
    """Another way of writing it is no other page."""
    old, new = HARMLESS[what]
    html = honest.replace(old, new) if old else honest
    state, seen = outcome(tab, tmp_path, html)
    assert (state, AGREED in seen) == ("ok", True), tab.inner_text("#recheck")
    assert f"网页指纹 {page_fingerprint(honest)} 相符" in seen


SNIPPETS = [
    *("<", ">", "/", "&", '"', "=", " ", "\n", "\f", "\r", "\0", "0", "，", "\u00a0", "\u200b"),
    *("</p>", "</td>", "</table>", "</div>", "</svg>", "</style>", "</body>", "</html>", "</ p>"),
    *("<b>", "<p>", "<br>", "<td>", "<table>", "<a>", "<svg>", "<math>", "<style>", "<title>"),
    *("<!--", "-->", "<![CDATA[x]]>", "<?x?>", "<html class=x>", "<body class=x>", "<template>"),
    *("<select>", "<form>", "<input>", "<textarea>", "<noscript>", "<frameset>", "<plaintext>"),
    *("&#49;", "&amp;", "<p/>", "<p hidden>", "<script>", "</script>"),
]  # fmt: skip
READ = """source => {
  const read = new DOMParser().parseFromString(source, "text/html");
  const reported = [read.compatMode];
  for (const each of [read.documentElement, read.head, read.body]) {
    reported.push(each.cloneNode(false).outerHTML);
    for (const part of each.childNodes)
      if (part.nodeType === 3 && part.data.trim()) reported.push(part.data);
      else if (part.nodeType === 1 && ![read.head, read.body].includes(part))
        reported.push(part.outerHTML);
  }
  return reported.join("").replace(/<!--[^]*?-->| open=""/g, "");
}"""


def test_any_edit_is_noticed_unless_the_browser_reads_the_same(
    tab: Page,
    tmp_path: Path,
    honest: str,
    times: Callable[[int, int], int],
    record_property: Callable[[str, object], None],
) -> None:
    """Put in, taken out or replaced, but in scripts; the browser's own writer says if it is."""
    edits = times(15, 800)
    record_property("attacks", edits)
    random = Random(f"{os.environ.get('FUZZ_SEED', '20241010')}-page")
    programs = r"<script>.*?</script>|base64,[^)]*"
    left_out = [found.span() for found in re.finditer(programs, honest, re.DOTALL)]
    same = tab.evaluate(READ, honest)
    for _ in range(edits):
        at = random.randrange(len(honest))
        if any(begin <= at < end for begin, end in left_out):
            continue
        put, gone = random.choice(SNIPPETS), random.choice([0, 0, 1, 1, 2, 9])
        put = put if not gone or random.random() < 0.3 else ""
        altered = honest[:at] + put + honest[at + gone :]
        state, seen = outcome(tab, tmp_path, altered)
        where = f"{put!r} for {honest[at : at + gone]!r} after {honest[max(0, at - 60) : at]!r}"
        assert (state == "ok") == (tab.evaluate(READ, altered) == same), where
        assert (AGREED in seen) == (state == "ok"), where


def test_both_sides_read_what_is_written_the_same_way(honest: str) -> None:
    """Other quotes, ends of lines and entities are the same page; what is cut off is none."""
    fingerprint = page_fingerprint(honest)
    for old, new in HARMLESS.values():
        if new not in {"<HTML lang=zh-CN>", '<main id="main" id="x">'} and "\ufeff" not in new:
            assert page_fingerprint(honest.replace(old, new) if old else honest) == fingerprint, new
    assert page_fingerprint(honest.replace("99.63%", "99.36%", 1)) != fingerprint
    for broken in (honest[:-9], honest.replace("</p>", "", 1), honest.replace("<p>", "<p", 1)):
        with pytest.raises((ValueError, IndexError)):
            page_fingerprint(broken)


def test_the_fingerprint_is_printed_on_paper_but_not_for_the_public(made_up: Copy) -> None:
    """The same in page, PDF, Word and index, in groups, of 80 bits at least."""
    demo = made_up.of("demo-2023")
    folder = demo.root / "outputs" / "demo-2023"
    html = (folder / "report.html").read_text(encoding="utf-8")
    fingerprint = page_fingerprint(html)
    assert re.fullmatch(r"([0-9A-F]{4} ){5}[0-9A-F]{4}", fingerprint)
    assert html.count(fingerprint) == 1
    assert f"网页指纹 {fingerprint}" in said(folder / "report.docx")
    assert (
        "指纹" not in (folder / "public.html").read_text(encoding="utf-8").partition("</style>")[2]
    )
    assert "指纹" not in said(folder / "public.docx")
    if shutil.which("pdftotext"):
        pages = [
            subprocess.run(
                ["pdftotext", folder / name, "-"], capture_output=True, check=True
            ).stdout
            for name in ("report.pdf", "public.pdf")
        ]
        assert [f"网页指纹 {fingerprint}".encode() in page for page in pages] == [True, False]
        assert "指纹".encode() not in pages[1]


def said(word: Path) -> list[str]:
    """The paragraphs of a Word document."""
    return [paragraph.text for paragraph in docx.Document(str(word)).paragraphs]


def test_a_page_on_plain_http_is_checked_as_well(tab: Page, honest: str) -> None:
    """Where the browser has no cryptography of its own."""
    tab.route(
        "http://report.example/", lambda route: route.fulfill(body=honest, content_type="text/html")
    )
    tab.goto("http://report.example/")
    tab.wait_for_selector("html[data-recheck]")
    assert tab.evaluate("!window.isSecureContext && !crypto.subtle")
    assert tab.get_attribute("html", "data-recheck") == "ok"
    tab.unroute("http://report.example/")


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ("BigInt", "数字未复算"),
        ("TextEncoder", "整页未核对"),
        ("Document.prototype.createTreeWalker", "整页未核对"),
        ("JSON.parse", "数字未复算"),
        ("Map", "数字未复算"),
    ],
)
def test_what_a_browser_cannot_check_it_says(
    browser: Browser, tmp_path: Path, honest: str, lost: str, said: str
) -> None:
    """The rest is checked; the whole is never called checked."""
    old = browser.new_page()
    owner, _, name = lost.rpartition(".")
    old.add_init_script(f"delete {owner or 'window'}.{name}")
    state, seen = outcome(old, tmp_path, honest)
    assert (state, AGREED in seen) == ("part", False)
    assert said in old.inner_text("#recheck")
    state, seen = outcome(old, tmp_path, honest.replace("99.63%", "99.36%"))
    assert (state, AGREED in seen) == ("bad", False)
    old.close()


LATER = (
    "String.prototype.matchAll", "String.prototype.replaceAll", "String.prototype.at",
    "Array.prototype.at", "Array.prototype.flat", "Array.prototype.flatMap", "Object.fromEntries",
    "Element.prototype.replaceChildren", "Element.prototype.toggleAttribute", "crypto.subtle",
    "HTMLTemplateElement.prototype.shadowRootMode", "Array.prototype.toSorted", "Object.hasOwn",
    "window.DecompressionStream", "Blob.prototype.stream",
)  # fmt: skip


def test_the_page_works_in_a_browser_of_2018(browser: Browser, tmp_path: Path, honest: str) -> None:
    """Chromium 69 had none of these; all is checked there."""
    page = browser.new_page()
    page.add_init_script("".join(f"delete {name};" for name in LATER))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    assert outcome(page, tmp_path, honest)[0] == "ok"
    page.click("#review")
    assert page.inner_text("#review-count").startswith("正文中非数据项的数字0处")
    assert complaints == []
    page.close()
