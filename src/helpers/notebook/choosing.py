"""A form for JupyterLab: choose a cell and a part of the rubric, and see what would change."""

from __future__ import annotations

import ipywidgets as widgets
from IPython.display import clear_output, display

from helpers.blocks.model import Grid, OutputBlock
from helpers.blocks.words import Words, with_unit
from helpers.errors import ReportError
from helpers.evaluation.fact_ids import points_id
from helpers.figures.number import Number, number_like
from helpers.inputs.schema import NUMERIC
from helpers.inputs.schema.evaluation import INDICATORS, PROJECTS
from helpers.inputs.tables import Table
from helpers.notebook.charts import score_bars
from helpers.notebook.report import Report
from helpers.notebook.shown import Shown
from helpers.run import Run
from helpers.run.cell_names import CellName
from helpers.run.differences import COLUMNS, differences
from helpers.run.what_if import changed_run, reweighted_score

WIDE = {"width": "30rem"}
"""A layout for each widget to make its own of: a page that is opened again knows no shared one."""


def what_if_form(report: Report) -> widgets.VBox:
    """Lists of tables, rows, columns and parts of the rubric, and below what would change."""
    run = report.run
    parts = [(part.name, part.id) for part in run.evaluation.sheet.rubric.parts]
    table = widgets.Dropdown(description="数据表", options=tables(run), layout=WIDE)
    row = widgets.Dropdown(description="行", layout=WIDE)
    column = widgets.Dropdown(description="列", layout=WIDE)
    change = widgets.Text(description="改为", continuous_update=False, layout=WIDE)
    part = widgets.Dropdown(description="评分部分", options=parts, layout=WIDE)
    hint = "权重（分），其余部分按比例分剩下的分"
    weight = widgets.Text(
        description="权重", placeholder=hint, continuous_update=False, layout=WIDE
    )
    shown = widgets.Output()

    def follow(_: object = None) -> None:
        if row.value is None:  # another table is being chosen
            return
        now = with_unit(run.tables[table.value].number(row.value, column.value)).text
        change.placeholder = f"原为 {now}；写新数，或 +100、-2.5、+10%"
        cell = CellName(table.value, row.value, column.value)
        with shown:
            clear_output(wait=True)
            display(outcome(run, cell, change.value, part.value, weight.value))

    def choose_table(_: object = None) -> None:
        row.options = ()
        change.value = ""
        column.options, column.index = columns(run.tables[table.value]), 0
        row.options, row.index = rows(run, table.value), 0

    choose_table()
    table.observe(choose_table, names="value")
    for each in (row, column, change, part, weight):
        each.observe(follow, names="value")
    follow()
    lines = [widgets.HBox(line) for line in ([table, row], [column, change], [part, weight])]
    return widgets.VBox([*lines, shown])


def tables(run: Run) -> list[str]:
    """The tables with numbers to change."""
    return [name for name, table in run.tables.items() if table.given and columns(table)]


def columns(table: Table) -> list[str]:
    """The columns of numbers of a table."""
    return [column.name for column in table.spec.columns if column.kind in NUMERIC]


def rows(run: Run, name: str) -> list[tuple[str, int]]:
    """The rows of a table, by name, or by key with the names of projects and indicators in it."""
    table = run.tables[name]
    names = {
        held.string(line, "编号"): held.row_name(line)
        for held in (run.tables[INDICATORS.name], run.tables[PROJECTS.name])
        for line in held.lines
    }
    named = (table.spec.named_by,) if table.spec.named_by else (table.spec.keys or ((),))[0]
    cells = {line: [table.string(line, column) for column in named] for line in table.lines}
    called = {line: "、".join(names.get(cell, cell) for cell in cells[line]) for line in cells}
    return [(f"第{line}行 {called[line]}", line) for line in called]


def outcome(run: Run, cell: CellName, change: str, part: str, weight: str) -> Shown:
    """The total score before and after, all that changes, the scores; or what was refused.

    A blank change or weight is none.
    """
    try:
        after = run
        if change.strip():
            after = changed_run(run, cell.table, cell.line, cell.column, change)
        totals = [("按评分标准", after.facts["total_score"])]
        if weight.strip():
            totals.append(_weighed(after, part, _points(weight)))
    except ReportError as error:
        return Shown((), differences=[str(error)])
    scores = Report(after).frame("分项得分")
    title = "各项得分（得分 / 分值）"
    before = run.facts["total_score"]
    scored = [(name, before, now) for name, now in totals]
    blocks: list[OutputBlock] = [
        Grid("table-what-if", "合计得分", ("权重", "原", "现"), scored, "分"),
        _changes(run, after),
        *Report(after).figure(score_bars(scores), scores, title, key="what-if").blocks,
    ]
    refused = [each for each in after.refused if each not in run.refused]
    told = [f"这样改，报告不能生成：{each.problem}（{each.place}）" for each in refused]
    return Shown(blocks, differences=told)


def _changes(run: Run, after: Run) -> Grid:
    """All that differs, as a table."""
    frame = differences(run, after)
    cells = [[*map(_told, row)] for row in frame.itertuples(index=False, name=None)]
    return Grid("table-changes", "有哪些变化", COLUMNS, cells, absent="没有变化。", merged=1)


def _told(cell: object) -> str | Words:
    return with_unit(cell) if isinstance(cell, Number) else str(cell)


def _weighed(after: Run, part: str, weight: Number) -> tuple[str, Number]:
    """The total score under another weight of a part, and what it is called."""
    name = after.facts[points_id(part)].label.removesuffix("分值")
    return f"{name}占{weight.display}分", reweighted_score(after, part, weight.known)


def _points(text: str) -> Number:
    """A weight as typed; raises `ReportError` for none there can be."""
    weight = number_like(text)
    if weight is None or weight.unit or not 0 <= weight.known <= 100:
        raise ReportError(f"权重“{text}”不对", hint="写 0 到 100 之间的分数，不带单位")
    return weight
