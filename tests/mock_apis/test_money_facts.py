"""Currencies, bank codes, taxes, indicators, freight: hand-checked values."""

from typing import Any

import pytest

from mock_apis.banking.bank_codes import bank_codes
from mock_apis.core import Domain, World
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.finance.currencies import currencies
from mock_apis.finance.taxes import VAT, taxes
from mock_apis.logistics.freight import freight
from mock_apis.markets.bonds import bonds
from mock_apis.markets.indicators import indicators

DOMAINS: list[Domain] = [bank_codes, bonds, currencies, taxes, freight, indicators]
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}
WORLD = World(1)


def call(name: str, **arguments: Any) -> Any:
    """The result of a tool that reads."""
    return TOOLS[name].run(WORLD, arguments)


def test_panama_has_two_legal_tenders() -> None:
    assert {row["currency"] for row in call("currencies_of_country", country="PA")["currencies"]} == {"PAB", "USD"}


def test_portugal_had_the_escudo_before_the_euro() -> None:
    first, second = call("currencies_history_of_country", country="PT")["currencies"][:2]
    assert (first["currency"], first["until"]) == ("EUR", None)
    assert (second["currency"], second["until"]) == ("PTE", "2002-02-28")


@pytest.mark.parametrize(("currency", "amount", "units"), [("EUR", 12.34, 1234), ("JPY", 500, 500), ("KWD", 1.5, 1500)])
def test_minor_units_follow_iso_4217(currency: str, amount: float, units: int) -> None:
    assert call("currencies_minor_units", amount=amount, currency=currency)["minor_units"] == units


@pytest.mark.parametrize(
    ("currency", "amount", "cash"), [("CHF", 9.98, 10.0), ("DKK", 10.26, 10.5), ("SEK", 19.49, 19), ("HUF", 1003, 1005)]
)
def test_cash_is_rounded_to_the_smallest_coin(currency: str, amount: float, cash: float) -> None:
    assert call("currencies_round_cash", amount=amount, currency=currency)["cash_amount"] == cash


def test_a_german_amount_has_a_decimal_comma() -> None:
    text = call("currencies_format_amount", amount=1234.5, currency="EUR", locale="de_DE")["text"]
    assert text == "1.234,50\xa0€"


def test_the_textbook_iban_belongs_to_commerzbank_in_cologne() -> None:
    parts = call("bank_codes_parse_iban", iban="DE89 3704 0044 0532 0130 00")
    assert (parts["bank_code"], parts["bic"], parts["bank"]) == ("37040044", "COBADEFFXXX", "Commerzbank")
    built = call("bank_codes_build_iban", country="DE", bank_code="37040044", account_number="532013000")
    assert built["iban"] == "DE89370400440532013000"


def test_an_iban_with_two_digits_swapped_is_not_valid() -> None:
    found = call("bank_codes_check_iban", iban="DE89370400440532013009")
    assert (found["valid"], found["iban"], found["reason"]) == (False, None, "wrong check digit")
    with pytest.raises(InvalidArgument, match="DE89370400440532013009"):
        call("bank_codes_parse_iban", iban="DE89370400440532013009")


@pytest.mark.parametrize(
    ("number", "network"),
    [
        ("4111111111111111", "Visa"),
        ("5555555555554444", "Mastercard"),
        ("378282246310005", "American Express"),
        ("6011111111111117", "Discover"),
        ("3530111333300000", "JCB"),
    ],
)
def test_test_card_numbers_are_valid_and_known(number: str, network: str) -> None:
    assert call("bank_codes_check_card", number=number) == {"valid": True, "network": network}
    assert call("bank_codes_luhn_digit", digits=number[:-1])["number"] == number


def test_single_income_of_100_000_dollars_pays_13_841_dollars_in_2024() -> None:
    found = call("taxes_us_income_tax", gross_income_usd=100000, status="single")
    assert found["taxable_income_usd"] == 85400
    assert found["tax_usd"] == 13841  # 1160 + 4266 + 22 % of 38250
    assert found["marginal_rate_percent"] == 22


def test_gains_above_the_first_threshold_are_taxed_at_15_percent() -> None:
    found = call("taxes_us_capital_gains", taxable_income_usd=40000, long_term_gain_usd=10000, status="single")
    assert (found["gain_at_0_percent_usd"], found["tax_usd"]) == (7025, 446.25)


def test_social_security_stops_at_the_wage_base() -> None:
    found = call("taxes_us_payroll", wages_usd=250000)
    assert found == {"social_security_usd": 10453.2, "medicare_usd": 4075.0, "total_usd": 14528.2}


def test_vat_added_and_taken_out_agree() -> None:
    assert call("taxes_eu_vat", amount=100, country="HU", includes_vat=False)["gross"] == 127
    assert call("taxes_eu_vat", amount=127, country="HU", includes_vat=True)["net"] == 100
    assert len(VAT) == 27
    with pytest.raises(NotFound, match="CH"):
        call("taxes_eu_vat", amount=100, country="CH", includes_vat=False)


def test_indicators_of_a_short_series() -> None:
    prices = [10.0, 11.0, 12.0, 11.0, 13.0]
    assert call("indicators_moving_average", prices=prices, window=3)["values"] == [11.0, 11.3333, 12.0]
    assert call("indicators_moving_average", prices=prices, window=3, kind="exponential")["latest"] == 12.0
    assert call("indicators_rsi", prices=prices, window=4)["rsi"] == 80.0
    assert call("indicators_drawdown", prices=[100.0, 120.0, 90.0, 130.0])["max_drawdown_percent"] == 25.0
    twice = call("indicators_comovement", first=prices, second=prices)
    assert (twice["correlation"], twice["beta"]) == (1.0, 1.0)


def test_freight_by_hand() -> None:
    found = call("freight_chargeable_weight", length_cm=120, width_cm=80, height_cm=100, weight_kg=90, mode="air")
    assert (found["volumetric_kg"], found["chargeable_kg"], found["basis"]) == (160, 160, "volumetric")
    assert call("freight_container_number", owner_code="CSQ", serial="305438")["number"] == "CSQU3054383"
    pallet = call("freight_fill_pallet", length_cm=40, width_cm=30, height_cm=25, pallet="euro", max_height_cm=180)
    assert (pallet["boxes"], pallet["layers"]) == (48, 6)
    assert call("freight_incoterm", term="FOB")["main_carriage_paid_by"] == "buyer"


def test_a_ten_year_bond_of_the_textbook() -> None:
    bond = {"coupon_percent": 5, "periods": 20, "frequency": "half_yearly"}
    price = call("bonds_price", yield_percent=6, **bond)["price"]
    assert price == pytest.approx(92.561263)
    assert call("bonds_yield_to_maturity", price=price, **bond)["yield_percent"] == pytest.approx(6)
    assert call("bonds_price", yield_percent=5, **bond)["standing"] == "par"
    zero = call("bonds_duration", coupon_percent=0, yield_percent=4, periods=10, frequency="yearly")
    assert zero["macaulay_years"] == 10
