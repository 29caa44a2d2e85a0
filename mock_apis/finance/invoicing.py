"""Invoices that the persona writes to contacts."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.contacts import CONTACTS, ContactId
from mock_apis.core import Domain, Record, Table, World, money
from mock_apis.core.entities import CurrencyCode, EmailAddress, Entity, IsoDate, Limit, PersonName
from mock_apis.core.errors import FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.finance.bank import check_coins
from mock_apis.finance.ledger import ACCOUNTS, AccountId, TransactionId, book
from mock_apis.finance.price_level import round_local

invoicing = Domain("invoicing", category="finance", description="The user's invoices to people in the address book.")

InvoiceId = Annotated[str, Field(pattern=r"^INV-[0-9A-F]{6}$"), Entity("invoice.id")]
Status = Literal["draft", "sent", "paid", "void"]
Amount = Annotated[float, Field(ge=0.01, le=1e7)]
MOST_LINES = 20


class InvoiceLine(Record):
    description: str
    quantity: float
    unit_price: float
    tax_percent: float


class Invoice(Record):
    invoice_id: InvoiceId
    contact_id: ContactId
    customer: PersonName
    email: EmailAddress
    status: Status
    due: IsoDate | None
    """Set when it is sent."""
    payment_days: int
    lines: list[InvoiceLine]
    net: float
    tax: float
    total: float
    paid: float
    currency: CurrencyCode


class InvoiceHead(Record):
    invoice_id: InvoiceId
    contact_id: ContactId
    customer: PersonName
    status: Status
    due: IsoDate | None
    total: float
    unpaid: float
    overdue: bool


class InvoiceList(Record):
    total: int
    invoices: list[InvoiceHead]


class InvoicePayment(Record):
    invoice_id: InvoiceId
    status: Status
    unpaid: float
    transaction_id: TransactionId
    account_balance: float


INVOICES: Table[Invoice] = Table("invoicing_invoices", key="invoice_id", seed_rows=lambda w: [])


@invoicing.tool(
    example={"contact_id": "@contacts_search.contacts[0].contact_id", "payment_days": 14},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def create(w: World, contact_id: ContactId, payment_days: Annotated[int, Field(ge=0, le=120)] = 30) -> Invoice:
    """Start an empty draft invoice to a contact.

    contact_id: Who is to pay, as given by contacts_search.
    payment_days: Days from sending until it is due.
    """
    contact, invoice_id = CONTACTS.get(w, contact_id), w.new_id("INV")
    row = Invoice(
        invoice_id=invoice_id,
        contact_id=contact_id,
        customer=contact.name,
        email=contact.email,
        status="draft",
        due=None,
        payment_days=payment_days,
        lines=[],
        net=0,
        tax=0,
        total=0,
        paid=0,
        currency=persona(w).currency,
    )
    return INVOICES.put(w, row)


@invoicing.tool(
    example={
        "invoice_id": "@invoicing_create.invoice_id",
        "description": "Web design",
        "quantity": 8,
        "unit_price": 60,
        "tax_percent": 20,
    },
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def add_line(
    w: World,
    invoice_id: InvoiceId,
    description: str,
    quantity: Annotated[float, Field(ge=0.01, le=10000)],
    unit_price: Amount,
    tax_percent: Annotated[float, Field(ge=0, le=40)] = 0.0,
) -> Invoice:
    """Add a line of work or goods to a draft invoice.

    invoice_id: The draft, as given by invoicing_create or invoicing_list.
    description: What is charged.
    quantity: How many units, such as hours.
    unit_price: Net price of a unit in the user's currency.
    tax_percent: Tax in percent of the net price, for example a VAT rate.
    """
    row = in_status(w, invoice_id, "draft")
    if len(row.lines) >= MOST_LINES:
        raise ResourceExhausted(f"invoice_id {invoice_id} has {MOST_LINES} lines already")
    line = InvoiceLine(description=description, quantity=quantity, unit_price=unit_price, tax_percent=tax_percent)
    lines = [*row.lines, line]
    net = round_local(w, sum(item.quantity * item.unit_price for item in lines))
    tax = round_local(w, sum(item.quantity * item.unit_price * item.tax_percent / 100 for item in lines))
    return INVOICES.put(w, row.model_copy(update={"lines": lines, "net": net, "tax": tax, "total": money(net + tax)}))


@invoicing.tool(
    example={"invoice_id": "@invoicing_add_line.invoice_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def send(w: World, invoice_id: InvoiceId) -> Invoice:
    """Send a draft invoice with at least one line, which sets the day it is due.

    invoice_id: The draft, as given by invoicing_create or invoicing_list.
    """
    row = in_status(w, invoice_id, "draft")
    if not row.total:
        raise FailedPrecondition(f"invoice_id {invoice_id} charges nothing yet; see invoicing_add_line")
    due = (w.today + timedelta(days=row.payment_days)).isoformat()
    return INVOICES.put(w, row.model_copy(update={"status": "sent", "due": due}))


@invoicing.tool(example={"invoice_id": "@invoicing_create.invoice_id"}, errors=[NotFound], kind="stateful")
def get(w: World, invoice_id: InvoiceId) -> Invoice:
    """Show an invoice with its lines, tax, total and what has been paid.

    invoice_id: The invoice, as given by invoicing_create or invoicing_list.
    """
    return INVOICES.get(w, invoice_id)


@invoicing.tool(example={"status": "sent"}, kind="stateful")
def list_(w: World, status: Status | None = None, contact_id: ContactId | None = None, limit: Limit = 5) -> InvoiceList:
    """List the user's invoices, newest first, with what is unpaid and overdue.

    status: Only invoices of this status.
    contact_id: Only invoices to this contact.
    limit: At most this many invoices.
    """
    rows = [row for row in INVOICES.all(w) if status in (None, row.status) and contact_id in (None, row.contact_id)]
    heads = []
    for row in rows[::-1][:limit]:
        fields = row.model_dump(include={"invoice_id", "contact_id", "customer", "status", "due", "total"})
        late = row.status == "sent" and row.due is not None and row.due < w.today.isoformat()
        unpaid = money(row.total - row.paid) if row.status == "sent" else 0
        heads.append(InvoiceHead(**fields, unpaid=unpaid, overdue=late))
    return InvoiceList(total=len(rows), invoices=heads)


@invoicing.tool(
    example={
        "invoice_id": "@invoicing_send.invoice_id",
        "account_id": "@bank_accounts.accounts[0].account_id",
        "amount": 100,
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def record_payment(w: World, invoice_id: InvoiceId, account_id: AccountId, amount: Amount) -> InvoicePayment:
    """Book money that a customer paid on a sent invoice into a bank account.

    invoice_id: A sent invoice, as given by invoicing_list.
    account_id: The user's account that received the money, as given by bank_accounts.
    amount: Amount in the user's currency, at most what is unpaid.
    """
    row, account = in_status(w, invoice_id, "sent"), ACCOUNTS.get(w, account_id)
    check_coins(w, amount)
    unpaid = money(row.total - row.paid - amount)
    if unpaid < 0:
        raise FailedPrecondition(f"amount {amount} is more than the {row.total - row.paid:.2f} unpaid")
    status: Status = "sent" if unpaid else "paid"
    INVOICES.put(w, row.model_copy(update={"paid": money(row.paid + amount), "status": status}))
    moved = book(w, account, amount, "payment", row.customer)
    return InvoicePayment(
        invoice_id=invoice_id,
        status=status,
        unpaid=unpaid,
        transaction_id=moved.transaction_id,
        account_balance=moved.balance,
    )


@invoicing.tool(
    example={"invoice_id": "@invoicing_create.invoice_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def void(w: World, invoice_id: InvoiceId) -> Invoice:
    """Void an invoice, draft or sent, on which nothing has been paid.

    invoice_id: The invoice, as given by invoicing_list.
    """
    row = INVOICES.get(w, invoice_id)
    if row.status in ("paid", "void") or row.paid:
        raise FailedPrecondition(f"invoice_id {invoice_id} is {row.status} and has {row.paid:.2f} paid; not voided")
    return INVOICES.put(w, row.model_copy(update={"status": "void"}))


def in_status(w: World, invoice_id: str, status: Status) -> Invoice:
    """The invoice. Raises NotFound, or FailedPrecondition in another status."""
    row = INVOICES.get(w, invoice_id)
    if row.status != status:
        raise FailedPrecondition(f"invoice_id {invoice_id} is {row.status}, not {status}")
    return row
