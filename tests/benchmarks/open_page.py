"""How long a reader waits: open a report of 500 facts in Chromium and recheck it all.

Run with `python tests/benchmarks/open_page.py` after `report build 2023`. Prints the medians
of seven openings: until the page is laid out, and until every fact is recomputed.
"""

from __future__ import annotations

import platform
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpers.figures.ratios import execution_rate
from helpers.inputs.fingerprints import made_from
from helpers.inputs.project import find_project
from helpers.publishing.editions import REVIEW
from helpers.publishing.executed import read_sections
from helpers.publishing.facts_file import facts_json
from helpers.publishing.material import Material
from helpers.publishing.page import edition_body, render_page
from helpers.run import input_files, load_run

FACTS = 500
OPENINGS = 7
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MARKS = """() => new Promise((done) => {
  const wait = () => document.documentElement.dataset.recheck
    ? done([performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart,
            performance.now(), document.documentElement.dataset.recheck])
    : setTimeout(wait, 1);
  wait();
})"""


def page_of(count: int, target: Path) -> None:
    """Write the 2023 report with further computed facts, `count` in all."""
    project = find_project()
    run = load_run(project, project.params("2023"))
    number = 0
    while len(run.facts) < count:
        number += 1
        rate = execution_rate(run.facts["executed"], run.facts["budget"]) + number
        run.facts.name(f"more_{number}", f"增补{number}", rate)
    executed = sorted((project.output("2023") / "notebooks").glob("*.ipynb"))
    inputs = input_files(project, "2023", run)
    made = made_from(project, ((file.file, file.sha256) for file in inputs))
    facts = facts_json(run.facts, made, run.params.notice)
    sections, _ = read_sections(executed, run, {})
    material = Material(run, sections, inputs, made, facts)
    page = render_page(material, REVIEW, edition_body(material, REVIEW)).text
    target.write_text(page, encoding="utf-8")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        target = Path(folder) / "report.html"
        page_of(FACTS, target)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        laid_out, rechecked = [], []
        for _ in range(OPENINGS):
            page = browser.new_page()
            page.goto(target.as_uri())
            first, last, outcome = page.evaluate(MARKS)
            assert outcome == "ok"
            laid_out.append(first)
            rechecked.append(last)
            page.close()
        browser.close()
        size = target.stat().st_size
    print(
        f"{platform.machine()}, CPython {platform.python_version()}, {FACTS} facts, {size:,} bytes"
    )
    print(f"page ready: {statistics.median(laid_out):.0f} ms (median of {OPENINGS})")
    print(f"every fact recomputed: {statistics.median(rechecked):.0f} ms")
    added = statistics.median(b - a for a, b in zip(laid_out, rechecked, strict=True))
    print(f"of which the recomputation: {added:.0f} ms")


if __name__ == "__main__":
    main()
