"""How reading and analysing grow: answers of a survey up to a million, projects up to 20 000.

`python tests/benchmarks/scale.py` prints seconds and peak memory of `report check`'s work, each
size in a process of its own. Memory is the process's largest resident set.
"""

from __future__ import annotations

import csv
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = (0, 250_000, 500_000, 1_000_000)
PROJECTS = (0, 5_000, 10_000, 20_000)


def measured(root: Path) -> tuple[float, float]:
    """Seconds and MB that loading and checking the made-up run takes, in a fresh process."""
    code = f"from tests.benchmarks.scale import work; work({str(root)!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


def work(root: str) -> None:
    """Load and check the made-up run of a project; prints seconds and peak MB."""
    from helpers.inputs.project import Project
    from helpers.run import load_run

    project = Project(Path(root))
    begin = time.perf_counter()
    run = load_run(project, project.params("demo-2023"))
    assert not run.errors, run.errors[:3]
    print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def extend(path: Path, rows: Iterator[list[str]]) -> None:
    """Add rows to a table."""
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def answers(count: int) -> Iterator[list[str]]:
    """Wide rows as a survey service exports them."""
    random = Random(1)
    for number in range(count):
        answer = random.choice(("很满意", "满意", "基本满意", "不满意"))
        person = ["2023-12-05 10:00", "192.0.2.1", f"虚构{number}", "00000000000"]
        yield [str(number), *person, "户籍居民", answer, ""]


def projects(count: int) -> Iterator[list[str]]:
    """Projects with every column filled."""
    for number in range(count):
        plan = ["有"] * 7
        amounts = ["1.000000", "1.000000", "0.990000"]
        yield [f"x{number}", f"虚构项目{number}", "城乡建设", "综合办公室", *amounts, "", *plan]


def main() -> None:
    """Print the table."""
    print("| what | rows added | seconds | peak MB |\n|---|---|---|---|")
    for what, table, sizes, rows in (
        ("答卷", "答卷", ANSWERS, answers),
        ("项目", "项目自评", PROJECTS, projects),
    ):
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                for name in ("params", "notebooks", "data"):
                    shutil.copytree(ROOT / name, root / name)
                extend(root / "data" / "demo-2023" / f"{table}.csv", rows(size))
                seconds, memory = measured(root)
            print(f"| {what} | {size:,} | {seconds:.2f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
