"""Runs of the scripted teacher in forks of a process that has loaded the catalog: a second each, not three."""

import contextlib
import gc
import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect", "fcntl.flock"}
CONFIG = "samples: 4\nseed: 11\nteacher: scripted\nstyles: off\nloop: {iterations: 2, pool_size: 30}\n"
OUTPUTS = ("workflows.jsonl", "rejected.jsonl", "manifest.json")
ROWS = (
    "SELECT sample, step, stage, slot, attempt, digest, reply FROM replies",
    "SELECT * FROM calls",
    "SELECT * FROM samples",
)


def warm_up(scratch: Path) -> None:
    """Load the catalog, and fill the caches that every fork would fill for itself."""
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.cli.main import main

    load_catalog()
    (scratch / "config.yaml").write_text(CONFIG)
    out = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    arguments = ["generate", "--config", str(scratch / "config.yaml"), "--out", str(scratch / "warm")]
    try:
        main(arguments, standalone_mode=False)
    finally:
        os.dup2(out[0], 1)
        os.dup2(out[1], 2)
    gc.freeze()


def start_run(folder: Path, scratch: Path) -> tuple[int, int]:
    """Fork a process that generates; returns its id and a pipe that gets a byte at each of EVENTS."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(reader)
        run_child(folder, scratch, writer)
    os.close(writer)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.setpgid(child, child)
    return child, reader


def run_child(folder: Path, scratch: Path, writer: int) -> None:
    """What a shell would run, from the command line on, with what it says in `log`; does not return."""
    from toolgrad_local.cli.main import run_command

    log = os.open(scratch / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = ["toolgrad-local", "generate", "--config", str(scratch / "config.yaml"), "--out", str(folder)]
    sys.addaudithook(lambda event, values: os.write(writer, b".") and None if is_of(folder, event, values) else None)
    try:
        run_command()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    except BaseException as error:
        print(repr(error), flush=True)
        os._exit(70)
    os._exit(0)


def is_of(folder: Path, event: str, values: Any) -> bool:
    """True if it is one of EVENTS and about the run's folder."""
    return event in EVENTS and (event == "fcntl.flock" or str(folder) in str(values[0]))


def finish_run(folder: Path, scratch: Path) -> tuple[int, int, float]:
    """Run to the end: exit code, number of events, seconds."""
    started = time.monotonic()
    child, reader = start_run(folder, scratch)
    events = 0
    while content := os.read(reader, 4096):
        events += len(content)
    os.close(reader)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), events, time.monotonic() - started


def read_state(folder: Path) -> dict[str, Any]:
    """Everything that has to be the same, however often a run was killed."""
    with sqlite3.connect(f"file:{folder / 'journal.sqlite'}?mode=ro", uri=True) as journal:
        rows = [journal.execute(statement).fetchall() for statement in ROWS]
    journal.close()
    files = {name: (folder / name).read_bytes() for name in OUTPUTS if (folder / name).exists()}
    return {"rows": rows, **files}
