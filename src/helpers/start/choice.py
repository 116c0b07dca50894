"""Which run the forms below are about; they follow when another one is chosen."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence

import ipywidgets as widgets

from helpers.errors import ReportError
from helpers.inputs.project import Project, find_project

WIDE = {"width": "26rem"}
"""A layout for each widget to make its own of: a page that is opened again knows no shared one."""
COLOURS = {
    "error": "var(--jp-error-color0, #b71c1c)",
    "warning": "var(--jp-warn-color0, #b26a00)",
    "good": "var(--jp-success-color0, #1b5e20)",
}
"""Those of JupyterLab's theme, light or dark."""


class RunChoice(widgets.VBox):  # type: ignore[misc] # ipywidgets is not typed
    """A list of the runs of the project, and who is told when another is chosen."""

    def __init__(self) -> None:
        self.project = find_project()
        self._followers: list[Following] = []
        names = run_names(self.project)
        self.list = widgets.Dropdown(description="运行", options=names, layout=WIDE)
        self.list.observe(lambda _: self.tell(), names="value")
        super().__init__([self.list])

    @property
    def run(self) -> str:
        """The name of the run that is chosen."""
        return str(self.list.value or "")

    def choose(self, run: str) -> None:
        """Choose a run, one that has just come into being too."""
        if run != self.run:
            self.list.options = run_names(self.project)
            self.list.value = run
        else:
            self.tell()

    def follow(self, form: Following) -> None:
        """Have a form told of every change."""
        self._followers.append(form)

    def tell(self, by: Following | None = None) -> None:
        """Tell all forms but the one that knows that something has changed."""
        for form in self._followers:
            if form is not by:
                form.told()


def choose_run(run: str = "") -> RunChoice:
    """The runs of the project to choose from; the first, or the one that is named."""
    choice = RunChoice()
    if run:
        choice.choose(run)
    return choice


def run_names(project: Project) -> list[str]:
    """The names of all runs, the newest year first."""
    names = [path.stem for path in (project.root / "params").glob("*.yaml")]
    return sorted(names, key=lambda name: (name[:1].isdigit(), name), reverse=True)


class Following(widgets.VBox):  # type: ignore[misc] # ipywidgets is not typed
    """A form about a run: made anew for another run and, if it shows its `data`, when they change.

    An error of ours stands in its place as its message, never as a traceback.
    """

    def __init__(
        self,
        run: str | RunChoice,
        render: Callable[[Following], Iterable[widgets.Widget]],
        *,
        data: bool,
    ) -> None:
        super().__init__([])
        self._choice, self._render, self._data = run, render, data
        self.project = run.project if isinstance(run, RunChoice) else find_project()
        if isinstance(run, RunChoice):
            run.follow(self)
        self.look_again()

    @property
    def run(self) -> str:
        """The name of the run."""
        return self._choice.run if isinstance(self._choice, RunChoice) else self._choice

    def told(self) -> None:
        """Look again at what may have changed."""
        if self._data or self.run != self._shown:
            self.look_again()

    def look_again(self) -> None:
        """Make it anew."""
        self._shown = self.run
        try:
            self.children = tuple(self._render(self))
        except ReportError as error:
            self.children = (message(str(error), "error"),)

    def choose(self, run: str) -> None:
        """Have another run chosen, where there is a choice."""
        if isinstance(self._choice, RunChoice):
            self._choice.choose(run)

    def changed(self) -> None:
        """Tell all others that follow the same choice that the data have changed, or the report."""
        if isinstance(self._choice, RunChoice):
            self._choice.tell(by=self)


def message(text: str, level: str = "") -> widgets.HTML:
    """A text as it is, in the colour of its level; nothing in it is markup."""
    colour = COLOURS.get(level, "inherit")
    lines = "<br>".join(html.escape(line) for line in text.splitlines())
    return widgets.HTML(f'<div role="status" style="line-height:1.6;color:{colour}">{lines}</div>')


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> widgets.HTML:
    """Texts as a table."""
    cells = [
        "<tr>" + "".join(f"<{kind}>{html.escape(text)}</{kind}>" for text in row) + "</tr>"
        for kind, listed in (("th", [head]), ("td", rows))
        for row in listed
    ]
    return widgets.HTML(f"<table>{''.join(cells)}</table>")


def link(file: str, text: str) -> str:
    """A link that opens a file of the project in a tab of its own, as HTML.

    The server of `report lab` serves the root of the project.
    """
    return f'<a href="/files/{html.escape(file)}" target="_blank">{html.escape(text)}</a>'
