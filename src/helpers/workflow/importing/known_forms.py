"""The forms an import knows, and the headings by which it knows each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.inputs.raw_tables import RawTable
from helpers.workflow.importing.form_rows import Words, heading
from helpers.workflow.importing.funds import AMOUNTS, WHOLE
from helpers.workflow.importing.indicator_words import INDICATOR_HEADS

OF_YEAR = re.compile(r"^(?:\d{4}|上|本|当)年度?(?=.)")
"""How a heading begins that is of one year."""


@dataclass(frozen=True)
class KnownForm:
    """A form by its name, and its headings, each in the ways it is written."""

    name: str
    headings: tuple[Words, ...]

    def missed(self, raw: RawTable) -> list[Words]:
        """The headings a sheet lacks."""
        held = {OF_YEAR.sub("", heading(cell)) for _, row in raw.rows for cell in row}
        return [words for words in self.headings if not held & set(words)]

    def nearness(self, raw: RawTable) -> float:
        """Share of the headings a sheet has."""
        return 1 - len(self.missed(raw)) / len(self.headings)


_OF_INDICATORS = tuple(INDICATOR_HEADS[key] for key in ("name", "target", "points"))
_OF_FUNDS = (AMOUNTS["全年预算数"], AMOUNTS["全年执行数"], WHOLE)

KNOWN_FORMS = (
    KnownForm("收入支出决算总表", (("项目",), ("决算数", "金额"), ("收入",), ("支出",))),
    KnownForm(
        "支出决算表",
        tuple((word,) for word in ("类", "款", "项", "本年支出合计", "基本支出", "项目支出")),
    ),
    KnownForm("项目支出绩效自评表", (("项目名称",), *_OF_FUNDS, *_OF_INDICATORS)),
    KnownForm("部门整体绩效自评表", (*_OF_FUNDS, *_OF_INDICATORS)),
    KnownForm(
        "部门整体支出绩效评价基础数据表",
        (("编制数",), ("实际在职人数", "在职人数", "在职人员数"), ("预算数",), ("决算数",)),
    ),
    KnownForm("评分表", tuple(INDICATOR_HEADS[key] for key in ("name", "points", "score"))),
)


def expected() -> str:
    """What can be imported, with the headings of each form."""
    listed = (f"{form.name}：{_listed(form.headings)}" for form in KNOWN_FORMS)
    return "\n".join(("可导入的表，和由哪些表头认出：", *listed))


def nearest_miss(raws: Sequence[RawTable]) -> str:
    """The sheet that came nearest to a form, and what it lacks; empty where none has a heading."""
    rated = [(form.nearness(raw), form, raw) for raw in raws for form in KNOWN_FORMS]
    share, form, raw = max(rated, key=lambda each: each[0], default=(0, KNOWN_FORMS[0], None))
    if raw is None or not share:
        return ""
    missed = form.missed(raw)
    lacking = f"缺少表头：{_listed(missed)}" if missed else "表头不在同一行，或没有所需的行"
    return f"{raw.place()}与{form.name}最接近，{lacking}"


def _listed(headings: Sequence[Words]) -> str:
    return "、".join("或".join(words[:2]) for words in headings)
