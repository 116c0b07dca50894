"""How fast a report is built, against the stock commands and against one plain process.

Run with `python tests/benchmarks/build.py` from a checkout with `.venv` installed. Prints
medians of five, both sides measured in turn in one run, as a Markdown table with the
machine it ran on. Byte code is compiled first; PYTHONDONTWRITEBYTECODE is unset.
"""

from __future__ import annotations

import compileall
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from helpers.inputs.project import Project
from helpers.run import load_run

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ROUNDS = 5
MORE = 4
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

PLAIN = """
import sys, json, pathlib
from IPython.core.interactiveshell import InteractiveShell
from helpers.inputs.project import find_project
from helpers.run import load_run
from helpers.inputs.fingerprints import made_from
from helpers.run import input_files
from helpers.publishing.editions import REVIEW
from helpers.publishing.executed import read_sections
from helpers.publishing.facts_file import facts_json
from helpers.publishing.material import Material
from helpers.publishing.page import edition_body, render_page
import papermill, nbformat
from helpers.execution.limits import Limits
from helpers.execution.shell import Collector, _new_shell, _captured
project = find_project(); run = load_run(project, project.params("2023"))
out = pathlib.Path(sys.argv[1]); executed = []
collector = Collector(Limits()); shell = _new_shell(collector)
for path in run.notebooks:
    notebook = nbformat.read(path, 4); shell.reset(new_session=False)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            collector.begin(1)
            with _captured(collector): shell.run_cell(cell.source)
            cell.outputs = [nbformat.from_dict(o) for o in collector.outputs]
    nbformat.write(notebook, out / path.name); executed.append(out / path.name)
inputs = input_files(project, "2023", run)
made = made_from(project, ((f.file, f.sha256) for f in inputs))
facts = facts_json(run.facts, made, run.params.notice)
sections, _ = read_sections(executed, run, {})
material = Material(run, sections, inputs, made, facts)
page = render_page(material, REVIEW, edition_body(material, REVIEW)).text
(out / "report.html").write_text(page)
"""


def call(*words: object, folder: Path) -> None:
    """Run a command quietly."""
    subprocess.run(
        [str(word) for word in words], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True
    )


def stock(folder: Path) -> None:
    """`papermill` for each notebook, then `jupyter nbconvert` for each."""
    target = folder / "stock"
    target.mkdir(exist_ok=True)
    here = Project(folder)
    for notebook in load_run(here, here.params("2023")).notebooks:
        done = target / notebook.name
        call(BIN / "papermill", notebook, done, "-f", "params/2023.yaml", folder=folder)
        call(BIN / "jupyter", "nbconvert", "--to", "html", done, folder=folder)


def plain(folder: Path) -> None:
    """One Python process that runs the same cells and renders the same page."""
    target = folder / "plain"
    target.mkdir(exist_ok=True)
    call(sys.executable, "-c", PLAIN, target, folder=folder)


def whole(folder: Path) -> None:
    """`report build` with nothing to go by."""
    call(BIN / "report", "build", "2023", "--force", folder=folder)


def unchanged(folder: Path) -> None:
    """`report build` with nothing changed."""
    call(BIN / "report", "build", "2023", folder=folder)


def seconds(work: Callable[[Path], None], folder: Path) -> float:
    """How long some work takes."""
    begin = monotonic()
    work(folder)
    return monotonic() - begin


def add_sections(folder: Path) -> None:
    """Give the project more sections like its third, numbered on."""
    path = folder / "notebooks" / "03-performance-targets.ipynb"
    text = path.read_text(encoding="utf-8")
    for number, heading in zip(range(7, 7 + MORE), "七八九十", strict=True):
        more = text.replace("# 三、整体绩效目标实现情况", f"# {heading}、增补")
        (folder / "notebooks" / f"{number:02}-more.ipynb").write_text(more, encoding="utf-8")


def project(folder: Path) -> Path:
    """A copy of the project to build in."""
    for name in ("params", "notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def main() -> None:
    """Measure and print."""
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        six, ten = project(Path(one)), project(Path(other))
        add_sections(ten)
        rounds: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for work in (stock, plain, whole, unchanged):
                rounds.setdefault(work.__name__, []).append(seconds(work, six))
            rounds.setdefault("ten", []).append(seconds(whole, ten))
    took = {name: statistics.median(times) for name, times in rounds.items()}
    more = (took["ten"] - took["whole"]) / MORE
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, CPython {platform.python_version()},",
        end=" ",
    )
    print(f"medians of {ROUNDS}\n")
    print("| what | seconds | against | seconds | ratio |\n|---|---|---|---|---|")
    for what, against, upside_down in (
        ("whole", "stock", False),
        ("whole", "plain", True),
        ("unchanged", "stock", False),
    ):
        ratio = took[against] / took[what] if not upside_down else took[what] / took[against]
        words = "times its time" if upside_down else "times faster"
        print(
            f"| {what} | {took[what]:.2f} | {against} | {took[against]:.2f} | {ratio:.1f} {words} |"
        )
    print(f"| one more section (of {MORE} more) | {more:.2f} | | | |")


if __name__ == "__main__":
    main()
