"""Confidence intervals of proportions, by scipy; in percent, to four digits after the point.

Statistics are estimates: they pass through floating point here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

CONFIDENCE = 0.95


def wilson_interval(successes: int, trials: int) -> tuple[Fraction, Fraction]:
    """The Wilson score interval of a proportion at 95 %, its ends in percent.

    Source: Wilson (1927); checked against the worked examples of Newcombe (1998).
    """
    from scipy.stats import binomtest  # a second of import that few runs need

    found = binomtest(successes, trials).proportion_ci(CONFIDENCE, method="wilson")
    return _percent(found.low), _percent(found.high)


def stratified_interval(
    strata: Sequence[tuple[int, int, int]], populations: Sequence[int]
) -> tuple[Fraction, Fraction]:
    """The normal interval of a stratified proportion at 95 %, its ends in percent.

    `strata` are (population, sample, successes); a population equal to its sample adds no
    variance. The rate is weighted by `populations`; the variance of a stratum is
    W² (1 − n/N) p (1 − p) / (n − 1).
    Source: Cochran, Sampling Techniques, section 5.10.
    """
    from scipy.stats import norm

    whole = sum(populations)
    rate = variance = 0.0
    for (population, sample, successes), weight in zip(strata, populations, strict=True):
        share, part = successes / sample, weight / whole
        rate += part * share
        variance += part**2 * (1 - sample / population) * share * (1 - share) / (sample - 1)
    reach = norm.ppf((1 + CONFIDENCE) / 2) * sqrt(variance)
    return _percent(max(0.0, rate - reach)), _percent(min(1.0, rate + reach))


def _percent(share: float) -> Fraction:
    return Fraction(f"{share * 100:.4f}")
