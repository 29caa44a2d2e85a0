"""Dividends and quarterly results of the fictional companies."""

from datetime import date, timedelta

from mock_apis.core import Record, World, money
from mock_apis.core.entities import IsoDate
from mock_apis.finance.price_level import price
from mock_apis.markets.exchange_rows import FIRST_DAY, share_count_millions


class Dividend(Record):
    date: IsoDate
    per_share: float


class Result(Record):
    quarter: str
    reported_on: IsoDate
    revenue_millions: float
    profit_millions: float
    profit_per_share: float


def list_dividends(w: World, symbol: str) -> list[Dividend]:
    """What the company has paid each quarter, oldest first; three companies in ten pay nothing."""
    draw = w.draw("exchange dividends", symbol)
    paying, month, base = draw.chance(0.7), draw.between(1, 3), draw.amount(0.1, 0.9)
    paid: list[Dividend] = []
    for quarter in range((w.today.year - FIRST_DAY.year) * 4 + 4 if paying else 0):
        day = date(FIRST_DAY.year + quarter // 4, quarter % 4 * 3 + month, 15)
        if day <= w.today:
            paid.append(Dividend(date=day.isoformat(), per_share=price(w, base * (1 + quarter * 0.02))))
    return paid


def list_results(w: World, symbol: str) -> list[Result]:
    """The results reported so far, oldest first."""
    shares, base = share_count_millions(w, symbol), w.draw("exchange revenue", symbol).amount(1.5, 9)
    found: list[Result] = []
    for number in range((w.today.year - FIRST_DAY.year) * 4 + 4):
        year, quarter = FIRST_DAY.year + number // 4, number % 4 + 1
        reported = date(year + quarter // 4, quarter % 4 * 3 + 1, 1) + timedelta(days=28)
        draw = w.draw("exchange quarter", symbol, number)
        revenue = price(w, shares * base * draw.amount(0.85, 1.2))
        profit = money(revenue * draw.amount(-0.04, 0.22))
        if reported <= w.today:
            found.append(
                Result(
                    quarter=f"{year} Q{quarter}",
                    reported_on=reported.isoformat(),
                    revenue_millions=revenue,
                    profit_millions=profit,
                    profit_per_share=round(profit / shares, 3),
                )
            )
    return found
