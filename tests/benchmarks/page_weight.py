"""What the page weighs and how soon it is ready, before and after, in one run.

`python tests/benchmarks/page_weight.py OLD [PROJECTS …]` compares the state that a git name OLD
has with that of the working tree: the report of 2023, and demo-2024 with so many projects in all
(6, which are its own, 30, 120 and 300). Sizes in KB; seconds from the start of loading until the
recomputation is told, in Chromium at full speed and at a fourth of it; what of it the page's own
thread worked, which a busy machine does not lengthen; then the longest of five searches, and how
long a panel takes to open. Medians of five openings, the two states by turns, so that a busy
machine is busy for both. Last, what each further project adds, counted from the row above.
"""

from __future__ import annotations

import csv
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
OPENINGS = 5
PROJECTS = (6, 30, 120, 300)
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
    *("search ms", "panel ms", "KB, elements, ms a project"),
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


@dataclass
class Report:
    """A report of a state, and what was measured of it."""

    state: str
    run: str
    projects: int
    path: Path
    full: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    elements: int = 0
    search: float = 0
    panel: float = 0

    def open(self, browser: Browser) -> None:
        """Open it once at a fourth of the speed, and once at full speed to be used."""
        page, seconds, _ = opened(browser, self.path, 4)
        self.slow.append(seconds)
        page.close()
        page, seconds, worked = opened(browser, self.path, 1)
        self.full.append(seconds)
        self.worked.append(worked)
        self.elements = page.evaluate(ELEMENTS)
        self.search = max(self.search, page.evaluate(SEARCH))
        self.panel = max(self.panel, page.evaluate(PANEL))
        page.close()

    @property
    def kilobytes(self) -> float:
        """Its size."""
        return self.path.stat().st_size / 1024

    def row(self, smaller: Report | None) -> str:
        """Its line of the table."""
        times = (statistics.median(each) for each in (self.full, self.worked, self.slow))
        added = "—"
        if smaller:
            more = self.projects - smaller.projects
            size = (self.kilobytes - smaller.kilobytes) / more
            elements = (self.elements - smaller.elements) / more
            work = (statistics.median(self.worked) - statistics.median(smaller.worked)) / more
            added = f"{size:.1f}, {elements:.0f}, {work * 1000:.1f}"
        cells = (
            self.state,
            f"{self.run}, {self.projects} projects" if self.projects else self.run,
            f"{self.kilobytes:,.0f}",
            f"{self.elements:,}",
            *(f"{seconds:.2f}" for seconds in times),
            *(f"{longest:.0f}" for longest in (self.search, self.panel)),
            added,
        )
        return f"| {' | '.join(cells)} |"


def report(code: Path, root: Path, state: str, run: str, projects: int) -> Report:
    """A report of a state, built."""
    for part in ("params", "notebooks", "data"):
        shutil.copytree(code / part, root / part)
    if projects:
        with_projects(root / "data" / run, projects)
    return Report(state, run, projects, built(code, root, run))


def main() -> None:
    """Print the table."""
    old, *counts = sys.argv[1:]
    sizes = sorted(map(int, counts)) or PROJECTS
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        before = Path(folder) / "before"
        archive = subprocess.run(["git", "archive", old], cwd=ROOT, check=True, capture_output=True)
        before.mkdir()
        subprocess.run(["tar", "-x", "-C", before], input=archive.stdout, check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        smaller: dict[str, Report] = {}
        for run, projects in [("2023", 0), *(("demo-2024", size) for size in sizes)]:
            pair = [
                report(code, Path(folder) / f"{state}-{run}-{projects}", state, run, projects)
                for state, code in (("before", before), ("after", ROOT))
            ]
            for _ in range(OPENINGS):
                for each in pair:
                    each.open(browser)
            for each in pair:
                print(each.row(smaller.get(each.state)), flush=True)
                if projects:
                    smaller[each.state] = each
        browser.close()


if __name__ == "__main__":
    main()
