"""Rules of stock keeping: how much to order, when, and what to keep for bad surprises."""

import math
from statistics import NormalDist, fmean, stdev
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity

stock_planning = Domain(
    "stock_planning", category="business", description="Order quantities and safety stocks, computed."
)

Amount = Annotated[float, Field(ge=0, le=1e12)]
Positive = Annotated[float, Field(ge=0.01, le=1e12)]
UnitsPerDay = Annotated[float, Field(ge=0, le=1e9), Entity("stock.units_per_day")]
DemandDeviation = Annotated[float, Field(ge=0, le=1e9), Entity("stock.demand_deviation")]
YearlyDemand = Annotated[float, Field(ge=0.01, le=1e12), Entity("stock.yearly_demand")]
SafetyStock = Annotated[float, Field(ge=0, le=1e12), Entity("stock.safety_stock")]


class Demand(Record):
    units_per_day: UnitsPerDay
    demand_deviation: DemandDeviation
    """Sample standard deviation of a day's demand."""
    yearly_demand: YearlyDemand
    """365 days of the mean; at least 0.01."""


class Safety(Record):
    safety_stock: SafetyStock
    z: float
    """Standard deviations that the service level asks for."""


class OrderQuantity(Record):
    quantity: float
    orders_per_year: float
    yearly_cost: float
    """For ordering and for holding half of a lot on average."""


class ReorderPoint(Record):
    units: float


class Turnover(Record):
    turns_per_year: float
    days_in_stock: float | None
    """365 divided by the turns; null if nothing was sold."""


@stock_planning.tool(example={"daily_units": [18, 22, 20, 25, 15]}, kind="computation")
def demand(
    w: World, daily_units: Annotated[list[Annotated[float, Field(ge=0, le=1e8)]], Field(min_length=2, max_length=60)]
) -> Demand:
    """Sum up the demand of some days as mean, deviation and yearly demand.

    daily_units: Units used on each of 2 to 60 days.
    """
    mean = fmean(daily_units)
    return Demand(
        units_per_day=round(mean, 4),
        demand_deviation=round(stdev(daily_units), 4),
        yearly_demand=max(0.01, round(365 * mean, 2)),
    )


@stock_planning.tool(
    example={"demand_deviation": "@stock_planning_demand.demand_deviation", "lead_time_days": 7, "service_percent": 95},
    kind="computation",
)
def safety_stock(
    w: World,
    demand_deviation: DemandDeviation,
    lead_time_days: Annotated[int, Field(ge=0, le=3650)],
    service_percent: Annotated[float, Field(ge=50, le=99.99)] = 95,
) -> Safety:
    """Find the safety stock that meets normally distributed demand until a delivery.

    demand_deviation: Standard deviation of a day's demand, in units.
    lead_time_days: Days from the order to the delivery.
    service_percent: Share of deliveries before which the stock must not run out.
    """
    z = NormalDist().inv_cdf(service_percent / 100)
    return Safety(safety_stock=round(max(0.0, z) * demand_deviation * math.sqrt(lead_time_days), 2), z=round(z, 4))


@stock_planning.tool(
    example={"yearly_demand": "@stock_planning_demand.yearly_demand", "cost_per_order": 10, "yearly_holding_cost": 0.5},
    kind="computation",
)
def order_quantity(
    w: World, yearly_demand: YearlyDemand, cost_per_order: Positive, yearly_holding_cost: Positive
) -> OrderQuantity:
    """Find the economic order quantity, which makes ordering and holding cheapest.

    yearly_demand: Units used in a year.
    cost_per_order: Fixed cost of placing one order.
    yearly_holding_cost: Cost of keeping one unit in stock for a year.
    """
    quantity = math.sqrt(2 * yearly_demand * cost_per_order / yearly_holding_cost)
    return OrderQuantity(
        quantity=round(quantity, 4),
        orders_per_year=round(yearly_demand / quantity, 4),
        yearly_cost=round(math.sqrt(2 * yearly_demand * cost_per_order * yearly_holding_cost), 2),
    )


@stock_planning.tool(
    example={
        "units_per_day": "@stock_planning_demand.units_per_day",
        "lead_time_days": 7,
        "safety_stock": "@stock_planning_safety_stock.safety_stock",
    },
    kind="computation",
)
def reorder_point(
    w: World,
    units_per_day: UnitsPerDay,
    lead_time_days: Annotated[int, Field(ge=0, le=3650)],
    safety_stock: SafetyStock = 0,
) -> ReorderPoint:
    """Find the stock at which to reorder, from demand and delivery time.

    units_per_day: UnitsPerDay used in a day.
    lead_time_days: Days from the order to the delivery.
    safety_stock: Units kept for bad surprises.
    """
    return ReorderPoint(units=round(units_per_day * lead_time_days + safety_stock, 2))


@stock_planning.tool(example={"goods_sold": 600000, "average_inventory": 100000}, kind="computation")
def inventory_turnover(w: World, goods_sold: Amount, average_inventory: Positive) -> Turnover:
    """Compute how often a year the stock is sold and how long goods lie in it.

    goods_sold: Cost of the goods sold in a year.
    average_inventory: Average value of the stock, at cost.
    """
    turns = goods_sold / average_inventory
    return Turnover(turns_per_year=round(turns, 4), days_in_stock=round(365 / turns, 2) if turns > 1e-6 else None)
