"""The units of what is computed: kept by sums, multiplied and cancelled by products."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from helpers.errors import ReportError


class UnitMismatchError(ReportError, TypeError):
    """Two units that cannot be added up or compared; a TypeError too, as arithmetic has it."""


def common_unit(units: Iterable[str]) -> str:
    """The one unit of what is added up or compared; a bare number takes that of the others.

    Raises `UnitMismatchError` where there are two.
    """
    known = list(dict.fromkeys(filter(None, units)))
    if len(known) > 1:
        percent = any("%" in unit and unit != "%" for unit in known)
        hint = "百分数先除以 PERCENT 再相乘" if percent else ""
        raise UnitMismatchError(f"单位不同，不能相加减或比较：{'、'.join(known)}", hint=hint)
    return known[0] if known else ""


@lru_cache(maxsize=1024)
def product_unit(left: str, right: str, *, divided: bool = False) -> str:
    """The unit of a product or quotient: `万元` by `人` is `万元/人`; what is alike cancels."""
    if divided and left == right:
        return ""
    powers: Counter[str] = Counter()
    for unit, sign in ((left, 1), (right, -1 if divided else 1)):
        above, _, below = unit.partition("/")
        for side, power in ((above, sign), (below, -sign)):
            for each in filter(None, side.split("·")):
                powers[each] += power
    above = "·".join((+powers).elements())
    below = "·".join((-powers).elements())
    return f"{above}/{below}" if below else above
