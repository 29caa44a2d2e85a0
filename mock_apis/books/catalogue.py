"""The books of the fictional town library: invented titles, authors and publishers."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity
from mock_apis.core.persona import FIRST_NAMES, LAST_NAMES

BookId = Annotated[str, Field(pattern=r"^BOOK-[0-9A-F]{6}$"), Entity("book.id")]
Author = Annotated[str, Entity("book.author")]
Genre = Literal["fiction", "mystery", "fantasy", "history", "science", "travel", "cooking", "children"]

TITLES: tuple[tuple[str, Genre], ...] = (
    ("The Quiet Ferryman", "fiction"), ("Letters to an Empty House", "fiction"), ("A Season of Small Debts", "fiction"),
    ("What the Orchard Owed", "fiction"), ("The Clockmaker's Alibi", "mystery"), ("Murder at Low Water", "mystery"),
    ("Nine Keys for Inspector Vane", "mystery"), ("The Saltmarsh Enquiry", "mystery"), ("Emberwright", "fantasy"),
    ("The Ninth Lantern Oath", "fantasy"), ("Daughters of the Glass Tide", "fantasy"),
    ("Roads of Tin and Amber", "history"), ("The Bread Riots Remembered", "history"),
    ("Harbours of the Grey Coast", "history"), ("How Moss Remembers Rain", "science"),
    ("The Patient Telescope", "science"), ("Numbers in the Kitchen Garden", "science"),
    ("Slow Trains, Long Shadows", "travel"), ("Forty Days on the Gravel Road", "travel"),
    ("Supper for a Cold Street", "cooking"), ("The One-Pan Almanac", "cooking"),
    ("Pip and the Borrowed Moon", "children"), ("The Hedgehog Who Kept Lists", "children"),
    ("Otto Builds a Bridge", "children"),
)  # fmt: skip
PUBLISHERS = ("Lanternfold Press", "Greywater Books", "Mill & Sparrow", "Third Shelf Editions")


class Book(Record):
    book_id: BookId
    title: str
    author: Author
    genre: Genre
    year: int
    publisher: str
    pages: int
    copies: int
    on_shelf: int
    """Copies that nobody has borrowed."""
    waiting: int
    """Other readers in the queue."""


def seed_books(w: World) -> list[Book]:
    """Every title once; the last two are lent out, the one before is on the shelf, the first three are partly lent."""
    draw = w.draw("library_books")
    books: list[Book] = []
    for place, (title, genre) in enumerate(TITLES):
        copies = draw.between(1, 3)
        left = len(TITLES) - place
        on_shelf = 0 if left < 3 else draw.between(1 if left == 3 else 0, copies - (place < 3))
        books.append(
            Book(
                book_id=f"BOOK-{draw.bits() % 0x1000000:06X}",
                title=title,
                author=f"{draw.pick(FIRST_NAMES)} {draw.pick(LAST_NAMES)}",
                genre=genre,
                year=draw.between(1985, 2023),
                publisher=draw.pick(PUBLISHERS),
                pages=draw.between(24, 48) if genre == "children" else draw.between(160, 620),
                copies=copies,
                on_shelf=on_shelf,
                waiting=0 if on_shelf else draw.between(0, 3),
            )
        )
    return books


BOOKS = Table("library_books", key="book_id", seed_rows=seed_books)
