"""The sections of a report executed, or taken from the last build where nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import SectionFailedError
from helpers.execution import processes
from helpers.run import Run

if TYPE_CHECKING:
    from helpers.execution.runner import Way
    from helpers.workflow.section_cache import SectionCache

Progress = Callable[[str], None]


@dataclass(frozen=True)
class ExecutedSections:
    """The executed notebooks in order, and why some failed, by file name."""

    notebooks: list[Path]
    failed: dict[str, SectionFailedError]


def section_titles(run: Run) -> dict[str, str]:
    """The first title of each notebook, by file name."""
    first_to_last = [heading for heading in run.contents.headings if heading.level == 1]
    return {Path(each.place.file).name: each.numbered for each in reversed(first_to_last)}


def execute_sections(
    run: Run,
    notebooks: Path,
    progress: Progress,
    cache: SectionCache | None,
    way: Way | None,
) -> ExecutedSections:
    """Put every executed notebook into a new folder, running those the cache does not have.

    They run in the best `way` there is, unless one is given.
    """
    notebooks.mkdir()
    titles = section_titles(run)
    changed, failed = [], {}
    for notebook in run.notebooks:
        kept = cache.fetch(notebook, progress) if cache else None
        if kept is None:
            changed.append(notebook)
        else:
            (notebooks / notebook.name).write_text(kept, encoding="utf-8", newline="\n")
            progress(f"{titles[notebook.name]}　未变，沿用")
    if changed:
        from helpers.execution.runner import run_sections

        way = way or ("forked" if processes.works() else "kernels")
        if way == "kernels":
            progress("这里不能派生进程，用普通内核运行，结果相同，速度较慢")
        root = changed[0].parents[1]
        for output, result in run_sections(changed, notebooks, run, root, way=way):
            if isinstance(result, SectionFailedError):
                failed[output.name] = result
                progress(f"{titles[output.name]}　未能生成")
            else:
                progress(f"{titles[output.name]}　完成（{result:.1f} 秒）")
    return ExecutedSections([notebooks / notebook.name for notebook in run.notebooks], failed)
