"""Does a run survive its engine, and the data a run? A real vLLM server is killed and frozen, a real run is killed.

Run: .venv/bin/python benchmarks/engine_kills.py [--json] [--seed N] [--only servers|runs]

Needs the teacher smollm2-135m (`toolgrad-local teacher fetch smollm2-135m`) and about eight minutes on two cores.
Counted as survived is a kill after which the run ended well, every reply of the journal as it was then is in it at the
end, asked once, and all processes were gone; `verify` and `replay` have to agree to the finished runs.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import psutil
import yaml

from toolgrad_local.assets import asset_folder
from toolgrad_local.errors import JournalError
from toolgrad_local.journal.store import Journal

T = TypeVar("T")

COMMAND = [sys.executable, "-m", "toolgrad_local"]
GUARDIAN = "toolgrad_local.teacher.guardian"
API_SERVER, ENGINE = "vllm.entrypoints.openai.api_server", "VLLM::EngineCore"
SERVER_KILLS = (*("SIGKILL " + API_SERVER, "SIGKILL " + ENGINE) * 2, "SIGKILL " + API_SERVER, "SIGSTOP " + ENGINE)
RUN_KILLS = 5
REPLIES_BETWEEN = 3
MOST_REPLIES = 6
"""Replies after which a run is killed: none, which is while the server starts, to so many."""
START_SECONDS = 20.0
PATIENCE_SECONDS = 25.0
DEADLINE_SECONDS = 600.0
SETTINGS = {"samples": 4, "seed": 3, "loop": {"iterations": 2, "pool_size": 20}}


class Trouble(Exception):
    """Something did not go as it should."""


def main(arguments: list[str]) -> int:
    """Print what was tried and survived; 1 if it is not the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seed", type=int, default=0, help="decides the moments")
    parser.add_argument("--only", choices=PARTS, help="kill the servers of a run, or the run")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, stop_at_once)
    started, found = time.monotonic(), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        for part in [PARTS[options.only]] if options.only else PARTS.values():
            try:
                part(Path(name), found, random.Random(options.seed))
            except Trouble as trouble:
                print(f"{part.__name__}: {trouble}", file=sys.stderr)
    figures = {
        "kills_tried": found["kills_tried"],
        "kills_survived": found["kills_survived"],
        "freezes_tried": found["freezes_tried"],
        "freezes_survived": found["freezes_survived"],
        "runs_killed_tried": found["runs_tried"],
        "runs_killed_survived": found["runs_survived"],
        "seconds": round(time.monotonic() - started),
    }
    print(json.dumps(figures) if options.json else "\n".join(f"{key}: {value}" for key, value in figures.items()))
    whole = {"servers": len(SERVER_KILLS), "runs": RUN_KILLS}
    wanted = whole[options.only] if options.only else sum(whole.values())
    return 0 if found["kills_survived"] + found["freezes_survived"] == wanted else 1


def stop_at_once(number: int, frame: object) -> None:
    """So that what was started is ended too."""
    sys.exit(128 + number)


def kill_servers(folder: Path, found: Counter[str], draw: random.Random) -> None:
    """One run, whose server is killed five times and frozen once."""
    run = folder / "servers"
    process = start_run(folder, run)
    kept: Counter[str] = Counter()
    last, done = 0, Counter[str]()
    try:
        for deed in SERVER_KILLS:
            wanted = sum(kept.values()) + REPLIES_BETWEEN
            wait_for(f"reply {wanted}", partial(has_replies, run, wanted), process)
            number, mark = deed.split()
            last, victim = wait_for(f"another {mark}", partial(find, process.pid, mark, last), process)
            time.sleep(draw.uniform(0, 1))
            victim.send_signal(signal.Signals[number])
            kind = "kills" if number == "SIGKILL" else "freezes"
            found[f"{kind}_tried"] += 1
            done[kind] += 1
            kept |= read_replies(run)
        finish(process, run, kept)
    finally:
        end_run(process)
    for kind, count in done.items():
        found[f"{kind}_survived"] += count


def kill_runs(folder: Path, found: Counter[str], draw: random.Random) -> None:
    """One run, whose process group is killed five times and which is resumed as often."""
    run = folder / "runs"
    kept: Counter[str] = Counter()
    for _ in range(RUN_KILLS):
        process = start_run(folder, run)
        try:
            more = draw.randrange(MOST_REPLIES + 1)
            if more:
                wanted = sum(kept.values()) + more
                wait_for(f"reply {wanted}", partial(has_replies, run, wanted), process)
            time.sleep(draw.uniform(0, 1 if more else START_SECONDS))
            found["runs_tried"] += 1
            found["kills_tried"] += 1
        finally:
            end_run(process)
        after = read_replies(run)
        if kept - after:
            raise Trouble(f"{sum((kept - after).values())} replies were lost by a kill")
        kept |= after
    process = start_run(folder, run)
    try:
        finish(process, run, kept)
    finally:
        end_run(process)
    found["runs_survived"] += RUN_KILLS
    found["kills_survived"] += RUN_KILLS


def start_run(folder: Path, run: Path) -> "subprocess.Popen[str]":
    """Start or resume the run, in a process group of its own."""
    profile, config = folder / "smollm2-135m.yaml", folder / "config.yaml"
    values = yaml.safe_load((asset_folder("models") / profile.name).read_text())
    values["serving"]["patience"] = PATIENCE_SECONDS
    profile.write_text(yaml.safe_dump(values))
    config.write_text(yaml.safe_dump(SETTINGS))
    command = [*COMMAND, "generate", "--teacher", str(profile), "--config", str(config), "--out", str(run)]
    with (folder / "printed.txt").open("a") as printed:
        return subprocess.Popen(command, stdout=printed, stderr=printed, text=True, start_new_session=True)


def end_run(process: "subprocess.Popen[str]") -> None:
    """Kill the run's process group, if it is there, and see that the server goes with it. Raises Trouble if not."""
    family = below(process.pid)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    _, alive = psutil.wait_procs(family, timeout=30)
    if alive:
        raise Trouble(f"left behind: {alive}")


def finish(process: "subprocess.Popen[str]", run: Path, kept: Counter[str]) -> None:
    """Wait for the run's end and check it. Raises Trouble."""
    code = process.wait(timeout=DEADLINE_SECONDS)
    if code:
        lines = (run.parent / "printed.txt").read_text().splitlines()[-5:]
        raise Trouble(f"generate ended with {code}: {' | '.join(lines)}")
    lost = kept - read_replies(run)
    if lost:
        raise Trouble(f"{sum(lost.values())} replies were lost or asked again")
    for arguments in (["verify", str(run)], ["replay", str(run), "--out", f"{run}-again"]):
        checked = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
        if checked.returncode:
            raise Trouble(f"{arguments[0]} failed: {checked.stderr[-300:]}")


def read_replies(run: Path) -> Counter[str]:
    """What is in the journal: each reply with the seconds it took, which no second asking would repeat."""
    try:
        journal = Journal(run / "journal.sqlite", read_only=True)
    except JournalError:
        return Counter()
    try:
        return Counter(f"{stage} {seconds!r} {reply.model_dump_json()}" for stage, reply, seconds in journal.replies())
    except JournalError:
        return Counter()
    finally:
        journal.close()


def below(root: int) -> list[psutil.Process]:
    """Every process that this one has started, however deep."""
    try:
        return psutil.Process(root).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def has_replies(run: Path, wanted: int) -> bool:
    """True if the journal has so many."""
    return sum(read_replies(run).values()) >= wanted


def find(root: int, mark: str, last: int) -> tuple[int, psutil.Process] | None:
    """The server's id and the process of it that has the mark on its command line; None while it is the last one."""
    lines = {}
    for process in below(root):
        try:
            lines[process] = " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            continue
    servers = [process for process, line in lines.items() if API_SERVER in line and GUARDIAN not in line]
    if not servers or servers[0].pid == last:
        return None
    victims = [process for process, line in lines.items() if mark in line and GUARDIAN not in line]
    return (servers[0].pid, victims[0]) if victims else None


def wait_for(what: str, condition: Callable[[], T | None], process: "subprocess.Popen[str]") -> T:
    """The condition's first true value. Raises Trouble if the run ends before."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        if process.poll() is not None:
            raise Trouble(f"the run ended before {what}")
        time.sleep(0.1)
    raise Trouble(f"waited {DEADLINE_SECONDS:.0f} s for {what}")


PARTS = {"servers": kill_servers, "runs": kill_runs}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
