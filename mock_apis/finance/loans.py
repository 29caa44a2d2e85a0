"""Loans repaid in equal monthly instalments, interest charged monthly on the balance."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.errors import InvalidArgument

loans = Domain("loans", category="finance", description="Calculator for loans with equal monthly payments.")

Amount = Annotated[float, Field(ge=1, le=1e9)]
Percent = Annotated[float, Field(ge=0, le=100)]
Months = Annotated[int, Field(ge=1, le=600)]


class Payment(Record):
    monthly_payment: float
    total_paid: float
    total_interest: float


class Balance(Record):
    remaining_balance: float
    principal_paid: float
    interest_paid: float


class LoanYear(Record):
    year: int
    principal_paid: float
    interest_paid: float
    balance: float


class Amortization(Record):
    monthly_payment: float
    total: int
    years: list[LoanYear]


class Affordable(Record):
    principal: float
    total_paid: float
    total_interest: float


class ExtraPayment(Record):
    months_to_pay_off: int
    months_saved: int
    interest_saved: float
    total_interest: float


class Payoff(Record):
    months_to_pay_off: int
    total_interest: float


@loans.tool(example={"principal": 200000, "annual_rate_percent": 6, "months": 360}, kind="computation")
def monthly_payment(w: World, principal: Amount, annual_rate_percent: Percent, months: Months) -> Payment:
    """Compute the equal monthly payment that repays a loan over its term.

    principal: Amount borrowed.
    annual_rate_percent: Nominal yearly interest in percent, such as 4.5.
    months: Number of monthly payments; 360 is 30 years.
    """
    payment = find_payment(principal, annual_rate_percent, months)
    total = payment * months
    return Payment(
        monthly_payment=money(payment), total_paid=money(total), total_interest=money(max(0.0, total - principal))
    )


@loans.tool(
    example={"principal": 200000, "annual_rate_percent": 6, "months": 360, "payments_made": 60}, kind="computation"
)
def remaining_balance(
    w: World,
    principal: Amount,
    annual_rate_percent: Percent,
    months: Months,
    payments_made: Annotated[int, Field(ge=0, le=600)],
) -> Balance:
    """Compute what is still owed on a loan after a number of monthly payments.

    principal: Amount borrowed.
    annual_rate_percent: Nominal yearly interest in percent, such as 4.5.
    months: Number of monthly payments of the whole loan.
    payments_made: How many of them have been paid; not more than months.
    """
    if payments_made > months:
        raise InvalidArgument(f"payments_made {payments_made} is more than months {months}")
    payment = find_payment(principal, annual_rate_percent, months)
    balance = find_balance(principal, annual_rate_percent, months, payments_made)
    repaid = principal - balance
    return Balance(
        remaining_balance=money(balance),
        principal_paid=money(repaid),
        interest_paid=money(payment * payments_made - repaid),
    )


@loans.tool(example={"principal": 18000, "annual_rate_percent": 5.5, "months": 48, "first_year": 1}, kind="computation")
def amortization(
    w: World,
    principal: Amount,
    annual_rate_percent: Percent,
    months: Months,
    first_year: Annotated[int, Field(ge=1, le=50)] = 1,
) -> Amortization:
    """List principal, interest and balance of a loan for up to five of its years.

    principal: Amount borrowed.
    annual_rate_percent: Nominal yearly interest in percent, such as 4.5.
    months: Number of monthly payments of the whole loan.
    first_year: Year of the loan that the list starts with; 1 is the first.
    """
    payment = find_payment(principal, annual_rate_percent, months)
    total = math.ceil(months / 12)
    years: list[LoanYear] = []
    for year in range(first_year, min(first_year + 5, total + 1)):
        before, after = 12 * (year - 1), min(12 * year, months)
        opening = find_balance(principal, annual_rate_percent, months, before)
        closing = find_balance(principal, annual_rate_percent, months, after)
        interest = payment * (after - before) - (opening - closing)
        years.append(
            LoanYear(
                year=year,
                principal_paid=money(opening - closing),
                interest_paid=money(interest),
                balance=money(closing),
            )
        )
    return Amortization(monthly_payment=money(payment), total=total, years=years)


@loans.tool(example={"monthly_payment": 1200, "annual_rate_percent": 4.8, "months": 300}, kind="computation")
def affordability(w: World, monthly_payment: Amount, annual_rate_percent: Percent, months: Months) -> Affordable:
    """Compute the largest loan that a given monthly payment repays over a term.

    monthly_payment: What can be paid each month.
    annual_rate_percent: Nominal yearly interest in percent, such as 4.5.
    months: Number of monthly payments.
    """
    principal = monthly_payment / find_payment(1.0, annual_rate_percent, months)
    total = monthly_payment * months
    return Affordable(
        principal=money(principal), total_paid=money(total), total_interest=money(max(0.0, total - principal))
    )


@loans.tool(
    example={"principal": 200000, "annual_rate_percent": 6, "months": 360, "extra_per_month": 200}, kind="computation"
)
def extra_payment(
    w: World, principal: Amount, annual_rate_percent: Percent, months: Months, extra_per_month: Amount
) -> ExtraPayment:
    """Compute the time and interest saved by paying extra on a loan every month.

    principal: Amount borrowed, or still owed.
    annual_rate_percent: Nominal yearly interest in percent, such as 4.5.
    months: Number of monthly payments without the extra.
    extra_per_month: Amount added to every regular monthly payment.
    """
    payment = find_payment(principal, annual_rate_percent, months)
    count, interest = pay_off(principal, annual_rate_percent, payment + extra_per_month)
    usual_interest = max(0.0, payment * months - principal)
    return ExtraPayment(
        months_to_pay_off=count,
        months_saved=months - count,
        interest_saved=money(usual_interest - interest),
        total_interest=money(interest),
    )


@loans.tool(example={"balance": 3000, "annual_rate_percent": 18, "monthly_payment": 150}, kind="computation")
def payoff_time(w: World, balance: Amount, annual_rate_percent: Percent, monthly_payment: Amount) -> Payoff:
    """Compute how many months a fixed monthly payment needs to clear a debt.

    balance: Amount owed now.
    annual_rate_percent: Nominal yearly interest in percent, such as 18.
    monthly_payment: What is paid each month; it must exceed the first month's interest.
    """
    count, interest = pay_off(balance, annual_rate_percent, monthly_payment)
    return Payoff(months_to_pay_off=count, total_interest=money(interest))


def find_payment(principal: float, annual_rate_percent: float, months: int) -> float:
    """The unrounded payment P r / (1 - (1 + r)^-n), r being the monthly rate."""
    monthly = annual_rate_percent / 1200
    shrink = -math.expm1(-months * math.log1p(monthly))
    return principal * monthly / shrink if shrink else principal / months


def find_balance(principal: float, annual_rate_percent: float, months: int, paid: int) -> float:
    """What is owed after `paid` payments: the present value of the payments left."""
    if paid >= months:
        return 0.0
    payment = find_payment(principal, annual_rate_percent, months)
    return payment / find_payment(1.0, annual_rate_percent, months - paid)


def pay_off(balance: float, annual_rate_percent: float, payment: float) -> tuple[int, float]:
    """Months until the balance is gone, and the interest charged; the last payment may be smaller."""
    monthly = annual_rate_percent / 1200
    if payment <= balance * monthly:
        raise InvalidArgument(f"monthly_payment {payment} does not exceed the monthly interest {balance * monthly:.2f}")
    count, charged = 0, 0.0
    while balance > 0.005:
        if count == 1200:
            raise InvalidArgument(f"monthly_payment {payment} would need more than 100 years")
        interest = balance * monthly
        charged, balance, count = charged + interest, balance + interest - payment, count + 1
    return count, charged
