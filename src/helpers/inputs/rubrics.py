"""A rubric as data: parts, items, points and rules of a score sheet, read and validated."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from helpers.errors import Place, UnreadableInputError
from helpers.figures import exact
from helpers.figures.number import Number
from helpers.inputs.rubric_rules import Decimal, Id, Item, Model, Points, Text
from helpers.inputs.yaml_files import complaints, read_mapping

MESSAGES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，可能是拼写有误",
    "string_type": '应为文字；数字要加引号，例如 "20"',
    "int_type": "应为整数或留空",
}


def _repeated(name: str, bounds: list[str]) -> Iterator[str]:
    if len({exact.parse(bound) for bound in bounds}) < len(bounds):
        yield f"{name}的分界有重复"


def _sum_of(parts: list[str], whole: str, what: str) -> Iterator[str]:
    """What is wrong with the points of some parts; those not set yet may be what is left."""
    total = sum((exact.parse(points) for points in parts if points), Fraction(0))
    if whole and (total > exact.parse(whole) if "" in parts else total != exact.parse(whole)):
        yield f"{what}分值合计{'为' * (not what)} {total}，应为 {whole}"


class Rounding(Model):
    """Where scoring rounds: the rate first to so many digits (None: not), the score as shown.

    Scores are added up as they are shown, so that a signed sheet foots, unless `added_up` says
    that they are added unrounded.
    """

    rate_decimals: Annotated[int, Field(ge=0, le=6)] | None
    score_decimals: Annotated[int, Field(ge=0, le=6)]
    added_up: Literal["rounded", "unrounded"] = "rounded"

    def of(self, score: Number) -> Number:
        """A score as it is added up."""
        return round(score, self.score_decimals) if self.added_up == "rounded" else score


class Deduction(Model):
    """Share of the points lost, in percent, from an excess over the target on, in percent."""

    from_: Annotated[Decimal, Field(alias="from")]
    deduct: Decimal


class OverTarget(Model):
    """Deductions for a target set too low; only with a person's finding and its reason."""

    confirmed: bool
    steps: list[Deduction]

    def deduction(self, excess: Fraction) -> Fraction:
        """Percent of the points lost at an excess in percent: the highest step it reaches."""
        reached = [step for step in self.steps if exact.parse(step.from_) <= excess]
        return max((exact.parse(step.deduct) for step in reached), default=Fraction(0))


class Level(Model):
    """A grade of qualitative indicators and the percent of the points it allows."""

    name: Text
    from_: Annotated[Decimal, Field(alias="from")]
    to: Decimal

    def holds(self, share: Fraction) -> bool:
        """Whether a share of the points, in percent, lies within the grade, ends included."""
        return exact.parse(self.from_) <= share <= exact.parse(self.to)


class Qualitative(Model):
    """The grades of qualitative indicators."""

    confirmed: bool
    levels: list[Level]

    def level(self, name: str) -> Level | None:
        """The grade of that name."""
        return next((level for level in self.levels if level.name == name), None)


class Grade(Model):
    """A grade of the total score and the score it begins at."""

    name: Text
    from_: Annotated[Decimal, Field(alias="from")]


class Part(Model):
    """A part of the sheet (一级指标)."""

    id: Id
    name: Text
    points: Points
    items: list[Item]


class Rubric(Model):
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
        if problems := list(self._problems()):
            raise ValueError("；".join(problems))
        return self

    def _problems(self) -> Iterator[str]:
        for part in self.parts:
            points = [item.points for item in part.items]
            yield from _sum_of(points, part.points, f"“{part.name}”各项")
        yield from _sum_of([part.points for part in self.parts], "100", "")
        ids = [part.id for part in self.parts] + [item.id for _, item in self.items]
        repeated = sorted({id for id in ids if ids.count(id) > 1})
        if repeated:
            yield f"编号重复：{'、'.join(repeated)}"
        yield from _repeated("grades", [grade.from_ for grade in self.grades])
        yield from _repeated("over_target", [step.from_ for step in self.over_target.steps])


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
