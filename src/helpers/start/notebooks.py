"""The notebooks of a run's report, each to open with the run's name filled in."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import ipywidgets as widgets
import nbformat

from helpers.inputs.project import ANALYSED, Project
from helpers.inputs.sections import PARAMETERS
from helpers.run import load_run
from helpers.start.choice import Following, RunChoice, message

RUN = "run = "


def sections(run: str | RunChoice) -> Following:
    """A button that makes copies for the chosen run, and a link to each."""
    return Following(run, _sections, data=False)


def _sections(form: Following) -> Iterator[widgets.Widget]:
    loaded = load_run(form.project, form.project.params(form.run))
    titles = {each.notebook: each.numbered for each in loaded.contents.headings if each.level == 1}
    button = widgets.Button(description=f"打开 {form.run} 的各部分", button_style="primary")
    button.layout.width = "16rem"
    links = widgets.HTML()

    def begin(_: object) -> None:
        copies = [copied(form.project, form.run, path) for path in loaded.notebooks]
        links.value = "<br>".join(
            f'<a href="/lab/tree/{html.escape(form.project.relative(copy))}" target="_blank">'
            f"{html.escape(titles.get(copy.stem, copy.stem))}</a>"
            for copy in copies
        )

    button.on_click(begin)
    yield button
    yield message(f"各部分的副本在 outputs/{form.run}{ANALYSED}/，改它不影响报告")
    yield links


def copied(project: Project, run: str, notebook: Path) -> Path:
    """A copy of a notebook with the name of a run in its parameters; one there is stays."""
    copy = project.output(f"{run}{ANALYSED}") / notebook.name
    if not copy.exists():
        made = nbformat.read(notebook, as_version=4)
        for cell in made.cells:
            if PARAMETERS in cell.metadata.get("tags", []):
                lines = cell.source.splitlines()
                cell.source = "\n".join(
                    f'run = "{run}"  # 运行名称，见 params/' if line.startswith(RUN) else line
                    for line in lines
                )
        copy.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(made, copy)
    return copy
