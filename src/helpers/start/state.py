"""How a run stands, at a glance: what is missing, what is wrong, whether its report is current."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import ipywidgets as widgets

from helpers.errors import LEVELS
from helpers.inputs.project import Project
from helpers.publishing.formats import OutputFormats
from helpers.run import load_run
from helpers.start.choice import Following, RunChoice, message
from helpers.workflow.up_to_date import check_freshness


def state(run: str | RunChoice) -> Following:
    """A line or two about a run."""
    return Following(run, _state, data=True)


def _state(form: Following) -> Iterator[widgets.Widget]:
    loaded = load_run(form.project, form.project.params(form.run))
    gaps = [each for each in loaded.findings if each.gap]
    levels = [each.level for each in loaded.findings if not each.gap]
    counts = "，".join(f"{word} {levels.count(level)} 项" for level, word in LEVELS.items())
    grave = "error" if loaded.errors else "good"
    notice = f"（{loaded.params.notice}）" if loaded.params.notice else ""
    yield message(f"{loaded.title}{notice}")
    yield message(f"待填 {len(gaps)} 处；{counts}", grave)
    yield message(report_state(form.project, form.run))


def report_state(project: Project, name: str) -> str:
    """Whether there is a report, when it was made, and whether it is still that of its data."""
    page = project.output(name) / "report.html"
    if not page.is_file():
        return "报告还没有生成"
    made = datetime.fromtimestamp(page.stat().st_mtime).strftime("%Y-%m-%d %H:%M")  # noqa: DTZ006 - as the clock on the wall
    fresh = check_freshness(project, name, project.params(name), OutputFormats())
    now = "与现在的数据和程序一致" if fresh.manifest else fresh.why or "不完整，请重新生成"
    return f"报告生成于 {made}，{now}"
