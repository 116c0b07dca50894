"""Confidence intervals of proportions, in percent, to four digits after the point.

Statistics are estimates: they pass through floating point here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

CONFIDENCE = 0.95


def wilson_interval(successes: int, trials: int) -> tuple[Fraction, Fraction]:
    """The Wilson score interval of a proportion at 95 %, its ends in percent.

    Source: Wilson (1927); checked against the worked examples of Newcombe (1998).
    """
    share, z2 = successes / trials, _z() ** 2
    centre = share + z2 / (2 * trials)
    reach = _z() * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    below = 1 + z2 / trials
    return _percent((centre - reach) / below), _percent((centre + reach) / below)


def stratified_interval(
    strata: Sequence[tuple[int, int, int]], populations: Sequence[int]
) -> tuple[Fraction, Fraction]:
    """The normal interval of a stratified proportion at 95 %, its ends in percent.

    `strata` are (population, sample, successes); a population equal to its sample adds no
    variance. The rate is weighted by `populations`; the variance of a stratum is
    W² (1 − n/N) p (1 − p) / (n − 1).
    Source: Cochran, Sampling Techniques, section 5.10.
    """
    whole = sum(populations)
    rate = variance = 0.0
    for (population, sample, successes), weight in zip(strata, populations, strict=True):
        share, part = successes / sample, weight / whole
        rate += part * share
        variance += part**2 * (1 - sample / population) * share * (1 - share) / (sample - 1)
    reach = _z() * sqrt(variance)
    return _percent(max(0.0, rate - reach)), _percent(min(1.0, rate + reach))


def _z() -> float:
    """The normal quantile of the confidence, 1.95996…"""
    return NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def _percent(share: float) -> Fraction:
    return Fraction(f"{share * 100:.4f}")
