"""Opens the journal's file, and says in one line what is wrong with it and what can be done."""

import os
import shutil
import sqlite3
from itertools import count
from pathlib import Path
from urllib.parse import quote

from toolgrad_local.errors import JournalError
from toolgrad_local.journal.tables import create_tables
from toolgrad_local.journal.wal import find_lost_tail

MOST_LOST = 4
"""A file is filled up to so many times its size, whatever its header, which may be damaged too, says."""
FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the second where its message quotes a definition that is damaged."""
KEPT = "nothing that was journaled is lost"


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A new file gets its tables.

    Every statement is a transaction that the system has when it returns, so that a kill loses nothing. When the power
    fails the file stays consistent, and what was written since the last checkpoint may be gone (NORMAL).
    """
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=NORMAL")
    if db.execute("SELECT COUNT(*) FROM sqlite_master").fetchone() == (0,):
        create_tables(db)
    return db


def open_read_only(path: Path) -> sqlite3.Connection:
    """Also on a medium that cannot be written, where SQLite has to be told that nobody else will write either."""
    if not path.exists():
        raise JournalError(f"{path} is missing; restore it from a copy: it is what a run is made of")
    log = find_log(path)
    is_alone = not os.access(path.parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    options = "mode=ro&immutable=1" if is_alone else "mode=ro"
    return sqlite3.connect(f"file:{quote(str(path))}?{options}", uri=True, isolation_level=None)


def open_damaged(path: Path) -> sqlite3.Connection:
    """As much of it as SQLite can reach; one whose end is cut off is read in memory, with empty pages for the end."""
    try:
        db = open_read_only(path)
        db.execute("SELECT COUNT(*) FROM sqlite_master")
    except FAULTS:
        content = bytearray(path.read_bytes())
        pages, page_size = int.from_bytes(content[28:32], "big"), int.from_bytes(content[16:18], "big")
        content[18:20] = b"\1\1"
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.deserialize(bytes(content.ljust(min(pages * page_size, MOST_LOST * len(content)), b"\0")))
    return db


def find_log(path: Path) -> Path:
    """The write-ahead log of a journal."""
    return path.with_name(f"{path.name}-wal")


def set_lost_tail_aside(path: Path) -> str | None:
    """Before SQLite drops it: keep a copy of a write-ahead log that it cannot read to the end; returns what to say."""
    log = find_log(path)
    tail = find_lost_tail(log)
    if tail is None:
        return None
    if tail.last:
        return f"{log}: the last write was cut short; what it held is asked again"
    copy = next(name for n in count(1) if not (name := log.with_name(f"{log.name}.damaged-{n}")).exists())
    shutil.copyfile(log, copy)
    return (
        f"{log} is damaged from byte {tail.start} on: the last {tail.commits} rows of the journal are lost and will be "
        f"asked again; a copy is kept as {copy.name}"
    )


def explain(path: Path, error: Exception, done: str) -> str:
    """One line for what SQLite says; `done` is what could not be: opened, read, written."""
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL":
        return f"{path} cannot be {done}: the disk is full; make room and run the same command to resume: {KEPT}"
    if name.startswith("SQLITE_IOERR"):
        return (
            f"{path} cannot be {done}: {error} ({name}); see that the disk is sound and has room, and run the same "
            f"command to resume: {KEPT}"
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return f"{path} cannot be {done}: {error}; see that you may write in {path.parent}"
    return describe_damage(path, str(error))


def describe_damage(path: Path, what: str) -> str:
    """One line for a journal that is not what was written."""
    return (
        f"{path} is damaged ({what}); restore it from a copy, or take over what is whole: `toolgrad-local generate` "
        f"with the same settings, `--reuse {path.parent}` and a new --out"
    )
