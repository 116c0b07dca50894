"""Amounts in another unit of money, as numbers or columns that say so."""

from __future__ import annotations

from helpers.figures.arithmetic import ratio
from helpers.figures.number import Number, constant

YUAN_PER_WAN = constant(10_000, "元/万元")
WAN_PER_YI = constant(10_000, "万元/亿元")


@ratio()
def in_yuan(amount: Number) -> Number:
    """An amount in 万元 as one in 元.

    Formula: amount × 10 000.
    """
    return amount * YUAN_PER_WAN


@ratio()
def in_yi(amount: Number) -> Number:
    """An amount in 万元 as one in 亿元.

    Formula: amount ÷ 10 000.
    """
    return amount / WAN_PER_YI
