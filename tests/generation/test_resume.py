"""A run that was cut short anywhere ends in the same bytes as one that was not."""

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.cli.main import main
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.errors import JournalError, TeacherError
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate as generate_run
from toolgrad_local.generation.generate import grow_with, open_scripted
from toolgrad_local.generation.meter import Meter
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


class DyingTeacher:
    """The scripted teacher, for a number of requests."""

    name = "scripted"

    def __init__(self, lives: int) -> None:
        self.lives, self.inner = lives, ScriptedTeacher()

    async def ask(self, request: Request) -> Reply:
        if self.lives == 0:
            raise TeacherError("dead")
        self.lives -= 1
        return await self.inner.ask(request)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def uninterrupted(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = RunFolder(tmp_path_factory.mktemp("whole") / "run")
    asyncio.run(run(folder, catalog))
    return folder


async def run(folder: RunFolder, catalog: Catalog, width: int = 4) -> None:
    claim_folder(folder, CONFIG, None, None, catalog)
    meter = Meter(CONFIG.samples, CONFIG.loop)
    await generate_run(folder, CONFIG, None, catalog, open_scripted, width, meter, StopRequest(lambda line: None))


async def run_until_death(folder: RunFolder, catalog: Catalog, lives: int) -> None:
    claim_folder(folder, CONFIG, None, None, catalog)
    journal = Journal(folder.journal)
    try:
        with pytest.raises(TeacherError):
            await grow_with(DyingTeacher(lives), CONFIG, None, catalog, journal, 4, Meter(6, CONFIG.loop))
    finally:
        journal.close()


@pytest.mark.parametrize("lives", [0, 1, 2, 5, 9, 17, 30, 48, 70, 95, 120])
async def test_a_run_cut_short_after_any_number_of_replies_ends_in_the_same_bytes(
    lives: int, catalog: Catalog, uninterrupted: RunFolder, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    await run_until_death(folder, catalog, lives)
    await run(folder, catalog)
    assert folder.workflows.read_bytes() == uninterrupted.workflows.read_bytes()
    assert folder.rejected.read_bytes() == uninterrupted.rejected.read_bytes()


@pytest.mark.parametrize("width", [1, 2, 6, 50])
async def test_the_bytes_do_not_depend_on_width(
    width: int, catalog: Catalog, uninterrupted: RunFolder, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    await run(folder, catalog, width)
    assert folder.workflows.read_bytes() == uninterrupted.workflows.read_bytes()


async def test_a_resumed_run_asks_nothing_twice(catalog: Catalog, uninterrupted: RunFolder, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    await run_until_death(folder, catalog, 40)
    await run(folder, catalog)
    whole = Journal(uninterrupted.journal, read_only=True)
    resumed = Journal(folder.journal, read_only=True)
    assert sum(1 for _ in resumed.replies()) == sum(1 for _ in whole.replies())
    whole.close()
    resumed.close()


@pytest.mark.parametrize("moment", [0.2, 0.5, 0.8])
def test_a_killed_process_resumes_to_the_same_bytes(moment: float, uninterrupted: RunFolder, tmp_path: Path) -> None:
    out = tmp_path / "run"
    config = tmp_path / "config.yaml"
    config.write_text("loop: {pool_size: 30}")
    command = [sys.executable, "-m", "toolgrad_local", *ARGUMENTS, "--config", str(config), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    total = count_replies(uninterrupted.journal)
    while process.poll() is None and count_replies(out / "journal.sqlite") < moment * total:
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert (out / "workflows.jsonl").read_bytes() == uninterrupted.workflows.read_bytes()


def test_ctrl_c_stops_cleanly_and_the_run_resumes(uninterrupted: RunFolder, tmp_path: Path) -> None:
    out = tmp_path / "run"
    config = tmp_path / "config.yaml"
    config.write_text("loop: {pool_size: 30}")
    command = [sys.executable, "-m", "toolgrad_local", *ARGUMENTS, "--config", str(config), "--out", str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and count_replies(out / "journal.sqlite") < 20:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130, errors
    assert "run the same command to resume" in errors
    assert "Traceback" not in errors
    subprocess.run(command, check=True, capture_output=True)
    assert (out / "workflows.jsonl").read_bytes() == uninterrupted.workflows.read_bytes()


def test_a_full_disk_is_one_clear_line_and_loses_nothing(uninterrupted: RunFolder, tmp_path: Path) -> None:
    out = tmp_path / "run"
    config = tmp_path / "config.yaml"
    config.write_text("loop: {pool_size: 30}")
    command = [sys.executable, "-m", "toolgrad_local", *ARGUMENTS, "--config", str(config), "--out", str(out)]
    limited = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=forbid_large_files)
    assert limited.returncode == 1, limited.stderr
    errors = [line for line in limited.stderr.splitlines() if line.startswith("error:")]
    assert len(errors) == 1, limited.stderr
    assert str(out) in errors[0]
    assert "Traceback" not in limited.stderr
    subprocess.run(command, check=True, capture_output=True)
    assert (out / "workflows.jsonl").read_bytes() == uninterrupted.workflows.read_bytes()


def forbid_large_files() -> None:
    """No file of this process grows past 150 kB: what a full disk is to a journal."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))


def test_a_finished_run_is_left_alone(uninterrupted: RunFolder) -> None:
    before = uninterrupted.workflows.stat().st_mtime_ns
    done = CliRunner().invoke(
        main, [*ARGUMENTS, "--config", str(write_config(uninterrupted)), "--out", str(uninterrupted.root)]
    )
    assert done.exit_code == 0, done.output
    assert "finished already" in done.output
    assert uninterrupted.workflows.stat().st_mtime_ns == before


def test_a_second_process_on_a_run_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    folder = RunFolder(tmp_path / "run")
    claim_folder(folder, CONFIG, None, None, catalog)
    first = Journal(folder.journal)
    with pytest.raises(JournalError, match="in use by another process"):
        Journal(folder.journal)
    first.close()
    Journal(folder.journal).close()


def write_config(folder: RunFolder) -> Path:
    """A config file with the settings that have no option."""
    path = folder.root.parent / "config.yaml"
    path.write_text("loop: {pool_size: 30}")
    return path


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
