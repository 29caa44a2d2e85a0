"""The persona's bank: accounts, cards, transfers between own accounts and payments to people."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World, money
from mock_apis.core.entities import Limit, PersonName
from mock_apis.core.errors import FailedPrecondition, InsufficientFunds, InvalidArgument, NotFound
from mock_apis.core.persona import people, persona
from mock_apis.finance.ledger import (
    ACCOUNTS,
    CARDS,
    Account,
    AccountId,
    Card,
    CardId,
    Moved,
    Transaction,
    TransactionType,
    book,
    list_since,
)
from mock_apis.finance.price_level import round_local

bank = Domain("bank", category="finance", description="Fictional bank holding the user's accounts and cards.")

Amount = Annotated[float, Field(ge=0.01, le=1e9)]


class AccountList(Record):
    total: int
    accounts: list[Account]


class AccountDetail(Account):
    owner: PersonName
    paid_in_30_days: float
    paid_out_30_days: float


class CardList(Record):
    total: int
    cards: list[Card]


class TransactionList(Record):
    total: int
    transactions: list[Transaction]


class PayeeList(Record):
    total: int
    payees: list[PersonName]


@bank.tool(example={}, kind="stateful")
def accounts(w: World) -> AccountList:
    """List the user's bank accounts with their balances."""
    rows = ACCOUNTS.all(w)
    return AccountList(total=len(rows), accounts=rows)


@bank.tool(example={"account_id": "@bank_accounts.accounts[0].account_id"}, errors=[NotFound], kind="stateful")
def get_account(w: World, account_id: AccountId) -> AccountDetail:
    """Get an account with the money that came in and went out in 30 days.

    account_id: The account, as given by bank_accounts.
    """
    account = ACCOUNTS.get(w, account_id)
    amounts = [row.amount for row in list_since(w, account_id, w.today - timedelta(days=30))]
    return AccountDetail(
        **account.model_dump(),
        owner=persona(w).name,
        paid_in_30_days=money(sum(amount for amount in amounts if amount > 0)),
        paid_out_30_days=money(-sum(amount for amount in amounts if amount < 0)),
    )


@bank.tool(
    example={"account_id": "@bank_accounts.accounts[0].account_id", "type": "purchase"},
    errors=[NotFound],
    kind="stateful",
)
def transactions(
    w: World, account_id: AccountId, type: TransactionType | None = None, limit: Limit = 5
) -> TransactionList:
    """List the transactions of an account, newest first.

    account_id: The account, as given by bank_accounts.
    type: Only transactions of this type.
    limit: At most this many.
    """
    ACCOUNTS.get(w, account_id)
    found = [row for row in list_since(w, account_id, date.min) if type in (None, row.type)]
    return TransactionList(total=len(found), transactions=found[:limit])


@bank.tool(
    example={
        "from_account": "@bank_accounts.accounts[1].account_id",
        "to_account": "@bank_accounts.accounts[0].account_id",
        "amount": 100,
    },
    errors=[NotFound, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def transfer(w: World, from_account: AccountId, to_account: AccountId, amount: Amount) -> Moved:
    """Move money between two of the user's own accounts.

    from_account: Account that the money leaves.
    to_account: Account that the money goes to.
    amount: Amount in the currency of the accounts, in whole cents (or whole yen).
    """
    source, target = ACCOUNTS.get(w, from_account), ACCOUNTS.get(w, to_account)
    if from_account == to_account:
        raise InvalidArgument(f"to_account {to_account} is the account that the money comes from")
    check_coins(w, amount)
    moved = book(w, source, -amount, "transfer", f"{target.type} account")
    book(w, target, amount, "transfer", f"{source.type} account")
    return moved


@bank.tool(example={}, kind="stateful")
def payees(w: World) -> PayeeList:
    """List the people whom the user can pay by name."""
    names = sorted(person.name for person in people(w))
    return PayeeList(total=len(names), payees=names)


@bank.tool(
    example={
        "account_id": "@bank_accounts.accounts[0].account_id",
        "payee": "@bank_payees.payees[0]",
        "amount": 12,
    },
    errors=[NotFound, InsufficientFunds],
    writes=True,
    kind="stateful",
    equivalent_to=["wallet_send"],
)
def pay_person(w: World, account_id: AccountId, payee: PersonName, amount: Amount) -> Moved:
    """Pay money from an account to a person the user knows.

    account_id: Account that the money leaves.
    payee: Full name of one of the user's payees.
    amount: Amount in the currency of the account, in whole cents (or whole yen).
    """
    account = ACCOUNTS.get(w, account_id)
    if payee not in {person.name for person in people(w)}:
        raise NotFound(f"no payee '{payee}'; see bank_payees")
    check_coins(w, amount)
    return book(w, account, -amount, "payment", payee)


@bank.tool(example={}, kind="stateful")
def cards(w: World) -> CardList:
    """List the user's bank cards and whether they are frozen."""
    rows = CARDS.all(w)
    return CardList(total=len(rows), cards=rows)


@bank.tool(
    example={"card_id": "@bank_cards.cards[1].card_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def freeze_card(w: World, card_id: CardId) -> Card:
    """Freeze a bank card so that it cannot be used to pay.

    card_id: The card, as given by bank_cards.
    """
    return set_frozen(w, card_id, True)


@bank.tool(
    example={"card_id": "@bank_freeze_card.card_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def unfreeze_card(w: World, card_id: CardId) -> Card:
    """Make a frozen bank card usable again.

    card_id: The frozen card, as given by bank_cards.
    """
    return set_frozen(w, card_id, False)


def check_coins(w: World, amount: float) -> None:
    """Raises InvalidArgument for less than the smallest coin: a cent, or a yen."""
    if abs(amount - round_local(w, amount)) > 1e-6:
        raise InvalidArgument(f"amount {amount} is finer than the smallest coin of {persona(w).currency}")


def set_frozen(w: World, card_id: str, frozen: bool) -> Card:
    """Raises FailedPrecondition if the card is in that state already."""
    card = CARDS.get(w, card_id)
    if card.frozen == frozen:
        raise FailedPrecondition(f"card_id {card_id} is {'frozen already' if frozen else 'not frozen'}")
    return CARDS.put(w, card.model_copy(update={"frozen": frozen}))
