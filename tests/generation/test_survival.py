"""What happens to real processes - kills, signals, full disks, a clock that jumps - changes no byte of a run."""

import asyncio
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate as generate_run
from toolgrad_local.generation.generate import open_scripted
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.progress import make_line
from toolgrad_local.generation.stopping import StopRequest
from toolgrad_local.journal.store import Journal
from toolgrad_local.teacher.scripted import ScriptedTeacher

CONFIG = RunConfig(samples=6, seed=11, teacher="scripted", styles=None, loop=LoopSettings(iterations=4, pool_size=30))
ARGUMENTS = [
    "generate",
    "--teacher",
    "scripted",
    "--samples",
    "6",
    "--iterations",
    "4",
    "--seed",
    "11",
    "--styles",
    "off",
]
NO_FILE_SYSTEM = 77
"""How a script of benchmarks/ ends where it cannot do its work."""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_process_that_is_ended_records_no_failure_and_its_run_is_resumed(
    number: signal.Signals, catalog: Catalog, finished_run: RunFolder, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    process = subprocess.Popen(make_command(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and count_replies(folder.journal) < 20:
        time.sleep(0.002)
    process.send_signal(number)
    _, errors = process.communicate()
    if number != signal.SIGKILL:
        assert process.returncode == 130, errors
        assert "run the same command to resume" in errors
        assert "Traceback" not in errors
    assert not folder.workflows.exists()
    assert set(read_samples(folder)) <= set(read_samples(finished_run))
    said = resume(folder, catalog)
    kept = re.fullmatch(r"resuming: [0-6] of 6 samples finished, (\d+) replies kept", said[-1])
    assert kept is not None
    assert int(kept[1]) >= 20
    assert read_bytes(folder) == read_bytes(finished_run)
    assert read_samples(folder) == read_samples(finished_run)


@pytest.mark.slow
def test_a_file_that_may_grow_no_more_is_one_clear_line_and_loses_nothing(
    catalog: Catalog, finished_run: RunFolder, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    command = make_command(folder)
    limited = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=forbid_large_files)
    assert limited.returncode == 1, limited.stderr
    (error,) = [line for line in limited.stderr.splitlines() if line.startswith("error:")]
    assert f"{folder.journal} cannot be written: disk I/O error" in error
    assert "run the same command to resume: nothing that was journaled is lost" in error
    assert "Traceback" not in limited.stderr
    resume(folder, catalog)
    assert read_bytes(folder) == read_bytes(finished_run)


def make_command(folder: RunFolder) -> list[str]:
    """`toolgrad-local generate`, with the settings of `finished_run`."""
    config = folder.root.parent / "config.yaml"
    config.write_text("loop: {pool_size: 30}")
    return [sys.executable, "-m", "toolgrad_local", *ARGUMENTS, "--config", str(config), "--out", str(folder.root)]


def resume(folder: RunFolder, catalog: Catalog) -> list[str]:
    """Run to the end; returns what a person is told of what was there."""
    meter = Meter(CONFIG.samples, CONFIG.loop)
    claim_folder(folder, CONFIG, None, None, catalog)
    asyncio.run(generate_run(folder, CONFIG, None, catalog, open_scripted, 4, meter, StopRequest(lambda line: None)))
    return meter.remarks


def read_bytes(folder: RunFolder) -> tuple[bytes, bytes]:
    """The outputs."""
    return folder.workflows.read_bytes(), folder.rejected.read_bytes()


def forbid_large_files() -> None:
    """No file of this process grows past 150 kB: what a full disk is to a journal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))


async def test_a_clock_that_jumps_back_and_forth_changes_nothing(
    catalog: Catalog, finished_run: RunFolder, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    meter = Meter(CONFIG.samples, CONFIG.loop)
    claim_folder(folder, CONFIG, None, None, catalog)
    with time_machine.travel("2026-03-29 00:59:58", tick=True) as clock:
        opener = partial(open_jumping, clock)
        await generate_run(folder, CONFIG, None, catalog, opener, 4, meter, StopRequest(lambda line: None))
    assert read_bytes(folder) == read_bytes(finished_run)
    journal = Journal(folder.journal, read_only=True)
    assert all(0 <= seconds < 600 for _, _, seconds in journal.replies())
    journal.close()
    assert 0 <= meter.seconds < 600
    assert re.fullmatch(r"samples 6/6 .* \d+ tok/s .* ETA (-|\d+:\d\d)", make_line(meter))


class JumpingTeacher:
    """The scripted teacher, in a world where every reply takes or gives back a day."""

    name = "scripted"

    def __init__(self, clock: Any) -> None:
        self.clock, self.inner, self.days = clock, ScriptedTeacher(), 1

    async def ask(self, request: Request) -> Reply:
        self.days = -self.days * 2 if abs(self.days) < 1000 else 1
        self.clock.shift(timedelta(days=self.days))
        return await self.inner.ask(request)


@asynccontextmanager
async def open_jumping(clock: Any) -> AsyncIterator[Teacher]:
    """It needs no opening."""
    yield JumpingTeacher(clock)


@pytest.mark.slow
def test_kills_at_random_moments_are_survived(long: bool) -> None:
    result = run_benchmark("kills.py", "--kills", "200" if long else "20")
    assert result["failures"] == []
    assert result["kills_survived"] == result["kills_tried"] >= (200 if long else 20)
    assert {"starting", "growing"} <= result["killed_while"].keys()


@pytest.mark.slow
def test_every_full_disk_is_one_line_with_its_file_and_resumes_to_the_same_bytes() -> None:
    result = run_benchmark("full_disk.py")
    assert result["failures"] == []
    assert result["disks_filled"] >= 10
    assert result["resumed_to_the_same_bytes"] == result["disks_filled"] + result["had_room"]
    named = {said.split()[0] for said in result["said"]}
    assert {"journal.sqlite", "manifest.json", "workflows.jsonl"} <= named


def run_benchmark(name: str, *options: str) -> Any:
    """What a script of benchmarks/ measured."""
    root = Path(__file__).parents[2]
    command = [sys.executable, f"benchmarks/{name}", *options, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == NO_FILE_SYSTEM:
        pytest.skip("this machine gives no file system of its own to a test")
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def read_samples(folder: RunFolder) -> list[str]:
    """The finished samples in the journal."""
    journal = Journal(folder.journal, read_only=True)
    samples = list(journal.trajectories())
    journal.close()
    return samples


def count_replies(path: Path) -> int:
    """Replies in a journal that may be in use or not be there yet."""
    if not path.exists():
        return 0
    try:
        journal = Journal(path, read_only=True)
    except JournalError:
        return 0
    try:
        return sum(1 for _ in journal.replies())
    except JournalError:
        return 0
    finally:
        journal.close()
