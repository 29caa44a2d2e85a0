"""US federal taxes of 2024 and standard VAT rates of the European Union on 1 January 2024."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.entities import CountryCode, Limit
from mock_apis.core.errors import NotFound

taxes = Domain(
    "taxes",
    category="finance",
    description="US federal taxes of tax year 2024; EU standard VAT rates of 1 January 2024.",
)

Amount = Annotated[float, Field(ge=0, le=1e10)]
Status = Literal["single", "married_joint", "married_separate", "head_of_household"]

RATES = (10, 12, 22, 24, 32, 35, 37)
THRESHOLDS: dict[Status, tuple[int, ...]] = {
    "single": (0, 11600, 47150, 100525, 191950, 243725, 609350),
    "married_joint": (0, 23200, 94300, 201050, 383900, 487450, 731200),
    "married_separate": (0, 11600, 47150, 100525, 191950, 243725, 365600),
    "head_of_household": (0, 16550, 63100, 100500, 191950, 243700, 609350),
}
"""Taxable income from which each rate counts; Rev. Proc. 2023-34."""
STANDARD_DEDUCTION: dict[Status, int] = {
    "single": 14600, "married_joint": 29200, "married_separate": 14600, "head_of_household": 21900,
}  # fmt: skip
GAIN_THRESHOLDS: dict[Status, tuple[int, int]] = {
    "single": (47025, 518900),
    "married_joint": (94050, 583750),
    "married_separate": (47025, 291850),
    "head_of_household": (63000, 551350),
}
"""Taxable income up to which long-term gains are taxed at 0 % and at 15 %; the rest at 20 %."""
WAGE_BASE, WITHHOLDING_BASE = 168600, 200000
VAT = {
    "AT": 20, "BE": 21, "BG": 20, "CY": 19, "CZ": 21, "DE": 19, "DK": 25, "EE": 22, "ES": 21, "FI": 24, "FR": 20,
    "GR": 24, "HR": 25, "HU": 27, "IE": 23, "IT": 22, "LT": 21, "LU": 17, "LV": 21, "MT": 18, "NL": 21, "PL": 23,
    "PT": 23, "RO": 19, "SE": 25, "SI": 22, "SK": 20,
}  # fmt: skip


class IncomeTax(Record):
    deduction_usd: float
    taxable_income_usd: float
    tax_usd: float
    marginal_rate_percent: int
    effective_rate_percent: float
    """Tax in percent of the gross income."""


class Bracket(Record):
    rate_percent: int
    from_usd: int
    to_usd: int | None


class Brackets(Record):
    standard_deduction_usd: int
    brackets: list[Bracket]


class GainTax(Record):
    tax_usd: float
    gain_at_0_percent_usd: float
    gain_at_15_percent_usd: float
    gain_at_20_percent_usd: float


class Payroll(Record):
    social_security_usd: float
    medicare_usd: float
    """With the additional 0.9 % that an employer withholds on wages over 200,000 dollars."""
    total_usd: float


class VatAmounts(Record):
    country: CountryCode
    rate_percent: int
    net: float
    vat: float
    gross: float


class VatRate(Record):
    country: CountryCode
    rate_percent: int


class VatRates(Record):
    total: int
    rates: list[VatRate]


@taxes.tool(example={"gross_income_usd": 85000, "status": "single"}, kind="computation")
def us_income_tax(
    w: World, gross_income_usd: Amount, status: Status, itemized_deduction_usd: Amount | None = None
) -> IncomeTax:
    """Work out US federal income tax of 2024 on ordinary income, without credits.

    gross_income_usd: Income of the year in dollars before the deduction.
    status: Filing status.
    itemized_deduction_usd: Deduction in place of the standard one; the standard deduction if left out.
    """
    deduction = STANDARD_DEDUCTION[status] if itemized_deduction_usd is None else itemized_deduction_usd
    taxable = max(0.0, gross_income_usd - deduction)
    tax, marginal = 0.0, RATES[0]
    bounds = (*THRESHOLDS[status], float("inf"))
    for rate, low, high in zip(RATES, bounds[:-1], bounds[1:], strict=True):
        if taxable > low:
            tax, marginal = tax + (min(taxable, high) - low) * rate / 100, rate
    return IncomeTax(
        deduction_usd=deduction,
        taxable_income_usd=money(taxable),
        tax_usd=money(tax),
        marginal_rate_percent=marginal if taxable else 0,
        effective_rate_percent=round(100 * tax / gross_income_usd, 2) if gross_income_usd else 0.0,
    )


@taxes.tool(example={"status": "married_joint"}, kind="data")
def us_brackets(w: World, status: Status) -> Brackets:
    """List the US federal income tax brackets of 2024 with the standard deduction.

    status: Filing status.
    """
    bounds: tuple[int | None, ...] = (*THRESHOLDS[status][1:], None)
    brackets = [
        Bracket(rate_percent=rate, from_usd=low, to_usd=high)
        for rate, low, high in zip(RATES, THRESHOLDS[status], bounds, strict=True)
    ]
    return Brackets(standard_deduction_usd=STANDARD_DEDUCTION[status], brackets=brackets)


@taxes.tool(example={"taxable_income_usd": 60000, "long_term_gain_usd": 10000, "status": "single"}, kind="computation")
def us_capital_gains(w: World, taxable_income_usd: Amount, long_term_gain_usd: Amount, status: Status) -> GainTax:
    """Work out US federal tax of 2024 on long-term gains, without the net investment tax.

    taxable_income_usd: Ordinary income after deductions, without the gain, in dollars.
    long_term_gain_usd: Gain on assets held for more than a year, in dollars.
    status: Filing status.
    """
    first, second = GAIN_THRESHOLDS[status]
    end = taxable_income_usd + long_term_gain_usd
    at_0 = max(0.0, min(end, first) - taxable_income_usd)
    at_15 = max(0.0, min(end, second) - max(taxable_income_usd, first))
    at_20 = max(0.0, long_term_gain_usd - at_0 - at_15)
    return GainTax(
        tax_usd=money(at_15 * 0.15 + at_20 * 0.20),
        gain_at_0_percent_usd=money(at_0),
        gain_at_15_percent_usd=money(at_15),
        gain_at_20_percent_usd=money(at_20),
    )


@taxes.tool(example={"wages_usd": 85000}, kind="computation")
def us_payroll(w: World, wages_usd: Amount) -> Payroll:
    """Work out the US Social Security and Medicare tax withheld from wages in 2024.

    wages_usd: Wages of the year from one employer, in dollars.
    """
    social = min(wages_usd, WAGE_BASE) * 0.062
    medicare = wages_usd * 0.0145 + max(0.0, wages_usd - WITHHOLDING_BASE) * 0.009
    return Payroll(social_security_usd=money(social), medicare_usd=money(medicare), total_usd=money(social + medicare))


@taxes.tool(example={"amount": 100, "country": "DE", "includes_vat": False}, errors=[NotFound], kind="computation")
def eu_vat(w: World, amount: Amount, country: CountryCode, includes_vat: bool) -> VatAmounts:
    """Split an amount into net and VAT at an EU country's standard rate of January 2024.

    amount: Amount of money in any currency with cents.
    country: ISO code of one of the 27 EU countries, such as DE; Greece is GR.
    includes_vat: Whether the amount is gross (VAT is taken out) or net (VAT is added).
    """
    if country not in VAT:
        raise NotFound(f"no VAT rate for country '{country}'; see taxes_eu_vat_rates")
    rate = VAT[country]
    vat = money(amount * rate / (100 + rate) if includes_vat else amount * rate / 100)
    net = amount - vat if includes_vat else amount
    return VatAmounts(country=country, rate_percent=rate, net=money(net), vat=vat, gross=money(net + vat))


@taxes.tool(example={"at_least_percent": 25}, kind="data")
def eu_vat_rates(w: World, at_least_percent: Annotated[int, Field(ge=0, le=30)] = 0, limit: Limit = 5) -> VatRates:
    """List EU countries by their standard VAT rate of January 2024, highest first.

    at_least_percent: Only countries with this rate or a higher one.
    limit: At most this many countries.
    """
    rows = [VatRate(country=code, rate_percent=rate) for code, rate in VAT.items() if rate >= at_least_percent]
    rows.sort(key=lambda row: (-row.rate_percent, row.country))
    return VatRates(total=len(rows), rates=rows[:limit])
