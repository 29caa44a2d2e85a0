"""An in-memory SQLite database that is made anew for each call: seeded rows, then the statements that were run."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from mock_apis.core import Record, Table, World
from mock_apis.core.errors import InvalidArgument, ResourceExhausted
from mock_apis.core.persona import people

FUNCTIONS = frozenset((
    "abs", "avg", "coalesce", "count", "group_concat", "ifnull", "iif", "instr", "length", "like", "lower", "max",
    "min", "nullif", "replace", "round", "substr", "substring", "sum", "total", "trim", "ltrim", "rtrim", "upper",
    "typeof", "row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value",
))  # fmt: skip
READS = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE))
WRITES = frozenset((sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE))
LONGEST_SQL = 500
MOST_STATEMENTS = 40
MOST_STEPS = 200_000
"""Instructions of SQLite's machine that one statement may take."""
BOOKS = (
    (1, "Moby-Dick", "Herman Melville", 1851, 2), (2, "Emma", "Jane Austen", 1815, 3),
    (3, "Frankenstein", "Mary Shelley", 1818, 1), (4, "Dracula", "Bram Stoker", 1897, 2),
    (5, "Jane Eyre", "Charlotte Brontë", 1847, 2), (6, "Middlemarch", "George Eliot", 1871, 1),
    (7, "The Time Machine", "H. G. Wells", 1895, 3), (8, "Walden", "Henry David Thoreau", 1854, 1),
)  # fmt: skip
SCHEMA = """
CREATE TABLE books (book_id INTEGER PRIMARY KEY, title TEXT NOT NULL, author TEXT NOT NULL, year INTEGER,
  copies INTEGER);
CREATE TABLE members (member_id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, joined TEXT NOT NULL);
CREATE TABLE loans (loan_id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL, member_id INTEGER NOT NULL,
  lent TEXT NOT NULL, due TEXT NOT NULL, returned TEXT);
"""


class Statement(Record):
    """A row: what was run, in its order."""

    number: str
    sql: str
    values: list[str | int | float | None]


def seed_statements(w: World) -> list[Statement]:
    """What fills the three tables: real books, the people of the world, drawn loans."""
    draw = w.draw("database")
    books: list[str | int | float | None] = [value for book in BOOKS for value in book]
    members: list[str | int | float | None] = []
    loans: list[str | int | float | None] = []
    for number, person in enumerate(people(w)[:6], 1):
        joined = w.today - timedelta(days=draw.between(300, 1500))
        members += [number, person.name, person.email, joined.isoformat()]
    for number in range(1, 11):
        lent = w.today - timedelta(days=draw.between(26, 200) if number <= 6 else draw.between(1, 40))
        back = (lent + timedelta(days=draw.between(2, 25))).isoformat() if number <= 6 else None
        due = (lent + timedelta(days=21)).isoformat()
        loans += [number, draw.between(1, 8), draw.between(1, 6), lent.isoformat(), due, back]
    filled = (("books", 5, books), ("members", 4, members), ("loans", 6, loans))
    return [
        Statement(number=f"{number:03d}", sql=insertion(table, width, len(values) // width), values=values)
        for number, (table, width, values) in enumerate(filled)
    ]


def insertion(table: str, width: int, rows: int) -> str:
    """The INSERT of so many rows of so many values."""
    marks = "(" + ", ".join("?" * width) + ")"
    return f'INSERT INTO "{table}" VALUES ' + ", ".join([marks] * rows)


STATEMENTS = Table("database_statements", key="number", seed_rows=seed_statements)


@contextmanager
def opened(w: World) -> Iterator[sqlite3.Connection]:
    """The database as it is now; closed afterwards."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SCHEMA)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 20_000)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 60)
        connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50)
        for statement in STATEMENTS.all(w):
            connection.execute(statement.sql, statement.values)
        yield connection


def allow(connection: sqlite3.Connection, writes: bool) -> None:
    """Let statements read, or also change rows, with a limit on their steps."""
    granted = READS | WRITES if writes else READS
    connection.set_authorizer(lambda *what: _decide(granted, *what))
    connection.set_progress_handler(lambda: 1, MOST_STEPS)


def run(connection: sqlite3.Connection, sql: str) -> sqlite3.Cursor:
    """Run one statement. Raises InvalidArgument or ResourceExhausted."""
    if len(sql) > LONGEST_SQL:
        raise ResourceExhausted(f"sql: {len(sql)} characters are over {LONGEST_SQL}")
    try:
        return connection.execute(sql)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise failure(error) from None


def failure(error: Exception) -> InvalidArgument | ResourceExhausted:
    """SQLite's error as one of ours."""
    text = str(error)
    if text in ("interrupted", "string or blob too big"):
        return ResourceExhausted(f"sql: {text}; the statement does too much")
    return InvalidArgument(f"sql: {text}; see database_tables and database_describe")


def _decide(granted: frozenset[int], action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() in FUNCTIONS
    elif action in WRITES:
        allowed = action in granted and not (first or "").startswith("sqlite_")
    else:
        allowed = action in granted
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY
