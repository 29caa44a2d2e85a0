"""Euro reference rates of the European Central Bank, one fixing a month, 2019 to 2025."""

from typing import Annotated, Any

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CurrencyCode, IsoDate, Limit
from mock_apis.core.errors import InvalidArgument, NotFound

exchange_rates = Domain(
    "exchange_rates",
    category="finance",
    description="ECB euro reference rates of the first business day of each month, 2019-01 to 2025-12.",
)

Month = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}$")]
Amount = Annotated[float, Field(ge=0, le=1e12)]


class Rate(Record):
    from_currency: CurrencyCode
    to_currency: CurrencyCode
    date: IsoDate
    rate: float
    """Units of to_currency for one unit of from_currency."""


class Conversion(Rate):
    amount: float
    converted: float


class RatePoint(Record):
    date: IsoDate
    rate: float


class RateHistory(Record):
    from_currency: CurrencyCode
    to_currency: CurrencyCode
    change_percent: float
    points: list[RatePoint]


class CurrencyMove(Record):
    currency: CurrencyCode
    change_percent: float


class CurrencyRanking(Record):
    start: IsoDate
    end: IsoDate
    total: int
    currencies: list[CurrencyMove]


@exchange_rates.tool(
    example={"amount": 250, "from_currency": "EUR", "to_currency": "USD", "month": "2024-03"},
    errors=[NotFound],
    kind="data",
)
def convert(
    w: World, amount: Amount, from_currency: CurrencyCode, to_currency: CurrencyCode, month: Month | None = None
) -> Conversion:
    """Convert an amount of money between two currencies at the ECB reference rate.

    amount: Amount in from_currency.
    from_currency: ISO 4217 code of the currency that the amount is in.
    to_currency: ISO 4217 code of the currency wanted.
    month: YYYY-MM, 2019-01 to 2025-12; its first fixing is used. The newest one if left out.
    """
    row = find_fixing(w, month)
    exact = cross_rate(row, from_currency, to_currency)
    return Conversion(
        from_currency=from_currency,
        to_currency=to_currency,
        date=row["date"],
        rate=rounded(exact),
        amount=amount,
        converted=money(amount * exact),
    )


@exchange_rates.tool(example={"from_currency": "GBP", "to_currency": "JPY"}, errors=[NotFound], kind="data")
def rate(w: World, from_currency: CurrencyCode, to_currency: CurrencyCode, month: Month | None = None) -> Rate:
    """Get the ECB reference rate between two currencies on a month's first business day.

    from_currency: ISO 4217 code of the currency of which one unit is priced.
    to_currency: ISO 4217 code of the currency in which the price is given.
    month: YYYY-MM, 2019-01 to 2025-12. The newest fixing if left out.
    """
    row = find_fixing(w, month)
    return Rate(
        from_currency=from_currency,
        to_currency=to_currency,
        date=row["date"],
        rate=rounded(cross_rate(row, from_currency, to_currency)),
    )


@exchange_rates.tool(
    example={"from_currency": "EUR", "to_currency": "CHF", "end_month": "2023-12", "months": 4},
    errors=[NotFound],
    kind="data",
)
def history(
    w: World,
    from_currency: CurrencyCode,
    to_currency: CurrencyCode,
    end_month: Month,
    months: Annotated[int, Field(ge=2, le=24)] = 6,
) -> RateHistory:
    """List the monthly reference rates of a currency pair up to a given month.

    from_currency: ISO 4217 code of the currency of which one unit is priced.
    to_currency: ISO 4217 code of the currency in which the price is given.
    end_month: Last month of the list as YYYY-MM, at most 2025-12.
    months: How many months the list covers; fewer if it would start before 2019-01.
    """
    last = fixings().index(find_fixing(w, end_month))
    rows = fixings()[max(0, last + 1 - months) : last + 1]
    rates = [cross_rate(row, from_currency, to_currency) for row in rows]
    return RateHistory(
        from_currency=from_currency,
        to_currency=to_currency,
        change_percent=percent_change(rates[0], rates[-1]),
        points=[RatePoint(date=row["date"], rate=rounded(value)) for row, value in zip(rows, rates, strict=True)],
    )


@exchange_rates.tool(example={"start_month": "2023-01", "end_month": "2024-01"}, errors=[NotFound], kind="data")
def strongest(w: World, start_month: Month, end_month: Month, limit: Limit = 5) -> CurrencyRanking:
    """Rank currencies by how much their value in euros rose between two months.

    start_month: First month as YYYY-MM, 2019-01 or later.
    end_month: Later month as YYYY-MM, at most 2025-12.
    limit: At most this many currencies.
    """
    start, end = find_fixing(w, start_month), find_fixing(w, end_month)
    if start["month"] >= end["month"]:
        raise InvalidArgument(f"end_month '{end_month}' must be later than start_month '{start_month}'")
    moves = [
        CurrencyMove(currency=code, change_percent=percent_change(1 / value, 1 / end["rates"][code]))
        for code, value in start["rates"].items()
    ]
    moves.sort(key=lambda move: (-move.change_percent, move.currency))
    return CurrencyRanking(start=start["date"], end=end["date"], total=len(moves), currencies=moves[:limit])


def fixings() -> tuple[dict[str, Any], ...]:
    """The table, oldest month first."""
    return load_rows("ecb_rates")


def find_fixing(w: World, month: str | None) -> dict[str, Any]:
    """The fixing of the month, or the newest that this world's date has seen. Raises NotFound."""
    today = w.today.isoformat()
    found = [row for row in fixings() if row["month"] == month or (month is None and row["date"] <= today)]
    if not found:
        raise NotFound(f"no rates for month '{month}'; the table holds 2019-01 to 2025-12")
    return found[-1]


def cross_rate(row: dict[str, Any], from_currency: str, to_currency: str) -> float:
    """Units of the second currency for one unit of the first. Raises NotFound."""
    per_euro: dict[str, float] = {"EUR": 1.0, **row["rates"]}
    for name, code in (("from_currency", from_currency), ("to_currency", to_currency)):
        if code not in per_euro:
            raise NotFound(f"no rate for {name} '{code}'; known: {', '.join(sorted(per_euro))}")
    return per_euro[to_currency] / per_euro[from_currency]


def percent_change(old: float, new: float) -> float:
    """Change from old to new in percent of old, two decimals."""
    return round((new / old - 1) * 100, 2)


def rounded(value: float) -> float:
    """Six significant digits, as the ECB publishes them at most."""
    return float(f"{value:.6g}")
