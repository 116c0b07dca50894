"""Checks on the report as a whole: headings, problems and causes, years of work, sign-off."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.checks import years
from helpers.checks.finding import Check, Finding, RunContents
from helpers.checks.references import column_texts
from helpers.errors import Level, Place, brief
from helpers.inputs.headings import HeadingPath
from helpers.inputs.names import nearest
from helpers.inputs.schema.paragraphs import KEYS, may_be_left_out
from helpers.inputs.schema.report import NARRATIVE
from helpers.inputs.sections import keys_in


def official_headings(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find headings the outline does not have, and headings and sections of it that are lacking."""
    found: dict[str, list[HeadingPath]] = {}
    see = f"标题见 {checked.outline.file}"
    for heading in checked.headings:
        found.setdefault(heading.notebook, []).append(heading.path)
        official = checked.outline.headings(heading.notebook)
        if official is not None and heading.path not in official:
            near = nearest(heading.path[-1], [path[-1] for path in official])
            hint = f"是否应为“{near}”；编号由程序生成，不要写" if near else see
            problem = f"报告结构中没有标题“{heading.path[-1]}”"
            yield Finding(name, "error", heading.place, problem, hint)
    for notebook, paths in found.items():
        for path in checked.outline.headings(notebook) or ():
            if path not in paths:
                place = Place(f"notebooks/{notebook}.ipynb")
                yield Finding(name, "error", place, f"缺少标题“{path[-1]}”", see)
    sections = list(checked.outline.sections)
    last = max((at for at, notebook in enumerate(sections) if notebook in found), default=0)
    for notebook in [each for each in sections[:last] if each not in found]:
        problem, hint = "缺少这个部分，后面的编号会提前", f"笔记本的名称见 {checked.outline.file}"
        yield Finding(name, "error", Place(f"notebooks/{notebook}.ipynb"), problem, hint)


def given(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find the tables every report needs that hold no row: the report says so, and no number."""
    for table in checked.tables.values():
        if not (table.spec.optional or table.given):
            problem, hint = "没有一行数据，报告写作未提供", table.spec.holds
            yield Finding(name, "warning", table.place, problem, hint, gap=True)


def paragraphs_given(checked: RunContents, name: str) -> Iterator[Finding]:
    """Find paragraphs the report needs that are not written, or rest on nothing."""
    table = checked.tables[NARRATIVE.name]
    code = (cell.text for cell in checked.cells if cell.kind == "code")
    asked = dict.fromkeys(key for text in code for key in keys_in(text))
    for line in table.lines:
        key, text = table.string(line, "段落"), table.string(line, "文字")
        blank = "依据" if text else "文字"
        left_out = may_be_left_out(key) or (key in KEYS and key not in asked)
        if not table.string(line, blank) and (text or not left_out):
            place = table.source(line, blank).place
            yield Finding(name, "error", place, "必填，现为空", f"段落“{brief(key)}”", gap=True)
    written = column_texts(table, "段落")
    for key in asked:
        if key in KEYS and KEYS[key].needed and key not in written:
            problem, blanks = f"没有段落“{key}”", () if table.given else (table.place,)
            hint = KEYS[key].described
            yield Finding(name, "warning", table.place, problem, hint, gap=True, blanks=blanks)


def problems(checked: RunContents, name: str) -> Iterator[Finding]:
    """See that each problem has its cause and its measure."""
    table = checked.tables["问题与措施"]
    for line in table.lines:
        if table.string(line, "问题") and not table.string(line, "原因"):
            place = table.source(line, "原因").place
            hint = "说明为什么，不写工作要求"
            yield Finding(name, "warning", place, "问题没有写明原因", hint, gap=True)


def work_years(checked: RunContents, name: str) -> Iterator[Finding]:
    """Judge the years of the management work by its activity."""
    table = checked.tables["绩效工作"]
    for line in table.lines:
        work, year = table.string(line, "工作"), str(table.value(line, "所写年度") or "")
        if not year or not years.fits(work, int(year), checked.params.year):
            written = f"写作 {year} 年，与报告年度不符" if year else "没有写年度，无从核对"
            problem = f"{table.string(line, '对象')}{work}{written}"
            place = table.source(line, "所写年度").place
            yield Finding(
                name, "warning", place, problem, "请核实年度", years.PENDING, gap=not year
            )


def sign_off(checked: RunContents, name: str) -> Iterator[Finding]:
    """See who signs; a final report cannot go without."""
    params = checked.params
    blank = [f"{label}（{key}）" for label, key, filled in params.sign_off if not filled]
    if blank:
        level: Level = "error" if params.status == "定稿" else "note"
        yield Finding(name, level, Place("params"), f"落款未填：{'、'.join(blank)}")


def inherited(checked: RunContents, name: str) -> Iterator[Finding]:
    """Refuse a paragraph that says what last year's said, unless somebody confirmed it."""
    table, last = checked.tables[NARRATIVE.name], checked.last_year_tables.get(NARRATIVE.name)
    before = {last.string(line, "文字") for line in last.lines} if last else set()
    for line in table.lines:
        text = table.string(line, "文字")
        confirmed = table.string(line, "确认人") and table.string(line, "确认日期")
        if text and not confirmed and text in before | {table.string(line, "上年文字")}:
            place = table.source(line, "文字").place
            hint = "核实后填写确认人和确认日期，或改写"
            yield Finding(name, "error", place, "与上年文字相同，未经确认", hint, gap=True)


FORM_CHECKS = (
    Check("标题", "标题与报告结构一致", official_headings),
    Check("落款", "编制人、审核人、单位负责人、保密审查人和日期齐全", sign_off),
)
STRUCTURE_CHECKS = (
    *FORM_CHECKS,
    Check("空表", "必有的表都有数据", given),
    Check("必写段落", "须写的段落都有文字和依据", paragraphs_given),
    Check("问题与原因", "每个问题都写明原因和措施", problems),
    Check("沿用文字", "与上年相同的文字有人确认", inherited),
    Check("工作年度", "自评、监控的年度与报告年度相符", work_years),
)
