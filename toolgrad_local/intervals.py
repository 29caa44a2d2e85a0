"""How sure a figure is: bootstrap intervals, and a test of two models on the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 2000
LEVEL = 0.95
DRAWN_TOGETHER = 500_000
"""Numbers drawn at a time, so that memory does not grow with the samples."""


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13)."""

    value: float
    low: float
    high: float
    count: int
    """Samples that the figure is of."""


def mean_interval(values: Sequence[float], seed: int = 0) -> Interval | None:
    """Of the mean; None without values."""
    return ratio_interval(values, [1.0] * len(values), seed)


def ratio_interval(above: Sequence[float], below: Sequence[float], seed: int = 0) -> Interval | None:
    """Of sum(above) / sum(below), where both are of the same samples, which are drawn again together.

    None if the sum below is zero. A draw whose sum below is zero is left out. The same numbers and seed give the same
    interval.
    """
    import numpy as np

    if len(above) != len(below):
        raise ValueError(f"{len(above)} numbers above and {len(below)} below are not of the same samples")
    numerators, denominators = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    if not denominators.sum():
        return None
    draws, count = np.random.default_rng(seed), len(numerators)
    ratios, together = [], max(1, DRAWN_TOGETHER // count)
    for done in range(0, RESAMPLES, together):
        drawn = draws.integers(count, size=(min(together, RESAMPLES - done), count))
        totals = denominators[drawn].sum(axis=1)
        ratios.append(numerators[drawn].sum(axis=1)[totals != 0] / totals[totals != 0])
    low, high = np.quantile(np.concatenate(ratios), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(numerators.sum() / denominators.sum()), float(low), float(high), count)


@dataclass(frozen=True)
class Paired:
    """Two models on the same rows."""

    difference: float
    """Mean of the second less the first."""
    low: float
    high: float
    p_value: float
    """Two-sided, of the permutation test that swaps the two models row by row."""
    count: int


def compare_paired(first: Sequence[float], second: Sequence[float], seed: int = 0) -> Paired | None:
    """None without rows. Row i of both is the same row; raises ValueError if the lengths differ."""
    import numpy as np
    from scipy.stats import permutation_test

    differences = np.asarray(second, dtype=float) - np.asarray(first, dtype=float)
    interval = mean_interval(differences.tolist(), seed)
    if interval is None:
        return None
    if len(differences) == 1 or not differences.any():  # swapped or not, it is as far from zero
        return Paired(interval.value, interval.low, interval.high, 1.0, interval.count)
    tested = permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",
        n_resamples=9999,
        vectorized=True,
        rng=np.random.default_rng(seed),
    )
    return Paired(interval.value, interval.low, interval.high, float(tested.pvalue), interval.count)


def tell_interval(interval: Interval | None, digits: int = 1, percent: bool = False) -> str:
    """`63.3 (51.7 to 75.0)`; `percent`: times a hundred; a dash without a figure."""
    if interval is None:
        return "–"
    scale = 100 if percent else 1
    value, low, high = (f"{scale * x:,.{digits}f}" for x in (interval.value, interval.low, interval.high))
    return f"{value} ({low} to {high})"
