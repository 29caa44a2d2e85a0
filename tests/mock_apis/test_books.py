"""The town library, the reading log and references behave as their real counterparts do."""

from typing import Any

import pytest

from mock_apis.books.catalogue import BOOKS
from mock_apis.books.citations import KNUTH, citations
from mock_apis.books.lending import LOANS
from mock_apis.books.library import library
from mock_apis.books.reading_log import reading_log
from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted


def call(domain: Domain, tool: str, world: World, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(world, arguments)


@pytest.mark.parametrize("seed", range(30))
def test_every_town_library_adds_up(seed: int) -> None:
    world = World(seed)
    books = {book.book_id: book for book in BOOKS.all(world)}
    assert len(books) == 24
    assert all(0 <= book.on_shelf <= book.copies and not (book.on_shelf and book.waiting) for book in books.values())
    for loan in LOANS.all(world):
        assert loan.returned or books[loan.book_id].on_shelf < books[loan.book_id].copies


def test_a_borrowed_book_leaves_the_shelf_and_comes_back() -> None:
    world = World(1)
    book = next(book for book in BOOKS.all(world) if book.on_shelf and book.genre == "children")
    loan = call(library, "borrow", world, book_id=book.book_id)
    assert BOOKS.get(world, book.book_id).on_shelf == book.on_shelf - 1
    with pytest.raises(Conflict):
        call(library, "borrow", world, book_id=book.book_id)
    assert call(library, "renew", world, loan_id=loan["loan_id"])["due"] > loan["due"]
    call(library, "renew", world, loan_id=loan["loan_id"])
    with pytest.raises(FailedPrecondition, match="2 times"):
        call(library, "renew", world, loan_id=loan["loan_id"])
    assert call(library, "return", world, loan_id=loan["loan_id"])["fine"] == 0
    assert BOOKS.get(world, book.book_id).on_shelf == book.on_shelf
    with pytest.raises(FailedPrecondition):
        call(library, "return", world, loan_id=loan["loan_id"])


def test_a_late_book_costs_a_fine_that_is_paid_once() -> None:
    world = World(2)
    before = call(library, "fines", world)["total_due"]
    late = call(library, "loans", world)["loans"][0]
    with pytest.raises(FailedPrecondition, match="overdue"):
        call(library, "renew", world, loan_id=late["loan_id"])
    fine = call(library, "return", world, loan_id=late["loan_id"])["fine"]
    assert fine > 0
    assert call(library, "fines", world)["total_due"] == pytest.approx(before + fine)
    assert call(library, "pay_fine", world, loan_id=late["loan_id"])["left_to_pay"] == pytest.approx(before)
    with pytest.raises(FailedPrecondition):
        call(library, "pay_fine", world, loan_id=late["loan_id"])


def test_only_lent_out_books_are_held_and_only_once() -> None:
    world = World(3)
    free = call(library, "search", world, shelf="on_shelf")["books"][0]
    with pytest.raises(FailedPrecondition):
        call(library, "place_hold", world, book_id=free["book_id"])
    out = call(library, "search", world, genre="children", shelf="lent_out")["books"]
    hold = call(library, "place_hold", world, book_id=out[0]["book_id"])
    assert hold["position"] == BOOKS.get(world, out[0]["book_id"]).waiting + 1
    with pytest.raises(Conflict):
        call(library, "place_hold", world, book_id=out[0]["book_id"])
    call(library, "cancel_hold", world, hold_id=hold["hold_id"])
    assert call(library, "holds", world)["total"] == 0


def test_nobody_borrows_more_than_six_books() -> None:
    world = World(4)
    mine = {loan.book_id for loan in LOANS.all(world) if not loan.returned}
    free = [book.book_id for book in BOOKS.all(world) if book.on_shelf and book.book_id not in mine]
    for book_id in free[:4]:
        call(library, "borrow", world, book_id=book_id)
    with pytest.raises(ResourceExhausted):
        call(library, "borrow", world, book_id=free[4])


def test_a_book_is_read_to_its_end_and_counted_in_its_year() -> None:
    world = World(5)
    year = world.today.year
    book = call(reading_log, "list", world, status="reading")["entries"][0]
    done = call(reading_log, "year_in_books", world, year=year)["books_finished"]
    with pytest.raises(InvalidArgument):
        call(reading_log, "set_page", world, book_id=book["book_id"], page=book["pages"] + 1)
    call(reading_log, "set_page", world, book_id=book["book_id"], page=book["pages"] - 10)
    forecast = call(reading_log, "forecast", world, book_id=book["book_id"], pages_per_day=5)
    assert (forecast["pages_left"], forecast["days"]) == (10, 2)
    call(reading_log, "finish", world, book_id=book["book_id"], stars=5)
    assert call(reading_log, "year_in_books", world, year=year)["books_finished"] == done + 1
    with pytest.raises(FailedPrecondition):
        call(reading_log, "set_page", world, book_id=book["book_id"], page=1)


def test_a_journal_article_in_three_styles() -> None:
    world = World(0)
    styles = {style: call(citations, "format", world, bibtex=KNUTH, style=style) for style in ("apa", "mla", "chicago")}
    assert styles["apa"]["reference"] == (
        "Knuth, D. E. (1984). Literate Programming. The Computer Journal, 27(2), 97–111. "
        "https://doi.org/10.1093/comjnl/27.2.97"
    )
    assert styles["mla"]["reference"] == (
        'Knuth, Donald E. "Literate Programming." The Computer Journal, vol. 27, no. 2, 1984, pp. 97–111, '
        "https://doi.org/10.1093/comjnl/27.2.97."
    )
    assert styles["chicago"]["reference"].startswith('Knuth, Donald E. 1984. "Literate Programming." The Computer')


def test_references_survive_the_way_through_ris() -> None:
    world = World(0)
    ris = call(citations, "to_ris", world, bibtex=KNUTH)["ris"]
    back = call(citations, "from_ris", world, ris=ris)["bibtex"]
    first, second = (call(citations, "parse", world, bibtex=text) for text in (KNUTH, back))
    assert {**first, "key": ""} == {**second, "key": ""}


def test_short_citations_name_few_authors() -> None:
    world = World(0)
    authors = ["Ann Lee", "Bo Ek", "Cy Fox", "Di Gale"]
    names = []
    for count in (1, 2, 3):
        arguments = {"kind": "book", "authors": authors[:count], "title": "Tides", "year": 2001}
        bibtex = call(citations, "make", world, **arguments)["bibtex"]
        names.append(
            [call(citations, "in_text", world, bibtex=bibtex, style=s)["citation"] for s in ("apa", "chicago")]
        )
    assert names == [
        ["(Lee, 2001)", "(Lee 2001)"],
        ["(Lee & Ek, 2001)", "(Lee and Ek 2001)"],
        ["(Lee et al., 2001)", "(Lee, Ek, and Fox 2001)"],
    ]
    with pytest.raises(InvalidArgument, match="year"):
        call(citations, "parse", world, bibtex="@book{x, author={A}, title={B}}")
    with pytest.raises(NotFound):
        call(citations, "from_library_book", world, book_id="BOOK-000000")
