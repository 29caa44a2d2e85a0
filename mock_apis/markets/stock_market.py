"""A fictional stock exchange: companies, prices, dividends, results."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.entities import CurrencyCode, IsoDate, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.markets.company_reports import Dividend, Result, list_dividends, list_results
from mock_apis.markets.exchange_rows import (
    COMPANIES,
    FIRST_DAY,
    ClosePrice,
    Company,
    Sector,
    TickerSymbol,
    find_company,
    last_trading_day,
    latest_price,
    price_on,
    share_count_millions,
    trading_days,
)

stock_market = Domain(
    "stock_market",
    category="markets",
    description="Fictional Calder Exchange: 32 companies, one price each weekday at 08:00 in the user's currency.",
)

Days = Annotated[int, Field(ge=1, le=250)]


class CompanyList(Record):
    total: int
    companies: list[Company]


class Quote(Record):
    symbol: TickerSymbol
    date: IsoDate
    price: ClosePrice
    currency: CurrencyCode
    change_percent: float
    """Since the trading day before."""
    year_high: float
    year_low: float
    """Of the last 250 trading days, sampled weekly."""


class History(Record):
    symbol: TickerSymbol
    first: IsoDate
    last: IsoDate
    prices: list[ClosePrice]
    """Oldest first, one each weekday."""


class Profile(Company):
    employees: int
    shares_millions: int
    market_value_millions: float
    currency: CurrencyCode


class DividendList(Record):
    symbol: TickerSymbol
    currency: CurrencyCode
    total: int
    dividends: list[Dividend]
    yield_percent: float
    """Dividends of the last 365 days in percent of the latest price."""


class ResultList(Record):
    symbol: TickerSymbol
    currency: CurrencyCode
    results: list[Result]


class Move(Record):
    symbol: TickerSymbol
    price: float
    change_percent: float


class MoveList(Record):
    since: IsoDate
    total: int
    companies: list[Move]


class SectorMove(Record):
    sector: Sector
    change_percent: float


class Overview(Record):
    since: IsoDate
    index: float
    """Mean price relative to the first trading day, which is 1000."""
    change_percent: float
    sectors: list[SectorMove]


@stock_market.tool(example={"query": "bank"}, kind="generated")
def search(w: World, query: str = "", sector: Sector | None = None, limit: Limit = 5) -> CompanyList:
    """Find listed companies by part of their name or by ticker symbol.

    query: Part of the name, or the whole symbol; all companies if left out.
    sector: Only companies of this sector.
    limit: At most this many companies.
    """
    text = query.casefold()
    found = [row for row in COMPANIES.values() if text in row.name.casefold() or text == row.symbol.casefold()]
    found = [row for row in found if sector in (None, row.sector)]
    return CompanyList(total=len(found), companies=found[:limit])


@stock_market.tool(example={"symbol": "EBBK"}, errors=[NotFound], kind="generated")
def quote(w: World, symbol: TickerSymbol) -> Quote:
    """Get a share's latest price with its daily change and yearly range.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    """
    find_company(symbol)
    days = trading_days(w.today, 250)
    latest = price_on(w, symbol, days[-1])
    sampled = [price_on(w, symbol, day) for day in days[-1::-5]] + [price_on(w, symbol, days[-2])]
    return Quote(
        symbol=symbol,
        date=days[-1].isoformat(),
        price=latest,
        currency=persona(w).currency,
        change_percent=percent(price_on(w, symbol, days[-2]), latest),
        year_high=max(sampled),
        year_low=min(sampled),
    )


@stock_market.tool(example={"symbol": "ZNTH", "days": 30}, errors=[NotFound], kind="generated")
def price_history(
    w: World, symbol: TickerSymbol, days: Annotated[int, Field(ge=2, le=120)] = 20, end: IsoDate | None = None
) -> History:
    """List a share's daily prices up to a day, oldest first.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    days: How many trading days, at most 120.
    end: Last day as YYYY-MM-DD, from 2022-01-04 to today; today if left out.
    """
    find_company(symbol)
    last = date.fromisoformat(end) if end else w.today
    if not FIRST_DAY + timedelta(days=1) <= last <= w.today:
        raise InvalidArgument(f"end {last} is not between 2022-01-04 and today, {w.today}")
    dates = trading_days(last, days)
    return History(
        symbol=symbol,
        first=dates[0].isoformat(),
        last=dates[-1].isoformat(),
        prices=[price_on(w, symbol, day) for day in dates],
    )


@stock_market.tool(example={"symbol": "@stock_market_search.companies[0].symbol"}, errors=[NotFound], kind="generated")
def profile(w: World, symbol: TickerSymbol) -> Profile:
    """Show a listed company's sector, seat, staff and market value.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    """
    shares = share_count_millions(w, symbol)
    return Profile(
        **find_company(symbol).model_dump(),
        employees=w.draw("exchange staff", symbol).between(4, 800) * 100,
        shares_millions=shares,
        market_value_millions=money(shares * latest_price(w, symbol)),
        currency=persona(w).currency,
    )


@stock_market.tool(example={"symbol": "EBBK"}, errors=[NotFound], kind="generated")
def dividends(w: World, symbol: TickerSymbol, limit: Limit = 4) -> DividendList:
    """List the quarterly dividends a company paid, newest first, and their yield.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    limit: At most this many dividends.
    """
    find_company(symbol)
    paid = list_dividends(w, symbol)
    year_ago = (w.today - timedelta(days=365)).isoformat()
    total = sum(row.per_share for row in paid if row.date > year_ago)
    return DividendList(
        symbol=symbol,
        currency=persona(w).currency,
        total=len(paid),
        dividends=paid[::-1][:limit],
        yield_percent=round(100 * total / latest_price(w, symbol), 2),
    )


@stock_market.tool(example={"symbol": "NRVO"}, errors=[NotFound], kind="generated")
def results(w: World, symbol: TickerSymbol) -> ResultList:
    """Show a company's last four quarterly results: revenue and profit.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    """
    find_company(symbol)
    found = list_results(w, symbol)
    return ResultList(symbol=symbol, currency=persona(w).currency, results=found[::-1][:4])


@stock_market.tool(example={"direction": "down", "days": 5}, kind="generated")
def movers(
    w: World, direction: Literal["up", "down"] = "up", days: Days = 1, sector: Sector | None = None, limit: Limit = 5
) -> MoveList:
    """Rank the shares that rose or fell most over a number of trading days.

    direction: Rank the largest rises or the largest falls first.
    days: How many trading days back the comparison starts.
    sector: Only companies of this sector.
    limit: At most this many shares.
    """
    start, last = trading_days(w.today, days + 1)[0], last_trading_day(w.today)
    moves = []
    for symbol, company in COMPANIES.items():
        if sector in (None, company.sector):
            latest = price_on(w, symbol, last)
            change = percent(price_on(w, symbol, start), latest)
            moves.append(Move(symbol=symbol, price=latest, change_percent=change))
    moves.sort(key=lambda move: (-move.change_percent if direction == "up" else move.change_percent, move.symbol))
    return MoveList(since=start.isoformat(), total=len(moves), companies=moves[:limit])


@stock_market.tool(example={"days": 20}, kind="generated")
def overview(w: World, days: Days = 1) -> Overview:
    """Get the exchange's index and each sector's change over trading days.

    days: How many trading days back the comparison starts.
    """
    start, last = trading_days(w.today, days + 1)[0], last_trading_day(w.today)
    levels: dict[str, list[tuple[float, float]]] = {}
    for symbol, company in COMPANIES.items():
        first = price_on(w, symbol, FIRST_DAY)
        pair = (price_on(w, symbol, start) / first, price_on(w, symbol, last) / first)
        levels.setdefault(company.sector, []).append(pair)
    old, new = (sum(pair[at] for pairs in levels.values() for pair in pairs) / len(COMPANIES) for at in (0, 1))
    sectors = [
        SectorMove.model_validate({"sector": sector, "change_percent": percent(*map(sum, zip(*pairs, strict=True)))})
        for sector, pairs in levels.items()
    ]
    return Overview(
        since=start.isoformat(), index=round(1000 * new, 2), change_percent=percent(old, new), sectors=sectors
    )


def percent(old: float, new: float) -> float:
    """Change in percent of the old value, two decimals."""
    return round((new / old - 1) * 100, 2)
