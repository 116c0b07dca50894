"""Build a run's report aside, then put it in the place of the last one, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from helpers.project import Project
from helpers.runs import Run

Progress = Callable[[str], None]


def build(project: Project, name: str, run: Run, progress: Progress) -> Path:
    """Execute the notebooks, make the page, and replace `outputs/NAME/`; returns that folder.

    Raises `ReportError` if a section fails; the last report then stays as it was.
    """
    (project.root / "outputs").mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=project.root / "outputs"))
    try:
        _write_report(project, run, aside, progress)
        _write_json(aside / "manifest.json", _manifest(project, name, run, aside))
        _replace(project.output(name), aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return project.output(name)


def _write_report(project: Project, run: Run, folder: Path, progress: Progress) -> None:
    from helpers.publish import render_page
    from helpers.runner import run_section

    (folder / "notebooks").mkdir()
    executed = []
    for notebook in project.notebooks:
        started = monotonic()
        output = folder / "notebooks" / notebook.name
        run_section(notebook, output, run.params, project.root)
        executed.append(output)
        title = next(h.text for h in run.headings if h.place.file == project.relative(notebook))
        progress(f"{title}　完成（{monotonic() - started:.1f} 秒）")
    page = render_page(run, executed)
    (folder / "report.html").write_text(page, encoding="utf-8", newline="\n")
    _write_json(folder / "facts.json", [fact.to_json() for fact in run.facts.values()])


def _manifest(project: Project, name: str, run: Run, folder: Path) -> dict[str, object]:
    from helpers.manifest import manifest

    return manifest(project, name, run, folder)


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


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
