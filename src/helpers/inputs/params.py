"""The typed parameters of one run: few flat keys, unknown names and wrong types refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from helpers.characters import trimmed
from helpers.errors import Place, UnreadableInputError
from helpers.figures import exact
from helpers.figures.number import Number
from helpers.inputs import cells
from helpers.inputs.yaml_files import complaints


def _plain_decimal(text: str) -> str:
    if text:
        exact.parse(text)
    return text


def is_inside(path: str) -> bool:
    """Whether a path, as it is written, stays in the project."""
    parts = path.replace("\\", "/").split("/")
    return not path.startswith(("/", "\\")) and ":" not in path and ".." not in parts


def _inside_project(text: str) -> str:
    if not is_inside(text):
        raise ValueError(text)
    return text


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("应写在一行内")
    return text


def _day_as_text(value: object) -> object:
    """A day as text: YAML makes a date of 2024-03-15 without quotes."""
    return value.isoformat() if isinstance(value, date) else value


def _written_day(text: str) -> str:
    """A day in full, as it is printed; empty where none is set yet."""
    if not text:
        return ""
    try:
        day = cells.day(text)
    except ValueError:
        raise ValueError("没有这一天，或写法不对，例如 2024年3月15日") from None
    return f"{day.year}年{day.month}月{day.day}日"


Text = Annotated[str, AfterValidator(trimmed), AfterValidator(cells.fit)]
Line = Annotated[Text, AfterValidator(_one_line)]
Day = Annotated[Text, BeforeValidator(_day_as_text), AfterValidator(_written_day)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
RunName = Annotated[str, StringConstraints(pattern=r"^\w[\w-]*$")]
Threshold = Annotated[str, AfterValidator(_plain_decimal)]

Stage = Literal["年度", "监控"]
ANNUAL: Stage = "年度"
MONITORING: Stage = "监控"
"""Stages: the yearly report, and the monitoring of January to July sent in August."""

MONITORED = "-monitoring"
"""What the folder of the second has after the run's name."""

MESSAGES = {
    "missing": "缺少这个参数",
    "extra_forbidden": "没有这个参数，可能是拼写有误",
    "int_type": "应为整数，不加引号，例如 2023",
    "string_type": '应为文字；小数和日期要加引号，例如 "90"',
    "greater_than_equal": "年度应为四位数字",
    "less_than_equal": "年度应为四位数字",
    "too_short": "不能为空",
    "string_pattern_mismatch": "应为文件名，不带后缀，只含字母、数字、- 和 _",
    "list_type": "应为列表，例如 [demo-2022, demo-2023]，没有则写 []",
    "too_long": "最多四个以前年度，连同本年共五年",
    "value_error": "写法不对：阈值为加引号的小数，data 为项目内的相对路径",
}

IN_SHEET = {
    "int_type": "应为四位年度，例如 2023",
    "value_error": "写法不对：阈值只填数字，例如 90",
}
"""What is said of a value in a workbook instead, where nothing has quotes."""


class Params(BaseModel):
    """What changes from one run to the next, but for the data themselves.

    `run` is the name of the file, which the stock command hands over with the rest of it.
    Thresholds are texts of percentages; an empty one means that none is known. `outline` names
    a file in params/outlines, `rubric` and `project_rubric` name files in params/rubrics;
    `earlier_runs` are those to compare with; `started_from` is the run this was started from.
    `stage` and `draft` are given by the command, not by the file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    run: RunName
    year: Annotated[int, Field(ge=2000, le=2100)]
    department: Annotated[Line, Field(min_length=1)]
    budget_code: Text
    kind: Text
    data: Annotated[Text, Field(min_length=1), AfterValidator(_inside_project)]
    notice: Text
    status: Literal["草稿", "送审稿", "定稿"]
    prepared_by: Text
    reviewed_by: Text
    head: Text
    secrecy_reviewed_by: Text
    report_date: Day
    monitoring_date: Day
    execution_rate_floor: Threshold
    carryover_rate_ceiling: Threshold
    variance_rate_ceiling: Threshold
    change_rate_ceiling: Threshold
    progress_floor: Threshold
    satisfied_from: Literal["很满意", "满意", "基本满意"]
    small_stratum: Threshold
    weighting_gap: Threshold
    outline: Name
    rubric: Name
    project_rubric: Name
    earlier_runs: Annotated[list[RunName], Field(max_length=4)]
    started_from: RunName | Literal[""] = ""
    stage: Stage = ANNUAL
    draft: bool = False

    @property
    def standing(self) -> str:
        """What stands on top: 草稿 as long as it is one, else the status of the file."""
        return "草稿" if self.draft else self.status

    @property
    def sign_off(self) -> tuple[tuple[str, str, str], ...]:
        """Who signs and when: what it is called, its parameter, and what is filled in."""
        dated = "monitoring_date" if self.stage == MONITORING else "report_date"
        return (
            ("编制人", "prepared_by", self.prepared_by),
            ("审核人", "reviewed_by", self.reviewed_by),
            ("单位负责人", "head", self.head),
            ("保密审查人", "secrecy_reviewed_by", self.secrecy_reviewed_by),
            ("日期", dated, getattr(self, dated)),
        )

    @property
    def suffix(self) -> str:
        """What the folder of a run's output has after its name: nothing, for the yearly report."""
        return MONITORED if self.stage == MONITORING else ""

    @property
    def thresholds(self) -> dict[str, str]:
        """The thresholds by name, as they are written; empty for one that is not set."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in THRESHOLDS}

    def injected(self, declared: Collection[str]) -> dict[str, object]:
        """What a notebook is given: what it declares, and what the command changed."""
        values = self.model_dump()
        changed = {"stage": self.stage != ANNUAL, "draft": self.draft}
        return {name: values[name] for name in values if name in declared or changed.get(name)}

    def threshold(self, name: str) -> Fraction | None:
        """A threshold in percent, or None where none is set."""
        text: str = getattr(self, name)
        return exact.parse(text) if text else None

    def is_below(self, name: str, figure: Number) -> bool:
        """Whether a figure has a value below a threshold that is set."""
        floor = self.threshold(name)
        return floor is not None and figure.defined and figure.known < floor


def read_params(
    values: Mapping[str, object], file: str, names: Mapping[str, str] | None = None
) -> Params:
    """Check plain values against the model; `file` is where the reader will look.

    There they go by `names`, where these are not their keys. Raises `UnreadableInputError`
    naming every wrong key at once.
    """
    try:
        return Params.model_validate(dict(values))
    except ValidationError as error:
        lines = complaints(error, MESSAGES | (IN_SHEET if names else {}), names or {})
        known = "、".join(names.values() if names else Params.model_fields)
        raise UnreadableInputError(
            f"参数有误：\n{lines}\n  可用的参数：{known}", place=Place(file)
        ) from None


THRESHOLDS = frozenset(
    name
    for name, field in Params.model_fields.items()
    if AfterValidator(_plain_decimal) in field.metadata
)
"""The parameters that are thresholds."""
