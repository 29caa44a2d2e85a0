"""The rows behind the brokerage: cash, positions, trades, and the rules that keep them in step."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World, money
from mock_apis.core.entities import Entity, IsoDate
from mock_apis.core.errors import FailedPrecondition, InsufficientFunds
from mock_apis.finance.price_level import price
from mock_apis.markets.exchange_rows import COMPANIES, TickerSymbol, latest_price

TradeId = Annotated[str, Field(pattern=r"^TRADE-[0-9A-F]{6}$"), Entity("trade.id")]
Shares = Annotated[int, Field(ge=1, le=100000)]
Amount = Annotated[float, Field(ge=0.01, le=1e9)]
Side = Literal["buy", "sell"]
TradeStatus = Literal["filled", "open", "cancelled"]


class Cash(Record):
    name: str
    balance: float


class Position(Record):
    symbol: TickerSymbol
    shares: int
    cost: float
    """What was paid for the shares that are left."""


class Trade(Record):
    trade_id: TradeId
    symbol: TickerSymbol
    side: Side
    shares: int
    price: float
    """What was paid a share, or the limit of an order that is not filled."""
    status: TradeStatus
    date: IsoDate


class Watched(Record):
    symbol: TickerSymbol
    target: float | None


def seed_positions(w: World) -> list[Position]:
    """Three shares, bought a little below or above today's price."""
    draw = w.draw("brokerage positions")
    rows = []
    for symbol in draw.sample(sorted(COMPANIES), 3):
        shares = draw.between(5, 40)
        rows.append(
            Position(symbol=symbol, shares=shares, cost=money(shares * latest_price(w, symbol) * draw.amount(0.8, 1.1)))
        )
    return rows


CASH = Table("brokerage_cash", key="name", seed_rows=lambda w: [Cash(name="cash", balance=price(w, 2500))])
POSITIONS = Table("brokerage_positions", key="symbol", seed_rows=seed_positions)
TRADES: Table[Trade] = Table("brokerage_trades", key="trade_id", seed_rows=lambda w: [])
WATCHED: Table[Watched] = Table("brokerage_watched", key="symbol", seed_rows=lambda w: [])


def reserved_cash(w: World) -> float:
    """What the open buy orders would cost."""
    rows = [row for row in TRADES.all(w) if row.status == "open" and row.side == "buy"]
    return money(sum(money(row.shares * row.price) for row in rows))


def check_cash(w: World, amount: float) -> None:
    """Raises InsufficientFunds if less cash is free."""
    free = money(CASH.get(w, "cash").balance - reserved_cash(w))
    if amount > free:
        raise InsufficientFunds(f"{amount:.2f} exceeds the {free:.2f} of free cash; see brokerage_deposit")


def check_held(w: World, symbol: str, shares: int) -> None:
    """Raises FailedPrecondition if fewer shares are free to sell."""
    row = POSITIONS.find(w, symbol)
    offered = [trade for trade in TRADES.all(w) if (trade.symbol, trade.status, trade.side) == (symbol, "open", "sell")]
    free = (row.shares if row else 0) - sum(trade.shares for trade in offered)
    if shares > free:
        raise FailedPrecondition(f"shares {shares} is more than the {free} of {symbol} that are free to sell")


def change_cash(w: World, amount: float) -> float:
    """The new cash balance."""
    if amount < 0:
        check_cash(w, -amount)
    row = CASH.get(w, "cash")
    return CASH.put(w, row.model_copy(update={"balance": money(row.balance + amount)})).balance


def fill(w: World, symbol: str, side: Side, shares: int) -> Trade:
    """Trade at the latest price."""
    now = latest_price(w, symbol)
    held = POSITIONS.find(w, symbol) or Position(symbol=symbol, shares=0, cost=0)
    change_cash(w, money(now * shares) * (1 if side == "sell" else -1))
    if side == "buy":
        update = {"shares": held.shares + shares, "cost": money(held.cost + now * shares)}
    else:
        update = {"shares": held.shares - shares, "cost": money(held.cost * (held.shares - shares) / held.shares)}
    if update["shares"]:
        POSITIONS.put(w, held.model_copy(update=update))
    else:
        POSITIONS.remove(w, symbol)
    return record(w, symbol, side, shares, now, "filled")


def record(w: World, symbol: str, side: Side, shares: int, each: float, status: TradeStatus) -> Trade:
    """Keep the trade."""
    trade_id, day = w.new_id("TRADE"), w.today.isoformat()
    return TRADES.put(
        w, Trade(trade_id=trade_id, symbol=symbol, side=side, shares=shares, price=each, status=status, date=day)
    )
