"""The persona's wallet: small sums between the people they know."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CurrencyCode, Entity, IsoDate, Limit, PersonName
from mock_apis.core.errors import FailedPrecondition, InsufficientFunds, NotFound, PermissionDenied
from mock_apis.core.persona import people, persona
from mock_apis.finance.bank import check_coins
from mock_apis.finance.ledger import ACCOUNTS, AccountId, TransactionId, book
from mock_apis.finance.price_level import price

wallet = Domain(
    "wallet", category="finance", description="Fictional payment app holding the user's balance and requests."
)

RequestId = Annotated[str, Field(pattern=r"^PAYREQ-[0-9A-F]{6}$"), Entity("payment_request.id")]
PaymentId = Annotated[str, Field(pattern=r"^PAY-[0-9A-F]{6}$")]
Amount = Annotated[float, Field(ge=0.01, le=1e6)]
RequestStatus = Literal["pending", "paid", "declined"]


class Balance(Record):
    owner: PersonName
    balance: float
    currency: CurrencyCode


class Payment(Record):
    payment_id: PaymentId
    date: IsoDate
    person: PersonName
    amount: float
    """Negative if the user paid."""
    note: str


class Paid(Payment):
    balance: float


class PaymentList(Record):
    total: int
    payments: list[Payment]


class PaymentRequest(Record):
    request_id: RequestId
    date: IsoDate
    payer: PersonName
    payee: PersonName
    amount: float
    note: str
    status: RequestStatus


class RequestList(Record):
    total: int
    requests: list[PaymentRequest]


class WalletMoved(Record):
    balance: float
    currency: CurrencyCode
    transaction_id: TransactionId
    account_balance: float


def seed_balance(w: World) -> list[Balance]:
    """What the user has in the wallet."""
    user = persona(w)
    return [Balance(owner=user.name, balance=price(w, w.draw("wallet").amount(60, 160)), currency=user.currency)]


def seed_payments(w: World) -> list[Payment]:
    """Four past payments, oldest first."""
    draw = w.draw("wallet payments")
    notes = ("pizza night", "taxi home", "concert ticket", "birthday present")
    return [
        Payment(
            payment_id=f"PAY-{draw.bits() % 0x1000000:06X}",
            date=(w.today - timedelta(days=age)).isoformat(),
            person=draw.pick(people(w)).name,
            amount=price(w, draw.amount(5, 40)) * draw.pick((1, -1)),
            note=note,
        )
        for age, note in zip((33, 21, 12, 4), notes, strict=True)
    ]


def seed_requests(w: World) -> list[PaymentRequest]:
    """Two people ask the user for money, and one owes the user some."""
    draw, user = w.draw("wallet requests"), persona(w).name
    friends = draw.sample([person.name for person in people(w)], 3)
    pairs = ((user, friends[0], "cinema"), (user, friends[1], "groceries"), (friends[2], user, "parking"))
    return [
        PaymentRequest(
            request_id=f"PAYREQ-{draw.bits() % 0x1000000:06X}",
            date=(w.today - timedelta(days=draw.between(1, 9))).isoformat(),
            payer=payer,
            payee=payee,
            amount=price(w, draw.amount(6, 28)),
            note=note,
            status="pending",
        )
        for payer, payee, note in pairs
    ]


BALANCES = Table("wallet_balances", key="owner", seed_rows=seed_balance)
PAYMENTS = Table("wallet_payments", key="payment_id", seed_rows=seed_payments)
REQUESTS = Table("wallet_requests", key="request_id", seed_rows=seed_requests)


@wallet.tool(example={}, kind="stateful")
def balance(w: World) -> Balance:
    """Show how much money is in the user's wallet."""
    return BALANCES.all(w)[0]


@wallet.tool(
    example={"person": "@bank_payees.payees[0]", "amount": 5, "note": "coffee"},
    errors=[NotFound, InsufficientFunds],
    writes=True,
    kind="stateful",
    equivalent_to=["bank_pay_person"],
)
def send(w: World, person: PersonName, amount: Amount, note: str = "") -> Paid:
    """Send money from the wallet to a person the user knows.

    person: Full name of one of the people that bank_payees lists.
    amount: Amount in the user's currency.
    note: What the money is for.
    """
    check_friend(w, person)
    return pay(w, person, -amount, note)


@wallet.tool(
    example={"person": "@bank_payees.payees[1]", "amount": 8, "note": "museum"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def request(w: World, person: PersonName, amount: Amount, note: str = "") -> PaymentRequest:
    """Ask a person the user knows to pay money into the wallet.

    person: Full name of one of the people that bank_payees lists.
    amount: Amount in the user's currency.
    note: What the money is for.
    """
    check_friend(w, person)
    check_coins(w, amount)
    row = PaymentRequest(
        request_id=w.new_id("PAYREQ"),
        date=w.today.isoformat(),
        payer=person,
        payee=persona(w).name,
        amount=amount,
        note=note,
        status="pending",
    )
    return REQUESTS.put(w, row)


@wallet.tool(example={"direction": "received"}, kind="stateful")
def requests(
    w: World,
    direction: Literal["received", "made"] = "received",
    status: RequestStatus | None = None,
    limit: Limit = 5,
) -> RequestList:
    """List payment requests that the user received or made, newest first.

    direction: Requests that others sent to the user, or that the user sent.
    status: Only requests of this status.
    limit: At most this many requests.
    """
    user = persona(w).name
    rows = [row for row in REQUESTS.all(w) if user == (row.payer if direction == "received" else row.payee)]
    rows = [row for row in rows if status in (None, row.status)]
    rows.sort(key=lambda row: (row.date, row.request_id), reverse=True)
    return RequestList(total=len(rows), requests=rows[:limit])


@wallet.tool(
    example={"request_id": "@wallet_requests.requests[0].request_id"},
    errors=[NotFound, FailedPrecondition, PermissionDenied, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def pay_request(w: World, request_id: RequestId) -> Paid:
    """Pay a pending request for money that another person made.

    request_id: A request that the user received, as given by wallet_requests.
    """
    row = open_request(w, request_id)
    if row.payer != persona(w).name:
        raise PermissionDenied(f"request_id {request_id} is for {row.payer} to pay")
    REQUESTS.put(w, row.model_copy(update={"status": "paid"}))
    return pay(w, row.payee, -row.amount, row.note)


@wallet.tool(
    example={"request_id": "@wallet_requests.requests[1].request_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def decline_request(w: World, request_id: RequestId) -> PaymentRequest:
    """Decline a request that the user received, or withdraw one that they made.

    request_id: A pending request, as given by wallet_requests.
    """
    return REQUESTS.put(w, open_request(w, request_id).model_copy(update={"status": "declined"}))


@wallet.tool(
    example={"account_id": "@bank_accounts.accounts[0].account_id", "amount": 20, "direction": "top_up"},
    errors=[NotFound, InsufficientFunds],
    writes=True,
    kind="stateful",
)
def move_money(
    w: World, account_id: AccountId, amount: Amount, direction: Literal["top_up", "cash_out"]
) -> WalletMoved:
    """Top the wallet up from a bank account, or cash out to one.

    account_id: The bank account, as given by bank_accounts.
    amount: Amount in the user's currency.
    direction: Into the wallet (top_up) or out of it (cash_out).
    """
    account = ACCOUNTS.get(w, account_id)
    check_coins(w, amount)
    signed = amount if direction == "top_up" else -amount
    left = change_balance(w, signed)
    moved = book(w, account, -signed, "transfer", "wallet")
    return WalletMoved(
        balance=left, currency=moved.currency, transaction_id=moved.transaction_id, account_balance=moved.balance
    )


@wallet.tool(example={"limit": 3}, kind="stateful")
def activity(w: World, person: PersonName | None = None, limit: Limit = 5) -> PaymentList:
    """List the wallet's payments to and from people, newest first.

    person: Only payments with this person, by full name.
    limit: At most this many payments.
    """
    rows = [row for row in PAYMENTS.all(w) if person in (None, row.person)]
    return PaymentList(total=len(rows), payments=rows[::-1][:limit])


def check_friend(w: World, person: str) -> None:
    """Raises NotFound unless the user knows the person."""
    if person not in {friend.name for friend in people(w)}:
        raise NotFound(f"no person '{person}' known to the user; see bank_payees")


def open_request(w: World, request_id: str) -> PaymentRequest:
    """A pending request. Raises NotFound or FailedPrecondition."""
    row = REQUESTS.get(w, request_id)
    if row.status != "pending":
        raise FailedPrecondition(f"request_id {request_id} is {row.status} already")
    return row


def change_balance(w: World, amount: float) -> float:
    """The new balance. Raises InsufficientFunds."""
    row = BALANCES.all(w)[0]
    left = money(row.balance + amount)
    if left < 0:
        raise InsufficientFunds(f"amount {-amount:.2f} exceeds the wallet's {row.balance:.2f}; see wallet_move_money")
    return BALANCES.put(w, row.model_copy(update={"balance": left})).balance


def pay(w: World, person: str, amount: float, note: str) -> Paid:
    """Change the balance and keep the payment."""
    check_coins(w, amount)
    left = change_balance(w, amount)
    row = Payment(payment_id=w.new_id("PAY"), date=w.today.isoformat(), person=person, amount=amount, note=note)
    PAYMENTS.put(w, row)
    return Paid(**row.model_dump(), balance=left)
