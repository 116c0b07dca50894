"""The sheet of a workbook with the parameters: each under its Chinese name, read to the digit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpers.errors import Place, ReportError, UnreadableInputError, brief
from helpers.inputs import cells
from helpers.inputs.names import folded, nearest
from helpers.inputs.params import THRESHOLDS
from helpers.inputs.raw_tables import Fault, RawTable, frame_table
from helpers.inputs.schema.columns import Column, TableSpec
from helpers.inputs.workbooks import SETTINGS

BETWEEN = re.compile(r"[、，,；;\s]+")
"""What stands between the names of several runs in one cell."""

NAME, VALUE = "参数", "填写"
SHEET = TableSpec(
    SETTINGS,
    "落款、阈值和所用的评分表；只改“填写”列，留空表示未知或未设",
    (
        Column(NAME, required=True),
        Column(VALUE),
        Column("单位或可选"),
        Column("例"),
        Column("说明"),
    ),
)


@dataclass(frozen=True)
class Setting:
    """A parameter as a workbook tells it: its key and its name there, an example, what it means."""

    key: str
    name: str
    example: str
    meaning: str
    unit: str = ""


NO_RULE = "没有北京的规定，口径待财政部门确认"

PARAMETERS = (
    Setting("year", "年度", "2024", "报告的年度，与运行名称中的年度相同。", "年"),
    Setting("department", "单位名称", "某某乡", "全文统一用这个名称。"),
    Setting("budget_code", "预算编码", "900001", "只用于多单位汇总；留空表示未知。"),
    Setting("kind", "单位类别", "乡镇", "例如乡镇、委办局；只用于多单位汇总。"),
    Setting("notice", "首页声明", "", "写在首页和每一页上；本单位自行编制的正式报告留空。"),
    Setting("status", "报告状态", "草稿", "定稿的落款须齐全。"),
    Setting("prepared_by", "编制人", "张三", "落款。"),
    Setting("reviewed_by", "审核人", "李四", "落款。"),
    Setting("head", "单位负责人", "王五", "落款。"),
    Setting("secrecy_reviewed_by", "保密审查人", "赵六", "落款。"),
    Setting("report_date", "落款日期", "2025年8月20日", "年度报告的日期。"),
    Setting("monitoring_date", "监控落款日期", "2024年8月12日", "8月运行监控情况的日期。"),
    Setting("execution_rate_floor", "预算执行率下限", "90", f"低于它须说明原因；{NO_RULE}。", "%"),
    Setting("carryover_rate_ceiling", "结转结余率上限", "5", f"高于它须说明原因；{NO_RULE}。", "%"),
    Setting(
        "variance_rate_ceiling", "预决算差异率上限", "30", f"超过它须说明原因；{NO_RULE}。", "%"
    ),
    Setting(
        "change_rate_ceiling", "比上年变动上限", "30", "变动超过它须说明原因，比率按百分点。", "%"
    ),
    Setting(
        "progress_floor",
        "支付进度率下限",
        "80",
        "累计实际支出÷累计计划支出低于它的项目须提醒。",
        "%",
    ),
    Setting("satisfied_from", "满意起算档次", "满意", "满意度调查中从哪一档起算作满意。"),
    Setting("small_stratum", "最少有效答卷", "30", "有效答卷少于它的层不单独下结论。", "份"),
    Setting(
        "weighting_gap", "加权差距", "1", "加权与未加权的满意率相差达到它的须指出。", "个百分点"
    ),
    Setting(
        "outline",
        "报告结构",
        "beijing-township",
        "params/outlines/ 中的文件；是否适用于本单位，请核对。",
    ),
    Setting("rubric", "评分表", "beijing", "params/rubrics/ 中的文件；是否适用于本单位，请核对。"),
    Setting(
        "project_rubric",
        "项目评分表",
        "project-self-evaluation",
        "params/rubrics/ 中的文件，用于项目自评。",
    ),
    Setting(
        "earlier_runs",
        "以前年度",
        "demo-2022、demo-2023",
        "运行名称，由远到近，最多四个；没有则留空。",
    ),
    Setting("started_from", "来源运行", "2023", "由 report new 填写，不用改。"),
)
"""Every parameter but those that follow from the run's name, its folder and the command."""

NAMES = {each.key: each.name for each in PARAMETERS}
_KEYS = {folded(each.name): each.key for each in PARAMETERS}
_AS_SHOWN = {"year", *THRESHOLDS, "report_date", "monitoring_date"}
"""What is read as the number or day a cell holds, however it is shown."""


def settings_sheet(sheets: Mapping[str, RawTable], file: str) -> RawTable:
    """The sheet of the parameters; raises `UnreadableInputError` where a workbook has none."""
    if SETTINGS not in sheets:
        near = nearest(SETTINGS, sheets)
        hint = f"“{near}”表是否应改名为“{SETTINGS}”" if near else "用 report new 另建一个，照它填写"
        problem = f"没有“{SETTINGS}”这张工作表"
        raise UnreadableInputError(problem, place=Place(file), hint=hint)
    return sheets[SETTINGS]


def read_settings(raw: RawTable) -> tuple[dict[str, object], dict[str, Place]]:
    """The filled values of the sheet by the keys of the parameters, and the place of every key.

    Raises `UnreadableInputError` listing every row that is none, and every cell without a
    sure value.
    """
    framed = frame_table(raw, SHEET)
    at = raw.rows[raw.header(SHEET.needed)][1].index(VALUE)
    values: dict[str, object] = {}
    places: dict[str, Place] = {}
    wrong: list[str] = []
    for line, name in framed.texts[NAME].items():
        typed, place = framed.texts[VALUE][line], raw.place(line, VALUE)
        try:
            if not name and not typed:
                continue
            key = _key(name, raw.place(line, NAME), places)
            places[key] = place
            if fault := _fault(raw, line, at, key):
                raise fault.error(place)
            if typed:
                values[key] = _value(key, typed)
        except ReportError as error:
            wrong.append(f"  {error}")
    if wrong:
        raise UnreadableInputError("参数有误：\n" + "\n".join(wrong), place=raw.place())
    return values, places


def _key(name: str, place: Place, seen: Mapping[str, Place]) -> str:
    """The key of a parameter by its name; raises `ReportError` for no name, and for one twice."""
    key = _KEYS.get(folded(name), "")
    if not key:
        near = nearest(name, NAMES.values())
        hint = f"是否应为“{near}”" if near else "参数的名称不要改动"
        raise ReportError(f"没有名为“{brief(name)}”的参数", place=place, hint=hint)
    if key in seen:
        raise ReportError(f"“{name}”与 {seen[key]} 重复", place=place, hint="只留一行")
    return key


def _fault(raw: RawTable, line: int, at: int, key: str) -> Fault | None:
    """Why the cell of a value is not sure."""
    if fault := raw.cells.get((line, at)):
        return fault
    return None if key in _AS_SHOWN else raw.rounded.get((line, at))


def _value(key: str, typed: str) -> object:
    """The value of a parameter as the file of parameters would say it."""
    if key in THRESHOLDS:
        return cells.plain(typed).removesuffix("%")
    if key == "year":
        narrow = cells.plain(typed)
        return int(narrow) if narrow.isascii() and narrow.isdigit() else typed
    if key == "earlier_runs":
        return [] if cells.BLANK.fullmatch(typed) else BETWEEN.split(typed)
    return typed


def blanks(places: Mapping[str, Place]) -> Iterator[tuple[str, object]]:
    """What a row says whose value is left blank."""
    for key in places:
        yield key, [] if key == "earlier_runs" else ""
