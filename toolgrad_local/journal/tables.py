"""The journal's tables, and the checksum that every row carries: SQLite does not see a bit that flips in a text."""

import sqlite3
from hashlib import blake2b

Row = tuple[object, ...]

TABLES = {
    "run": "(part TEXT PRIMARY KEY, text TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID",
    "replies": """(
  sample INTEGER, step INTEGER, stage TEXT, slot INTEGER, attempt INTEGER,
  digest TEXT NOT NULL, seconds REAL NOT NULL, reply TEXT NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (sample, step, stage, slot, attempt)) WITHOUT ROWID""",
    "calls": """(
  sample INTEGER, step INTEGER, slot INTEGER, attempt INTEGER,
  call TEXT NOT NULL, result TEXT NOT NULL, checksum INTEGER NOT NULL,
  PRIMARY KEY (sample, step, slot, attempt)) WITHOUT ROWID""",
    "outcomes": "(key TEXT PRIMARY KEY, outcome TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID",
    "samples": "(sample INTEGER PRIMARY KEY, trajectory TEXT NOT NULL, checksum INTEGER NOT NULL)",
}
"""Name and definition. `run` holds what the run was made with; the checksum is the last column of each."""
KEYS = {
    "run": ("part",),
    "replies": ("sample", "step", "stage", "slot", "attempt"),
    "calls": ("sample", "step", "slot", "attempt"),
    "outcomes": ("key",),
    "samples": ("sample",),
}
"""The columns that name a row; they come first."""


def make_checksum(*values: object) -> int:
    """Of everything else in a row, as an integer that SQLite can hold."""
    content = "\x1f".join(map(str, values)).encode("utf-8", "surrogateescape")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)


def is_whole(row: Row) -> bool:
    """True if a row, all of its columns in order, is what was written."""
    return row[-1] == make_checksum(*row[:-1])


def name_row(table: str, row: Row) -> str:
    """`replies, sample 3, step 0, stage execute, slot 1, attempt 0`"""
    return ", ".join([table, *(f"{column} {value}" for column, value in zip(KEYS[table], row, strict=False))])


def decode_text(content: bytes) -> str:
    """Text that may be damaged: what is no UTF-8 is kept, so that the checksum finds it."""
    return content.decode("utf-8", "surrogateescape")


def create_tables(db: sqlite3.Connection) -> None:
    """In a file that has none: all or nothing."""
    script = "".join(f"CREATE TABLE {name} {definition};" for name, definition in TABLES.items())
    db.executescript(f"BEGIN IMMEDIATE; {script} COMMIT;")


def find_changed_table(db: sqlite3.Connection) -> str | None:
    """A table that is not defined as it was made, and what is wrong; None if all are."""
    found = {str(name): text for name, text in db.execute("SELECT name, sql FROM sqlite_master")}
    for name in sorted(found.keys() | TABLES.keys()):
        if name not in TABLES:
            return f"a table too many, {name}"
        if found.get(name) != f"CREATE TABLE {name} {TABLES[name]}":
            return f"the definition of table {name} is {'changed' if name in found else 'missing'}"
    return None
