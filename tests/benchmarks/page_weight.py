"""What the page weighs and how soon it is ready, before and after, in one run.

`python tests/benchmarks/page_weight.py OLD [PROJECTS …]` compares the state that a git name OLD
has with that of the working tree: the reports of 2023 and demo-2024, and demo-2024 with so many
projects in all. Sizes in KB; seconds from the start of loading until `data-recheck` is set, in
Chromium at full speed and at a fourth of it; what of it the page's own thread worked, which a
busy machine does not lengthen; then the longest of five searches, and how long a panel takes to
open. Medians of three openings.
"""

from __future__ import annotations

import csv
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
OPENINGS = 3
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
READY = """() => new Promise((done) => {
  const told = () => document.documentElement.dataset.recheck
    && /复算\\d+项/.test(document.getElementById("recheck").textContent);
  const wait = () => told()
    ? done([performance.now(), document.documentElement.dataset.recheck])
    : setTimeout(wait, 1);
  wait();
})"""
SEARCH = """async () => {
  document.getElementById("find").click();
  const query = document.getElementById("query");
  while (!document.getElementById("search").open) await new Promise(requestAnimationFrame);
  const times = ["预算", "执行率 项目", "完成", "8", "满意度"].map((words) => {
    const begin = performance.now();
    query.value = words;
    query.dispatchEvent(new Event("input"));
    document.getElementById("hits").getBoundingClientRect();
    return performance.now() - begin;
  });
  document.getElementById("search").close();
  return Math.max(...times);
}"""
PANEL = """async () => {
  const begin = performance.now();
  document.querySelector('#report a[href^="#fact-"]').click();
  const panel = document.getElementById("panel");
  while (!panel.open) await Promise.resolve();
  panel.getBoundingClientRect();
  return performance.now() - begin;
}"""
ELEMENTS = "document.querySelectorAll('*').length"
COLUMNS = (
    *("state", "report", "KB", "elements", "ready s", "of it worked s", "ready s at 1/4"),
    *("search ms", "panel ms"),
)


def with_projects(folder: Path, count: int) -> None:
    """Give a run so many projects: copies of its own, with indicators, months and evidence."""
    projects = [row["编号"] for row in rows_of(folder / "项目自评.csv")]
    names = {id: {id} for id in projects}
    for row in rows_of(folder / "绩效指标.csv"):
        names.get(row["所属"], set()).add(row["编号"])
    copies = [(names[projects[n % len(projects)]], f"x{n}") for n in range(count - len(projects))]
    for path in folder.glob("*.csv"):
        rows = rows_of(path)
        made = [
            copied(row, own, suffix)
            for own, suffix in copies
            for row in rows
            if own.intersection(row.values())
        ]
        if made:
            with path.open("a", encoding="utf-8", newline="") as file:
                csv.DictWriter(file, list(rows[0]), lineterminator="\n").writerows(made)


def rows_of(path: Path) -> list[dict[str, str]]:
    """A table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def copied(row: dict[str, str], own: set[str], suffix: str) -> dict[str, str]:
    """A row of another project, under names of its own."""
    named = {"项目名称", "三级指标"}
    return {
        name: f"{cell}{suffix}" if {name, cell} & (own | named) or cell.startswith("示佐") else cell
        for name, cell in row.items()
    }


def built(code: Path, root: Path, run: str) -> Path:
    """Build a report of a project with the code of a state."""
    program = "import sys; from helpers.cli import main; sys.argv[0] = 'report'; main()"
    subprocess.run(
        [sys.executable, "-c", program, "build", run],
        cwd=root,
        env={"PYTHONPATH": str(code / "src"), "PATH": "/usr/bin:/bin", "HOME": str(root)},
        check=True,
        capture_output=True,
    )
    return root / "outputs" / run / "report.html"


def opened(browser: Browser, path: Path, slower: int) -> tuple[Page, float, float]:
    """A page, when it was ready, and how long its thread worked until then."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    client.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="commit")
    seconds, state = page.evaluate(READY)
    assert state in {"ok", "part"}, state
    metrics = client.send("Performance.getMetrics")["metrics"]
    worked = next(each["value"] for each in metrics if each["name"] == "TaskDuration")
    return page, seconds / 1000, worked


def measured(browser: Browser, path: Path) -> Iterator[str]:
    """The numbers of a page."""
    yield f"{path.stat().st_size / 1024:,.0f}"
    full, works, slow = [], [], []
    for _ in range(OPENINGS):
        page, seconds, _ = opened(browser, path, 4)
        slow.append(seconds)
        page.close()
    for _ in range(OPENINGS):
        page, seconds, worked = opened(browser, path, 1)
        full.append(seconds)
        works.append(worked)
        if len(full) < OPENINGS:
            page.close()
    yield f"{page.evaluate(ELEMENTS):,}"
    for each in (full, works, slow):
        yield f"{statistics.median(each):.2f}"
    yield f"{page.evaluate(SEARCH):.0f}"
    yield f"{page.evaluate(PANEL):.0f}"
    page.close()


def main() -> None:
    """Print the table."""
    old, *counts = sys.argv[1:]
    reports = [("2023", 0), ("demo-2024", 0), *(("demo-2024", int(count)) for count in counts)]
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        before = Path(folder) / "before"
        archive = subprocess.run(["git", "archive", old], cwd=ROOT, check=True, capture_output=True)
        before.mkdir()
        subprocess.run(["tar", "-x", "-C", before], input=archive.stdout, check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for state, code in (("before", before), ("after", ROOT)):
            for run, count in reports:
                root = Path(folder) / f"{state}-{run}-{count}"
                for part in ("params", "notebooks", "data"):
                    shutil.copytree(code / part, root / part)
                if count:
                    with_projects(root / "data" / run, count)
                name = f"{run}, {count} projects" if count else run
                path = built(code, root, run)
                print(f"| {state} | {name} | {' | '.join(measured(browser, path))} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
