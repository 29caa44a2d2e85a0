"""The world's currencies: names, where they are legal tender, how amounts are written and rounded."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, CurrencyCode, IsoDate, Limit
from mock_apis.core.errors import NotFound

currencies = Domain(
    "currencies", category="finance", description="Currencies in use, from the Unicode CLDR and ISO 4217."
)

Amount = Annotated[float, Field(ge=-1e12, le=1e12)]
Locale = Literal[
    "de_CH", "de_DE", "en_GB", "en_IN", "en_US", "es_ES", "fr_FR", "it_IT", "ja_JP", "nl_NL", "pl_PL", "pt_BR", "sv_SE",
]  # fmt: skip

NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "IC", "QO", "TA", "UN", "XK", "ZZ"))
MINOR_UNITS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}
"""ISO 4217: every other currency in use has two decimals."""
CASH_STEPS = {
    "AUD": "0.05",
    "CAD": "0.05",
    "CHF": "0.05",
    "CZK": "1",
    "DKK": "0.50",
    "HUF": "5",
    "NOK": "1",
    "SEK": "1",
}
"""Smallest amount payable in coins, where it is more than the smallest unit."""


class CurrencyHead(Record):
    currency: CurrencyCode
    name: str
    symbol: str


class CurrencyList(Record):
    total: int
    currencies: list[CurrencyHead]


class Currency(CurrencyHead):
    minor_unit_digits: int
    """Decimals by ISO 4217."""
    cash_step: float | None
    """To what cash payments are rounded by law or custom; null where this service knows of no rule."""
    countries_total: int
    countries: list[CountryCode]
    """Where it is legal tender."""


class Tender(Record):
    currency: CurrencyCode
    name: str
    since: IsoDate | None
    until: IsoDate | None
    """Null while it is in use."""


class TenderList(Record):
    country: CountryCode
    total: int
    currencies: list[Tender]


class WrittenAmount(Record):
    text: str


class CashAmount(Record):
    currency: CurrencyCode
    cash_amount: float
    difference: float
    """What rounding adds, negative if it takes away."""


class MinorUnits(Record):
    currency: CurrencyCode
    digits: int
    minor_units: int


@currencies.tool(example={"query": "krona"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> CurrencyList:
    """Find currencies in use by part of their English name or by ISO code.

    query: Part of the name such as krona, or a whole ISO 4217 code.
    limit: At most this many currencies.
    """
    text = query.casefold()
    heads = [head_of(code) for code in sorted(places_by_currency(w.today))]
    found = [row for row in heads if text in row.name.casefold() or text == row.currency.casefold()]
    return CurrencyList(total=len(found), currencies=found[:limit])


@currencies.tool(example={"currency": "CHF"}, errors=[NotFound], kind="data")
def get(w: World, currency: CurrencyCode) -> Currency:
    """Show a currency's name, symbol, decimals, cash rounding and countries.

    currency: ISO 4217 code of a currency in use, for example CHF.
    """
    places = places_by_currency(w.today)
    check_known(w, currency)
    return Currency(
        **head_of(currency).model_dump(),
        minor_unit_digits=MINOR_UNITS.get(currency, 2),
        cash_step=float(CASH_STEPS[currency]) if currency in CASH_STEPS else None,
        countries_total=len(places[currency]),
        countries=places[currency],
    )


@currencies.tool(example={"country": "PA"}, errors=[NotFound], kind="data")
def of_country(w: World, country: CountryCode) -> CurrencyList:
    """List the currencies that are legal tender in a country today.

    country: ISO 3166-1 alpha-2 code, for example PA.
    """
    found = [head_of(code) for code, since, until in tenders(country) if is_current(since, until, w.today)]
    return CurrencyList(total=len(found), currencies=found)


@currencies.tool(example={"country": "PT"}, errors=[NotFound], kind="data")
def history_of_country(w: World, country: CountryCode, limit: Limit = 5) -> TenderList:
    """List the currencies a country has had, newest first, with their dates.

    country: ISO 3166-1 alpha-2 code, for example PT.
    limit: At most this many currencies.
    """
    rows = sorted(
        (row for row in tenders(country) if row[1] is None or row[1] <= w.today),
        key=lambda row: (row[2] or date.max, row[1] or date.min, row[0]),
        reverse=True,
    )
    found = [
        Tender(
            currency=code,
            name=head_of(code).name,
            since=since.isoformat() if since else None,
            until=until.isoformat() if until and until < w.today else None,
        )
        for code, since, until in rows
    ]
    return TenderList(country=country, total=len(found), currencies=found[:limit])


@currencies.tool(
    example={"amount": 1234567.5, "currency": "EUR", "locale": "de_DE"}, errors=[NotFound], kind="computation"
)
def format_amount(w: World, amount: Amount, currency: CurrencyCode, locale: Locale = "en_US") -> WrittenAmount:
    """Write an amount of money as readers of a language and country expect it.

    amount: The amount in whole and decimal units of the currency.
    currency: ISO 4217 code of a currency in use.
    locale: Language and country whose style is used.
    """
    from babel.numbers import format_currency

    check_known(w, currency)
    return WrittenAmount(text=format_currency(Decimal(repr(amount)), currency, locale=locale))


@currencies.tool(example={"amount": 19.99, "currency": "SEK"}, errors=[NotFound], kind="computation")
def round_cash(w: World, amount: Amount, currency: CurrencyCode) -> CashAmount:
    """Round an amount to what can be paid in coins of AUD, CAD, CHF, CZK, DKK, HUF, NOK or SEK.

    amount: The exact amount; halves are rounded away from zero.
    currency: ISO 4217 code of one of these eight currencies.
    """
    if currency not in CASH_STEPS:
        raise NotFound(f"no cash rounding for currency '{currency}'; known: {', '.join(CASH_STEPS)}")
    exact, step = Decimal(repr(amount)), Decimal(CASH_STEPS[currency])
    rounded = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return CashAmount(currency=currency, cash_amount=float(rounded), difference=round(float(rounded - exact), 4))


@currencies.tool(example={"amount": 12.5, "currency": "KWD"}, errors=[NotFound], kind="computation")
def minor_units(w: World, amount: Amount, currency: CurrencyCode) -> MinorUnits:
    """Turn an amount into whole minor units (cents, pence, fils) by ISO 4217.

    amount: The amount in major units; what is finer than the minor unit is rounded.
    currency: ISO 4217 code of a currency in use.
    """
    check_known(w, currency)
    digits = MINOR_UNITS.get(currency, 2)
    units = (Decimal(repr(amount)) * 10**digits).quantize(Decimal(1), ROUND_HALF_UP)
    return MinorUnits(currency=currency, digits=digits, minor_units=int(units))


def head_of(code: str) -> CurrencyHead:
    """English name and symbol."""
    from babel.numbers import get_currency_name, get_currency_symbol

    return CurrencyHead(
        currency=code, name=get_currency_name(code, locale="en"), symbol=get_currency_symbol(code, locale="en")
    )


@cache
def territories() -> dict[str, Any]:
    """Country code to CLDR's rows: code, first day, last day, whether legal tender."""
    from babel.core import get_global

    found: Any = get_global("territory_currencies")
    return {country: found[country] for country in sorted(found) if len(country) == 2 and country not in NOT_COUNTRIES}


def tenders(country: str) -> list[tuple[str, date | None, date | None]]:
    """Legal tender of a country with its first and last day. Raises NotFound."""
    if country not in territories():
        raise NotFound(f"no country '{country}'; use an ISO 3166-1 alpha-2 code such as FR")
    return [
        (code, date(*since) if since else None, date(*until) if until else None)
        for code, since, until, legal in territories()[country]
        if legal
    ]


def is_current(since: date | None, until: date | None, today: date) -> bool:
    """Whether the day lies between the two."""
    return (since is None or since <= today) and (until is None or today <= until)


@lru_cache(maxsize=256)
def places_by_currency(today: date) -> dict[str, list[str]]:
    """Currency code to the countries where it is legal tender that day."""
    places: dict[str, list[str]] = {}
    for country in territories():
        for code, since, until in tenders(country):
            if is_current(since, until, today) and country not in places.get(code, ()):
                places.setdefault(code, []).append(country)
    return places


def check_known(w: World, currency: str) -> None:
    """Raises NotFound unless the currency is legal tender somewhere today."""
    if currency not in places_by_currency(w.today):
        raise NotFound(f"no currency '{currency}' in use; see currencies_search")
