"""Start a year or a department: its workbook to fill in, handed out, taken back; forms imported."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from helpers.errors import Place, ReportError, UnreadableInputError
from helpers.inputs.rubrics import read_rubric
from helpers.inputs.workbooks import WORKBOOK
from helpers.run import load_run
from helpers.start.choice import WIDE, Following, RunChoice, link, message, run_names
from helpers.workflow.atomic import replace_file
from helpers.workflow.importing import import_file, write_tables
from helpers.workflow.importing.telling import told
from helpers.workflow.starting.new_run import start_run
from helpers.workflow.starting.origins import NewRun, consequences

SAME = "与来源相同"


def new_run(run: str | RunChoice) -> Following:
    """A form for the next year, or for another department, started from a run."""
    return Following(run, _new_run, data=False)


def _new_run(form: Following) -> Iterator[widgets.Widget]:
    outlines = sorted(path.stem for path in (form.project.root / "params/outlines").glob("*.yaml"))
    source = widgets.Dropdown(
        description="来源", options=run_names(form.project), value=form.run or None, layout=WIDE
    )
    example = "含年度，例如 2025 或 bureau-2025"
    name = widgets.Text(description="名称", placeholder=example, layout=WIDE)
    department = widgets.Text(description="单位", placeholder="另一单位才写，写全称", layout=WIDE)
    outline = widgets.Dropdown(description="结构", options=[SAME, *outlines], layout=WIDE)
    button = widgets.Button(description="建立", button_style="primary")
    said = widgets.VBox()

    def begin(_: object) -> None:
        chosen = "" if outline.value == SAME else outline.value
        new = NewRun(name.value.strip(), str(source.value), department.value.strip(), chosen)
        try:
            old = load_run(form.project, form.project.params(new.source))
            written = start_run(form.project, new, old, workbook=True)
        except ReportError as error:
            said.children = (message(str(error), "error"),)
            return
        form.choose(new.name)  # which makes this form anew, with a last line of its own
        told = [f"注意：{each}" for each in consequences(new, old.params)]
        files = "、".join(form.project.relative(path) for path in written)
        done = message("\n".join([f"已建立 {new.name}：{files}", *told]), "good")
        form.children = (*form.children[:-1], done)

    button.on_click(begin)
    yield widgets.HBox([source, name], layout=widgets.Layout(flex_flow="row wrap"))
    yield widgets.HBox([department, outline], layout=widgets.Layout(flex_flow="row wrap"))
    yield button
    yield said


def fill_in(run: str | RunChoice) -> Following:
    """The workbook of a run to download, and the filled one to hand in."""
    return Following(run, _fill_in, data=True)


def _fill_in(form: Following) -> Iterator[widgets.Widget]:
    folder = form.project.data(form.project.params(form.run))
    book = folder / WORKBOOK
    if book.is_file():
        yield widgets.HTML(link(form.project.relative(book), f"下载 {WORKBOOK}"))
    else:
        where = form.project.relative(folder)
        yield message(f"这个运行的数据是 {where}/ 中的 CSV 表，用 Excel 打开即可")
    upload = widgets.FileUpload(description="交回填好的工作簿", accept=".xlsx", multiple=False)
    upload.layout.width = "14rem"
    again = widgets.Checkbox(description="替换原有的工作簿", indent=False)
    said = widgets.VBox()

    def take(_: object) -> None:
        if not upload.value:
            return
        try:
            content = bytes(upload.value[0].content)
            refuse_workbook(content)
            if book.exists() and not again.value and book.read_bytes() != content:
                hint = "勾选“替换原有的工作簿”，再交一次；原来的另存一份"
                place = Place(form.project.relative(book))
                raise UnreadableInputError("已有工作簿", place=place, hint=hint)
            if book.exists():
                replace_file(book.with_name(f".{book.name}.bak"), book.read_bytes())
            replace_file(book, content)
        except ReportError as error:
            said.children = (message(str(error), "error"),)
        else:
            form.changed()
            form.look_again()
        finally:
            upload.value = ()

    upload.observe(take, names="value")
    yield widgets.HBox([upload, again], layout=widgets.Layout(flex_flow="row wrap"))
    yield said


def refuse_workbook(content: bytes) -> None:
    """Refuse what no reader could open, before it takes the place of what stands there."""
    from helpers.inputs.excel_files import read_workbook

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / WORKBOOK
        path.write_bytes(content)
        read_workbook(path, WORKBOOK)


def import_form(run: str | RunChoice) -> Following:
    """A form that an office has, taken over into the tables of a run; what is left is listed."""
    return Following(run, _import_form, data=False)


def _import_form(form: Following) -> Iterator[widgets.Widget]:
    upload = widgets.FileUpload(description="导入现成的表", accept=".xlsx,.docx", multiple=False)
    upload.layout.width = "14rem"
    said = widgets.VBox()

    def take(_: object) -> None:
        if upload.value:
            said.children = tuple(_imported(form, upload.value[0]))
            upload.value = ()

    upload.observe(take, names="value")
    yield upload
    yield said


def _imported(form: Following, given: Any) -> Iterator[widgets.Widget]:  # noqa: ANN401 - ipywidgets' own
    params = form.project.params(form.run)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(given.name).name
        path.write_bytes(bytes(given.content))
        try:
            rubric = read_rubric(form.project.root, params.rubric, "department")
            placed = import_file(path, rubric, params.year)
            written = write_tables(placed, form.project.data(params))
        except ReportError as error:
            yield message(str(error), "error")
            return
    form.changed()
    for line, asks in told(placed, written, form.project.relative):
        yield message(line, "warning" if asks else "good")
