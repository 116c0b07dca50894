"""Build a run's report beside the kernel, follow it section by section, and look at it."""

from __future__ import annotations

from collections.abc import Iterator

import ipywidgets as widgets

from helpers.inputs.params import MONITORED
from helpers.run import load_run
from helpers.start.choice import Following, RunChoice, link, message
from helpers.start.jobs import Job
from helpers.start.progress import Progress

BOXES = {
    "草稿（没有填全也生成）": ["--draft"],
    "PDF": ["--pdf"],
    "Word 和表格": ["--docx"],
    "公开版": ["--edition", "public"],
    "全部重新运行": ["--force"],
    "只做8月监控": ["--stage", "monitoring"],
}
"""What may be asked for, and the words of the command."""

FILES = {
    "report.html": "打开报告",
    "public.html": "打开公开版",
    "report.pdf": "打开 PDF",
    "report.docx": "下载 Word",
}


def build(run: str | RunChoice) -> Following:
    """Boxes for the formats, a button, a bar, and the report when it is done."""
    return Following(run, _build, data=False)


def _build(form: Following) -> Iterator[widgets.Widget]:
    boxes = {name: widgets.Checkbox(description=name, indent=False) for name in BOXES}
    button = widgets.Button(description="生成报告", button_style="primary")
    shown = widgets.VBox(tuple(_report(form)))

    def ended(_: object) -> None:
        button.disabled = False
        shown.children = tuple(_report(form))
        form.changed()

    sections = len(load_run(form.project, form.project.params(form.run)).notebooks)
    progress = Progress(Job(form.project, f"build-{form.run}"), sections, ended)

    def begin(_: object) -> None:
        asked = [word for name, box in boxes.items() if box.value for word in BOXES[name]]
        progress.start(["build", form.run, *asked])

    button.on_click(begin)
    yield widgets.HBox([*boxes.values()], layout=widgets.Layout(flex_flow="row wrap"))
    yield button
    yield progress
    yield shown


def _report(form: Following) -> Iterator[widgets.Widget]:
    """Links to the files there are, and the page itself."""
    links = [
        link(f"outputs/{folder}/{file}", f"{text}{said}")
        for folder, said in ((form.run, ""), (f"{form.run}{MONITORED}", "（8月监控）"))
        for file, text in FILES.items()
        if (form.project.output(folder) / file).is_file()
    ]
    if not links:
        yield message("还没有报告")
        return
    yield widgets.HTML("　".join(links))
    page = form.project.output(form.run) / "report.html"
    if page.is_file():
        address = f"/files/outputs/{form.run}/report.html?{page.stat().st_mtime_ns}"
        frame = f'<iframe src="{address}" title="报告" width="100%" height="600"></iframe>'
        yield widgets.Accordion([widgets.HTML(frame)], titles=("在这里看报告",))
