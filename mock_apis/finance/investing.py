"""Arithmetic of returns: interest on interest, present value, growth rates, saving for a goal."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.errors import InvalidArgument

investing = Domain("investing", category="finance", description="Calculator for savings and investment returns.")

Amount = Annotated[float, Field(ge=0, le=1e12)]
Positive = Annotated[float, Field(ge=0.01, le=1e12)]
Percent = Annotated[float, Field(ge=0, le=100)]
Years = Annotated[float, Field(ge=0.25, le=100)]
CashFlows = Annotated[list[Annotated[float, Field(ge=-1e12, le=1e12)]], Field(min_length=2, max_length=40)]
PERIODS = {"yearly": 1, "quarterly": 4, "monthly": 12, "daily": 365}
MAX_RATE = 10.0
"""The internal rate of return is sought between -99 % and 1000 %."""


class Growth(Record):
    final_value: float
    interest_earned: float
    effective_annual_rate_percent: float


class PresentValue(Record):
    net_present_value: float
    undiscounted_sum: float


class AnnualRate(Record):
    annual_rate_percent: float


class AnnualGrowth(Record):
    cagr_percent: float
    total_growth_percent: float


class SavingsPlan(Record):
    monthly_deposit: float
    total_deposits: float
    interest_earned: float


class RealReturn(Record):
    real_return_percent: float


@investing.tool(
    example={"principal": 1000, "annual_rate_percent": 5, "years": 10, "compounding": "yearly"}, kind="computation"
)
def compound_interest(
    w: World,
    principal: Amount,
    annual_rate_percent: Percent,
    years: Years,
    compounding: Literal["yearly", "quarterly", "monthly", "daily"] = "yearly",
) -> Growth:
    """Compute what a lump sum grows to with compound interest.

    principal: Amount invested at the start.
    annual_rate_percent: Nominal yearly rate in percent, such as 5.
    years: Length of the investment in years; fractions are allowed.
    compounding: How often interest is added; daily is 365 times a year.
    """
    periods = PERIODS[compounding]
    yearly = (1 + annual_rate_percent / 100 / periods) ** periods
    final = principal * yearly**years
    return Growth(
        final_value=money(final),
        interest_earned=money(final - principal),
        effective_annual_rate_percent=round((yearly - 1) * 100, 4),
    )


@investing.tool(
    example={"annual_rate_percent": 10, "cash_flows": [-1000, 300, 400, 500, 200]},
    kind="computation",
)
def npv(w: World, annual_rate_percent: Percent, cash_flows: CashFlows) -> PresentValue:
    """Compute the net present value of a series of yearly cash flows.

    annual_rate_percent: Yearly discount rate in percent.
    cash_flows: Amounts a year apart, the first today and not discounted; costs are negative.
    """
    return PresentValue(
        net_present_value=money(find_npv(annual_rate_percent / 100, cash_flows)),
        undiscounted_sum=money(math.fsum(cash_flows)),
    )


@investing.tool(example={"outlay": 1000, "yearly_income": [300, 400, 500, 200]}, kind="computation")
def irr(
    w: World,
    outlay: Positive,
    yearly_income: Annotated[list[Amount], Field(min_length=1, max_length=40)],
) -> AnnualRate:
    """Compute the internal rate of return of an outlay followed by yearly income.

    outlay: Amount paid today.
    yearly_income: Amounts received after one year, two years and so on; 0 for a year without.
    """
    flows = [-outlay, *yearly_income]
    low, high = -0.99, MAX_RATE
    if find_npv(high, flows) > 0 or find_npv(low, flows) < 0:
        raise InvalidArgument("yearly_income: the rate of return is not between -99 and 1000 percent")
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if find_npv(middle, flows) > 0 else (low, middle)
    return AnnualRate(annual_rate_percent=round(low * 100, 4))


@investing.tool(example={"start_value": 10000, "end_value": 19500, "years": 7}, kind="computation")
def cagr(w: World, start_value: Positive, end_value: Positive, years: Years) -> AnnualGrowth:
    """Compute the compound annual growth rate between two values.

    start_value: Value at the start.
    end_value: Value at the end.
    years: Years between the two; fractions are allowed.
    """
    yearly = math.expm1(math.log(end_value / start_value) / years)
    return AnnualGrowth(
        cagr_percent=round(yearly * 100, 4), total_growth_percent=round((end_value / start_value - 1) * 100, 4)
    )


@investing.tool(
    example={"target": 20000, "months": 60, "annual_rate_percent": 3, "already_saved": 2500}, kind="computation"
)
def savings_goal(
    w: World,
    target: Positive,
    months: Annotated[int, Field(ge=1, le=600)],
    annual_rate_percent: Percent = 0.0,
    already_saved: Amount = 0.0,
) -> SavingsPlan:
    """Compute the monthly deposit needed to reach a savings goal in time.

    target: Amount wanted at the end.
    months: Number of deposits, one at the end of each month.
    annual_rate_percent: Nominal yearly interest in percent, added monthly.
    already_saved: Amount in the account at the start.
    """
    monthly = annual_rate_percent / 1200
    growth = math.expm1(months * math.log1p(monthly))
    missing = max(0.0, target - already_saved * (1 + growth))
    deposit = missing * monthly / growth if growth else missing / months
    return SavingsPlan(
        monthly_deposit=money(deposit),
        total_deposits=money(deposit * months),
        interest_earned=money(already_saved * growth + (missing - deposit * months)),
    )


@investing.tool(example={"nominal_return_percent": 7, "inflation_percent": 3}, kind="computation")
def real_return(
    w: World, nominal_return_percent: Annotated[float, Field(ge=-99, le=1000)], inflation_percent: Percent
) -> RealReturn:
    """Compute the yearly return of an investment after inflation.

    nominal_return_percent: Yearly return before inflation, in percent; losses are negative.
    inflation_percent: Yearly inflation in percent.
    """
    real = (1 + nominal_return_percent / 100) / (1 + inflation_percent / 100) - 1
    return RealReturn(real_return_percent=round(real * 100, 4))


def find_npv(rate: float, cash_flows: list[float]) -> float:
    """The sum of c_t / (1 + rate)^t, t counted in years from 0."""
    return math.fsum(flow / (1 + rate) ** year for year, flow in enumerate(cash_flows))
