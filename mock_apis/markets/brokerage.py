"""The persona's brokerage account at the fictional exchange."""

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.entities import CurrencyCode, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InsufficientFunds, NotFound
from mock_apis.core.persona import persona
from mock_apis.finance.bank import check_coins
from mock_apis.finance.ledger import ACCOUNTS, AccountId, TransactionId, book
from mock_apis.markets.exchange_rows import ClosePrice, TickerSymbol, find_company, latest_price
from mock_apis.markets.share_account import (
    CASH,
    POSITIONS,
    TRADES,
    WATCHED,
    Amount,
    Shares,
    Side,
    Trade,
    TradeId,
    TradeStatus,
    Watched,
    change_cash,
    check_cash,
    check_held,
    fill,
    record,
    reserved_cash,
)

brokerage = Domain(
    "brokerage", category="markets", description="The user's share account at the fictional Calder Exchange, no fees."
)


class Holding(Record):
    symbol: TickerSymbol
    shares: int
    value: float
    gain: float
    """Value less cost."""


class Portfolio(Record):
    currency: CurrencyCode
    cash: float
    reserved: float
    """Part of the cash that open buy orders hold."""
    value: float
    holdings: list[Holding]


class CashMoved(Record):
    cash: float
    currency: CurrencyCode
    transaction_id: TransactionId
    account_balance: float


class TradeList(Record):
    total: int
    trades: list[Trade]


class WatchedPrice(Record):
    symbol: TickerSymbol
    price: ClosePrice
    target: float | None
    reached: bool
    """Whether the price is at or below the target."""


class Watchlist(Record):
    total: int
    shares: list[WatchedPrice]


@brokerage.tool(example={}, kind="stateful")
def portfolio(w: World) -> Portfolio:
    """Show the share account's cash and holdings at the latest prices."""
    holdings = []
    for row in POSITIONS.all(w):
        value = money(row.shares * latest_price(w, row.symbol))
        holdings.append(Holding(symbol=row.symbol, shares=row.shares, value=value, gain=money(value - row.cost)))
    cash = CASH.get(w, "cash").balance
    return Portfolio(
        currency=persona(w).currency,
        cash=cash,
        reserved=reserved_cash(w),
        value=money(cash + sum(row.value for row in holdings)),
        holdings=holdings,
    )


@brokerage.tool(
    example={"account_id": "@bank_accounts.accounts[0].account_id", "amount": 200},
    errors=[NotFound, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def deposit(w: World, account_id: AccountId, amount: Amount) -> CashMoved:
    """Move money from a bank account to the share account.

    account_id: Bank account that the money leaves, as given by bank_accounts.
    amount: Amount in the user's currency.
    """
    account = ACCOUNTS.get(w, account_id)
    check_coins(w, amount)
    moved = book(w, account, -amount, "transfer", "share account")
    cash = change_cash(w, amount)
    return CashMoved(
        cash=cash, currency=moved.currency, transaction_id=moved.transaction_id, account_balance=moved.balance
    )


@brokerage.tool(
    example={"account_id": "@bank_accounts.accounts[0].account_id", "amount": 50},
    errors=[NotFound, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def withdraw(w: World, account_id: AccountId, amount: Amount) -> CashMoved:
    """Move free cash from the share account to a bank account.

    account_id: Bank account that the money goes to, as given by bank_accounts.
    amount: Amount in the user's currency.
    """
    account = ACCOUNTS.get(w, account_id)
    check_coins(w, amount)
    cash = change_cash(w, -amount)
    moved = book(w, account, amount, "transfer", "share account")
    return CashMoved(
        cash=cash, currency=moved.currency, transaction_id=moved.transaction_id, account_balance=moved.balance
    )


@brokerage.tool(
    example={"symbol": "@stock_market_search.companies[0].symbol", "shares": 2},
    errors=[NotFound, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def buy(w: World, symbol: TickerSymbol, shares: Shares) -> Trade:
    """Buy shares at the latest price with cash of the share account.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    shares: How many shares.
    """
    find_company(symbol)
    return fill(w, symbol, "buy", shares)


@brokerage.tool(
    example={"symbol": "@brokerage_portfolio.holdings[0].symbol", "shares": 1},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def sell(w: World, symbol: TickerSymbol, shares: Shares) -> Trade:
    """Sell shares that the user holds at the latest price.

    symbol: Ticker symbol of a holding, as given by brokerage_portfolio.
    shares: How many shares, at most those that no open order sells.
    """
    find_company(symbol)
    check_held(w, symbol, shares)
    return fill(w, symbol, "sell", shares)


@brokerage.tool(
    example={"symbol": "@brokerage_portfolio.holdings[0].symbol", "side": "sell", "shares": 1, "limit_price": 1e6},
    errors=[NotFound, InsufficientFunds, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def place_limit(w: World, symbol: TickerSymbol, side: Side, shares: Shares, limit_price: Amount) -> Trade:
    """Place a limit order: filled now if the price allows, else open until cancelled.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    side: Whether to buy or to sell.
    shares: How many shares.
    limit_price: Highest price to pay, or lowest to accept, for one share.
    """
    find_company(symbol)
    if side == "sell":
        check_held(w, symbol, shares)
    latest = latest_price(w, symbol)
    if latest <= limit_price if side == "buy" else latest >= limit_price:
        return fill(w, symbol, side, shares)
    if side == "buy":
        check_cash(w, money(shares * limit_price))
    return record(w, symbol, side, shares, limit_price, "open")


@brokerage.tool(example={"status": "open"}, kind="stateful")
def trades(
    w: World, status: TradeStatus | None = None, symbol: TickerSymbol | None = None, limit: Limit = 5
) -> TradeList:
    """List the user's trades and limit orders, newest first.

    status: Only those of this status.
    symbol: Only those of this ticker symbol.
    limit: At most this many.
    """
    rows = [row for row in TRADES.all(w) if status in (None, row.status) and symbol in (None, row.symbol)]
    return TradeList(total=len(rows), trades=rows[::-1][:limit])


@brokerage.tool(
    example={"trade_id": "@brokerage_place_limit.trade_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_limit(w: World, trade_id: TradeId) -> Trade:
    """Cancel a limit order that is still open.

    trade_id: The order, as given when it was placed or by brokerage_trades.
    """
    row = TRADES.get(w, trade_id)
    if row.status != "open":
        raise FailedPrecondition(f"trade_id {trade_id} is {row.status} already")
    return TRADES.put(w, row.model_copy(update={"status": "cancelled"}))


@brokerage.tool(
    example={"symbol": "@stock_market_movers.companies[0].symbol"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def watch(w: World, symbol: TickerSymbol, target: Amount | None = None) -> Watched:
    """Watch a share, with the price at which the user would buy.

    symbol: Four-letter ticker symbol, as given by stock_market_search.
    target: Price to wait for; none if left out.
    """
    find_company(symbol)
    if WATCHED.find(w, symbol):
        raise Conflict(f"symbol {symbol} is watched already")
    return WATCHED.put(w, Watched(symbol=symbol, target=target))


@brokerage.tool(example={}, kind="stateful")
def watched(w: World, limit: Limit = 10) -> Watchlist:
    """List the watched shares with their prices and whether the target is met.

    limit: At most this many shares.
    """
    rows = [(row, latest_price(w, row.symbol)) for row in WATCHED.all(w)[:limit]]
    shares = [
        WatchedPrice(
            symbol=row.symbol, price=now, target=row.target, reached=row.target is not None and now <= row.target
        )
        for row, now in rows
    ]
    return Watchlist(total=len(WATCHED.all(w)), shares=shares)
