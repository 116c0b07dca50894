"""Exploring: any run opened, a cell changed in memory, and sliders in a real JupyterLab."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, expect
from project_copies import ROOT, Copy, copy_project

from helpers.notebook.sliders import reweighted_score
from helpers.run import Run

NOTEBOOK = ROOT / "notebooks" / "explore.ipynb"
# What the menu's Run All Cells does; a click on the menu is lost while a slow lab starts.
RUN_ALL = """async () => {
  await jupyterapp.restored;
  const panel = jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await jupyterapp.commands.execute("notebook:run-all-cells");
}"""


def test_the_weights_of_the_rubric_give_the_score_of_the_report(demo_run: Run) -> None:
    """Twenty points for execution is what the rubric says."""
    part = demo_run.evaluation.sheet.rubric.parts[0].id
    assert reweighted_score(demo_run, part, Fraction(20)) == demo_run.facts["total_score"].known
    # all weight on execution: its share of its points, 83.8…% of 100
    rate = demo_run.facts["execution_rate"].known
    assert reweighted_score(demo_run, part, Fraction(100)) == rate


def test_a_part_without_a_score_has_none_under_any_weight(real_run: Run) -> None:
    """Nothing is guessed in exploring either."""
    assert not reweighted_score(real_run, "execution_part", Fraction(50)).defined


def test_the_notebook_is_no_part_of_the_report(real_run: Run) -> None:
    """It has no number, so no run takes it up."""
    assert NOTEBOOK not in real_run.notebooks
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    assert not [cell for cell in cells if cell.get("outputs")]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """A JupyterLab of our own on a copy of the project; its address."""
    project: Copy = copy_project(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "jupyter", "lab", "--no-browser", "--allow-root"]
    settings = [f"--port={port}", "--ServerApp.token=", "--ServerApp.password="]
    settings += ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url="]
    server = subprocess.Popen(
        [*command, *settings, f"--notebook-dir={project.root}"],
        cwd=project.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def test_moving_a_slider_in_jupyterlab_changes_the_score(browser: Browser, lab: str) -> None:
    """Open, run all, move, see: as an analyst does it."""
    page = browser.new_page(viewport={"width": 1400, "height": 1400})
    page.goto(f"{lab}/lab/tree/notebooks/explore.ipynb?reset", timeout=90_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=90_000)
    page.evaluate(RUN_ALL)
    total = page.locator("#table-what-if tr", has_text="合计得分").first.locator("td").last
    expect(total).to_be_visible(timeout=90_000)
    before = total.inner_text()
    slider = page.locator(".widget-slider .noUi-handle").first
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(total).not_to_have_text(before, timeout=30_000)
    assert float(total.inner_text()) > float(before)
    assert page.locator("#figure-scores, svg.chart").count() > 0
    page.close()
