"""What SQLite would drop of a write-ahead log without a word is found, said and kept."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.errors import JournalError
from toolgrad_local.journal.store import Journal
from toolgrad_local.journal.wal import FRAME_HEADER, HEADER, find_lost_tail

PAGE = 4096
FRAME = FRAME_HEADER + PAGE


@pytest.fixture
def folder(tmp_path: Path, add_rows: Callable[..., None]) -> Path:
    """The files of a journal whose process was killed: five samples that the log alone holds."""
    (tmp_path / "live").mkdir()
    journal = Journal(tmp_path / "live" / "journal.sqlite")
    journal.keep_manifest("{}")
    journal.sync()
    add_rows(journal, *range(5))
    (tmp_path / "killed").mkdir()
    for name in ("journal.sqlite", "journal.sqlite-wal"):
        shutil.copyfile(tmp_path / "live" / name, tmp_path / "killed" / name)
    journal.close()
    return tmp_path / "killed"


def open_journal(folder: Path) -> tuple[str | None, int]:
    """What is said when it is opened for writing, and how many replies it has then."""
    journal = Journal(folder / "journal.sqlite")
    said, replies = journal.remark, journal.count_replies()
    journal.close()
    return said, replies


def test_a_log_that_is_whole_is_read_to_its_end(folder: Path) -> None:
    assert find_lost_tail(folder / "journal.sqlite-wal") is None
    assert open_journal(folder) == (None, 5)
    assert find_lost_tail(folder / "journal.sqlite-wal") is None


def test_frames_of_an_earlier_log_are_no_loss(tmp_path: Path, add_rows: Callable[..., None]) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    add_rows(journal, *range(8))
    journal.sync()
    add_rows(journal, 8)
    assert find_lost_tail(tmp_path / "journal.sqlite-wal") is None
    journal.close()


@pytest.mark.parametrize("cut", [1, PAGE, PAGE + 1, FRAME - 1])
def test_a_last_write_that_was_cut_short_is_said(folder: Path, cut: int) -> None:
    log = folder / "journal.sqlite-wal"
    log.write_bytes(log.read_bytes()[:-cut])
    whole = log.read_bytes()
    said, replies = open_journal(folder)
    if cut > PAGE:
        assert (said, replies) == (None, 5)
        return
    assert said == f"{log}: the last write was cut short; what it held is asked again"
    assert replies == 5
    assert not log.exists() or log.read_bytes() != whole


def test_damage_in_the_middle_is_said_with_its_place_and_a_copy_is_kept(folder: Path) -> None:
    log = folder / "journal.sqlite-wal"
    content = bytearray(log.read_bytes())
    place = HEADER + 3 * FRAME + FRAME_HEADER + 100
    content[place] ^= 4
    log.write_bytes(bytes(content))
    said, replies = open_journal(folder)
    journal = Journal(folder / "journal.sqlite", read_only=True)
    rows = journal.count_replies() + journal.count_calls() + len(journal.finished())
    journal.close()
    assert said is not None
    assert f"{log} is damaged from byte {HEADER + 3 * FRAME} on: the last {15 - rows} rows of the journal" in said
    assert "asked again; a copy is kept as journal.sqlite-wal.damaged-1" in said
    assert replies < 5
    assert (folder / "journal.sqlite-wal.damaged-1").read_bytes() == bytes(content)


def test_no_flipped_bit_of_a_log_goes_unnoticed(folder: Path, long: bool) -> None:
    log = folder / "journal.sqlite-wal"
    content, draw = log.read_bytes(), random.Random(5)
    headers = [*range(HEADER), *(HEADER + n * FRAME + byte for n in (0, 2, 5) for byte in range(FRAME_HEADER))]
    anywhere = [draw.randrange(len(content)) for _ in range(600 if long else 60)]
    unsaid = []
    for place in [*headers, *anywhere]:
        flipped = bytearray(content)
        flipped[place] ^= 1 << draw.randrange(8)
        log.write_bytes(bytes(flipped))
        if find_lost_tail(log) is None:
            unsaid.append(place)
    assert unsaid == []


def test_an_empty_log_is_no_loss(folder: Path) -> None:
    (folder / "journal.sqlite-wal").write_bytes(b"")
    assert find_lost_tail(folder / "journal.sqlite-wal") is None


def test_the_journal_is_locked_while_it_is_written(tmp_path: Path) -> None:
    first = Journal(tmp_path / "journal.sqlite")
    with pytest.raises(JournalError, match="in use by another process"):
        Journal(tmp_path / "journal.sqlite")
    first.close()
    Journal(tmp_path / "journal.sqlite").close()
