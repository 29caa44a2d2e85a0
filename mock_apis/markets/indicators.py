"""Technical indicators of a series of prices, oldest first."""

import math
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import InvalidArgument
from mock_apis.markets.exchange_rows import ClosePrice

indicators = Domain(
    "indicators", category="markets", description="Calculator of technical indicators on a series of prices."
)

Prices = Annotated[list[ClosePrice], Field(min_length=2, max_length=120)]
Window = Annotated[int, Field(ge=2, le=60)]
LONGEST = 20
"""Values of a line that a result holds at most: the newest."""


class Line(Record):
    latest: float
    values: list[float]
    """The newest twenty, oldest first."""


class Strength(Record):
    rsi: float
    reading: Literal["oversold", "neutral", "overbought"]
    """Below 30, or above 70, by custom."""


class Bands(Record):
    upper: float
    middle: float
    lower: float
    position_percent: float | None
    """Of the latest price between lower (0) and upper (100) band; null if the bands coincide."""


class Macd(Record):
    macd: float
    signal: float
    histogram: float


class Drawdown(Record):
    max_drawdown_percent: float
    peak_price: float
    trough_price: float


class Returns(Record):
    total_return_percent: float
    mean_daily_percent: float
    daily_volatility_percent: float | None
    """Sample standard deviation of daily returns; null for fewer than two returns."""
    annual_volatility_percent: float | None
    """Times the square root of 252."""


class Comovement(Record):
    correlation: float | None
    """Of daily returns; null if one series does not move."""
    beta: float | None
    """Of the first series against the second."""


@indicators.tool(
    example={"prices": "@stock_market_price_history.prices", "window": 5, "kind": "exponential"}, kind="computation"
)
def moving_average(w: World, prices: Prices, window: Window, kind: Literal["simple", "exponential"] = "simple") -> Line:
    """Compute the simple or exponential moving average of a price series.

    prices: Prices, oldest first, such as those of stock_market_price_history.
    window: How many prices are averaged; the exponential one starts with the mean of so many.
    kind: Equal weights, or weights that fall by 2 / (window + 1).
    """
    check_length(prices, window)
    if kind == "exponential":
        return line(ema(prices, window))
    return line([mean(prices[end - window : end]) for end in range(window, len(prices) + 1)])


@indicators.tool(example={"prices": "@stock_market_price_history.prices"}, kind="computation")
def rsi(w: World, prices: Prices, window: Window = 14) -> Strength:
    """Compute Wilder's relative strength index of a price series.

    prices: Prices, oldest first; one more than the window at least.
    window: How many price changes are averaged, 14 by custom.
    """
    check_length(prices, window + 1)
    changes = differences(prices)
    gain, loss = (mean([max(0.0, sign * change) for change in changes[:window]]) for sign in (1, -1))
    for change in changes[window:]:
        gain = (gain * (window - 1) + max(0.0, change)) / window
        loss = (loss * (window - 1) + max(0.0, -change)) / window
    value = round(100 * gain / (gain + loss), 4) if gain + loss else 50.0
    return Strength(rsi=value, reading="oversold" if value < 30 else "overbought" if value > 70 else "neutral")


@indicators.tool(example={"prices": "@stock_market_price_history.prices"}, kind="computation")
def bollinger(
    w: World, prices: Prices, window: Window = 20, deviations: Annotated[float, Field(ge=1, le=5)] = 2.0
) -> Bands:
    """Compute the Bollinger bands at the end of a price series.

    prices: Prices, oldest first, at least as many as the window.
    window: How many prices are averaged, 20 by custom.
    deviations: Population standard deviations between the middle and a band.
    """
    check_length(prices, window)
    newest = prices[-window:]
    middle = mean(newest)
    spread = deviations * math.sqrt(mean([(price - middle) ** 2 for price in newest]))
    upper, lower = round(middle + spread, 4), round(middle - spread, 4)
    position = round(100 * (prices[-1] - lower) / (upper - lower), 2) if upper > lower else None
    return Bands(upper=upper, middle=round(middle, 4), lower=lower, position_percent=position)


@indicators.tool(
    example={"prices": "@stock_market_price_history.prices", "fast": 5, "slow": 10, "signal": 4}, kind="computation"
)
def macd(w: World, prices: Prices, fast: Window = 12, slow: Window = 26, signal: Window = 9) -> Macd:
    """Compute the MACD, its signal line and histogram at the end of a price series.

    prices: Prices, oldest first, at least slow + signal - 1 of them.
    fast: Window of the fast exponential average, 12 by custom.
    slow: Window of the slow exponential average, 26 by custom.
    signal: Window of the signal line, 9 by custom.
    """
    if fast >= slow:
        raise InvalidArgument(f"fast {fast} must be less than slow {slow}")
    check_length(prices, slow + signal - 1)
    slow_line = ema(prices, slow)
    lines = [quick - late for quick, late in zip(ema(prices, fast)[-len(slow_line) :], slow_line, strict=True)]
    last, smooth = lines[-1], ema(lines, signal)[-1]
    return Macd(macd=round(last, 4), signal=round(smooth, 4), histogram=round(last - smooth, 4))


@indicators.tool(example={"prices": "@stock_market_price_history.prices"}, kind="computation")
def drawdown(w: World, prices: Prices) -> Drawdown:
    """Find the largest fall of a price series from a peak to a later trough.

    prices: Prices, oldest first, such as those of stock_market_price_history.
    """
    peak = prices[0]
    worst, top, bottom = 0.0, peak, peak
    for price in prices:
        peak = max(peak, price)
        if 1 - price / peak > worst:
            worst, top, bottom = 1 - price / peak, peak, price
    return Drawdown(max_drawdown_percent=round(100 * worst, 4), peak_price=top, trough_price=bottom)


@indicators.tool(example={"prices": "@stock_market_price_history.prices"}, kind="computation")
def returns(w: World, prices: Prices) -> Returns:
    """Compute the total return and the volatility of a daily price series.

    prices: Daily prices, oldest first, such as those of stock_market_price_history.
    """
    daily = relative(prices)
    deviation = None
    if len(daily) > 1:
        center = mean(daily)
        deviation = math.sqrt(sum((value - center) ** 2 for value in daily) / (len(daily) - 1))
    return Returns(
        total_return_percent=round(100 * (prices[-1] / prices[0] - 1), 4),
        mean_daily_percent=round(100 * mean(daily), 4),
        daily_volatility_percent=None if deviation is None else round(100 * deviation, 4),
        annual_volatility_percent=None if deviation is None else round(100 * deviation * math.sqrt(252), 4),
    )


@indicators.tool(
    example={"first": "@stock_market_price_history.prices", "second": [100.0, 101.5, 99.8, 102.2]}, kind="computation"
)
def comovement(w: World, first: Prices, second: Prices) -> Comovement:
    """Compute the correlation and beta of the returns of two price series.

    first: Prices of one share, oldest first.
    second: Prices of another; the newest prices of the longer series are used.
    """
    count = min(len(first), len(second))
    one, two = relative(first[-count:]), relative(second[-count:])
    center_one, center_two = mean(one), mean(two)
    shared = sum((a - center_one) * (b - center_two) for a, b in zip(one, two, strict=True))
    own, other = sum((a - center_one) ** 2 for a in one), sum((b - center_two) ** 2 for b in two)
    product = math.sqrt(own) * math.sqrt(other)
    return Comovement(
        correlation=round(max(-1.0, min(1.0, shared / product)), 6) if product > 1e-30 else None,
        beta=round(shared / other, 6) if other > 1e-30 else None,
    )


def check_length(prices: list[float], least: int) -> None:
    """Raises InvalidArgument for a series that is too short."""
    if len(prices) < least:
        raise InvalidArgument(f"prices: {len(prices)} values are too few; at least {least} are needed")


def mean(values: list[float]) -> float:
    """Arithmetic mean."""
    return sum(values) / len(values)


def differences(values: list[float]) -> list[float]:
    """Each value less the one before."""
    return [new - old for old, new in pairwise(values)]


def relative(values: list[float]) -> list[float]:
    """Each value as change relative to the one before."""
    return [new / old - 1 for old, new in pairwise(values)]


def ema(values: list[float], window: int) -> list[float]:
    """Exponential average from the window's mean on."""
    found = [mean(values[:window])]
    for value in values[window:]:
        found.append(found[-1] + (value - found[-1]) * 2 / (window + 1))
    return found


def line(values: list[float]) -> Line:
    """The newest values, rounded."""
    rounded = [round(value, 4) for value in values]
    return Line(latest=rounded[-1], values=rounded[-LONGEST:])
