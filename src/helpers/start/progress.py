"""A command beside the kernel as a form shows it: a bar, its words, a button that stops it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence

import ipywidgets as widgets

from helpers.errors import ReportError
from helpers.start.choice import message
from helpers.start.jobs import Job

DONE = re.compile(r"　(?:完成（|未变，沿用|未能生成)")
"""How the command says that a section is done."""

LINES, EVERY = 12, 0.3
"""How many of the last lines are shown; how often the words are looked at, in seconds."""


class Progress(widgets.VBox):  # type: ignore[misc] # ipywidgets is not typed
    """How far a job is. One that is already at work is found again."""

    def __init__(self, job: Job, steps: int, ended: Callable[[int | None], None]) -> None:
        self._job, self._steps, self._ended = job, steps, ended
        self.bar = widgets.IntProgress(max=max(steps, 1), description="进度")
        self.stop = widgets.Button(description="停止", button_style="warning")
        self.said = widgets.VBox()
        self.stop.on_click(lambda _: self._job.stop())
        super().__init__([widgets.HBox([self.bar, self.stop]), self.said])
        self.layout.display = "none"
        if job.running:
            self._watch()

    def start(self, words: Sequence[str]) -> None:
        """Begin; an error of ours is said."""
        try:
            self._job.start(words)
        except ReportError as error:
            self.said.children = (message(str(error), "error"),)
            self.layout.display = ""
        else:
            self._watch()

    def _watch(self) -> None:
        self.layout.display = ""
        self.stop.disabled = False
        self._task = asyncio.get_event_loop().create_task(self._follow())

    async def _follow(self) -> None:
        while self._job.running:
            self._show()
            await asyncio.sleep(EVERY)
        self._show()
        self.stop.disabled = True
        if self._job.code == 0:
            self.bar.value = self.bar.max
        self._ended(self._job.code)

    def _show(self) -> None:
        lines = self._job.lines
        self.bar.value = sum(bool(DONE.search(line)) for line in lines)
        level = "error" if self._job.code else ""
        self.said.children = (message("\n".join(lines[-LINES:]), level),)
