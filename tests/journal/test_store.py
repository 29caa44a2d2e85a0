"""The journal gives back what was written, or says that it cannot."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.data_model.exchange import RequestKey
from toolgrad_local.errors import JournalError
from toolgrad_local.journal.store import Journal

KEY = RequestKey(sample=1, step=0, stage="propose")
DIGEST = "d" * 64
NO_ACCENTS = "UPDATE replies SET reply = replace(reply, 'é', 'e')"


@pytest.fixture
def path(tmp_path: Path, add_rows: Callable[..., None]) -> Path:
    """The file of a closed journal with three samples, in a folder with a name that means something in an address."""
    folder = tmp_path / "50% ?a=1#b"
    folder.mkdir()
    journal = Journal(folder / "journal.sqlite")
    journal.keep_manifest("{}")
    add_rows(journal, 0, 1, 2)
    journal.close()
    return folder / "journal.sqlite"


def run_sql(path: Path, statement: str) -> None:
    """Change a journal behind its back."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(statement)
    db.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_what_was_written_is_read(path: Path, read_only: bool) -> None:
    journal = Journal(path, read_only=read_only)
    reply = journal.reply(KEY, DIGEST)
    assert reply is not None
    assert reply.text.startswith("reply 1 é")
    assert (journal.count_replies(), journal.count_calls(), journal.finished()) == (3, 3, {0, 1, 2})
    assert journal.manifest() == "{}"
    assert list(journal.find_damage()) == []
    assert journal.remark is None
    journal.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(f"{NO_ACCENTS} WHERE sample = 1", "replies, sample 1, step 0", id="text"),
        pytest.param("UPDATE replies SET seconds = 0.5 WHERE sample = 1", "replies, sample 1", id="seconds"),
        pytest.param("UPDATE replies SET sample = 7 WHERE sample = 1", "replies, sample 7", id="the key"),
        pytest.param("UPDATE replies SET checksum = 1 WHERE sample = 1", "replies, sample 1", id="the checksum"),
        pytest.param("UPDATE replies SET reply = CAST(x'ff00' AS TEXT) WHERE sample = 1", "sample 1", id="no UTF-8"),
        pytest.param("UPDATE calls SET result = '{}' WHERE sample = 2", "calls, sample 2, step 0, slot 0", id="a call"),
        pytest.param("UPDATE samples SET trajectory = CAST(trajectory AS BLOB)", "samples, sample 0", id="a type"),
        pytest.param("UPDATE run SET text = '[]'", "run, part manifest", id="the manifest"),
    ],
)
def test_a_row_that_was_changed_is_named_with_a_remedy(path: Path, statement: str, said: str) -> None:
    run_sql(path, statement)
    journal = Journal(path, read_only=True)
    assert said in next(journal.find_damage())
    with pytest.raises(JournalError, match=r"is damaged \(.*\); restore it from a copy, or .*--reuse ") as caught:
        journal.check_rows()
    assert str(path) in str(caught.value)
    journal.close()


def test_a_damaged_reply_is_never_given_out(path: Path) -> None:
    run_sql(path, NO_ACCENTS)
    journal = Journal(path, read_only=True)
    with pytest.raises(JournalError, match="replies, sample 1"):
        journal.reply(KEY, DIGEST)
    assert journal.same_reply(KEY, DIGEST) is None
    with pytest.raises(JournalError, match="replies, sample 0"):
        list(journal.replies())
    journal.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP TABLE calls", "the definition of table calls is missing"),
        ("ALTER TABLE calls ADD COLUMN note TEXT", "the definition of table calls is changed"),
        ("CREATE TABLE notes (text TEXT)", "a table too many, notes"),
    ],
)
def test_other_tables_are_refused(path: Path, statement: str, said: str) -> None:
    run_sql(path, statement)
    with pytest.raises(JournalError, match=said):
        Journal(path)


def test_what_is_no_journal_is_refused_and_can_still_be_mined(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - 4096])
    for read_only in (True, False):
        with pytest.raises(JournalError, match="is damaged"):
            Journal(path, read_only=read_only)
    whole = Journal(path, damaged=True)
    found = [whole.same_reply(RequestKey(sample=n, step=0, stage="propose"), DIGEST) for n in range(3)]
    assert any(found)
    whole.close()
    path.write_text("just words " * 100)
    with pytest.raises(JournalError, match=r"is damaged \(file is not a database\)"):
        Journal(path, read_only=True)
    path.unlink()
    with pytest.raises(JournalError, match="is missing"):
        Journal(path, read_only=True)


def test_a_lock_is_let_go_when_opening_fails(path: Path) -> None:
    content = path.read_bytes()
    path.write_text("just words " * 100)
    with pytest.raises(JournalError, match="not a database"):
        Journal(path)
    path.write_bytes(content)
    Journal(path).close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_finished_journal_is_read_where_nothing_may_be_written(path: Path) -> None:
    path.parent.chmod(0o555)
    try:
        journal = Journal(path, read_only=True)
        assert journal.count_replies() == 3
        journal.close()
        with pytest.raises(PermissionError):
            Journal(path.with_name("other.sqlite"))
    finally:
        path.parent.chmod(0o755)
