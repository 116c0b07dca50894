"""How an item of a rubric is scored: its rule with all the rule needs, read and validated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from helpers.figures import exact
from helpers.figures.number import Number, number
from helpers.inputs import cells
from helpers.inputs.formula_text import Formula, parsed
from helpers.inputs.schema.evaluation import GROUPS, own_kind

RULES = {
    "rate": "比率×分值，不超过分值",
    "bands": "按比率所在的档得分",
    "per_point": "按偏离起点的多少扣分",
    "formula": "按算式得分",
    "indicators": "部门或项目自设的绩效指标得分之和",
    "assessed": "管理情况表中评定的得分",
    "steps": "按评分标准表的分档得分",
    "unpublished": "评分标准未公布，不评分",
}
MEASURED = ("rate", "bands", "per_point", "steps")
"""Rules that make points of a figure, which the item names or works out."""


def _number(text: str) -> str:
    exact.parse(text)
    return text


def _measure(text: str) -> str:
    number(text)
    return text


def _formula(text: str) -> str:
    parsed(text)
    return text


Decimal = Annotated[str, AfterValidator(_number)]
Points = Annotated[str, AfterValidator(lambda text: text and _number(text))]
"""A number of points, or nothing where it is not set yet."""
Measure = Annotated[str, AfterValidator(_measure)]
FormulaText = Annotated[str, AfterValidator(_formula)]
Text = Annotated[str, Field(min_length=1), AfterValidator(cells.fit)]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Model(BaseModel):
    """A part of a rubric."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Band(Model):
    """Points for a figure within bounds, which are formulas; the last may have no bound."""

    from_: Annotated[FormulaText | None, Field(alias="from")] = None
    above: FormulaText | None = None
    to: FormulaText | None = None
    below: FormulaText | None = None
    equals: FormulaText | None = None
    points: Decimal

    @property
    def bounds(self) -> list[tuple[str, Formula]]:
        """What must hold of the figure: a sign and what it is compared with."""
        signs = {"=": self.equals, ">=": self.from_, ">": self.above, "<=": self.to}
        named = signs | {"<": self.below}
        return [(sign, parsed(text)) for sign, text in named.items() if text is not None]


class Loss(Model):
    """Points lost for so much `per` beyond the start; of a rest below it a part, none or all.

    `up_to` caps what is lost; without it all points may be.
    """

    worse: Literal["above", "below"]
    start: Measure
    per: Measure
    points: Decimal
    rest: Literal["part", "none", "all"]
    up_to: Decimal | None = None

    @model_validator(mode="after")
    def _per_is_a_step(self) -> Loss:
        if number(self.per).known <= 0:
            raise ValueError("per 应大于零")
        return self


class Item(Model):
    """One scored line of the sheet (三级指标); `group` is its 二级指标.

    Empty `points` are not set yet: there is no score then.
    """

    id: Id
    name: Text
    group: Text
    points: Points
    confirmed: bool = True
    rule: Literal[
        "rate",
        "bands",
        "per_point",
        "formula",
        "indicators",
        "assessed",
        "steps",
        "unpublished",
    ]
    fact: str = ""
    formula: FormulaText = ""
    absolute: bool | None = None
    bands: list[Band] = []
    loss: Loss | None = None
    kinds: list[str] = []
    explanation: Text
    standard: Text

    @property
    def names(self) -> Iterator[str]:
        """Every figure its rule names."""
        if self.fact:
            yield self.fact
        if self.formula:
            yield from parsed(self.formula).names
        for band in self.bands:
            for _, bound in band.bounds:
                yield from bound.names

    @property
    def own_kinds(self) -> list[str]:
        """The kinds of indicator it sums, by our own names."""
        return [own_kind(kind) for kind in self.kinds]

    @model_validator(mode="after")
    def _rule_has_what_it_needs(self) -> Item:
        if problems := list(self._problems()):
            raise ValueError("；".join(problems))
        return self

    def _problems(self) -> Iterator[str]:
        name = f"“{self.name}”按{self.rule}计分，"
        if self.rule in MEASURED and bool(self.fact) == bool(self.formula):
            yield f"{name}须有 fact 或 formula 之一"
        if self.rule == "formula" and (self.fact or not self.formula):
            yield f"{name}须有 formula，没有 fact"
        if self.rule == "steps" and self.absolute is None:
            yield f"{name}须写明 absolute：true 取绝对值，false 带正负号"
        if self.rule not in {"steps", "bands", "per_point"} and self.absolute is not None:
            yield f"{name}没有 absolute"
        for key, value in {"bands": self.bands, "loss": self.loss}.items():
            if bool(value) != (self.rule == {"bands": "bands", "loss": "per_point"}[key]):
                yield f"{name}{'多了' if value else '须有'} {key}"
        if self.rule == "indicators" and (
            not self.kinds or {own_kind(kind) for kind in self.kinds} - set(GROUPS)
        ):
            yield f"“{self.name}”的 kinds 应取自：{'、'.join(GROUPS)}"
        given = [band.points for band in self.bands] if self.points else []
        if any(not 0 <= exact.parse(each) <= exact.parse(self.points) for each in given):
            yield f"“{self.name}”各档的得分应在零和分值之间"

    def band_points(self) -> list[Number]:
        """The points of its bands, in their order."""
        return [number(band.points, "分") for band in self.bands]
