"""Amounts in whole 分, so that every identity of the made-up tables holds to the last digit."""

from __future__ import annotations

from random import Random

FEN_PER_WAN = 1_000_000


def wan(fen: int) -> str:
    """An amount in 万元 with six decimals, as accounts in 元 give it."""
    sign, size = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{size // FEN_PER_WAN}.{size % FEN_PER_WAN:06d}"


def about(random: Random, wan_yuan: float, spread: float = 0.04) -> int:
    """An amount in 分 within `spread` of so many 万元."""
    return int(wan_yuan * FEN_PER_WAN * random.uniform(1 - spread, 1 + spread))


def portion(random: Random, fen: int, low: float, high: float) -> int:
    """A part of an amount, between two shares of it."""
    return int(fen * random.uniform(low, high))
