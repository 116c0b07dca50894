"""Build a run's report aside, then put it in the place of the last one, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import forking
from helpers.facts import Facts
from helpers.fingerprints import MadeFrom, input_files, made_from
from helpers.project import Project
from helpers.runs import Run

if TYPE_CHECKING:
    from helpers.section_cache import SectionCache

Progress = Callable[[str], None]


def build(project: Project, name: str, run: Run, progress: Progress, *, reuse: bool = True) -> Path:
    """Make a report and let it replace the last one of its stage; returns its folder.

    With `reuse`, a section that would show the same is not run again. Raises `ReportError`
    if a section fails; the last report then stays as it was.
    """
    from helpers.section_cache import SectionCache

    (project.root / "outputs").mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=project.root / "outputs"))
    cache = SectionCache(project, name + run.params.suffix, run)
    output = project.output(name + run.params.suffix)
    try:
        write_report(project, name, run, aside, progress, cache=cache if reuse else None)
        for notebook in run.notebooks:
            cache.keep(notebook, (aside / "notebooks" / notebook.name).read_text("utf-8"))
        _replace(output, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return output


def write_report(
    project: Project,
    name: str,
    run: Run,
    folder: Path,
    progress: Progress,
    *,
    cache: SectionCache | None = None,
) -> None:
    """Execute the notebooks into an empty folder and write page, facts and manifest beside them."""
    from helpers.manifest import manifest
    from helpers.publish import render_page

    executed = _execute(project, run, folder, progress, cache)
    inputs = input_files(project, name, run)
    made = made_from(project, ((file.file, file.sha256) for file in inputs))
    facts = facts_json(run.facts, made, run.params.notice)
    _write(folder / "facts.json", facts)
    _write(folder / "report.html", render_page(run, executed, inputs, made, facts))
    _write(folder / "manifest.json", _json(manifest(project.root, run, inputs, made, folder)))


def facts_json(facts: Facts, made: MadeFrom, notice: str) -> str:
    """The text of `facts.json`: a list of facts, one a line.

    Each says what it is made from and carries the run's notice, so that no figure travels
    without it.
    """
    common = {"made_from": made.to_json(), "notice": notice}
    listed = [fact.to_json() | common for fact in facts.values()]
    lines = ",\n".join(json.dumps(fact, ensure_ascii=False) for fact in listed)
    return f"[\n{lines}\n]\n".replace("<", "\\u003c")


def _execute(
    project: Project, run: Run, folder: Path, progress: Progress, cache: SectionCache | None
) -> list[Path]:
    """Put every executed notebook into the folder, running those the cache does not have."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    first_to_last = [heading for heading in run.headings if heading.level == 1]
    titles = {heading.place.file: heading.text for heading in reversed(first_to_last)}
    changed = []
    for notebook in run.notebooks:
        kept = cache.fetch(notebook) if cache else None
        if kept is None:
            changed.append(notebook)
        else:
            _write(notebooks / notebook.name, kept)
            progress(f"{titles[project.relative(notebook)]}　未变，沿用")
    if changed:
        from helpers.runner import run_sections

        forked = forking.works()
        if not forked:
            progress("这里不能派生进程，用普通内核运行，结果相同，速度较慢")
        for output, seconds in run_sections(
            changed, notebooks, run.params, project.root, forked=forked
        ):
            progress(f"{titles[f'notebooks/{output.name}']}　完成（{seconds:.1f} 秒）")
    return [notebooks / notebook.name for notebook in run.notebooks]


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
