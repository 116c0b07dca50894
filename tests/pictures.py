"""Take the pictures of docs/gallery.md anew: `python tests/pictures.py`, with Chromium installed.

Word is not pictured here: that one is made by hand, from a Word processor's own PDF.
"""

import io
import re
import shutil
import tempfile
from pathlib import Path

from jupyter_lab import RUN_ALL, opened, running_lab
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from project_copies import FLAGS, ROOT, copy_project

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


def take_start(browser: Browser, folder: Path) -> None:
    """The start notebook, light and dark, on a copy of the project with the report built."""
    project = copy_project(folder)
    shutil.copytree(REPORT.parent, project.root / "outputs" / REPORT.parent.name)
    with running_lab(project.root) as address:
        for name, dark in (("start", False), ("start-dark", True)):
            page = opened(browser, f"{address}/lab/tree/notebooks/00-start.ipynb?reset", dark=dark)
            page.evaluate(RUN_ALL)
            page.get_by_role("button", name=re.compile("打开 .+ 的各部分")).wait_for(timeout=90_000)
            chosen = page.locator(".jp-CodeCell").filter(has_text="start.choose_run(")
            chosen.get_by_label("运行").select_option(label=REPORT.parent.name)
            page.get_by_text("报告生成于").wait_for(timeout=90_000)
            page.set_viewport_size({"width": 1280, "height": 1400})
            page.evaluate("document.activeElement.blur()")
            chosen.scroll_into_view_if_needed()
            keep(page.screenshot(), name)
            page.close()


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page(viewport={"width": 1280, "height": 860})
        page.emulate_media(reduced_motion="reduce")
        page.goto(Path(REPORT).as_uri())
        page.wait_for_selector("html[data-recheck]")
        take(page)
        with tempfile.TemporaryDirectory() as folder:
            take_start(chromium, Path(folder) / "project")
