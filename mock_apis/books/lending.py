"""Loans and holds of the town library: how they are kept, and its rules."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.books.catalogue import BOOKS, Book, BookId
from mock_apis.core import Record, Table, World, money
from mock_apis.core.entities import Entity, IsoDate
from mock_apis.core.errors import FailedPrecondition

LoanId = Annotated[str, Field(pattern=r"^LOAN-[0-9A-F]{6}$"), Entity("library_loan.id")]
HoldId = Annotated[str, Field(pattern=r"^HOLD-[0-9A-F]{6}$"), Entity("library_hold.id")]
LOAN_DAYS, MOST_RENEWALS, MOST_LOANS, MOST_HOLDS = 14, 2, 6, 4
FINE_PER_DAY, HIGHEST_FINE, BLOCKING_FINES = 0.25, 10.0, 10.0


class Loan(Record):
    loan_id: LoanId
    book_id: BookId
    title: str
    borrowed: IsoDate
    due: IsoDate
    renewals: int
    returned: IsoDate | None
    fine: float
    """Set when the book comes back late."""
    fine_paid: bool


class Hold(Record):
    hold_id: HoldId
    book_id: BookId
    title: str
    placed: IsoDate
    position: int
    """Place in the queue; 1 is next."""


def seed_loans(w: World) -> list[Loan]:
    """One due in some days, one overdue, and one that came back late and is not paid for."""
    draw = w.draw("library_loans")
    first, second, third = draw.sample([book for book in BOOKS.all(w)[:-3] if book.on_shelf < book.copies], 3)
    late = draw.between(2, 9)
    plan = ((first, -draw.between(3, 12)), (second, -LOAN_DAYS - draw.between(1, 6)))
    open_ones = [new_loan(w, f"LOAN-{draw.bits() % 0x1000000:06X}", book, begun) for book, begun in plan]
    past = new_loan(w, f"LOAN-{draw.bits() % 0x1000000:06X}", third, -LOAN_DAYS - late - 10)
    back = {"returned": (w.today - timedelta(days=10)).isoformat(), "fine": money(late * FINE_PER_DAY)}
    return [*open_ones, past.model_copy(update=back)]


def seed_holds(w: World) -> list[Hold]:
    """None."""
    return []


LOANS = Table("library_loans", key="loan_id", seed_rows=seed_loans)
HOLDS = Table("library_holds", key="hold_id", seed_rows=seed_holds)


def new_loan(w: World, loan_id: str, book: Book, begun: int) -> Loan:
    """An open loan that began so many days from today."""
    start = w.today + timedelta(days=begun)
    return Loan(
        loan_id=loan_id,
        book_id=book.book_id,
        title=book.title,
        borrowed=start.isoformat(),
        due=(start + timedelta(days=LOAN_DAYS)).isoformat(),
        renewals=0,
        returned=None,
        fine=0,
        fine_paid=False,
    )


def find_open(w: World, loan_id: str) -> Loan:
    """The loan. Raises NotFound, or FailedPrecondition if the book came back."""
    loan = LOANS.get(w, loan_id)
    if loan.returned:
        raise FailedPrecondition(f"loan_id {loan_id} was returned on {loan.returned}")
    return loan


def fine_today(w: World, loan: Loan) -> float:
    """What a return today costs."""
    late = max(0, (w.today - date.fromisoformat(loan.due)).days)
    return money(min(HIGHEST_FINE, late * FINE_PER_DAY))


def unpaid_fines(w: World) -> float:
    """The sum of the unpaid fines."""
    return money(sum(loan.fine for loan in LOANS.all(w) if not loan.fine_paid))
