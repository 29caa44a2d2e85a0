"""What the user reads, of the books of the fictional town library."""

import math
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.books.catalogue import BOOKS, BookId
from mock_apis.books.diary import (
    ENTRIES,
    GOALS,
    PASSAGES,
    Entry,
    Goal,
    Passage,
    SavedPassages,
    Stars,
    Status,
    Year,
    find_current,
    find_entry,
    kept_passages,
    new_entry,
)
from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted

reading_log = Domain(
    "reading_log", category="books", description="The user's reading diary of books in the fictional town library."
)

MOST_PASSAGES, LONGEST_PASSAGE = 20, 300


class EntryList(Record):
    total: int
    entries: list[Entry]


class Passages(Record):
    book_id: BookId
    total: int
    passages: list[Passage]


class Forecast(Record):
    book_id: BookId
    pages_left: int
    days: int
    finish: IsoDate


class YearInBooks(Record):
    year: Year
    books_finished: int
    pages_finished: int
    average_stars: float | None
    """Of the rated ones; null if none is rated."""
    goal: int | None
    left_to_goal: int | None


@reading_log.tool(example={"status": "reading"}, kind="stateful")
def list_(w: World, status: Status | None = None, limit: Limit = 5) -> EntryList:
    """List the books in the user's reading log with the pages read.

    status: Only books of this status.
    limit: At most this many books, oldest entry first.
    """
    found = [entry for entry in ENTRIES.all(w) if status in (None, entry.status)]
    return EntryList(total=len(found), entries=found[:limit])


@reading_log.tool(
    example={"book_id": "@library_search.books[0].book_id"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def want(w: World, book_id: BookId) -> Entry:
    """Put a book on the user's list of books to read some day.

    book_id: A book of the town library that is not in the log yet.
    """
    entry = ENTRIES.find(w, BOOKS.get(w, book_id).book_id)
    if entry is not None:
        raise Conflict(f"book_id {book_id} is in the log already: {entry.status}")
    return ENTRIES.put(w, new_entry(w, book_id))


@reading_log.tool(
    example={"book_id": "@reading_log_want.book_id"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def start(w: World, book_id: BookId) -> Entry:
    """Start reading a book, or an abandoned one again, from its first page.

    book_id: A book of the town library, neither being read nor finished.
    """
    BOOKS.get(w, book_id)
    entry = ENTRIES.find(w, book_id)
    if entry is not None and entry.status in ("reading", "finished"):
        raise Conflict(f"book_id {book_id} is in the log already: {entry.status}")
    begun = {"status": "reading", "started": w.today.isoformat()}
    return ENTRIES.put(w, new_entry(w, book_id).model_copy(update=begun))


@reading_log.tool(
    example={"book_id": "@reading_log_list.entries[0].book_id", "page": 20},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def set_page(w: World, book_id: BookId, page: Annotated[int, Field(ge=1, le=5000)]) -> Entry:
    """Record the last page read of a book that is being read.

    book_id: A book that is being read; see reading_log_list.
    page: Last page read, at most the number of pages; the last one does not finish the book.
    """
    entry = find_current(w, book_id)
    if page > entry.pages:
        raise InvalidArgument(f"page {page}: '{entry.title}' has {entry.pages} pages")
    return ENTRIES.put(w, entry.model_copy(update={"page": page}))


@reading_log.tool(
    example={"book_id": "@reading_log_list.entries[0].book_id", "stars": 4},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def finish(w: World, book_id: BookId, stars: Stars | None = None) -> Entry:
    """Mark a book that is being read as finished today and rate it.

    book_id: A book that is being read; see reading_log_list.
    stars: Rating from 1 to 5; unrated if left out.
    """
    entry = find_current(w, book_id)
    done = {"status": "finished", "page": entry.pages, "finished": w.today.isoformat(), "stars": stars}
    return ENTRIES.put(w, entry.model_copy(update=done))


@reading_log.tool(
    example={"book_id": "@reading_log_list.entries[0].book_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def abandon(w: World, book_id: BookId) -> Entry:
    """Give up on a book that is being read, keeping the page reached.

    book_id: A book that is being read; see reading_log_list.
    """
    return ENTRIES.put(w, find_current(w, book_id).model_copy(update={"status": "abandoned"}))


@reading_log.tool(
    example={"book_id": "@reading_log_list.entries[0].book_id", "pages_per_day": 25},
    errors=[NotFound, FailedPrecondition],
    kind="stateful",
)
def forecast(w: World, book_id: BookId, pages_per_day: Annotated[int, Field(ge=1, le=1000)]) -> Forecast:
    """Work out on which day a book is finished at so many pages a day.

    book_id: A book that is being read; see reading_log_list.
    pages_per_day: Pages read every day, today being the first day.
    """
    entry = find_current(w, book_id)
    left = entry.pages - entry.page
    days = math.ceil(left / pages_per_day)
    last = w.today + timedelta(days=max(0, days - 1))
    return Forecast(book_id=book_id, pages_left=left, days=days, finish=last.isoformat())


@reading_log.tool(
    example={"book_id": "@reading_log_list.entries[0].book_id", "page": 3, "text": "A door left open is a question."},
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def save_passage(w: World, book_id: BookId, page: Annotated[int, Field(ge=1, le=5000)], text: str) -> Passages:
    """Copy a passage of a book in the log, with its page, and list those kept.

    book_id: A book in the reading log.
    page: Page on which the passage stands.
    text: The passage, at most 300 characters.
    """
    entry = find_entry(w, book_id)
    if page > entry.pages:
        raise InvalidArgument(f"page {page}: '{entry.title}' has {entry.pages} pages")
    if not text.strip() or len(text) > LONGEST_PASSAGE:
        raise InvalidArgument(f"text: give 1 to {LONGEST_PASSAGE} characters")
    kept = kept_passages(w, book_id)
    if len(kept) >= MOST_PASSAGES:
        raise ResourceExhausted(f"book_id {book_id} has {MOST_PASSAGES} passages already")
    kept = [*kept, Passage(book_id=book_id, page=page, text=text.strip())]
    PASSAGES.put(w, SavedPassages(book_id=book_id, passages=kept))
    return Passages(book_id=book_id, total=len(kept), passages=kept[-5:])


@reading_log.tool(example={"year": 2025, "books": 24}, writes=True, kind="stateful")
def set_goal(w: World, year: Year, books: Annotated[int, Field(ge=1, le=500)]) -> Goal:
    """Set how many books the user means to finish in a year.

    year: Calendar year, 2000 to 2100; an earlier goal for it is replaced.
    books: Number of books.
    """
    return GOALS.put(w, Goal(year=year, books=books))


@reading_log.tool(example={"year": 2025}, kind="stateful")
def year_in_books(w: World, year: Year) -> YearInBooks:
    """Sum up the books and pages finished in a year against its goal.

    year: Calendar year, 2000 to 2100.
    """
    done = [entry for entry in ENTRIES.all(w) if entry.status == "finished" and (entry.finished or "")[:4] == str(year)]
    stars = [entry.stars for entry in done if entry.stars]
    goal = GOALS.find(w, str(year))
    return YearInBooks(
        year=year,
        books_finished=len(done),
        pages_finished=sum(entry.pages for entry in done),
        average_stars=round(sum(stars) / len(stars), 2) if stars else None,
        goal=goal.books if goal else None,
        left_to_goal=max(0, goal.books - len(done)) if goal else None,
    )
