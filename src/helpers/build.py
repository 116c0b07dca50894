"""Build a run's report aside, then put it in the place of the last one, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from helpers import forking
from helpers.facts import Facts
from helpers.fingerprints import MadeFrom, input_files, made_from
from helpers.project import Project
from helpers.runs import Run

Progress = Callable[[str], None]


def build(project: Project, name: str, run: Run, progress: Progress) -> Path:
    """Make a report and let it replace `outputs/NAME/`; returns that folder.

    Raises `ReportError` if a section fails; the last report then stays as it was.
    """
    (project.root / "outputs").mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=project.root / "outputs"))
    try:
        write_report(project, name, run, aside, progress)
        _replace(project.output(name), aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return project.output(name)


def write_report(project: Project, name: str, run: Run, folder: Path, progress: Progress) -> None:
    """Execute the notebooks into an empty folder and write page, facts and manifest beside them."""
    from helpers.manifest import manifest
    from helpers.publish import render_page

    executed = _execute(project, run, folder, progress)
    inputs = input_files(project, name, run)
    made = made_from(project, ((file.file, file.sha256) for file in inputs))
    facts = facts_json(run.facts, made)
    _write(folder / "facts.json", facts)
    _write(folder / "report.html", render_page(run, executed, inputs, made, facts))
    _write(folder / "manifest.json", _json(manifest(project.root, run, inputs, made, folder)))


def facts_json(facts: Facts, made: MadeFrom) -> str:
    """The text of `facts.json`: a list of facts, one a line, each saying what it is made from."""
    listed = [fact.to_json() | {"made_from": made.to_json()} for fact in facts.values()]
    lines = ",\n".join(json.dumps(fact, ensure_ascii=False) for fact in listed)
    return f"[\n{lines}\n]\n".replace("<", "\\u003c")


def _execute(project: Project, run: Run, folder: Path, progress: Progress) -> list[Path]:
    from helpers.runner import run_sections

    if not forking.available():
        progress("本系统不能派生进程，用普通内核运行，结果相同，速度较慢")
    executed = []
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    titles = {heading.place.file: heading.text for heading in run.headings if heading.level == 1}
    for output, seconds in run_sections(project.notebooks, notebooks, run.params, project.root):
        executed.append(output)
        progress(f"{titles[f'notebooks/{output.name}']}　完成（{seconds:.1f} 秒）")
    return executed


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _replace(last: Path, new: Path) -> None:
    """Put a finished folder in the place of the last one."""
    new.chmod(0o755)
    if not last.exists():
        new.rename(last)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{last.name}-old-", dir=last.parent)) / "old"
    last.rename(old)
    new.rename(last)
    shutil.rmtree(old.parent, ignore_errors=True)
