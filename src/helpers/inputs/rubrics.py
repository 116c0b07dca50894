"""A rubric as data: parts, items, points and rules of a score sheet, read and validated."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from helpers.errors import Place, UnreadableInputError
from helpers.figures import exact
from helpers.inputs import cells
from helpers.inputs.schema.evaluation import GROUPS
from helpers.inputs.yaml_files import complaints, read_mapping

RULES = {
    "rate": "比率×分值，不超过分值",
    "indicators": "部门或项目自设的绩效指标得分之和",
    "assessed": "管理情况表中评定的得分",
    "steps": "按评分标准表的分档得分",
}


MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，可能是拼写有误",
    "string_type": '应为文字；数字要加引号，例如 "20"',
    "int_type": "应为整数或留空",
}


def _number(text: str) -> str:
    exact.parse(text)
    return text


def _ascending(name: str, bounds: list[str]) -> None:
    numbers = [exact.parse(bound) for bound in bounds]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"{name}的分界有重复")


Decimal = Annotated[str, AfterValidator(_number)]
Text = Annotated[str, Field(min_length=1), AfterValidator(cells.fit)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Rounding(_Model):
    """Where scoring rounds: the rate first to so many digits (None: not), the score as shown."""

    rate_decimals: Annotated[int, Field(ge=0, le=6)] | None
    score_decimals: Annotated[int, Field(ge=0, le=6)]


class Deduction(_Model):
    """Share of the points lost, in percent, from an excess over the target on, in percent."""

    from_: Annotated[Decimal, Field(alias="from")]
    deduct: Decimal


class OverTarget(_Model):
    """Deductions for a target set too low; only with a person's finding and its reason."""

    confirmed: bool
    steps: list[Deduction]

    def deduction(self, excess: Fraction) -> Fraction:
        """Percent of the points lost at an excess in percent: the highest step it reaches."""
        reached = [step for step in self.steps if exact.parse(step.from_) <= excess]
        return max((exact.parse(step.deduct) for step in reached), default=Fraction(0))


class Level(_Model):
    """A grade of qualitative indicators and the percent of the points it allows."""

    name: Text
    from_: Annotated[Decimal, Field(alias="from")]
    to: Decimal

    def holds(self, share: Fraction) -> bool:
        """Whether a share of the points, in percent, lies within the grade, ends included."""
        return exact.parse(self.from_) <= share <= exact.parse(self.to)


class Qualitative(_Model):
    """The grades of qualitative indicators."""

    confirmed: bool
    levels: list[Level]

    def level(self, name: str) -> Level | None:
        """The grade of that name."""
        return next((level for level in self.levels if level.name == name), None)


class Grade(_Model):
    """A grade of the total score and the score it begins at."""

    name: Text
    from_: Annotated[Decimal, Field(alias="from")]


class Item(_Model):
    """One scored line of the sheet (三级指标); `group` is its 二级指标."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    group: Text
    points: Decimal
    confirmed: bool = True
    rule: Literal["rate", "indicators", "assessed", "steps"]
    fact: str = ""
    kinds: list[str] = []
    explanation: Text
    standard: Text

    @model_validator(mode="after")
    def _rule_has_what_it_needs(self) -> Item:
        if self.rule in {"rate", "steps"} and not self.fact:
            raise ValueError(f"“{self.name}”按{self.rule}计分，须有 fact")
        if self.rule == "indicators" and (not self.kinds or set(self.kinds) - set(GROUPS)):
            raise ValueError(f"“{self.name}”的 kinds 应取自：{'、'.join(GROUPS)}")
        return self


class Part(_Model):
    """A part of the sheet (一级指标)."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    points: Decimal
    items: list[Item]


class Rubric(_Model):
    """A score sheet. Points add up to 100, part by part and item by item."""

    name: Text
    scope: Literal["department", "project"]
    source: Text
    rounding: Rounding
    rescale: bool
    over_target: OverTarget
    qualitative: Qualitative
    grades: list[Grade]
    parts: list[Part]

    @property
    def items(self) -> Iterator[tuple[Part, Item]]:
        """Every item with its part, in the order of the sheet."""
        return ((part, item) for part in self.parts for item in part.items)

    def grade(self, score: Fraction) -> str:
        """The grade of a total score: the highest whose beginning the score, as shown, reaches."""
        shown = Fraction(exact.round_to(score, self.rounding.score_decimals))
        reached = [grade for grade in self.grades if exact.parse(grade.from_) <= shown]
        return max(reached, key=lambda grade: exact.parse(grade.from_)).name if reached else ""

    @model_validator(mode="after")
    def _adds_up(self) -> Rubric:
        for part in self.parts:
            items = sum((exact.parse(item.points) for item in part.items), Fraction(0))
            if items != exact.parse(part.points):
                raise ValueError(f"“{part.name}”各项分值合计 {items}，应为 {part.points}")
        total = sum((exact.parse(part.points) for part in self.parts), Fraction(0))
        if total != 100:
            raise ValueError(f"分值合计为 {total}，应为 100")
        ids = [part.id for part in self.parts] + [item.id for _, item in self.items]
        repeated = sorted({id for id in ids if ids.count(id) > 1})
        if repeated:
            raise ValueError(f"编号重复：{'、'.join(repeated)}")
        _ascending("grades", [grade.from_ for grade in self.grades])
        _ascending("over_target", [step.from_ for step in self.over_target.steps])
        return self


def read_rubric(folder: Path, name: str, scope: Literal["department", "project"]) -> Rubric:
    """Read `params/rubrics/NAME.yaml`; `folder` is the project's root.

    Raises `UnreadableInputError` naming every wrong key at once.
    """
    file = rubric_file(name)
    values = read_mapping(folder / file, file)
    try:
        rubric = Rubric.model_validate(values)
    except ValidationError as error:
        lines = complaints(error, MESSAGES)
        raise UnreadableInputError(
            f"评分表有误：\n{lines}", place=Place(file), hint="写法见 docs/rubrics.md"
        ) from None
    if rubric.scope != scope:
        raise UnreadableInputError(
            f"scope 为 {rubric.scope}，这里需要 {scope}", place=Place(file), hint="换一份评分表"
        )
    return rubric


def rubric_file(name: str) -> str:
    """Where a rubric stands, from the project's root."""
    return f"params/rubrics/{name}.yaml"
