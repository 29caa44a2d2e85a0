"""How sure a figure is: bootstrap intervals, and a test of two models on the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

RESAMPLES = 2000
LEVEL = 0.95
Ratio = tuple[Sequence[float], Sequence[float]]
"""A sum's numbers and those of the sum it is divided by, of the same samples."""
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
    if not sum(below):
        return None
    return make_interval(sum(above) / sum(below), draw_ratios(above, below, seed), len(above))


def ratio_difference(first: Ratio, second: Ratio, *, paired: bool, seed: int = 0) -> Interval | None:
    """Of the second ratio less the first.

    `paired`: sample i of both belongs together (one world, one user), and they are drawn again together. None if either
    has nothing to divide by, and for pairs of which no draw has something in both.
    """
    if not sum(first[1]) or not sum(second[1]):
        return None
    if paired and len(first[1]) != len(second[1]):
        raise ValueError(f"{len(first[1])} and {len(second[1])} samples are no pairs")
    drawn = draw_ratios(*second, seed) - draw_ratios(*first, seed if paired else seed + 1)
    return make_interval(sum(second[0]) / sum(second[1]) - sum(first[0]) / sum(first[1]), drawn, len(second[1]))


def draw_ratios(above: Sequence[float], below: Sequence[float], seed: int) -> Any:
    """The ratio of each of RESAMPLES draws, NaN where it has nothing to divide by; as many samples and the same seed
    draw the same places."""
    import numpy as np

    if len(above) != len(below):
        raise ValueError(f"{len(above)} numbers above and {len(below)} below are not of the same samples")
    numerators, denominators = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    draws, count = np.random.default_rng(seed), len(numerators)
    ratios, together = [], max(1, DRAWN_TOGETHER // count)
    for done in range(0, RESAMPLES, together):
        drawn = draws.integers(count, size=(min(together, RESAMPLES - done), count))
        totals = denominators[drawn].sum(axis=1)
        ratios.append(numerators[drawn].sum(axis=1) / np.where(totals, totals, np.nan))
    return np.concatenate(ratios)


def make_interval(value: float, drawn: Any, count: int) -> Interval | None:
    """The percentile interval of what was drawn."""
    import numpy as np

    if np.isnan(drawn).all():
        return None
    low, high = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(value), float(low), float(high), count)


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
