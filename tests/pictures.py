"""Take the pictures of docs/gallery.md anew: `python tests/pictures.py`, with Chromium installed.

Word is not pictured here: that one is made by hand, from a Word processor's own PDF.
"""

import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from project_copies import FLAGS, ROOT

REPORT = ROOT / "outputs" / "demo-2024" / "report.html"
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 96


def keep(picture: bytes, name: str) -> None:
    """Write a picture with few colours, which is what makes it small."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)
    image.save(PICTURES / f"{name}.png", optimize=True)


def take(page: Page) -> None:
    """The page, a panel, the dark page, a phone."""
    keep(page.screenshot(), "page")
    page.click('#s02 a[href="#fact-execution_rate"] >> nth=0')
    keep(page.screenshot(), "panel")
    page.keyboard.press("Escape")
    page.click("#theme")
    page.evaluate("document.querySelector('#s02 h2').scrollIntoView({behavior: 'instant'})")
    keep(page.screenshot(), "dark")
    page.click("#theme")
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("scrollTo(0, 0)")
    keep(page.screenshot(), "phone")


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        opened = chromium.new_page(viewport={"width": 1280, "height": 860})
        opened.emulate_media(reduced_motion="reduce")
        opened.goto(Path(REPORT).as_uri())
        opened.wait_for_selector("html[data-recheck]")
        take(opened)
