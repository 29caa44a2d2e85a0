"""The rows behind the bank and everything that is paid by card: accounts, cards, transactions."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World, money
from mock_apis.core.entities import CurrencyCode, Entity, IsoDate
from mock_apis.core.errors import FailedPrecondition, InsufficientFunds
from mock_apis.core.persona import persona
from mock_apis.finance.price_level import price

AccountId = Annotated[str, Field(pattern=r"^ACC-[0-9A-F]{6}$"), Entity("account.id")]
CardId = Annotated[str, Field(pattern=r"^CARD-[0-9A-F]{6}$"), Entity("card.id")]
TransactionId = Annotated[str, Field(pattern=r"^TXN-[0-9A-F]{6}$"), Entity("transaction.id")]
AccountType = Literal["checking", "savings"]
TransactionType = Literal["salary", "rent", "purchase", "transfer", "payment", "refund"]
SHOPS = ("Corner Bakery", "Green Basket", "Metro Transit", "Page One Books", "Harbour Cafe", "City Pharmacy")


class Account(Record):
    account_id: AccountId
    type: AccountType
    balance: float
    currency: CurrencyCode
    opened: IsoDate


class Card(Record):
    card_id: CardId
    account_id: AccountId
    type: Literal["debit", "virtual"]
    last_digits: str
    frozen: bool


class Transaction(Record):
    transaction_id: TransactionId
    account_id: AccountId
    date: IsoDate
    type: TransactionType
    amount: float
    """Negative if money left the account."""
    counterparty: str


class Moved(Record):
    transaction_id: TransactionId
    amount: float
    currency: CurrencyCode
    balance: float


def seed_accounts(w: World) -> list[Account]:
    """A checking and a savings account, opened more than a year ago."""
    draw, currency = w.draw("bank accounts"), persona(w).currency
    levels: tuple[tuple[AccountType, float], ...] = (
        ("checking", draw.amount(1500, 4500)),
        ("savings", draw.amount(3000, 20000)),
    )
    return [
        Account(
            account_id=f"ACC-{draw.bits() % 0x1000000:06X}",
            type=kind,
            balance=price(w, level),
            currency=currency,
            opened=(w.today - timedelta(days=draw.between(400, 3000))).isoformat(),
        )
        for kind, level in levels
    ]


def seed_cards(w: World) -> list[Card]:
    """A debit and a virtual card, both on the checking account."""
    draw, account_id = w.draw("bank cards"), ACCOUNTS.all(w)[0].account_id
    kinds: tuple[Literal["debit", "virtual"], ...] = ("debit", "virtual")
    return [
        Card(
            card_id=f"CARD-{draw.bits() % 0x1000000:06X}",
            account_id=account_id,
            type=kind,
            last_digits=f"{draw.between(0, 9999):04d}",
            frozen=False,
        )
        for kind in kinds
    ]


def seed_transactions(w: World) -> list[Transaction]:
    """Sixty days of the checking account, and two deposits into savings."""
    draw = w.draw("bank transactions")
    checking, savings = ACCOUNTS.all(w)
    salary, rent = price(w, draw.amount(2400, 3900)), price(w, draw.amount(700, 1200))
    rows: list[tuple[int, Account, TransactionType, float, str]] = []
    for age in (53, 23):
        saved = price(w, draw.between(2, 6) * 50)
        rows.append((age + 5, checking, "salary", salary, "Northgate Works"))
        rows.append((age + 3, checking, "rent", -rent, "Linden Homes"))
        rows.append((age, checking, "transfer", -saved, "savings account"))
        rows.append((age, savings, "transfer", saved, "checking account"))
    for _ in range(12):
        spent = price(w, draw.amount(3, 80))
        rows.append((draw.between(1, 59), checking, "purchase", -spent, draw.pick(SHOPS)))
    rows.sort(key=lambda row: -row[0])
    return [
        Transaction(
            transaction_id=f"TXN-{draw.bits() % 0x1000000:06X}",
            account_id=account.account_id,
            date=(w.today - timedelta(days=age)).isoformat(),
            type=kind,
            amount=amount,
            counterparty=counterparty,
        )
        for age, account, kind, amount, counterparty in rows
    ]


ACCOUNTS = Table("bank_accounts", key="account_id", seed_rows=seed_accounts)
CARDS = Table("bank_cards", key="card_id", seed_rows=seed_cards)
TRANSACTIONS = Table("bank_transactions", key="transaction_id", seed_rows=seed_transactions)


def charge_card(w: World, card_id: str | None, amount: float, merchant: str) -> Card:
    """Pay a merchant with a card (the first one if None). Raises FailedPrecondition if it is frozen."""
    card = CARDS.get(w, card_id) if card_id else CARDS.all(w)[0]
    if card.frozen:
        raise FailedPrecondition(f"card_id {card.card_id} is frozen; see bank_unfreeze_card")
    book(w, ACCOUNTS.get(w, card.account_id), -amount, "purchase", merchant)
    return card


def refund_card(w: World, card_id: str, amount: float, merchant: str) -> None:
    """Give money back to the account of a card, frozen or not."""
    book(w, ACCOUNTS.get(w, CARDS.get(w, card_id).account_id), amount, "refund", merchant)


def book(w: World, account: Account, amount: float, kind: TransactionType, counterparty: str) -> Moved:
    """Change a balance and record why. Raises InsufficientFunds rather than overdraw."""
    balance = money(account.balance + amount)
    if amount < 0 and balance < 0:
        raise InsufficientFunds(
            f"amount {-amount:.2f} exceeds the balance {account.balance:.2f} of {account.account_id}"
        )
    ACCOUNTS.put(w, account.model_copy(update={"balance": balance}))
    row = Transaction(
        transaction_id=w.new_id("TXN"),
        account_id=account.account_id,
        date=w.today.isoformat(),
        type=kind,
        amount=amount,
        counterparty=counterparty,
    )
    TRANSACTIONS.put(w, row)
    return Moved(transaction_id=row.transaction_id, amount=abs(amount), currency=account.currency, balance=balance)


def list_since(w: World, account_id: str, first: date) -> list[Transaction]:
    """The account's transactions from that day on, newest first."""
    day = first.isoformat()
    return [row for row in reversed(TRANSACTIONS.all(w)) if row.account_id == account_id and row.date >= day]
