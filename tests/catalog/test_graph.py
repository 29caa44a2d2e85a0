"""Entities are the edges: who gives what another tool takes."""

from collections.abc import Callable
from types import FunctionType
from typing import Annotated

import pytest

from mock_apis.core import Domain, Record, Tool, World
from mock_apis.core.entities import Entity
from toolgrad_local.catalog.affinity import Affinity
from toolgrad_local.catalog.checks.links import find_dead_ends, find_look_alikes, find_loose_equivalents
from toolgrad_local.catalog.graph import EntityGraph

ShelfName = Annotated[str, Entity("shelf.name")]
BookId = Annotated[str, Entity("book.id")]
LoanId = Annotated[str, Entity("loan.id")]
KeyId = Annotated[str, Entity("key.id")]


class Books(Record):
    shelf: ShelfName
    books: list[BookId]


class Loan(Record):
    loan_id: LoanId | None
    book_id: BookId


class Text(Record):
    text: str


shelves = Domain("shelves", category="reading", description="A few shelves of books that nobody wrote.")
loans = Domain("loans", category="reading", description="Who has which of the books that nobody wrote.")
sums = Domain("sums", category="numbers", description="Has to do with neither of the others.")


@shelves.tool(example={"shelf": "Poetry"}, kind="data")
def look(w: World, shelf: ShelfName) -> Books:
    """List the books of one shelf.

    shelf: Name of the shelf.
    """
    return Books(shelf=shelf, books=[])


@shelves.tool(example={"book_ids": ["B1"]}, kind="data", equivalent_to=["shelves_none"])
def read(w: World, book_ids: list[BookId], key_id: KeyId | None = None) -> Text:
    """Read what is in some books.

    book_ids: The books, as given by shelves_look.
    key_id: Key of the shelf, if it has one.
    """
    return Text(text="")


@loans.tool(example={"book_id": "@shelves_look.books[0]"}, kind="data")
def borrow(w: World, book_id: BookId) -> Loan:
    """Take one book home.

    book_id: The book, as given by shelves_look.
    """
    return Loan(loan_id="L1", book_id=book_id)


@loans.tool(example={"key_id": "K1"}, kind="data")
def open_(w: World, key_id: KeyId) -> Text:
    """Open the door of the library.

    key_id: The key, which nobody gives.
    """
    return Text(text="")


@sums.tool(example={}, kind="computation")
def one(w: World) -> Text:
    """Give the number one as a word."""
    return Text(text="one")


DOMAINS = (loans, shelves, sums)
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}


@pytest.fixture
def graph() -> EntityGraph:
    return EntityGraph(TOOLS.values())


def test_producers_and_consumers_are_found_at_any_depth(graph: EntityGraph) -> None:
    assert graph.producers == {"loan.id": ["loans_borrow"], "book.id": ["shelves_look"]}
    assert graph.consumers == {
        "book.id": ["loans_borrow", "shelves_read"],
        "key.id": ["loans_open", "shelves_read"],
        "shelf.name": ["shelves_look"],
    }


def test_a_tool_that_repeats_what_it_was_given_produces_nothing(graph: EntityGraph) -> None:
    assert graph.given_by_tool["shelves_look"] == {"book.id"}
    assert graph.given_by_tool["loans_borrow"] == {"loan.id"}


def test_the_neighbours_of_a_tool_are_those_at_the_other_ends(graph: EntityGraph) -> None:
    assert graph.producers_of("shelves_read") == {"book.id": ["shelves_look"], "key.id": []}
    assert graph.consumers_of("shelves_look") == {"book.id": ["loans_borrow", "shelves_read"]}
    assert graph.consumers_of("loans_borrow") == {"loan.id": []}
    assert graph.producers_of("sums_one") == graph.consumers_of("sums_one") == {}


def test_linked_tools_take_what_another_gives(graph: EntityGraph) -> None:
    assert graph.linked == ["loans_borrow", "shelves_read"]


def test_what_no_tool_gives_people_have_to_say(graph: EntityGraph) -> None:
    assert graph.said_by_people == ["key.id", "shelf.name"]


def test_a_required_id_that_nobody_gives_is_a_dead_end_and_an_optional_one_is_not(graph: EntityGraph) -> None:
    assert [(f.tool, f.fault) for f in find_dead_ends(graph)] == [
        ("loans_open", "requires key.id, which no other tool gives")
    ]


def test_an_equivalent_has_to_exist() -> None:
    (finding,) = find_loose_equivalents(TOOLS)
    assert (finding.tool, finding.fault) == (
        "shelves_read",
        "is equivalent to shelves_none, which is no other tool",
    )


def test_domains_are_near_by_what_one_gives_and_the_other_takes() -> None:
    affinity = Affinity(DOMAINS)
    assert affinity.weigh("loans", "shelves") == affinity.weigh("shelves", "loans") == 0.5
    assert affinity.weigh("loans", "sums") == affinity.weigh("sums", "shelves") == 0
    assert [domain.name for domain in affinity.walk((shelves, sums, loans))] == ["shelves", "loans", "sums"]


def tool_saying(domain: str, description: str, equivalent_to: list[str]) -> Tool:
    """A tool of which only the promise matters."""
    made = Domain(domain, category="reading", description="A service of which only the promises matter.")
    made.tool(example={}, kind="data", equivalent_to=equivalent_to)(promise(description))
    (tool,) = made.tools.values()
    return tool


def promise(description: str) -> Callable[[World], Text]:
    """A function with that docstring."""
    function = FunctionType(nothing.__code__, globals(), "ask")
    function.__annotations__ = {"w": World, "return": Text}
    function.__doc__ = description
    return function


def nothing(w: World) -> Text:
    return Text(text="")


@pytest.mark.parametrize(
    ("domain", "description", "equivalent_to", "found"),
    [
        ("papers", "List the books of a shelf.", [], 1),
        ("papers", "List the books of a shelf.", ["archive_ask"], 0),
        ("papers", "Burn the letters of an enemy.", [], 0),
        ("archive", "List the books of a shelf.", [], 0),
    ],
    ids=["the same in other words", "declared", "something else", "its own domain"],
)
def test_the_same_promise_in_another_domain_is_found(
    domain: str, description: str, equivalent_to: list[str], found: int
) -> None:
    first = tool_saying("archive", "List all the books on one shelf.", [])
    second = tool_saying(domain, description, equivalent_to)
    findings = list(find_look_alikes({"archive_ask": first, "other": second}))
    assert len(findings) == found
    assert all("promises the same as archive_ask: List all the books on one shelf." in str(f) for f in findings)
