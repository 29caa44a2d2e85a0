"""The entries of the reading diary: how they are kept, and the first ones."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.books.catalogue import BOOKS, BookId
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import IsoDate
from mock_apis.core.errors import FailedPrecondition, NotFound

Status = Literal["wanted", "reading", "finished", "abandoned"]
Stars = Annotated[int, Field(ge=1, le=5)]
Year = Annotated[int, Field(ge=2000, le=2100)]


class Entry(Record):
    book_id: BookId
    title: str
    status: Status
    page: int
    """Last page read."""
    pages: int
    started: IsoDate | None
    finished: IsoDate | None
    stars: Stars | None


class Passage(Record):
    book_id: BookId
    page: int
    text: str


class SavedPassages(Record):
    book_id: BookId
    passages: list[Passage]


class Goal(Record):
    year: Year
    books: int


def seed_entries(w: World) -> list[Entry]:
    """One finished, one being read and one wanted."""
    draw = w.draw("reading_log")
    done, current, wanted = draw.sample(BOOKS.all(w)[:-3], 3)
    begun = w.today - timedelta(days=draw.between(30, 60))
    return [
        Entry(
            book_id=done.book_id,
            title=done.title,
            status="finished",
            page=done.pages,
            pages=done.pages,
            started=begun.isoformat(),
            finished=(begun + timedelta(days=draw.between(5, 25))).isoformat(),
            stars=draw.between(2, 5),
        ),
        Entry(
            book_id=current.book_id,
            title=current.title,
            status="reading",
            page=draw.between(5, current.pages // 2),
            pages=current.pages,
            started=(w.today - timedelta(days=draw.between(1, 9))).isoformat(),
            finished=None,
            stars=None,
        ),
        new_entry(w, wanted.book_id),
    ]


def seed_passages(w: World) -> list[SavedPassages]:
    """None."""
    return []


def seed_goals(w: World) -> list[Goal]:
    """A goal for the current year."""
    return [Goal(year=w.today.year, books=w.draw("reading_goals").between(6, 30))]


ENTRIES = Table("reading_log_entries", key="book_id", seed_rows=seed_entries)
PASSAGES = Table("reading_log_passages", key="book_id", seed_rows=seed_passages)
GOALS = Table("reading_log_goals", key="year", seed_rows=seed_goals)


def new_entry(w: World, book_id: str) -> Entry:
    """A wanted book. Raises NotFound."""
    book = BOOKS.get(w, book_id)
    return Entry(
        book_id=book_id,
        title=book.title,
        status="wanted",
        page=0,
        pages=book.pages,
        started=None,
        finished=None,
        stars=None,
    )


def find_entry(w: World, book_id: str) -> Entry:
    """The entry. Raises NotFound."""
    entry = ENTRIES.find(w, book_id)
    if entry is None:
        raise NotFound(f"book_id {book_id} is not in the reading log; see reading_log_start")
    return entry


def find_current(w: World, book_id: str) -> Entry:
    """The entry of a book that is being read. Raises NotFound or FailedPrecondition."""
    entry = find_entry(w, book_id)
    if entry.status != "reading":
        raise FailedPrecondition(f"book_id {book_id} is {entry.status}, not being read; see reading_log_start")
    return entry


def kept_passages(w: World, book_id: str) -> list[Passage]:
    """The passages copied from a book."""
    saved = PASSAGES.find(w, book_id)
    return saved.passages if saved else []
