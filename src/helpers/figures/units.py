"""The units of what is computed: kept by sums, multiplied and cancelled by products."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from helpers.errors import ReportError

TIMES = "倍"
"""The unit of what one amount is of another of its kind; no bare number, and no percentage."""


class UnitMismatchError(ReportError, TypeError):
    """Two units that cannot be added up or compared; a TypeError too, as arithmetic has it."""


def common_unit(units: Iterable[str]) -> str:
    """The one unit of what is added up or compared; a bare number takes that of the others.

    Raises `UnitMismatchError` where there are two.
    """
    known = list(dict.fromkeys(filter(None, units)))
    if len(known) > 1:
        hint = ""
        if any("%" in unit and unit != "%" for unit in known):
            hint = "百分数先除以 PERCENT 再相乘"
        elif {TIMES, "%"} <= set(known):
            hint = "倍数乘以 PERCENT 才是百分数"
        raise UnitMismatchError(f"单位不同，不能相加减或比较：{'、'.join(known)}", hint=hint)
    return known[0] if known else ""


@lru_cache(maxsize=1024)
def product_unit(left: str, right: str, *, divided: bool = False) -> str:
    """The unit of a product or quotient: `万元` by `人` is `万元/人`; what is alike cancels.

    Of a quotient of like quantities nothing is left but how many times, `倍`.
    """
    powers: Counter[str] = Counter()
    for unit, sign in ((left, 1), (right, -1 if divided else 1)):
        above, _, below = unit.partition("/")
        for side, power in ((above, sign), (below, -sign)):
            for each in filter(None, side.split("·")):
                powers[each] += power
    del powers[TIMES]
    above = "·".join((+powers).elements())
    below = "·".join((-powers).elements())
    if not (above or below):
        return TIMES if left or right else ""
    return f"{above}/{below}" if below else above
