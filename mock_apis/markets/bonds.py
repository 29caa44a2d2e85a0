"""Prices, yields and durations of plain bonds that have whole coupon periods left."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition

bonds = Domain(
    "bonds", category="markets", description="Calculator of fixed-rate bonds on a coupon date, per 100 of face value."
)

Coupon = Annotated[float, Field(ge=0, le=30)]
Yield = Annotated[float, Field(ge=-5, le=100), Entity("bond.yield_percent")]
Price = Annotated[float, Field(ge=1, le=1000), Entity("bond.price")]
Periods = Annotated[int, Field(ge=1, le=200)]
Frequency = Literal["yearly", "half_yearly", "quarterly"]
COUPONS_A_YEAR: dict[Frequency, int] = {"yearly": 1, "half_yearly": 2, "quarterly": 4}


class BondPrice(Record):
    price: Annotated[float, Entity("bond.price")]
    coupon_amount: float
    """Of one period."""
    standing: Literal["discount", "par", "premium"]


class BondYield(Record):
    yield_percent: Annotated[float, Entity("bond.yield_percent")]
    """A year, compounded at each coupon."""
    current_yield_percent: float
    """Coupons of a year in percent of the price."""


class Duration(Record):
    macaulay_years: float
    modified_years: float
    convexity: float
    price_change_percent_if_yield_rises_1: float
    """By duration and convexity."""


@bonds.tool(
    example={"coupon_percent": 5, "yield_percent": 6, "periods": 20, "frequency": "half_yearly"}, kind="computation"
)
def price(
    w: World, coupon_percent: Coupon, yield_percent: Yield, periods: Periods, frequency: Frequency = "half_yearly"
) -> BondPrice:
    """Price a fixed-rate bond from its yield to maturity, per 100 of face value.

    coupon_percent: Coupon rate a year in percent; 0 for a zero-coupon bond.
    yield_percent: Yield to maturity a year in percent, compounded at each coupon.
    periods: How many coupon periods are left.
    frequency: How often coupons are paid.
    """
    coupons_a_year = COUPONS_A_YEAR[frequency]
    value = round(present_value(coupon_percent, yield_percent, periods, coupons_a_year), 6)
    standing: Literal["discount", "par", "premium"]
    standing = "par" if value == 100 else "premium" if value > 100 else "discount"
    return BondPrice(price=value, coupon_amount=round(coupon_percent / coupons_a_year, 6), standing=standing)


@bonds.tool(
    example={"coupon_percent": 5, "price": 95.0, "periods": 20, "frequency": "half_yearly"},
    errors=[FailedPrecondition],
    kind="computation",
)
def yield_to_maturity(
    w: World, coupon_percent: Coupon, price: Price, periods: Periods, frequency: Frequency = "half_yearly"
) -> BondYield:
    """Find the yield to maturity of a fixed-rate bond from its price.

    coupon_percent: Coupon rate a year in percent; 0 for a zero-coupon bond.
    price: Price per 100 of face value, without accrued interest.
    periods: How many coupon periods are left.
    frequency: How often coupons are paid.
    """
    coupons_a_year = COUPONS_A_YEAR[frequency]
    low, high = -5.0, 100.0
    ends = [present_value(coupon_percent, rate, periods, coupons_a_year) for rate in (high, low)]
    if not ends[0] <= price <= ends[1]:
        raise FailedPrecondition(f"price {price} needs a yield outside of -5 to 100 percent")
    for _ in range(80):
        middle = (low + high) / 2
        if present_value(coupon_percent, middle, periods, coupons_a_year) > price:
            low = middle
        else:
            high = middle
    return BondYield(
        yield_percent=round((low + high) / 2, 6), current_yield_percent=round(100 * coupon_percent / price, 6)
    )


@bonds.tool(
    example={"coupon_percent": 5, "yield_percent": 6, "periods": 20, "frequency": "half_yearly"}, kind="computation"
)
def duration(
    w: World, coupon_percent: Coupon, yield_percent: Yield, periods: Periods, frequency: Frequency = "half_yearly"
) -> Duration:
    """Compute the Macaulay and modified duration and the convexity of a bond.

    coupon_percent: Coupon rate a year in percent; 0 for a zero-coupon bond.
    yield_percent: Yield to maturity a year in percent, compounded at each coupon.
    periods: How many coupon periods are left.
    frequency: How often coupons are paid.
    """
    coupons_a_year = COUPONS_A_YEAR[frequency]
    rate = yield_percent / 100 / coupons_a_year
    flows = [coupon_percent / coupons_a_year + (100 if at == periods else 0) for at in range(1, periods + 1)]
    values = [flow / (1 + rate) ** at for at, flow in enumerate(flows, 1)]
    total = sum(values)
    macaulay = sum(at * value for at, value in enumerate(values, 1)) / total / coupons_a_year
    modified = macaulay / (1 + rate)
    curve = sum(at * (at + 1) * value for at, value in enumerate(values, 1))
    convexity = curve / total / (1 + rate) ** 2 / coupons_a_year**2
    return Duration(
        macaulay_years=round(macaulay, 6),
        modified_years=round(modified, 6),
        convexity=round(convexity, 6),
        price_change_percent_if_yield_rises_1=round(-modified + convexity / 2 / 100, 6),
    )


def present_value(coupon_percent: float, yield_percent: float, periods: int, coupons_a_year: int) -> float:
    """All flows discounted at the yield."""
    factor = 1 / (1 + yield_percent / 100 / coupons_a_year)
    coupons = sum(factor**at for at in range(1, periods + 1)) * coupon_percent / coupons_a_year
    return float(coupons + 100 * factor**periods)
