"""Verify a report and pack it up, beside the kernel."""

from __future__ import annotations

from collections.abc import Iterator

import ipywidgets as widgets

from helpers.start.choice import Following, RunChoice, link
from helpers.start.jobs import Job
from helpers.start.progress import Progress

COMMANDS = {"verify": "重新生成并逐字节核对", "bundle": "打包绩效资料"}


def deliver(run: str | RunChoice) -> Following:
    """A button for each, and the zip when it is there."""
    return Following(run, _deliver, data=False)


def _deliver(form: Following) -> Iterator[widgets.Widget]:
    packed = widgets.HTML(_link(form))

    def ended(_: object) -> None:
        packed.value = _link(form)

    for command, text in COMMANDS.items():
        steps = len(form.project.notebooks) if command == "verify" else 1
        progress = Progress(Job(form.project, f"{command}-{form.run}"), steps, ended)
        button = widgets.Button(description=text, layout=widgets.Layout(width="14rem"))
        button.on_click(lambda _, word=command, shown=progress: shown.start([word, form.run]))
        yield button
        yield progress
    yield packed


def _link(form: Following) -> str:
    file = f"{form.run}-绩效资料.zip"
    there = (form.project.root / "outputs" / file).is_file()
    return link(f"outputs/{file}", f"下载 {file}") if there else ""
