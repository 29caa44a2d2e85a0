"""Kills a scripted run at random moments, resumes it, and compares the bytes: `python benchmarks/kills.py [--kills 200]`.

One process loads the catalog; every trial forks a child with a process group of its own that runs `toolgrad-local
generate`, and SIGKILLs the group. Half of the moments are drawn within the time that a run takes, half at one of the
files that it opens, locks and renames (most of these lie at its start and its end), plus some milliseconds.
"""

import argparse
import gc
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
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
KILLED_AGAIN = 0.3
"""Share of the resumed runs that are killed too."""


@dataclass
class Result:
    """What came of it."""

    kills_tried: int = 0
    kills_survived: int = 0
    killed_while: Counter[str] = field(default_factory=Counter)
    """What the run folder says that the killed process was at."""
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0


def start_run(folder: Path) -> tuple[int, int]:
    """Fork a process that generates; returns its id and a pipe that gets a byte at each of EVENTS."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(reader)
        run_child(folder, writer)
    os.close(writer)
    try:
        os.setpgid(child, child)
    except (ProcessLookupError, PermissionError):
        pass
    return child, reader


def run_child(folder: Path, writer: int) -> None:
    """What a shell would run, from the command line on; does not return."""
    from toolgrad_local.cli.main import run_command

    log = os.open(folder.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = ["toolgrad-local", "generate", "--config", str(folder.parent / "config.yaml"), "--out", str(folder)]
    sys.addaudithook(lambda event, values: event in EVENTS and os.write(writer, b".") and None)
    try:
        run_command()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    except BaseException as error:
        print(repr(error), flush=True)
        os._exit(70)
    os._exit(0)


def finish_run(folder: Path) -> tuple[int, int, float]:
    """Run to the end: exit code, number of events, seconds."""
    started = time.monotonic()
    child, reader = start_run(folder)
    events = 0
    while content := os.read(reader, 4096):
        events += len(content)
    os.close(reader)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), events, time.monotonic() - started


def kill_run(folder: Path, draw: random.Random, events: int, seconds: float) -> bool:
    """Run and kill at a drawn moment; False if it was done before."""
    by_event = draw.random() < 0.5
    wanted, share = draw.randrange(events), draw.random()
    child, reader = start_run(folder)
    if by_event:
        seen = 0
        while seen <= wanted and (content := os.read(reader, 1)):
            seen += len(content)
        time.sleep(share * 0.003)
    else:
        time.sleep(share * seconds)
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    os.close(reader)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def name_moment(folder: Path, whole: dict[str, Any]) -> str:
    """What the process was at when it was killed."""
    if not (folder / "manifest.json").exists():
        return "starting"
    if json.loads((folder / "manifest.json").read_text())["outputs"]:
        return "ending"
    if any(folder.glob("*.partial")) or (folder / "workflows.jsonl").exists():
        return "writing outputs"
    done = len(read_state(folder)["rows"][2])
    return "growing" if done < len(whole["rows"][2]) else "writing outputs"


def read_state(folder: Path) -> dict[str, Any]:
    """Everything that has to be the same, however often a run was killed."""
    with sqlite3.connect(f"file:{folder / 'journal.sqlite'}?mode=ro", uri=True) as journal:
        rows = [journal.execute(statement).fetchall() for statement in ROWS]
    journal.close()
    files = {name: (folder / name).read_bytes() for name in OUTPUTS if (folder / name).exists()}
    return {"rows": rows, **files}


def try_folder(folder: Path, whole: dict[str, Any], draw: random.Random, events: int, seconds: float) -> Result:
    """One run, killed once or more often, resumed until it is done."""
    result = Result()
    while result.kills_tried == 0 or draw.random() < KILLED_AGAIN:
        if not kill_run(folder, draw, events, seconds):
            break
        result.kills_tried += 1
        result.killed_while[name_moment(folder, whole)] += 1
    code, _, _ = finish_run(folder)
    if code != 0:
        result.failures.append(folder.with_suffix(".log").read_text().strip())
    elif read_state(folder) != whole:
        result.failures.append(f"{dict(result.killed_while)}: other bytes or rows than those of an uninterrupted run")
    else:
        result.kills_survived = result.kills_tried
    return result


def try_kills(kills: int, seed: int, scratch: Path) -> Result:
    """At least as many kills; seeded, though where a moment falls depends on the machine."""
    from toolgrad_local.catalog.loader import load_catalog

    started = time.monotonic()
    draw = random.Random(seed)
    (scratch / "config.yaml").write_text(CONFIG)
    load_catalog()
    warm_up(scratch)
    gc.freeze()
    code, events, seconds = finish_run(scratch / "whole")
    if code != 0:
        raise SystemExit((scratch / "whole.log").read_text())
    whole, total = read_state(scratch / "whole"), Result()
    while total.kills_tried < kills and len(total.failures) < 5:
        folder = scratch / "run"
        result = try_folder(folder, whole, draw, events, seconds)
        total.kills_tried += result.kills_tried
        total.kills_survived += result.kills_survived
        total.killed_while += result.killed_while
        total.failures += result.failures
        shutil.rmtree(folder, ignore_errors=True)
    total.seconds = round(time.monotonic() - started, 1)
    return total


def warm_up(scratch: Path) -> None:
    """Fill the caches that every fork would fill for itself."""
    from toolgrad_local.cli.main import main

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


def run() -> None:
    """Print what came of it; exit 1 if a kill was not survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        result = try_kills(given.kills, given.seed, Path(scratch))
    if given.json:
        print(json.dumps(vars(result), indent=2))
    else:
        print(f"kills tried {result.kills_tried}, survived {result.kills_survived}, in {result.seconds} s")
        print(", ".join(f"{moment} {count}" for moment, count in sorted(result.killed_while.items())))
        print("\n".join(result.failures), end="")
    sys.exit(result.kills_survived != result.kills_tried or bool(result.failures))


if __name__ == "__main__":
    run()
