"""The findings of a run as a table: filtered, sorted, and a cell corrected right there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import ipywidgets as widgets

from helpers.checks.finding import Finding
from helpers.errors import LEVELS, Place, ReportError
from helpers.run import Run, load_run
from helpers.start.choice import WIDE, Following, RunChoice, message
from helpers.workflow.correcting import can_correct, correct

SHOWN = 20
"""How many are shown at a time; the filter leads to the others."""

EVERY = "全部"
ORDERS: dict[str, Callable[[Finding], Any]] = {
    "按轻重": lambda finding: list(LEVELS).index(finding.level),
    "按位置": lambda finding: (finding.place.file, finding.place.sheet, finding.place.line),
    "按检查": lambda finding: finding.check,
}


def findings(run: str | RunChoice) -> Following:
    """What the checks found, each with its place and what to do, and a field for its cell."""
    return Following(run, _findings, data=True)


def _findings(form: Following) -> Iterator[widgets.Widget]:
    loaded = load_run(form.project, form.project.params(form.run))
    level = widgets.Dropdown(description="级别", options=[EVERY, *LEVELS.values()], layout=WIDE)
    order = widgets.Dropdown(description="次序", options=list(ORDERS), layout=WIDE)
    words = widgets.Text(description="含有", placeholder="文件、检查或文字", layout=WIDE)
    rows = widgets.VBox()

    def show(_: object = None) -> None:
        found = [
            finding
            for finding in sorted(loaded.findings, key=ORDERS[order.value])
            if level.value in {EVERY, LEVELS[finding.level]} and words.value.strip() in str(finding)
        ]
        more = f"，先列 {SHOWN} 项" if len(found) > SHOWN else ""
        counted = message(f"{len(found)} 项{more}" if found else "没有发现", "")
        rows.children = (counted, *(_row(form, loaded, each) for each in found[:SHOWN]))

    for each in (level, order, words):
        each.observe(show, names="value")
    show()
    yield widgets.HBox([level, order, words], layout=widgets.Layout(flex_flow="row wrap"))
    yield rows


def _row(form: Following, run: Run, finding: Finding) -> widgets.Widget:
    told = message(str(finding), finding.level)
    if not can_correct(finding.place):
        return told
    button = widgets.Button(description="改这一格", layout=widgets.Layout(width="6rem"))
    row = widgets.VBox([widgets.HBox([button, told])])
    button.on_click(lambda _: _open(form, run, finding.place, row))
    return row


def _open(form: Following, run: Run, place: Place, row: widgets.VBox) -> None:
    """Put a field with what the cell reads below its finding."""
    now = cell_text(run, place)
    field = widgets.Text(value=now, description="改为", layout=WIDE)
    field.add_class("cell-field")
    save = widgets.Button(description="保存并重新核对", button_style="primary")
    said = widgets.VBox()

    def write(_: object) -> None:
        try:
            correct(form.project, place, field.value, run.fingerprints[place.file])
        except ReportError as error:
            said.children = (message(str(error), "error"),)
        else:
            form.changed()
            form.look_again()

    save.on_click(write)
    row.children = (row.children[0], widgets.HBox([field, save]), said)


def cell_text(run: Run, place: Place) -> str:
    """What a cell reads, as it was read."""
    for table in run.tables.values():
        if (table.file, table.sheet) == (place.file, place.sheet) and place.column in table.texts:
            return table.texts[place.column].get(place.line, "")
    return ""
