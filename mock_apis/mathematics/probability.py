"""Chances, and distributions written as text such as normal(100,15)."""

import math
import re
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.science.figures import sig

probability = Domain(
    "probability", category="mathematics", description="Chances, and distributions such as normal(100,15)."
)

Distribution = Annotated[str, Field(pattern=r"^[a-z]+\([0-9.-]+(,[0-9.]+)?\)$"), Entity("probability.distribution")]
"""normal(mean,deviation), exponential(rate), uniform(low,high), poisson(mean), binomial(trials,chance)
or geometric(chance)."""
Number = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]
Chance = Annotated[float, Field(ge=0, le=1)]
PARAMETERS = {"normal": 2, "exponential": 1, "uniform": 2, "poisson": 1, "binomial": 2, "geometric": 1}


class Fitted(Record):
    distribution: Distribution


class Between(Record):
    probability: float


class Quantile(Record):
    value: float


class Moments(Record):
    mean: float
    variance: float
    standard_deviation: float


class DiceSum(Record):
    mean: float
    chance_of_exactly: float
    chance_of_at_least: float


class Shared(Record):
    chance_of_a_match: float


@probability.tool(
    example={"family": "normal", "values": [92, 101, 110, 97, 105]}, errors=[FailedPrecondition], kind="computation"
)
def fit(
    w: World,
    family: Literal["normal", "exponential", "poisson"],
    values: Annotated[list[Number], Field(min_length=2, max_length=200)],
) -> Fitted:
    """Fit a distribution to observed numbers by their mean and deviation.

    family: Which kind of distribution.
    values: Two to 200 observations; not negative unless normal, not all equal if normal.
    """
    mean = math.fsum(values) / len(values)
    if family == "normal":
        spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
        if spread < 1e-4:
            raise FailedPrecondition("values are all equal, or nearly so")
        return Fitted(distribution=f"normal({text_of(mean)},{text_of(spread)})")
    if min(values) < 0 or not 1e-3 <= mean <= 10_000:
        raise FailedPrecondition(f"values must not be negative and have a mean of 0.001 to 10000 for {family}")
    return Fitted(distribution=f"{family}({text_of(mean if family == 'poisson' else 1 / mean)})")


@probability.tool(example={"distribution": "normal(100,15)", "low": 85.0, "high": 115.0}, kind="computation")
def between(w: World, distribution: Distribution, low: Number | None = None, high: Number | None = None) -> Between:
    """Give the chance that a value falls between two bounds, both included.

    distribution: normal(100,15), exponential(0.5), uniform(0,1), poisson(4), binomial(10,0.5) or geometric(0.2).
    low: Smallest value that counts; no lower bound if left out.
    high: Largest value that counts; no upper bound if left out.
    """
    name, numbers = read(distribution)
    discrete = name in ("poisson", "binomial", "geometric")
    upper = 1.0 if high is None else cumulative(name, numbers, high)
    lower = 0.0 if low is None else cumulative(name, numbers, math.ceil(low) - 1 if discrete else low)
    return Between(probability=sig(max(0.0, upper - lower), 8))


@probability.tool(
    example={"distribution": "@probability_fit.distribution", "share": 0.95},
    errors=[FailedPrecondition],
    kind="computation",
)
def quantile(w: World, distribution: Distribution, share: Chance) -> Quantile:
    """Find the value below which a share of a distribution lies.

    distribution: Such as normal(100,15) or poisson(4); see probability_between for all kinds.
    share: From 0.000001 to 0.999999; 0.5 gives the median.
    """
    name, numbers = read(distribution)
    if not 1e-6 <= share <= 1 - 1e-6:
        raise FailedPrecondition(f"share {share} must be from 0.000001 to 0.999999")
    mean, variance = moments_of(name, numbers)
    low, high = mean - 60 * math.sqrt(variance) - 1, mean + 60 * math.sqrt(variance) + 1
    discrete = name in ("poisson", "binomial", "geometric")
    for _ in range(70):
        middle = (low + high) / 2
        if cumulative(name, numbers, middle) >= share - 1e-12:
            high = middle
        else:
            low = middle
    return Quantile(value=float(round(high)) if discrete else sig(high, 8))


@probability.tool(example={"distribution": "@probability_fit.distribution"}, kind="computation")
def moments(w: World, distribution: Distribution) -> Moments:
    """Give mean, variance and standard deviation of a distribution.

    distribution: Such as binomial(10,0.5); see probability_between for all kinds.
    """
    mean, variance = moments_of(*read(distribution))
    return Moments(mean=sig(mean, 8), variance=sig(variance, 8), standard_deviation=sig(math.sqrt(variance), 8))


@probability.tool(
    example={"first": "normal(100,15)", "second": "normal(20,8)"}, errors=[FailedPrecondition], kind="computation"
)
def add_independent(w: World, first: Distribution, second: Distribution) -> Fitted:
    """Give the distribution of the sum of two independent variables.

    first: A normal, Poisson or binomial distribution, such as normal(100,15).
    second: Another of the same kind; binomial ones must have the same chance.
    """
    (one, a), (two, b) = read(first), read(second)
    if one != two or one not in ("normal", "poisson", "binomial") or (one == "binomial" and a[1] != b[1]):
        raise FailedPrecondition(
            "second must be of the first's kind: two normal, Poisson or equal-chance binomial ones"
        )
    if one == "normal":
        result = f"normal({text_of(a[0] + b[0])},{text_of(math.hypot(a[1], b[1]))})"
    else:
        result = f"{one}({text_of(a[0] + b[0])}" + (f",{text_of(a[1])})" if one == "binomial" else ")")
    read(result)
    return Fitted(distribution=result)


@probability.tool(
    example={"prior": 0.01, "if_true": 0.95, "if_false": 0.05}, errors=[FailedPrecondition], kind="computation"
)
def bayes(w: World, prior: Chance, if_true: Chance, if_false: Chance) -> Between:
    """Update the chance of a hypothesis after an observation (Bayes).

    prior: Chance of the hypothesis before, 0 to 1.
    if_true: Chance of the observation if the hypothesis is true.
    if_false: Chance of the observation if it is false.
    """
    total = prior * if_true + (1 - prior) * if_false
    if total < 1e-300:
        raise FailedPrecondition("if_true and if_false make the observation impossible")
    return Between(probability=sig(prior * if_true / total, 8))


@probability.tool(example={"dice": 2, "sides": 6, "total": 7}, kind="computation")
def dice_sum(
    w: World,
    dice: Annotated[int, Field(ge=1, le=20)],
    sides: Annotated[int, Field(ge=2, le=100)],
    total: Annotated[int, Field(ge=1, le=2000)],
) -> DiceSum:
    """Give the chance of a total with several equal dice.

    dice: Number of dice, 1 to 20.
    sides: Sides of each die, 2 to 100.
    total: The total asked for.
    """
    ways = [1]
    for _ in range(dice):
        sums = [0]
        for at in range(len(ways) + sides):
            sums.append(sums[-1] + (ways[at] if at < len(ways) else 0))
        ways = [sums[at] - sums[max(0, at - sides)] for at in range(len(ways) + sides)]
    count = sides**dice
    exactly = ways[total] if total < len(ways) else 0
    return DiceSum(
        mean=dice * (sides + 1) / 2,
        chance_of_exactly=sig(exactly / count, 8),
        chance_of_at_least=sig(sum(ways[total:]) / count, 8),
    )


@probability.tool(example={"people": 23, "kinds": 365}, kind="computation")
def shared_birthday(
    w: World, people: Annotated[int, Field(ge=1, le=1000)], kinds: Annotated[int, Field(ge=1, le=1_000_000)] = 365
) -> Shared:
    """Give the chance that two of a group share a birthday, or another mark.

    people: Size of the group.
    kinds: How many equally likely birthdays or marks there are.
    """
    different = math.prod(max(0.0, 1 - at / kinds) for at in range(people))
    return Shared(chance_of_a_match=sig(1 - different, 8))


def read(text: str) -> tuple[str, list[float]]:
    """Kind and parameters. Raises InvalidArgument."""
    name, _, inner = text.rstrip(")").partition("(")
    parts = inner.split(",")
    if name not in PARAMETERS or len(parts) != PARAMETERS[name]:
        raise InvalidArgument(
            f"distribution '{text[:60]}': write normal(100,15), poisson(4), binomial(10,0.5) or the like"
        )
    if not all(re.fullmatch(r"-?[0-9]{1,7}(\.[0-9]{1,9})?", part) for part in parts):
        raise InvalidArgument(
            f"distribution '{text[:60]}': a number is malformed or has over 7 digits before the point"
        )
    numbers = [float(part) for part in parts]
    a, b = numbers[0], numbers[-1]
    fine = {
        "normal": 1e-6 <= b <= 1e6,
        "exponential": 1e-6 <= a <= 1e6,
        "uniform": a < b,
        "poisson": 1e-6 <= a <= 20_000,
        "binomial": a == int(a) and 1 <= a <= 20_000 and 0 <= b <= 1,
        "geometric": 1e-3 <= a <= 1,
    }[name]
    if not fine:
        raise InvalidArgument(
            f"distribution '{text[:60]}': a parameter is out of range (poisson and binomial go to 20000)"
        )
    return name, numbers


def cumulative(name: str, numbers: list[float], x: float) -> float:
    """The chance of at most x."""
    a, b = numbers[0], numbers[-1]
    if name == "normal":
        return math.erfc((a - x) / b / math.sqrt(2)) / 2
    if name == "exponential":
        return -math.expm1(-a * x) if x > 0 else 0.0
    if name == "uniform":
        return min(1.0, max(0.0, (x - a) / (b - a)))
    top = math.floor(x)
    if name == "geometric":
        return 0.0 if top < 1 else 1.0 if a == 1 else -math.expm1(top * math.log1p(-a))
    return discrete_sum(name, a, b, top)


def discrete_sum(name: str, a: float, b: float, top: int) -> float:
    """Poisson or binomial chance of at most `top`, by summing the terms within 40 deviations of the mean."""
    if top < 0:
        return 0.0
    mean, variance = moments_of(name, [a, b])
    width = 40 * math.sqrt(variance) + 40
    low, high = max(0, int(mean - width)), min(top, int(mean + width), int(a) if name == "binomial" else top)
    if name == "binomial" and b in (0, 1):
        return float(top >= a * b)
    if name == "poisson":
        logs = (k * math.log(a) - a - math.lgamma(k + 1) for k in range(low, high + 1))
    else:
        whole, yes, no = math.lgamma(a + 1), math.log(b), math.log1p(-b)
        logs = (
            whole - math.lgamma(k + 1) - math.lgamma(a - k + 1) + k * yes + (a - k) * no for k in range(low, high + 1)
        )
    return min(1.0, math.fsum(map(math.exp, logs)))


def moments_of(name: str, numbers: list[float]) -> tuple[float, float]:
    """Mean and variance."""
    a, b = numbers[0], numbers[-1]
    return {
        "normal": lambda: (a, b * b),
        "exponential": lambda: (1 / a, 1 / a**2),
        "uniform": lambda: ((a + b) / 2, (b - a) ** 2 / 12),
        "poisson": lambda: (a, a),
        "binomial": lambda: (a * b, a * b * (1 - b)),
        "geometric": lambda: (1 / a, (1 - a) / a**2),
    }[name]()


def text_of(number: float) -> str:
    """At most six decimals, without trailing zeros."""
    return f"{number + 0.0:.6f}".rstrip("0").rstrip(".")
