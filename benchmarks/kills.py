"""Kills a scripted run at random moments, resumes it, and compares the bytes: `python benchmarks/kills.py`.

One process loads the catalog; every trial forks a child with a process group of its own that runs `toolgrad-local
generate`, and SIGKILLs the group. Half of the moments are drawn within the time that a run takes, half at one of the
files that it opens, locks and renames (all of these lie at its start and its end), plus some milliseconds.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forked import finish_run, read_state, start_run, warm_up

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


def kill_run(folder: Path, scratch: Path, draw: random.Random, events: int, seconds: float) -> bool:
    """Run and kill at a drawn moment; False if it was done before."""
    by_event = draw.random() < 0.5
    wanted, share = draw.randrange(events), draw.random()
    child, reader = start_run(folder, scratch)
    if by_event:
        seen = 0
        while seen <= wanted and (content := os.read(reader, 1)):
            seen += len(content)
        time.sleep(share * 0.003)
    else:
        time.sleep(share * seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
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


def try_folder(scratch: Path, whole: dict[str, Any], draw: random.Random, events: int, seconds: float) -> Result:
    """One run, killed once or more often, resumed until it is done."""
    folder, result = scratch / "run", Result()
    while result.kills_tried == 0 or draw.random() < KILLED_AGAIN:
        if not kill_run(folder, scratch, draw, events, seconds):
            break
        result.kills_tried += 1
        result.killed_while[name_moment(folder, whole)] += 1
    code, _, _ = finish_run(folder, scratch)
    if code != 0:
        result.failures.append((scratch / "log").read_text().strip())
    elif read_state(folder) != whole:
        result.failures.append(f"{dict(result.killed_while)}: other bytes or rows than those of an uninterrupted run")
    else:
        result.kills_survived = result.kills_tried
    return result


def try_kills(kills: int, seed: int, scratch: Path) -> Result:
    """At least as many kills; seeded, though where a moment falls depends on the machine."""
    started = time.monotonic()
    draw = random.Random(seed)
    warm_up(scratch)
    code, events, seconds = finish_run(scratch / "whole", scratch)
    if code != 0:
        raise SystemExit((scratch / "log").read_text())
    whole, total = read_state(scratch / "whole"), Result()
    while total.kills_tried < kills and len(total.failures) < 5:
        result = try_folder(scratch, whole, draw, events, seconds)
        total.kills_tried += result.kills_tried
        total.kills_survived += result.kills_survived
        total.killed_while += result.killed_while
        total.failures += result.failures
        shutil.rmtree(scratch / "run", ignore_errors=True)
    total.seconds = round(time.monotonic() - started, 1)
    return total


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
