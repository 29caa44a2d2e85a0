"""Ratios and rules of thumb of running a business, computed from figures that the caller gives."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition

business_metrics = Domain("business_metrics", category="business", description="Key figures of a business, computed.")

Amount = Annotated[float, Field(ge=0, le=1e12)]
Positive = Annotated[float, Field(ge=0.01, le=1e12)]
Percent = Annotated[float, Field(ge=0, le=100)]
MarginPercent = Annotated[float, Field(ge=-1e6, le=100), Entity("business.margin_percent")]
ChurnPercent = Annotated[float, Field(ge=0, le=100), Entity("business.churn_percent")]
AcquisitionCost = Annotated[float, Field(ge=0, le=1e12), Entity("business.acquisition_cost")]
Customers = Annotated[int, Field(ge=1, le=10**9)]


class BreakEven(Record):
    contribution_per_unit: float
    units: int
    """The first number of units that loses nothing."""
    revenue: float


class Margin(Record):
    profit: float
    margin_percent: MarginPercent
    """Profit as a share of the price."""
    markup_percent: float | None
    """Profit as a share of the cost; null if the cost is zero."""


class SellingPrice(Record):
    price: float
    profit: float


class Churn(Record):
    churn_percent: ChurnPercent
    retention_percent: float
    expected_periods: float | None
    """How long a customer stays at this rate; null if none leaves."""


class LifetimeValue(Record):
    lifetime_value: float
    expected_months: float


class Payback(Record):
    payback_months: float
    lifetime_value: float
    value_to_cost: float | None
    """Lifetime value divided by acquisition cost; null if the cost is zero."""


class CampaignCost(Record):
    acquisition_cost: AcquisitionCost
    """Spend per new customer."""


class Runway(Record):
    monthly_burn: float
    """Negative if the business earns money."""
    months: float | None
    """Null if the money never runs out."""


class BookYear(Record):
    year: int
    depreciation: float
    book_value: float


class Depreciation(Record):
    method: Literal["straight_line", "double_declining", "sum_of_years"]
    years: list[BookYear]


@business_metrics.tool(
    example={"fixed_costs": 12000, "price": 25, "unit_cost": 10}, errors=[FailedPrecondition], kind="computation"
)
def break_even(w: World, fixed_costs: Amount, price: Positive, unit_cost: Amount) -> BreakEven:
    """Find how many units must be sold to cover the fixed costs.

    fixed_costs: Costs of the period that do not depend on the units sold.
    price: Price of one unit.
    unit_cost: Variable cost of one unit, below the price.
    """
    gain = price - unit_cost
    if gain < 0.0001:
        raise FailedPrecondition(f"unit_cost {unit_cost} is not below price {price}")
    units = math.ceil(round(fixed_costs / gain, 6))
    return BreakEven(contribution_per_unit=round(gain, 4), units=units, revenue=round(units * price, 2))


@business_metrics.tool(example={"price": 50, "cost": 30}, kind="computation")
def margin(w: World, price: Positive, cost: Amount) -> Margin:
    """Compute profit, margin and markup of something sold at a price.

    price: What the customer pays, without tax.
    cost: What it costs the seller.
    """
    profit = price - cost
    return Margin(
        profit=round(profit, 2),
        margin_percent=round(max(-1e6, 100 * profit / price), 4),
        markup_percent=round(100 * profit / cost, 4) if cost >= 0.01 else None,
    )


@business_metrics.tool(
    example={"cost": 30, "margin_percent": "@business_metrics_margin.margin_percent"},
    errors=[FailedPrecondition],
    kind="computation",
)
def price_for_margin(w: World, cost: Positive, margin_percent: MarginPercent) -> SellingPrice:
    """Find the selling price that gives a wanted margin on a cost.

    cost: What it costs the seller.
    margin_percent: Profit as a share of the price, below 100.
    """
    if margin_percent > 99.99:
        raise FailedPrecondition(f"margin_percent {margin_percent} is over 99.99, which no price reaches")
    price = cost / (1 - margin_percent / 100)
    return SellingPrice(price=round(price, 2), profit=round(price - cost, 2))


@business_metrics.tool(
    example={"customers_at_start": 400, "customers_lost": 10}, errors=[FailedPrecondition], kind="computation"
)
def churn(w: World, customers_at_start: Customers, customers_lost: Annotated[int, Field(ge=0, le=10**9)]) -> Churn:
    """Compute the churn and retention rate of a period.

    customers_at_start: Customers on the first day of the period.
    customers_lost: Those among them who left by its last day.
    """
    if customers_lost > customers_at_start:
        raise FailedPrecondition(f"customers_lost {customers_lost} is over customers_at_start {customers_at_start}")
    rate = customers_lost / customers_at_start
    return Churn(
        churn_percent=round(100 * rate, 6),
        retention_percent=round(100 * (1 - rate), 6),
        expected_periods=round(1 / rate, 2) if customers_lost else None,
    )


@business_metrics.tool(example={"spend": 3000, "new_customers": 25}, kind="computation")
def acquisition_cost(w: World, spend: Amount, new_customers: Customers) -> CampaignCost:
    """Compute what a new customer costs in marketing and sales.

    spend: Marketing and sales costs of the period.
    new_customers: Customers won in the same period.
    """
    return CampaignCost(acquisition_cost=round(spend / new_customers, 4))


@business_metrics.tool(
    example={
        "monthly_revenue": 40,
        "margin_percent": "@business_metrics_margin.margin_percent",
        "churn_percent": "@business_metrics_churn.churn_percent",
    },
    errors=[FailedPrecondition],
    kind="computation",
)
def lifetime_value(
    w: World, monthly_revenue: Amount, margin_percent: MarginPercent, churn_percent: ChurnPercent
) -> LifetimeValue:
    """Compute the profit that a customer brings until they leave.

    monthly_revenue: Average revenue a customer and month.
    margin_percent: Share of the revenue that is profit.
    churn_percent: Share of the customers who leave in a month, over zero.
    """
    value = value_of(monthly_revenue, margin_percent, churn_percent)
    return LifetimeValue(lifetime_value=round(value, 2), expected_months=round(100 / churn_percent, 2))


@business_metrics.tool(
    example={
        "acquisition_cost": "@business_metrics_acquisition_cost.acquisition_cost",
        "monthly_revenue": 40,
        "margin_percent": "@business_metrics_margin.margin_percent",
        "churn_percent": "@business_metrics_churn.churn_percent",
    },
    errors=[FailedPrecondition],
    kind="computation",
)
def payback(
    w: World,
    acquisition_cost: AcquisitionCost,
    monthly_revenue: Positive,
    margin_percent: MarginPercent,
    churn_percent: ChurnPercent,
) -> Payback:
    """Find after how many months a customer has earned back what they cost to win.

    acquisition_cost: Marketing and sales costs for one new customer.
    monthly_revenue: Average revenue a customer and month.
    margin_percent: Share of the revenue that is profit, over zero.
    churn_percent: Share of the customers who leave in a month, over zero.
    """
    if margin_percent < 0.01:
        raise FailedPrecondition(f"margin_percent {margin_percent} is below 0.01: the cost is never earned back")
    value = value_of(monthly_revenue, margin_percent, churn_percent)
    return Payback(
        payback_months=round(acquisition_cost / (monthly_revenue * margin_percent / 100), 2),
        lifetime_value=round(value, 2),
        value_to_cost=round(value / acquisition_cost, 2) if acquisition_cost >= 0.01 else None,
    )


@business_metrics.tool(example={"cash": 90000, "monthly_costs": 25000, "monthly_revenue": 10000}, kind="computation")
def runway(w: World, cash: Amount, monthly_costs: Amount, monthly_revenue: Amount = 0) -> Runway:
    """Find how many months a business can live on its cash.

    cash: Money at hand.
    monthly_costs: Money that goes out each month.
    monthly_revenue: Money that comes in each month.
    """
    burn = monthly_costs - monthly_revenue
    return Runway(monthly_burn=round(burn, 2), months=round(cash / burn, 2) if burn >= 0.01 else None)


@business_metrics.tool(
    example={"cost": 10000, "salvage_value": 1000, "years": 5, "method": "straight_line"},
    errors=[FailedPrecondition],
    kind="computation",
)
def depreciation(
    w: World,
    cost: Positive,
    salvage_value: Amount,
    years: Annotated[int, Field(ge=1, le=40)],
    method: Literal["straight_line", "double_declining", "sum_of_years"] = "straight_line",
) -> Depreciation:
    """Lay out year by year how an asset loses its book value.

    cost: What the asset cost.
    salvage_value: What it is worth at the end, at most the cost.
    years: Years of use.
    method: Equal amounts, twice the straight rate of what is left, or by the sum of the years' digits.
    """
    if salvage_value > cost:
        raise FailedPrecondition(f"salvage_value {salvage_value} is over cost {cost}")
    rows, book = [], cost
    for year in range(1, years + 1):
        if method == "straight_line":
            lost = (cost - salvage_value) / years
        elif method == "sum_of_years":
            lost = (cost - salvage_value) * (years + 1 - year) / (years * (years + 1) / 2)
        else:
            lost = min(book * min(1.0, 2 / years), book - salvage_value)
        book -= lost
        rows.append(BookYear(year=year, depreciation=round(lost, 2), book_value=round(book, 2)))
    return Depreciation(method=method, years=rows)


def value_of(monthly_revenue: float, margin_percent: float, churn_percent: float) -> float:
    """Monthly profit times expected months. Raises FailedPrecondition at a churn near zero."""
    if churn_percent < 0.001:
        raise FailedPrecondition(f"churn_percent {churn_percent} is below 0.001: the customer stays for ever")
    return monthly_revenue * margin_percent / churn_percent
