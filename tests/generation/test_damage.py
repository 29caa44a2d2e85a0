"""No flipped bit and no lost end of a run's files goes unnoticed, and what is whole is not lost with it."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import find_changed_output, read_manifest
from toolgrad_local.generation.outputs import read_lines
from toolgrad_local.generation.verify_journal import Written, check_journal, digest_line
from toolgrad_local.journal.store import Journal
from toolgrad_local.journal.tables import TABLES

Command = Callable[..., Any]
HEADER = 100
"""Bytes at the start of a SQLite file that are its header; then the first page's."""


def flip(content: bytes, place: int, bit: int) -> bytes:
    """With one bit changed."""
    changed = bytearray(content)
    changed[place] ^= 1 << bit
    return bytes(changed)


def read_rows(path: Path) -> list[list[tuple[Any, ...]]]:
    """Everything that SQLite reads of a journal."""
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    rows = [db.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]
    db.close()
    return rows


def digest_outputs(folder: RunFolder) -> Written:
    """What `verify` knows of the outputs when it comes to the journal."""
    lines = [line for path in (folder.workflows, folder.rejected) for _, line in read_lines(path)]
    return {Trajectory.model_validate_json(line).sample: digest_line(line) for line in lines}


def find_unnoticed(folder: RunFolder, places: list[int], draw: random.Random) -> tuple[list[int], int]:
    """Flip a bit at each place of the journal: where that is not found, and how often it was and changes no row."""
    content, whole = folder.journal.read_bytes(), read_rows(folder.journal)
    manifest, written = read_manifest(folder), digest_outputs(folder)
    unnoticed, free = [], 0
    for place in places:
        for end in ("-wal", "-shm"):
            folder.journal.with_name(folder.journal.name + end).unlink(missing_ok=True)
        folder.journal.write_bytes(flip(content, place, draw.randrange(8)))
        if next(check_journal(folder, manifest, written), None) is not None:
            continue
        if read_rows(folder.journal) == whole:
            free += 1
        else:
            unnoticed.append(place)
    return unnoticed, free


def test_no_bit_that_flips_in_the_journals_header_changes_a_row_unnoticed(own_run: RunFolder) -> None:
    draw = random.Random(1)
    assert find_unnoticed(own_run, draw.sample(range(HEADER + 8), 25), draw)[0] == []


@pytest.mark.slow
def test_no_bit_that_flips_anywhere_in_the_journal_changes_a_row_unnoticed(own_run: RunFolder, long: bool) -> None:
    draw, size = random.Random(2), own_run.journal.stat().st_size
    places = [draw.randrange(size) for _ in range(5000 if long else 250)]
    unnoticed, free = find_unnoticed(own_run, places, draw)
    assert unnoticed == []
    assert free < 0.7 * len(places)


def test_no_bit_that_flips_in_the_manifest_is_accepted(own_run: RunFolder, long: bool) -> None:
    content, draw = own_run.manifest.read_bytes(), random.Random(3)
    count = 20_000 if long else 300
    for place in (draw.randrange(len(content)) for _ in range(count)):
        own_run.manifest.write_bytes(flip(content, place, draw.randrange(8)))
        with pytest.raises(JournalError):
            read_manifest(own_run)


@pytest.mark.parametrize("name", ["workflows.jsonl", "rejected.jsonl"])
def test_no_bit_that_flips_in_the_outputs_is_accepted(own_run: RunFolder, name: str) -> None:
    path, manifest, draw = own_run.root / name, read_manifest(own_run), random.Random(4)
    content = path.read_bytes()
    assert content
    for place in (draw.randrange(len(content)) for _ in range(100)):
        path.write_bytes(flip(content, place, draw.randrange(8)))
        assert find_changed_output(own_run, manifest) == path


@pytest.mark.parametrize("statement", ["DELETE FROM replies WHERE sample = 2 AND step = 1 AND slot = 0",
                                       "DELETE FROM calls WHERE sample = 2 AND step = 1",
                                       "DELETE FROM samples WHERE sample = 2",
                                       "DELETE FROM run"])  # fmt: skip
def test_rows_that_are_lost_whole_are_found(own_run: RunFolder, statement: str) -> None:
    db = sqlite3.connect(own_run.journal, isolation_level=None)
    db.execute(statement)
    db.close()
    said = " ".join(check_journal(own_run, read_manifest(own_run), digest_outputs(own_run)))
    assert ("is missing" in said, "differ" in said, "emptied" in said) in (
        (True, False, False), (False, True, False), (False, False, True),
    )  # fmt: skip


@pytest.mark.parametrize("cut", [4096, 40_000])
def test_a_journal_whose_end_is_cut_off_is_refused_and_what_is_left_of_it_serves_a_new_run(
    command: Command, scripted_run: Callable[..., Path], tmp_path: Path, cut: int
) -> None:
    run = scripted_run(samples=2, iterations=2)
    whole = (run / "workflows.jsonl").read_bytes(), (run / "rejected.jsonl").read_bytes()
    for end in ("-wal", "-shm"):
        (run / f"journal.sqlite{end}").unlink(missing_ok=True)
    (run / "journal.sqlite").write_bytes((run / "journal.sqlite").read_bytes()[:-cut])
    said = command("verify", run)
    assert said.code == 1
    assert f"{run}/journal.sqlite is damaged" in said.out
    assert f"--reuse {run}" in said.out
    new = tmp_path / "new"
    settings = ("--teacher", "scripted", "--samples", 2, "--iterations", 2, "--seed", 7)
    assert command("generate", *settings, "--out", new, "--reuse", run).code == 0
    assert ((new / "workflows.jsonl").read_bytes(), (new / "rejected.jsonl").read_bytes()) == whole


def test_an_emptied_or_missing_journal_does_not_start_the_run_over(
    command: Command, scripted_run: Callable[..., Path], change_manifest: Callable[..., None]
) -> None:
    run = scripted_run(samples=1, iterations=1)
    settings = ("--teacher", "scripted", "--samples", 1, "--iterations", 1, "--seed", 7)
    change_manifest(run, outputs={})
    for end in ("", "-wal", "-shm"):
        (run / f"journal.sqlite{end}").unlink(missing_ok=True)
    gone = command("generate", *settings, "--out", run)
    assert (gone.code, gone.err.count("\n")) == (1, 1)
    assert f"{run}/journal.sqlite is missing; restore it from a copy, or remove {run}" in gone.err
    (run / "journal.sqlite").write_bytes(b"")
    emptied = command("generate", *settings, "--out", run)
    assert emptied.code == 1
    assert f"{run}/journal.sqlite is empty, though the run was begun; restore it from a copy" in emptied.err


@pytest.mark.parametrize("left", [0, 1, 100])
def test_a_manifest_that_is_emptied_or_cut_is_written_anew_from_the_journal(
    command: Command, scripted_run: Callable[..., Path], left: int
) -> None:
    run = scripted_run(samples=2, iterations=1)
    settings = ("--teacher", "scripted", "--samples", 2, "--iterations", 1, "--seed", 7)
    whole = {name: (run / name).read_bytes() for name in ("manifest.json", "workflows.jsonl", "rejected.jsonl")}
    (run / "manifest.json").write_bytes(whole["manifest.json"][:left])
    for words in (["generate", *settings, "--out"], ["verify"], ["summary"]):
        said = command(*words, run)
        assert (said.code, said.err.count("\n")) == (1, 1)
        assert f"{run}/manifest.json is damaged at the file: " in said.err
        assert "move it away and run the same `generate` command" in said.err
    (run / "manifest.json").unlink()
    assert "`toolgrad-local generate` with the run's settings writes it anew" in command("verify", run).err
    other = command("generate", *settings, "--seed", 8, "--out", run)
    assert "config.seed is 7 in the folder, 8 now" in other.err
    again = command("generate", *settings, "--out", run)
    assert again.code == 0, again.err
    assert "resuming: 2 of 2 samples finished" in again.err
    assert {name: (run / name).read_bytes() for name in whole} == whole


def test_outputs_that_were_changed_are_not_taken_for_finished(
    command: Command, scripted_run: Callable[..., Path]
) -> None:
    run = scripted_run(samples=2, iterations=1)
    settings = ("--teacher", "scripted", "--samples", 2, "--iterations", 1, "--seed", 7)
    path = max((run / "workflows.jsonl", run / "rejected.jsonl"), key=lambda file: file.stat().st_size)
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n")
    said = command("generate", *settings, "--out", run)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert f"{path} was changed after the run had finished; move it away and run the same command" in said.err
    path.unlink()
    assert command("generate", *settings, "--out", run).code == 0
    assert path.read_bytes() == whole


def test_a_journal_of_another_run_is_refused(
    command: Command, scripted_run: Callable[..., Path], change_manifest: Callable[..., None]
) -> None:
    run, other = scripted_run("run", samples=1, iterations=1), scripted_run("other", samples=1, iterations=1, seed=8)
    shutil.copyfile(other / "journal.sqlite", run / "journal.sqlite")
    assert "journal.sqlite: was begun with another config than manifest.json says" in command("verify", run).out
    change_manifest(run, outputs={})
    settings = ("--teacher", "scripted", "--samples", 1, "--iterations", 1, "--seed", 7)
    assert "config.seed is 8 in the folder, 7 now" in command("generate", *settings, "--out", run).err


def test_a_lost_tail_of_the_log_is_told_when_the_run_is_resumed(own_run: RunFolder) -> None:
    journal = Journal(own_run.journal)
    journal.add_call(99, 0, 0, 0, "{}", "{}")
    for end in ("", "-wal"):
        shutil.copyfile(f"{own_run.journal}{end}", own_run.root / f"copy.sqlite{end}")
    journal.close()
    log = own_run.root / "copy.sqlite-wal"
    log.write_bytes(flip(log.read_bytes(), 60, 1))
    resumed = Journal(own_run.root / "copy.sqlite")
    assert resumed.remark is not None
    assert "asked again" in resumed.remark
    resumed.close()
