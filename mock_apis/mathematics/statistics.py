"""Descriptive statistics over lists of numbers."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import InvalidArgument

statistics = Domain("statistics", category="mathematics", description="Describe and relate lists of numbers.")

Number = Annotated[float, Field(ge=-1e12, le=1e12)]
Values = Annotated[list[Number], Field(min_length=2, max_length=200)]


class Description(Record):
    count: int
    mean: float
    median: float
    standard_deviation: float
    """Of a sample, with n - 1."""
    minimum: float
    maximum: float
    total: float


class Percentile(Record):
    percent: float
    value: float


class Correlation(Record):
    pearson: float
    spearman: float


class Line(Record):
    slope: float
    intercept: float
    r_squared: float
    prediction: float | None
    """The line's y at the x that was asked for."""


class Outliers(Record):
    lower_fence: float
    upper_fence: float
    total: int
    values: list[float]


class Averages(Record):
    window: int
    values: list[float]


@statistics.tool(example={"values": [4, 8, 15, 16, 23, 42]}, kind="computation")
def describe(w: World, values: Values) -> Description:
    """Summarise numbers: mean, median, sample standard deviation, range, sum.

    values: Two to 200 numbers.
    """
    mean = mean_of(values)
    deviations = math.fsum((value - mean) ** 2 for value in values)
    return Description(
        count=len(values),
        mean=mean,
        median=quantile(values, 50),
        standard_deviation=math.sqrt(deviations / (len(values) - 1)),
        minimum=min(values),
        maximum=max(values),
        total=math.fsum(values),
    )


@statistics.tool(example={"values": [3, 7, 8, 12, 20], "percent": 90}, kind="computation")
def percentile(w: World, values: Values, percent: Annotated[float, Field(ge=0, le=100)]) -> Percentile:
    """Find a percentile, with linear interpolation between neighbours.

    values: Two to 200 numbers, in any order.
    percent: Which percentile, 0 to 100; 50 is the median.
    """
    return Percentile(percent=percent, value=quantile(values, percent))


@statistics.tool(example={"x": [1, 2, 3, 4], "y": [2, 4, 5, 9]}, kind="computation")
def correlation(w: World, x: Values, y: Values) -> Correlation:
    """Measure how two lists go together, by Pearson's r and Spearman's rho.

    x: Two to 200 numbers that are not all equal.
    y: As many numbers, paired with x in order, not all equal.
    """
    require_pairs(x, y)
    return Correlation(pearson=pearson_of(x, y), spearman=pearson_of(ranks(x), ranks(y)))


@statistics.tool(example={"x": [1, 2, 3, 4], "y": [2.1, 3.9, 6.2, 7.8], "predict_at": 5.0}, kind="computation")
def linear_regression(w: World, x: Values, y: Values, predict_at: Number | None = None) -> Line:
    """Fit a straight line by least squares, and predict y for one x.

    x: Two to 200 numbers that are not all equal.
    y: As many numbers, paired with x in order, not all equal.
    predict_at: An x whose y the line is to give; no prediction if left out.
    """
    require_pairs(x, y)
    r = pearson_of(x, y)
    slope = r * spread(y) / spread(x)
    intercept = mean_of(y) - slope * mean_of(x)
    prediction = None if predict_at is None else intercept + slope * predict_at
    return Line(slope=slope, intercept=intercept, r_squared=r * r, prediction=prediction)


@statistics.tool(example={"values": [10, 12, 11, 13, 12, 48]}, kind="computation")
def outliers(w: World, values: Values) -> Outliers:
    """Find the numbers over 1.5 interquartile ranges outside the quartiles.

    values: Two to 200 numbers, in any order.
    """
    low, high = quantile(values, 25), quantile(values, 75)
    lower, upper = low - 1.5 * (high - low), high + 1.5 * (high - low)
    found = [value for value in values if not lower <= value <= upper]
    return Outliers(lower_fence=lower, upper_fence=upper, total=len(found), values=found)


@statistics.tool(example={"values": [2, 4, 6, 8, 10], "window": 3}, kind="computation")
def moving_average(w: World, values: Values, window: Annotated[int, Field(ge=2, le=200)]) -> Averages:
    """Average every run of neighbouring numbers of a fixed length.

    values: Two to 200 numbers, in order of time.
    window: How many neighbours to average; at most as many as there are values.
    """
    if window > len(values):
        raise InvalidArgument(f"window {window} is longer than the {len(values)} values")
    means = [mean_of(values[start : start + window]) for start in range(len(values) - window + 1)]
    return Averages(window=window, values=means)


def mean_of(values: list[float]) -> float:
    """The arithmetic mean."""
    return math.fsum(values) / len(values)


def quantile(values: list[float], percent: float) -> float:
    """The percentile at position (n - 1) * percent / 100 of the sorted numbers."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * percent / 100
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def spread(values: list[float]) -> float:
    """Root of the sum of squared deviations."""
    mean = mean_of(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values))


def pearson_of(x: list[float], y: list[float]) -> float:
    """Pearson's r, kept within -1 and 1."""
    mean_x, mean_y = mean_of(x), mean_of(y)
    wide, high = spread(x), spread(y)
    r = math.fsum((a - mean_x) / wide * ((b - mean_y) / high) for a, b in zip(x, y, strict=True))
    return max(-1.0, min(1.0, r))


def ranks(values: list[float]) -> list[float]:
    """Ranks from 1; equal numbers share their mean rank."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) + 1) / 2 for value in values]


def require_pairs(x: list[float], y: list[float]) -> None:
    """Raises InvalidArgument unless both lists are of one length and vary."""
    if len(x) != len(y):
        raise InvalidArgument(f"y has {len(y)} numbers and x has {len(x)}")
    for name, values in (("x", x), ("y", y)):
        if spread(values) <= 1e-9 * max(map(abs, values)):
            raise InvalidArgument(f"{name}: all numbers are equal, or nearly so")
