"""Tools of a user's package that hang, die or eat memory: each is a failure of that tool, and all else goes on."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from mock_apis.core import World
from toolgrad_local.catalog import bounds
from toolgrad_local.catalog.checks import check_catalog
from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.errors import CatalogError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest, write_manifest

MakePackage = Callable[..., Path]
Command = Callable[..., Any]

HEAD = '''
import mmap, os, re, sys, time

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.errors import NotFound

odd = Domain("odd", category="odd", description="Things that go wrong in every way there is.")


class Note(Record):
    key: str
    text: str


class Notes(Record):
    notes: list[Note]


NOTES = Table[Note]("odd.notes", key="key", seed_rows=lambda w: ())
WASTE = []


@odd.tool(example={"text": "milk"}, writes=True, kind="stateful")
def note(w: World, text: str) -> Note:
    """Write a note down and give it back with its key.

    text: What the note is to say.
    """
    return NOTES.put(w, Note(key=w.new_id("NOTE"), text=text))


@odd.tool(example={}, kind="stateful")
def read(w: World) -> Notes:
    """Read all notes that were written down so far."""
    return Notes(notes=NOTES.all(w))
'''
TOOL = '''

@odd.tool(example={{}}, kind="computation")
def {name}(w: World) -> Note:
    """Do what no tool may do, in a way of its own: {name}."""
    {body}
    return Note(key="NOTE", text="well")
'''
BODIES = {
    "hang": "while True: pass",
    "block": "re.match('(a+)+$', 'a' * 60 + 'b')",
    "grow": "WASTE.append(bytearray(10**10))",
    "waste": "WASTE.append(mmap.mmap(-1, 400 << 20))",
    "flood": "return Note(key='NOTE', text='x' * 10**6)",
    "recurse": "return recurse(w)",
    "fail": "raise KeyError('no such thing')",
    "leave": "sys.exit(3)",
    "die": "os._exit(3)",
    "crash": "os.kill(os.getpid(), 11)",
    "garble": r"return Note(key='NOTE', text='\ud800')",
    "rant": "raise NotFound('x' * 10**6)",
    "chat": r"print('{}'); os.write(1, b'{}\n'); sys.stdin.read()",
    "twin": "os.fork()",
    "fork": "os.fork() or time.sleep(1e6)",
}
"""Tool to what it does."""
NOTE = ToolCall(tool="odd_note", arguments={"text": "milk"})
READ = ToolCall(tool="odd_read", arguments={})


def write_package(*names: str) -> dict[str, str]:
    """The files of a package with these tools, and with `odd_note` and `odd_read`, which are well."""
    return {"odd/__init__.py": "", "odd/odd.py": HEAD + "".join(TOOL.format(name=n, body=BODIES[n]) for n in names)}


def call(session: Session, name: str) -> ToolResult:
    """Call one of the bad tools."""
    return session.call(ToolCall(tool=f"odd_{name}", arguments={}))


@pytest.fixture
def load(make_package: MakePackage) -> Callable[..., Catalog]:
    """The catalog of a package with these tools."""
    return lambda *names: load_catalog(make_package(write_package(*names)))


@pytest.mark.parametrize("name", ["hang", "block"])
def test_a_tool_that_hangs_is_told_and_the_world_goes_on(
    load: Callable[..., Catalog], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    session = Session.fresh(load(name), 7)
    first = session.call(NOTE)
    monkeypatch.setattr(bounds, "CALL_SECONDS", 0.2)
    result = call(session, name)
    assert (result.ok, result.error) == (False, "tool_timeout")
    assert result.message == f"odd_{name} is out of service: no answer within 0.2 s"
    monkeypatch.undo()
    assert session.call(READ).value == {"notes": [first.value]}


def test_what_a_tool_may_not_do_is_told_by_kind(load: Callable[..., Catalog]) -> None:
    names = ("grow", "flood", "recurse", "fail", "leave", "die", "crash", "garble", "rant", "chat", "twin")
    session = Session.fresh(load(*names), 7)
    first = session.call(NOTE)
    results = {name: call(session, name) for name in names}
    told = {
        "grow": ("tool_oversized", "odd_grow is out of service: it takes more than 1024 MB of memory"),
        "flood": ("tool_oversized", "gives 1000050 bytes; 65536 at most"),
        "recurse": ("tool_crashed", "RecursionError: maximum recursion depth exceeded"),
        "fail": ("tool_crashed", "KeyError: 'no such thing' at odd.py:"),
        "leave": ("tool_crashed", "SystemExit: 3 at odd.py:"),
        "die": ("tool_crashed", "odd_die is out of service: it ends its process with exit code 3"),
        "crash": ("tool_crashed", "odd_crash is out of service: its process is ended by SIGSEGV"),
        "garble": ("tool_crashed", "UnicodeEncodeError: 'utf-8' codec can't encode"),
        "rant": ("tool_oversized", "fails with a message of 1000000 characters"),
        "chat": (None, ""),
        "twin": (None, ""),
    }
    assert {name: result.error for name, result in results.items()} == {name: kind for name, (kind, _) in told.items()}
    for name, (_, said) in told.items():
        assert (results[name].message or "").startswith(said)
    assert session.call(READ).value == {"notes": [first.value]}


def test_memory_that_other_calls_have_filled_is_not_blamed_on_the_next(load: Callable[..., Catalog]) -> None:
    session = Session.fresh(load("waste"), 7)
    assert [call(session, "waste").error for _ in range(4)] == [None] * 4


def test_a_tool_that_hung_three_times_is_not_called_again(
    load: Callable[..., Catalog], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session.fresh(load("hang"), 7)
    monkeypatch.setattr(bounds, "CALL_SECONDS", 0.1)
    first = [call(session, "hang") for _ in range(bounds.STRIKES)]
    monkeypatch.undo()
    started = time.monotonic()
    assert call(session, "hang") == first[0] == first[-1]
    assert time.monotonic() - started < bounds.CALL_SECONDS


def test_a_world_in_the_worker_is_the_world_it_would_be_here(load: Callable[..., Catalog]) -> None:
    catalog = load("die")
    session, here = Session.fresh(catalog, 7), World(7)
    assert session.world.state_hash() == here.state_hash()
    for _ in range(3):
        before, fork = session.world.state_hash(), session.fork()
        assert fork.call(NOTE).value == catalog.tools["odd_note"].run(here.fork(), NOTE.arguments)
        assert session.world.state_hash() == before
        assert session.call(NOTE).value == catalog.tools["odd_note"].run(here, NOTE.arguments)
        assert (session.world.state_hash(), session.world.now) == (here.state_hash(), here.now)
        call(session, "die")
    assert session.call(READ).value == catalog.tools["odd_read"].run(here, {})


def test_a_package_that_changes_while_it_is_used_is_refused(load: Callable[..., Catalog]) -> None:
    catalog = load("die")
    session = Session.fresh(catalog, 7)
    call(session, "die")
    assert catalog.folder
    (catalog.folder / "odd" / "odd.py").write_text(HEAD)
    with pytest.raises(CatalogError, match="has changed since it was loaded"):
        session.call(READ)


def test_what_a_tool_has_started_ends_with_its_worker(load: Callable[..., Catalog]) -> None:
    catalog = load("fork")
    assert call(Session.fresh(catalog, 7), "fork").ok
    started = psutil.Process().children(recursive=True)
    assert len(started) >= 2
    assert catalog.host
    catalog.host.stop()
    assert psutil.wait_procs(started, timeout=60)[1] == []


def test_no_worker_outlives_a_killed_command(make_package: MakePackage) -> None:
    folder = make_package(write_package("hang"))
    words = ["catalog", "call", "odd_hang", "--catalog", str(folder)]
    command = subprocess.Popen([sys.executable, "-m", "toolgrad_local", *words])
    parent, workers = psutil.Process(command.pid), []
    while command.poll() is None and not workers:
        workers = parent.children()
        time.sleep(0.01)
    command.kill()
    command.wait()
    assert psutil.wait_procs(workers, timeout=60)[1] == []


def test_the_check_names_a_tool_that_hangs_and_one_that_dies(
    make_package: MakePackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_package(write_package("die", "hang"))
    monkeypatch.setattr(bounds, "LEARN_SECONDS", 1.0)
    faults = {finding.tool: finding.fault for finding in check_catalog(folder).findings if "example" in finding.fault}
    assert faults == {
        "odd_die": "breaks in its example: it ends its process with exit code 3",
        "odd_hang": "breaks in its example: no answer within 1 s",
    }


def test_a_run_with_a_tool_that_hangs_is_finished_told_replayed_and_verified(
    command: Command,
    scripted_run: Callable[..., Path],
    make_package: MakePackage,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    package = make_package(write_package("hang", "fail"))
    monkeypatch.setattr(bounds, "CALL_SECONDS", 0.3)
    run = scripted_run(samples=2, iterations=3, catalog=package)
    summary = json.loads(command("summary", run, "--json").out)
    assert summary["tools_at_fault"]["odd_hang"]["tool_timeout"] > 1
    assert summary["tools_at_fault"]["odd_fail"]["tool_crashed"] > 1
    assert "call tool_timeout" in summary["failures"]
    assert "odd_hang" in command("summary", run).out
    monkeypatch.setattr(
        bounds, "CALL_SECONDS", 3600.0
    )  # what is journaled is not called again: here that would take too long
    verified = command("verify", run)
    assert verified.code == 0, verified.out
    shutil.copytree(run, tmp_path / "resumed")
    forget_samples(tmp_path / "resumed")
    assert command("replay", run, "--out", tmp_path / "again").code == 0
    assert scripted_run("resumed", samples=2, iterations=3, catalog=package)
    for name in ("workflows.jsonl", "rejected.jsonl"):
        assert (tmp_path / "again" / name).read_bytes() == (run / name).read_bytes()
        assert (tmp_path / "resumed" / name).read_bytes() == (run / name).read_bytes()


def forget_samples(run: Path) -> None:
    """As if it had been cut short before its first sample was done."""
    journal = sqlite3.connect(run / "journal.sqlite", isolation_level=None)
    journal.executescript("DELETE FROM samples; DELETE FROM calls;")
    journal.close()
    folder = RunFolder(run)
    write_manifest(folder, read_manifest(folder).model_copy(update={"outputs": {}}))
