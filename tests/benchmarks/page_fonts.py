"""What a coarser grid of the page's fonts saves, and what it moves.

`python tests/benchmarks/page_fonts.py REPORT.html` draws the fonts of a built page on several
grids: KB of both faces in the page, seconds to make them, by how much of a pixel the farthest
point of any outline moves in the page's largest title, and how high the page is, which tells
whether a line breaks elsewhere.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from time import perf_counter

from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, sync_playwright

from helpers import fonts
from helpers.fonts.cutting import cut

FLAGS = ["--no-sandbox", "--disable-gpu"]
FACE = re.compile(r"(@font-face\{[^}]*font-weight:(\d+);[^}]*base64,)([^)]*)")
WEIGHTS: dict[str, fonts.Weight] = {"400": "Regular", "700": "Bold"}
GRIDS = (1000, 500, 333, 250)
TITLE = 31.5


def font_of(face: re.Match[str]) -> TTFont:
    """The font of a face."""
    return TTFont(io.BytesIO(b64decode(face[3])))


def drawn(page: str, units: int) -> str:
    """A page whose own fonts have so many units to an em."""

    def face(found: re.Match[str]) -> str:
        characters = frozenset(map(chr, font_of(found).getBestCmap()))
        made = cut(fonts.path(WEIGHTS[found[2]]), characters, "woff2", (), units)
        return found[1] + b64encode(made).decode()

    return FACE.sub(face, page)


def farthest(own: str, page: str) -> float:
    """How far a point of an outline is from where it was, in ems."""
    most = 0.0
    for pair in zip(FACE.finditer(own), FACE.finditer(page), strict=True):
        one, other = map(font_of, pair)
        ems = [1 / font["head"].unitsPerEm for font in (one, other)]
        for name in one.getGlyphOrder():
            outlines = [font["glyf"][name].getCoordinates(font["glyf"])[0] for font in (one, other)]
            for a, b in zip(*outlines, strict=True):
                moved = (abs(x * ems[0] - y * ems[1]) for x, y in zip(a, b, strict=True))
                most = max(most, *moved)
    return most


def height(browser: Browser, page: str) -> int:
    """How high a page is, without its scripts, which would find it altered."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    tab.set_content(page.replace("content-visibility: auto", ""))
    box = tab.locator("html").bounding_box()
    tab.close()
    assert box
    return round(box["height"])


def main() -> None:
    """Print the table."""
    page = Path(sys.argv[1]).read_text(encoding="utf-8")
    own = drawn(page, GRIDS[0])
    print("| units | KB | s | moved by px | height px |\n|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for units in GRIDS:
            begin = perf_counter()
            made = drawn(page, units)
            seconds = perf_counter() - begin
            size = sum(len(face[3]) for face in FACE.finditer(made)) / 1024
            moved = farthest(own, made) * TITLE
            print(
                f"| {units} | {size:.0f} | {seconds:.2f} | {moved:.3f} | {height(browser, made)} |"
            )
        browser.close()


if __name__ == "__main__":
    main()
