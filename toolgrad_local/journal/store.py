"""The journal: one SQLite file a run with every teacher reply, every tool call and every finished sample."""

import fcntl
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from toolgrad_local.data_model.exchange import Reply, RequestKey
from toolgrad_local.errors import JournalError

SCHEMA = """
CREATE TABLE IF NOT EXISTS replies (
  sample INTEGER, step INTEGER, stage TEXT, slot INTEGER, attempt INTEGER,
  digest TEXT NOT NULL, reply TEXT NOT NULL, seconds REAL NOT NULL,
  PRIMARY KEY (sample, step, stage, slot, attempt)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS calls (
  sample INTEGER, step INTEGER, slot INTEGER, attempt INTEGER, call TEXT NOT NULL, result TEXT NOT NULL,
  PRIMARY KEY (sample, step, slot, attempt)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outcomes (key TEXT PRIMARY KEY, outcome TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS samples (sample INTEGER PRIMARY KEY, trajectory TEXT NOT NULL);
"""


class Journal:
    """Append-only record of a run. A row that is there is whole; a row that is not was never done."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open or create the file and, unless read-only, lock it for this process.

        Raises JournalError if another process has it, or it is damaged.
        """
        self.path = path
        self._lock = None if read_only else _lock_file(path.with_suffix(".lock"))
        try:
            if read_only:
                self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
            else:
                self._db = sqlite3.connect(path, isolation_level=None)
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=NORMAL")
                self._db.executescript(SCHEMA)
            if self._db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise JournalError(f"{path} is damaged; restore it from a copy, or start a new run folder")
        except sqlite3.Error as error:
            self.close()
            raise JournalError(f"{path} cannot be opened: {error}") from error

    def reply(self, key: RequestKey, digest: str) -> Reply | None:
        """The journaled reply to a request, None if it was never asked.

        Raises JournalError if the same place of the run asked something else.
        """
        row = self._execute(
            "SELECT digest, reply FROM replies WHERE sample=? AND step=? AND stage=? AND slot=? AND attempt=?",
            (key.sample, key.step, key.stage, key.slot, key.attempt),
        ).fetchone()
        if row is None:
            return None
        if row[0] != digest:
            raise JournalError(
                f"{self.path}: sample {key.sample}, step {key.step}, {key.stage} was asked something else when it was "
                "journaled; the program, its prompts or its catalog have changed: start a new run folder"
            )
        return Reply.model_validate_json(row[1])

    def same_reply(self, key: RequestKey, digest: str) -> Reply | None:
        """The reply to the same request at the same place of the run, None if another or nothing was asked there."""
        row = self._execute(
            "SELECT reply FROM replies WHERE sample=? AND step=? AND stage=? AND slot=? AND attempt=? AND digest=?",
            (key.sample, key.step, key.stage, key.slot, key.attempt, digest),
        ).fetchone()
        return None if row is None else Reply.model_validate_json(row[0])

    def add_reply(self, key: RequestKey, digest: str, reply: Reply, seconds: float) -> None:
        """Record a reply before anything is made of it."""
        self._execute(
            "INSERT INTO replies VALUES (?,?,?,?,?,?,?,?)",
            (key.sample, key.step, key.stage, key.slot, key.attempt, digest, reply.model_dump_json(), seconds),
        )

    def add_call(self, sample: int, step: int, slot: int, attempt: int, call: str, result: str) -> None:
        """Record an executed call with its whole result, as canonical JSON."""
        self._execute("INSERT OR REPLACE INTO calls VALUES (?,?,?,?,?,?)", (sample, step, slot, attempt, call, result))

    def outcome(self, key: str) -> str | None:
        """What a call of a user's tool came to, None if it was never made."""
        row = self._execute("SELECT outcome FROM outcomes WHERE key=?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """Key and outcome of every call of a user's tool."""
        yield from self._execute("SELECT key, outcome FROM outcomes")

    def add_outcome(self, key: str, outcome: str) -> None:
        """Record what a call of a user's tool came to before anything is made of it."""
        self._execute("INSERT INTO outcomes VALUES (?,?)", (key, outcome))

    def add_sample(self, sample: int, trajectory: str) -> None:
        """Record a finished sample."""
        self._execute("INSERT OR REPLACE INTO samples VALUES (?,?)", (sample, trajectory))

    def forget_samples(self) -> None:
        """Drop finished samples and calls, keep replies and outcomes: all else can be grown from these again."""
        self._execute("DELETE FROM samples")
        self._execute("DELETE FROM calls")

    def finished(self) -> set[int]:
        """The samples that are done."""
        return {row[0] for row in self._execute("SELECT sample FROM samples")}

    def trajectories(self) -> Iterator[str]:
        """The finished samples as they were recorded, in order."""
        for (text,) in self._execute("SELECT trajectory FROM samples ORDER BY sample"):
            yield text

    def replies(self) -> Iterator[tuple[str, Reply, float]]:
        """Stage, reply and seconds of everything asked, in key order."""
        for stage, text, seconds in self._execute("SELECT stage, reply, seconds FROM replies"):
            yield stage, Reply.model_validate_json(text), seconds

    def count_calls(self) -> int:
        """How many tool calls were executed."""
        return int(self._execute("SELECT COUNT(*) FROM calls").fetchone()[0])

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of the lock."""
        if hasattr(self, "_db"):
            self._db.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _execute(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise JournalError(f"{self.path}: {error}; nothing that was journaled is lost") from error


def _lock_file(path: Path) -> TextIO:
    handle = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise JournalError(
            f"{path.parent} is in use by another process; wait for it, or choose another --out"
        ) from None
    return handle
