"""What changed since the report was built, and since the year before, with the cause of each."""

from __future__ import annotations

import json
from collections.abc import Iterator

import ipywidgets as widgets

from helpers.errors import ReportError
from helpers.inputs.fingerprints import made_from
from helpers.publishing.facts_file import facts_json
from helpers.run import input_files, load_run
from helpers.start.choice import Following, RunChoice, message, table
from helpers.workflow.diff import changes, read_facts

HEAD = ("数据项", "原", "现", "原因")
SHOWN = 60


def compare(run: str | RunChoice) -> Following:
    """The figures of the data as they are now, against the last report and the year before."""
    return Following(run, _compare, data=True)


def _compare(form: Following) -> Iterator[widgets.Widget]:
    loaded = load_run(form.project, form.project.params(form.run))
    inputs = input_files(form.project, form.run, loaded)
    made = made_from(form.project, ((file.file, file.sha256) for file in inputs))
    now = json.loads(facts_json(loaded.facts, made, loaded.params.notice))
    named = {"比上次生成": form.run, **{f"比 {each}": each for each in loaded.params.earlier_runs}}
    for title, other in named.items():
        yield message(title)
        try:
            found = changes(read_facts(form.project, other), now)
        except ReportError as error:
            yield message(str(error), "warning")
            continue
        rows = [(each.label, each.old, each.new, each.why) for each in found]
        yield table(HEAD, rows[:SHOWN]) if rows else message("没有变化", "good")
        if len(rows) > SHOWN:
            yield message(f"另有 {len(rows) - SHOWN} 项，见 report diff {other} {form.run}")
