"""A printed figure judged by the kind it claims to be, from the printed inputs of its row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from helpers.errors import brief
from helpers.figures import exact
from helpers.figures.claim_kinds import CLAIM_KINDS, ClaimKind
from helpers.figures.exact import printed_decimals
from helpers.figures.number import Number
from helpers.figures.rounding_intervals import Interval, Judgement, judge, point, read_printed

LISTED = 4
"""Kinds a message names, of many."""


class ClaimError(ValueError):
    """Why a claim cannot be judged, in Chinese."""


def find_kind(written: str, names: Collection[str]) -> tuple[ClaimKind, list[str]]:
    """The kind meant, and which of the names are its inputs, in order.

    The whole name counts before another name, the first kind that has that before a name it is
    the end of: 控制率 and 得分 will do where the inputs tell which is meant. Raises `ClaimError`
    for no kind, a lacking input, and for several kinds that would fit.
    """
    if not written:
        raise ClaimError("没有写种类")
    called = [kind for kind in CLAIM_KINDS if written == kind.name or written in kind.also]
    ending = [kind for kind in CLAIM_KINDS if kind.name.endswith(written) and kind not in called]
    for kind in sorted(called, key=lambda each: each.name != written):
        if found := kind.given(names):
            return kind, found
    fitting = [(kind, found) for kind in ending if (found := kind.given(names))]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        listed = "、".join(kind.name for kind, _ in fitting)
        raise ClaimError(f"“{brief(written)}”可能是{listed}，请写全称")
    if not (called or ending):
        raise ClaimError(f"没有这种种类：{brief(written)}")
    wanted = "；".join(f"{kind.name}要有{kind.asks_for}" for kind in (called or ending)[:LISTED])
    raise ClaimError(f"缺少所需的数：{wanted}")


def judge_claim(written: str, cells: Mapping[str, str], published: str) -> tuple[Number, Judgement]:
    """Compute a claim from its printed inputs, given by name, and judge what was published.

    `cells` hold plain decimals, maybe with `%`. Raises `ClaimError` for what cannot be judged.
    """
    filled = {name: text for name, text in cells.items() if text}
    kind, names = find_kind(written, filled)
    figure = printed(published, "公开数")
    numbers = [
        Number(
            printed(filled[name], name),
            label=name,
            id=name,
            decimals=printed_decimals(filled[name]),
        )
        for name in names
    ]
    computed = kind.computed(numbers)
    spans = dict(_spans(kind, names, filled))
    decimals = printed_decimals(published)
    return computed, judge(computed, spans, figure, decimals)


def _spans(
    kind: ClaimKind, names: Sequence[str], cells: Mapping[str, str]
) -> Iterator[tuple[str, Interval]]:
    for at, name in enumerate(names):
        text = cells[name].removesuffix("%")
        yield name, point(exact.parse(text)) if kind.is_exact(at, text) else read_printed(text)


def printed(text: str, name: str) -> Fraction:
    """The value of a printed number, its percent sign aside; raises `ClaimError`."""
    try:
        return exact.parse(text.removesuffix("%"))
    except ValueError:
        raise ClaimError(f"{name}不是数字：“{brief(text)}”") from None
