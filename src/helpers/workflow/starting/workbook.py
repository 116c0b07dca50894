"""The workbook of a new run: how to fill it in, the parameters, every table, what braces take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args, get_origin

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from helpers.blocks.words import with_unit
from helpers.figures.number import Number
from helpers.inputs.narrative import WORD_NAMES, ids_by_name
from helpers.inputs.params import Params
from helpers.inputs.params_sheet import NAME, PARAMETERS, SHEET, VALUE, Setting
from helpers.inputs.raw_tables import BESIDE
from helpers.inputs.schema import COUNTED
from helpers.inputs.workbooks import GUIDE, PLACEHOLDERS, SETTINGS
from helpers.publishing.office_files import workbook_bytes
from helpers.workflow.starting import fill_in_workbook as sheets
from helpers.workflow.starting.carry_over import BlankTable
from helpers.workflow.starting.fill_in_workbook import ASIDE, HEAD, NEEDED, OPTIONAL, Field

HOW = (
    "先填“参数”，再从左到右逐张填写。标签橙色的表必有，蓝色的没有就空着；黄色表头的列必填。",
    "表头锁定，没有密码；灰色的列只供对照，不读入。行可以增、删、移动，右边可以另加列。",
    "不知道的留空，不写零。金额单位是万元；整张表以元填写的，在表的上方写明“单位：元”。",
    "叙述中的数字不手工填写，写作 {预算执行率}，名称见“占位符”表。",
    "与上年文字相同的段落，核实后填写确认人和确认日期，否则不能生成正式报告。",
)

WIDTHS = (20, 64, 40, 12)
"""Of the columns of the sheet that says how to fill in the rest."""


@dataclass(frozen=True)
class Filling:
    """What a workbook is filled with: parameters and last year's, the files they may name, tables.

    `told` is what a person must know of where the run comes from; `figures` what texts may name.
    """

    values: Mapping[str, object]
    last: Mapping[str, object]
    choices: Mapping[str, Mapping[str, str]]
    blanks: Sequence[BlankTable]
    told: Sequence[str]
    figures: Mapping[str, Number]
    words: Mapping[str, str]


def write_workbook(path: Path, filling: Filling) -> None:
    """Write the workbook, the same bytes for the same filling."""
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE
    _guide(guide, filling)
    _settings(book.create_sheet(SETTINGS), filling)
    for blank in filling.blanks:
        sheets.table_sheet(book.create_sheet(blank.spec.name), blank)
    _placeholders(book.create_sheet(PLACEHOLDERS), filling)
    path.write_bytes(workbook_bytes(book))


def _guide(sheet: Worksheet, filling: Filling) -> None:
    """How to fill the rest in, and which sheets there are."""
    run, values = filling.values["run"], filling.values
    lines = [
        *HOW,
        f"答卷行数多，另存为 {values['data']}/{COUNTED[0].name}.csv，不放在这里。",
        f"保存后运行 report check {run}，看还缺什么；report build {run} --draft 先看草稿。",
        *(f"请核对：{each}。" for each in filling.told),
    ]
    sheet.append([f"{values['department']} {values['year']} 年度部门整体绩效评价填报"])
    sheet["A1"].font = Font(sheets.FACE, size=14, bold=True)
    for number, line in enumerate(lines, 1):
        sheet.append([f"{number}. {line}"])
    sheet.append([])
    sheet.append(["工作表", "内容", "必填的列", "已列行数"])
    top = sheet.max_row
    for cell in sheet[top]:
        cell.font, cell.fill, cell.border = sheets.BOLD, OPTIONAL, sheets.FRAME
    sheet.append([SETTINGS, SHEET.holds, VALUE, len(PARAMETERS)])
    for blank in filling.blanks:
        spec = blank.spec
        must = "、".join(spec.needed)
        holds = f"{spec.holds}{'（没有就空着）' if spec.optional else ''}"
        sheet.append([spec.name, holds, must, len(blank.rows) or "逐行填写"])
    sheet.append([PLACEHOLDERS, "叙述的花括号里可以写的名称", "", len(filling.figures)])
    for at, row in enumerate(sheet.iter_rows(min_row=top + 1), top + 1):
        row[0].hyperlink = f"#'{row[0].value}'!A1"
        row[0].font = Font(sheets.FACE, color="0563C1", underline="single")
        for cell in row:
            cell.border, cell.alignment = sheets.FRAME, sheets.WRAPPED
        sheets.fit_height(sheet, at, WIDTHS)
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheets.protect(sheet)


def _settings(sheet: Worksheet, filling: Filling) -> None:
    """A row a parameter: the value free, all else fixed."""
    beside = Field(f"{BESIDE}{VALUE}", "对照，不读入", ASIDE, 24, aside=True, locked=True)
    fields = [
        Field(NAME, "名称，不要改动", ASIDE, 20, aside=True, locked=True),
        Field(VALUE, "只改这一列", NEEDED, 34),
        Field("单位或可选", "", ASIDE, 24, aside=True, locked=True),
        Field("例", "", ASIDE, 24, aside=True, locked=True),
        Field("说明", "", ASIDE, 50, aside=True, locked=True),
        *([beside] if filling.last else []),
    ]
    sheets.write_head(sheet, f"{SETTINGS}：{SHEET.holds}", fields)
    for setting in PARAMETERS:
        choices = _choices(setting, filling)
        files = filling.choices.get(setting.key, {})
        named = "".join(f"{file}：{what}。" for file, what in files.items())
        last = [_as_text(filling.last[setting.key])] if filling.last else []
        given = _as_text(filling.values[setting.key])
        unit = setting.unit or "、".join(choices)
        row = [setting.name, given, unit, setting.example, setting.meaning + named, *last]
        sheets.write_row(sheet, fields, row)
        if choices:
            sheets.choose(sheet, f"B{sheet.max_row}", choices)
    for name, value in sheet.iter_rows(min_row=HEAD + 1, max_col=2):
        name.font, value.fill = sheets.BOLD, NEEDED
    sheets.free_rest(sheet, fields)
    sheet.sheet_properties.tabColor = "F4B183"


def _choices(setting: Setting, filling: Filling) -> Sequence[str]:
    """What a parameter may be, where that is a list."""
    kind = Params.model_fields[setting.key].annotation
    listed = get_args(kind) if get_origin(kind) is Literal else ()
    return list(filling.choices.get(setting.key, ())) or list(listed)


def _as_text(value: object) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)


def _placeholders(sheet: Worksheet, filling: Filling) -> None:
    """What may stand in the braces of a text: name, how to write it, id, this run's value."""
    fields = [
        Field("名称", "数据项和词语", ASIDE, 44, aside=True, locked=True),
        Field("写法", "照抄到“叙述”的文字中", ASIDE, 44, aside=True, locked=True),
        Field("编号", "也可写编号", ASIDE, 36, aside=True, locked=True),
        Field("本次的值", "建立时已知的", ASIDE, 20, aside=True, locked=True),
    ]
    title = f"{PLACEHOLDERS}：叙述的花括号里可以写的名称；填报的行增加后，名称随之增加"
    sheets.write_head(sheet, title, fields)
    for name, written, id, shown in _names(filling):
        sheets.write_row(sheet, fields, [name, written, id, shown])
    for at, field in enumerate(fields, 1):
        sheet.column_dimensions["ABCD"[at - 1]].width = field.width
    sheet.auto_filter.ref = f"A{HEAD}:D{sheet.max_row}"


def _names(filling: Filling) -> Iterator[tuple[str, str, str, str]]:
    """Every name that may stand in braces: name, how to write it, id, value where there is one.

    What several figures are called is written by their ids.
    """
    names = ids_by_name(filling.figures)
    for id, word in filling.words.items():
        yield WORD_NAMES[id], f"{{{WORD_NAMES[id]}}}", id, word
    for id, figure in filling.figures.items():
        shown = with_unit(figure).text if figure.defined else ""
        written = figure.label if names[figure.label] == [id] else id
        yield figure.label, f"{{{written}}}", id, shown
