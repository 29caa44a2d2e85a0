"""Borrowing from the town library; its books are invented."""

from datetime import date, timedelta
from typing import Literal

from mock_apis.books.catalogue import BOOKS, Author, Book, BookId, Genre
from mock_apis.books.lending import (
    BLOCKING_FINES,
    HOLDS,
    LOAN_DAYS,
    LOANS,
    MOST_HOLDS,
    MOST_LOANS,
    MOST_RENEWALS,
    Hold,
    HoldId,
    Loan,
    LoanId,
    find_open,
    fine_today,
    new_loan,
    unpaid_fines,
)
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CurrencyCode, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona

library = Domain("library", category="books", description="Fictional town library: its books, the user's loans, fines.")

Shelf = Literal["any", "on_shelf", "lent_out"]


class BookSummary(Record):
    book_id: BookId
    title: str
    author: Author
    year: int
    on_shelf: int


class BookList(Record):
    total: int
    books: list[BookSummary]


class LoanList(Record):
    total: int
    loans: list[Loan]


class HoldList(Record):
    total: int
    holds: list[Hold]


class Fine(Record):
    loan_id: LoanId
    title: str
    amount: float


class Fines(Record):
    total_due: float
    currency: CurrencyCode
    fines: list[Fine]


class Payment(Record):
    loan_id: LoanId
    paid: float
    currency: CurrencyCode
    left_to_pay: float


@library.tool(example={"genre": "children"}, kind="stateful")
def search(
    w: World,
    query: str = "",
    author: Author | None = None,
    genre: Genre | None = None,
    shelf: Shelf = "any",
    limit: Limit = 5,
) -> BookList:
    """Find books in the town library by title, author or genre.

    query: Part of the title; case does not matter.
    author: Part of the author's name; case does not matter.
    genre: Only books of this genre.
    shelf: Only books with a copy on the shelf, or only books that are all lent out.
    limit: At most this many books.
    """
    found = [
        book
        for book in BOOKS.all(w)
        if query.strip().casefold() in book.title.casefold()
        and (author is None or author.strip().casefold() in book.author.casefold())
        and genre in (None, book.genre)
        and shelf in ("any", "on_shelf" if book.on_shelf else "lent_out")
    ]
    fields = set(BookSummary.model_fields)
    return BookList(total=len(found), books=[BookSummary(**book.model_dump(include=fields)) for book in found[:limit]])


@library.tool(example={"book_id": "@library_search.books[0].book_id"}, errors=[NotFound], kind="stateful")
def get_book(w: World, book_id: BookId) -> Book:
    """Show a library book with publisher, pages, free copies and waiting readers.

    book_id: The book, as given by library_search.
    """
    return BOOKS.get(w, book_id)


@library.tool(example={"only_open": True}, kind="stateful")
def loans(w: World, only_open: bool = True, limit: Limit = 5) -> LoanList:
    """List the user's library loans, the earliest due date first.

    only_open: Leave out books that were returned.
    limit: At most this many loans.
    """
    found = [loan for loan in LOANS.all(w) if not (only_open and loan.returned)]
    found.sort(key=lambda loan: (loan.due, loan.loan_id))
    return LoanList(total=len(found), loans=found[:limit])


@library.tool(
    example={"book_id": "@library_search.books[0].book_id"},
    errors=[NotFound, Conflict, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def borrow(w: World, book_id: BookId) -> Loan:
    """Borrow a library book that is on the shelf, for 14 days.

    book_id: A book with a copy on the shelf; at most six books can be out at a time.
    """
    book = BOOKS.get(w, book_id)
    out = [loan for loan in LOANS.all(w) if loan.returned is None]
    if any(loan.book_id == book_id for loan in out):
        raise Conflict(f"book_id {book_id} is borrowed by the user already")
    if len(out) >= MOST_LOANS:
        raise ResourceExhausted(f"the user has {MOST_LOANS} books already; return one first")
    if unpaid_fines(w) >= BLOCKING_FINES:
        raise FailedPrecondition(f"fines of {unpaid_fines(w)} block borrowing; see library_pay_fine")
    if book.on_shelf < 1:
        raise FailedPrecondition(f"book_id {book_id} has no copy on the shelf; see library_place_hold")
    BOOKS.put(w, book.model_copy(update={"on_shelf": book.on_shelf - 1}))
    for hold in HOLDS.all(w):
        if hold.book_id == book_id:
            HOLDS.remove(w, hold.hold_id)
    return LOANS.put(w, new_loan(w, w.new_id("LOAN"), book, 0))


@library.tool(
    example={"loan_id": "@library_borrow.loan_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def renew(w: World, loan_id: LoanId) -> Loan:
    """Extend a library loan by 14 days from its due date, at most twice.

    loan_id: An open loan that is not overdue and whose book nobody waits for.
    """
    loan = find_open(w, loan_id)
    if loan.due < w.today.isoformat():
        raise FailedPrecondition(f"loan_id {loan_id} has been overdue since {loan.due}; return it")
    if loan.renewals >= MOST_RENEWALS:
        raise FailedPrecondition(f"loan_id {loan_id} was renewed {MOST_RENEWALS} times already")
    if BOOKS.get(w, loan.book_id).waiting:
        raise FailedPrecondition(f"loan_id {loan_id}: another reader waits for '{loan.title}'")
    due = (date.fromisoformat(loan.due) + timedelta(days=LOAN_DAYS)).isoformat()
    return LOANS.put(w, loan.model_copy(update={"due": due, "renewals": loan.renewals + 1}))


@library.tool(
    example={"loan_id": "@library_loans.loans[0].loan_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def return_(w: World, loan_id: LoanId) -> Loan:
    """Return a borrowed library book; each day overdue costs 0.25, at most 10.

    loan_id: An open loan, as given by library_loans.
    """
    loan = find_open(w, loan_id)
    fine = fine_today(w, loan)
    book = BOOKS.get(w, loan.book_id)
    queued = {"waiting": book.waiting - 1} if book.waiting else {"on_shelf": book.on_shelf + 1}
    BOOKS.put(w, book.model_copy(update=queued))
    back = {"returned": w.today.isoformat(), "fine": fine, "fine_paid": fine == 0}
    return LOANS.put(w, loan.model_copy(update=back))


@library.tool(
    example={"book_id": "@library_search.books[1].book_id"},
    errors=[NotFound, Conflict, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def place_hold(w: World, book_id: BookId) -> Hold:
    """Queue for a library book of which every copy is lent out.

    book_id: A book without a copy on the shelf; at most four books can be waited for.
    """
    book = BOOKS.get(w, book_id)
    if book.on_shelf:
        raise FailedPrecondition(f"book_id {book_id} is on the shelf; see library_borrow")
    if any(loan.book_id == book_id and loan.returned is None for loan in LOANS.all(w)):
        raise Conflict(f"book_id {book_id} is borrowed by the user")
    held = HOLDS.all(w)
    if any(hold.book_id == book_id for hold in held):
        raise Conflict(f"book_id {book_id} is on hold for the user already")
    if len(held) >= MOST_HOLDS:
        raise ResourceExhausted(f"the user has {MOST_HOLDS} holds already; see library_cancel_hold")
    position = book.waiting + 1
    return HOLDS.put(
        w,
        Hold(
            hold_id=w.new_id("HOLD"),
            book_id=book_id,
            title=book.title,
            placed=w.today.isoformat(),
            position=position,
        ),
    )


@library.tool(example={"hold_id": "@library_place_hold.hold_id"}, errors=[NotFound], writes=True, kind="stateful")
def cancel_hold(w: World, hold_id: HoldId) -> Hold:
    """Leave the queue for a library book.

    hold_id: The hold, as given by library_place_hold or library_holds.
    """
    return HOLDS.remove(w, hold_id)


@library.tool(example={}, kind="stateful")
def holds(w: World, limit: Limit = 5) -> HoldList:
    """List the library books that the user is queueing for.

    limit: At most this many holds, oldest first.
    """
    found = HOLDS.all(w)
    return HoldList(total=len(found), holds=found[:limit])


@library.tool(example={}, kind="stateful")
def fines(w: World) -> Fines:
    """List the unpaid fines for books that were returned to the library late."""
    unpaid = [loan for loan in LOANS.all(w) if loan.fine and not loan.fine_paid]
    rows = [Fine(loan_id=loan.loan_id, title=loan.title, amount=loan.fine) for loan in unpaid[:20]]
    return Fines(total_due=unpaid_fines(w), currency=persona(w).currency, fines=rows)


@library.tool(
    example={"loan_id": "@library_fines.fines[0].loan_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def pay_fine(w: World, loan_id: LoanId) -> Payment:
    """Pay the whole fine for one late library loan.

    loan_id: A returned loan with an unpaid fine; see library_fines.
    """
    loan = LOANS.get(w, loan_id)
    if not loan.fine or loan.fine_paid:
        raise FailedPrecondition(f"loan_id {loan_id} has no unpaid fine")
    LOANS.put(w, loan.model_copy(update={"fine_paid": True}))
    return Payment(loan_id=loan_id, paid=loan.fine, currency=persona(w).currency, left_to_pay=unpaid_fines(w))
