"""The journal: one SQLite file a run with every teacher reply, every tool call and every finished sample."""

import time
from collections.abc import Iterator
from pathlib import Path

from toolgrad_local.data_model.exchange import Reply, RequestKey, Usage
from toolgrad_local.errors import JournalError
from toolgrad_local.journal.lock import take_lock
from toolgrad_local.journal.opening import (
    FAULTS,
    describe_damage,
    explain,
    open_damaged,
    open_for_writing,
    open_read_only,
    set_lost_tail_aside,
)
from toolgrad_local.journal.tables import KEYS, Row, decode_text, find_changed_table, is_whole, make_checksum, name_row

SYNC_SECONDS = 5.0
"""At most as much of what was journaled is lost when the power fails; a kill loses nothing."""


class Journal:
    """Append-only record of a run. A row that is there is whole; a row that is not was never done."""

    def __init__(self, path: Path, *, read_only: bool = False, damaged: bool = False) -> None:
        """Open or create the file and, unless read-only, lock it for this process.

        Raises JournalError if another process has it, or it is damaged. `damaged`: open it for reading all the same,
        for `same_reply` alone.
        """
        self.path = path
        self.remark: str | None = None
        """What a person should know of how it was found."""
        self._lock = None if read_only or damaged else take_lock(path)
        self._synced = time.monotonic()
        try:
            if self._lock is not None:
                self.remark = set_lost_tail_aside(path)
            opener = open_damaged if damaged else open_read_only if read_only else open_for_writing
            self._db = opener(path)
            self._db.text_factory = decode_text
            if not damaged:
                self._check_pages()
        except FAULTS as error:
            self.close()
            raise JournalError(explain(path, error, "opened")) from error
        except BaseException:
            self.close()
            raise

    def reply(self, key: RequestKey, digest: str) -> Reply | None:
        """The journaled reply to a request, None if it was never asked.

        Raises JournalError if the same place of the run asked something else, or the row is damaged.
        """
        row = self._find_reply(key)
        if row is None:
            return None
        if row[5] != digest and is_whole(row):
            raise JournalError(
                f"{self.path}: sample {key.sample}, step {key.step}, {key.stage} was asked something else when it was "
                "journaled; the program, its prompts or its catalog have changed: start a new run folder"
            )
        self._require_whole("replies", row)
        return Reply.model_validate_json(str(row[7]))

    def same_reply(self, key: RequestKey, digest: str) -> tuple[Reply, float] | None:
        """The reply to the same request at the same place of the run and the seconds it took, None if another or
        nothing was asked there, or it is damaged."""
        try:
            row = self._find_reply(key)
        except JournalError:
            return None
        if row is None or row[5] != digest or not is_whole(row):
            return None
        return Reply.model_validate_json(str(row[7])), float(str(row[6]))

    def add_reply(self, key: RequestKey, digest: str, reply: Reply, seconds: float) -> None:
        """Record a reply before anything is made of it."""
        row = (key.sample, key.step, key.stage, key.slot, key.attempt, digest, seconds, reply.model_dump_json())
        self._write("INSERT INTO replies VALUES (?,?,?,?,?,?,?,?,?)", (*row, make_checksum(*row)))
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self.sync()

    def add_call(self, sample: int, step: int, slot: int, attempt: int, call: str, result: str) -> None:
        """Record an executed call with its whole result, as canonical JSON."""
        row = (sample, step, slot, attempt, call, result)
        self._write("INSERT OR REPLACE INTO calls VALUES (?,?,?,?,?,?,?)", (*row, make_checksum(*row)))

    def outcome(self, key: str) -> str | None:
        """What a call of a user's tool came to, None if it was never made."""
        row = next(self._select("SELECT * FROM outcomes WHERE key=?", (key,)), None)
        if row is None:
            return None
        self._require_whole("outcomes", row)
        return str(row[1])

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """Key and outcome of every call of a user's tool."""
        for row in self._rows("outcomes"):
            yield str(row[0]), str(row[1])

    def add_outcome(self, key: str, outcome: str) -> None:
        """Record what a call of a user's tool came to before anything is made of it."""
        self._write("INSERT INTO outcomes VALUES (?,?,?)", (key, outcome, make_checksum(key, outcome)))

    def add_sample(self, sample: int, trajectory: str) -> None:
        """Record a finished sample."""
        self._write(
            "INSERT OR REPLACE INTO samples VALUES (?,?,?)", (sample, trajectory, make_checksum(sample, trajectory))
        )

    def keep_manifest(self, text: str) -> None:
        """Record what the run is made with, before anything else."""
        self._write("INSERT INTO run VALUES (?,?,?)", ("manifest", text, make_checksum("manifest", text)))

    def manifest(self) -> str | None:
        """What the run is made with, None if it has not been said yet."""
        return next((str(row[1]) for row in self._rows("run")), None)

    def copy_replies(self, source: "Journal") -> None:
        """Take over what another run is made with, its replies and outcomes: all else can be grown from these again."""
        self._write("BEGIN", ())
        for table in ("run", "replies", "outcomes"):
            for row in source._rows(table):
                self._write(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
        self._write("COMMIT", ())

    def finished(self) -> set[int]:
        """The samples that are done."""
        return {int(str(row[0])) for row in self._select("SELECT sample FROM samples", ())}

    def trajectories(self) -> Iterator[str]:
        """The finished samples as they were recorded, in order."""
        for row in self._rows("samples"):
            yield str(row[1])

    def replies(self) -> Iterator[tuple[str, Reply, float]]:
        """Stage, reply and seconds of everything asked, in key order."""
        for row in self._rows("replies"):
            yield str(row[2]), Reply.model_validate_json(str(row[7])), float(str(row[6]))

    def usages(self) -> Iterator[tuple[int, Usage, float]]:
        """Sample, tokens and seconds of everything asked, in key order."""
        for row in self._rows("replies"):
            yield int(str(row[0])), Reply.model_validate_json(str(row[7])).usage, float(str(row[6]))

    def asked(self, sample: int) -> dict[tuple[int, str, int, int], str]:
        """The digests of a sample's requests, by step, stage, slot and attempt."""
        rows = self._select("SELECT step, stage, slot, attempt, digest FROM replies WHERE sample=?", (sample,))
        return {(step, stage, slot, attempt): digest for step, stage, slot, attempt, digest in rows}  # type: ignore[misc]

    def called(self, sample: int) -> dict[tuple[int, int, int], tuple[str, str]]:
        """A sample's calls and their results, by step, slot and attempt."""
        rows = self._select("SELECT step, slot, attempt, call, result FROM calls WHERE sample=?", (sample,))
        return {(step, slot, attempt): (call, result) for step, slot, attempt, call, result in rows}  # type: ignore[misc]

    def count_replies(self) -> int:
        """How much was asked."""
        return self._count("replies")

    def count_calls(self) -> int:
        """How many tool calls were executed."""
        return self._count("calls")

    def find_damage(self) -> Iterator[str]:
        """Every row that is not what was written, or is not in its place."""
        for table, columns in KEYS.items():
            last: Row = ()
            for row in self._select(f"SELECT * FROM {table} ORDER BY {', '.join(columns)}", ()):
                key = row[: len(columns)]
                if not is_whole(row):
                    yield name_row(table, row)
                elif not last < key:
                    yield f"{name_row(table, row)}, which is out of order"
                else:
                    last = key

    def check_rows(self) -> None:
        """Raises JournalError if any row is damaged."""
        for damage in self.find_damage():
            raise JournalError(describe_damage(self.path, damage))

    def sync(self) -> None:
        """Put what was journaled on the disk, so that it survives even a power failure."""
        self._write("PRAGMA wal_checkpoint(PASSIVE)", ())
        self._synced = time.monotonic()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of the lock."""
        if hasattr(self, "_db"):
            self._db.close()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _find_reply(self, key: RequestKey) -> Row | None:
        statement = "SELECT * FROM replies WHERE sample=? AND step=? AND stage=? AND slot=? AND attempt=?"
        return next(self._select(statement, (key.sample, key.step, key.stage, key.slot, key.attempt)), None)

    def _count(self, table: str) -> int:
        return int(str(next(self._select(f"SELECT COUNT(*) FROM {table}", ()))[0]))

    def _rows(self, table: str) -> Iterator[Row]:
        for row in self._select(f"SELECT * FROM {table} ORDER BY {', '.join(KEYS[table])}", ()):
            self._require_whole(table, row)
            yield row

    def _require_whole(self, table: str, row: Row) -> None:
        if not is_whole(row):
            raise JournalError(describe_damage(self.path, name_row(table, row)))

    def _check_pages(self) -> None:
        found = find_changed_table(self._db) or str(self._db.execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            raise JournalError(describe_damage(self.path, found))

    def _select(self, statement: str, values: Row) -> Iterator[Row]:
        try:
            yield from self._db.execute(statement, values)
        except FAULTS as error:
            raise JournalError(explain(self.path, error, "read")) from error

    def _write(self, statement: str, values: Row) -> None:
        try:
            self._db.execute(statement, values)
        except FAULTS as error:
            raise JournalError(explain(self.path, error, "written")) from error
