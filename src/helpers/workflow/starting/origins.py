"""What a new run is to the one it is started from, and what a person must know of that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpers.characters import trimmed
from helpers.errors import Place, UnreadableInputError
from helpers.inputs.params import Params
from helpers.inputs.project import NAME
from helpers.workflow.starting.carry_over import Relation

MADE_UP = "虚构"
"""A notice with this word goes on: what comes of made-up data is made-up data."""

NOT_LAST_YEAR = (
    "{source} 是 {year} 年度，不是上一年度：不列上年数和上年文字；"
    "名称和没有完成的整改事项沿用，请逐项核对"
)
NO_LATER = (
    "{source} 是 {year} 年度，不早于 {new} 年度：只沿用本单位的名称，"
    "不列上年数、上年文字和整改事项，不与它比较；名称请按当年核对"
)
OTHER_UNIT = (
    "{source} 是另一单位：只取表头、可选的值和段落名称，"
    "机构、职责、指标、数字、依据、文字、声明和阈值都不沿用"
)
SHARED = "参数 {shared}与 {source} 相同，原单位类别为{kind}；地区或类别不同的，请核对这些参数"


@dataclass(frozen=True)
class NewRun:
    """A run to be started: its name, the run it comes from, what another department is called.

    Without an outline of its own it has that of the run it comes from.
    """

    name: str
    source: str
    department: str = ""
    outline: str = ""

    @property
    def year(self) -> int:
        """The year in its name; raises `UnreadableInputError` if there is none."""
        found = re.search(r"(?:19|20)\d\d", self.name)
        if not found or not NAME.fullmatch(self.name):
            place, hint = Place(f"params/{self.name}.yaml"), "例如 2024，或 demo-2024"
            raise UnreadableInputError("名称中没有年度，或有不能用的字符", place=place, hint=hint)
        return int(found[0])

    def relation(self, old: Params) -> Relation:
        """What it is to the run it is started from."""
        if trimmed(self.department) not in {"", old.department}:
            return "other unit"
        if self.year <= old.year:
            return "no later year"
        return "next year" if self.year == old.year + 1 else "later year"


def consequences(new: NewRun, old: Params) -> list[str]:
    """What a person must know of where a run is started from; nothing of the year before."""
    said: dict[Relation, list[str]] = {
        "next year": [],
        "later year": [NOT_LAST_YEAR.format(source=new.source, year=old.year)],
        "no later year": [NO_LATER.format(source=new.source, year=old.year, new=new.year)],
        "other unit": [
            OTHER_UNIT.format(source=new.source),
            SHARED.format(source=new.source, shared=_shared(old, new), kind=old.kind or "未填"),
        ],
    }
    told = said[new.relation(old)]
    if MADE_UP not in old.notice:
        return told
    if new.relation(old) == "other unit":
        return [*told, f"{new.source} 为虚构数据，其中的数据一概没有带来，新运行不标“虚构数据”"]
    return [*told, f"{new.source} 为虚构数据：首页声明沿用，新运行也标为虚构数据"]


def _shared(old: Params, new: NewRun) -> str:
    """The parameters another unit has from the old run, since it must have some."""
    outline = () if new.outline else ("outline",)
    names = (*outline, "rubric", "project_rubric", "satisfied_from")
    return "、".join(f"{name}（{getattr(old, name)}）" for name in names)
