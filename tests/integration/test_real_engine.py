"""The real thing: vLLM serves SmolLM2 in a namespace without a network, is killed and frozen half-way, and recovers.

Five kills of one run's server, and of a run five times, are tried by benchmarks/engine_kills.py.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from toolgrad_local.assets import asset_folder
from toolgrad_local.errors import JournalError
from toolgrad_local.journal.store import Journal

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

TEACHER = "smollm2-135m"
COMMAND = [sys.executable, "-m", "toolgrad_local"]
SETTINGS = """
samples: 4
seed: 3
loop: {iterations: 2, pool_size: 20}
"""
PATIENCE_SECONDS = 600.0
SERVER_PATIENCE = 20.0
"""Seconds; a frozen server is told from one that reads a prompt or compiles a schema, on two slow cores too."""
API_SERVER, ENGINE = "vllm.entrypoints.openai.api_server", "VLLM::EngineCore"


def isolate(command: list[str]) -> list[str]:
    """The command in a network namespace with nothing but loopback, where this machine lets us make one."""
    inside = ["unshare", "--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    works = (
        shutil.which("unshare")
        and shutil.which("ip")
        and subprocess.run([*inside, "true"], capture_output=True, check=False).returncode == 0
    )
    return [*inside, *command] if works else command


def wait_for(what: str, condition: Callable[[], object], process: "subprocess.Popen[str]") -> object:
    """The condition's first true value; fails when the process ends or patience does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        assert process.poll() is None, f"generate ended before {what}: {process.communicate()[1][-2000:]}"
        time.sleep(0.2)
    pytest.fail(f"waited {PATIENCE_SECONDS:.0f} s for {what}")


def engine_processes(root: int) -> list[psutil.Process]:
    """Every process that the generating one has started, however deep."""
    try:
        return psutil.Process(root).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def find_process(root: int, mark: str, other_than: psutil.Process | None = None) -> psutil.Process | None:
    """The process below one that has the mark on its command line, not its guardian."""
    for process in engine_processes(root):
        try:
            line = " ".join(process.cmdline())
        except psutil.NoSuchProcess:
            continue
        if mark in line and "toolgrad_local.teacher.guardian" not in line and process != other_than:
            return process
    return None


def write_profile(folder: Path) -> Path:
    """The teacher's profile with little patience."""
    profile = folder / f"{TEACHER}.yaml"
    text = (asset_folder("models") / profile.name).read_text()
    profile.write_text(text.replace("serving:\n", f"serving:\n  patience: {SERVER_PATIENCE}\n"))
    return profile


def count_replies(run: Path) -> int:
    """Replies in the journal of a run that may be about to be made or in use."""
    try:
        journal = Journal(run / "journal.sqlite", read_only=True)
    except JournalError:
        return 0
    try:
        return sum(1 for _ in journal.replies())
    except JournalError:
        return 0
    finally:
        journal.close()


@pytest.fixture(scope="module")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A run during which the server was killed once and frozen once; the folder and what was printed."""
    out = tmp_path_factory.mktemp("real") / "run"
    config = out.parent / "config.yaml"
    config.write_text(SETTINGS)
    teacher = str(write_profile(out.parent))
    command = [*COMMAND, "generate", "--teacher", teacher, "--config", str(config), "--out", str(out)]
    process = subprocess.Popen(
        isolate(command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for("the first replies", lambda: count_replies(out) >= 3, process)
    server = find_process(process.pid, API_SERVER)
    assert server is not None
    started = engine_processes(process.pid)
    server.kill()
    first = count_replies(out)
    wait_for("another server", lambda: find_process(process.pid, API_SERVER, other_than=server), process)
    wait_for("replies of it", lambda: count_replies(out) >= first + 3, process)
    engine = find_process(process.pid, ENGINE)
    assert engine is not None
    started += engine_processes(process.pid)
    engine.suspend()
    printed, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, errors[-3000:]
    _, alive = psutil.wait_procs(started, timeout=20)
    assert not alive, f"processes were left behind: {alive}"
    return out, printed + errors


def test_a_run_survives_a_server_that_dies_and_one_that_freezes(finished_run: tuple[Path, str]) -> None:
    out, printed = finished_run
    assert "the teacher's server died; restart 1 (" in printed
    assert f"has made no progress for {SERVER_PATIENCE:g} s; it is ended" in printed
    assert "the teacher's server died; restart 2 (" in printed
    rows = [*(out / "workflows.jsonl").read_text().splitlines(), *(out / "rejected.jsonl").read_text().splitlines()]
    assert sorted(json.loads(row)["sample"] for row in rows) == [0, 1, 2, 3]


def test_its_kept_calls_are_verified_and_its_journal_gives_the_same_bytes(
    finished_run: tuple[Path, str], tmp_path: Path
) -> None:
    out, _ = finished_run
    verified = subprocess.run([*COMMAND, "verify", str(out), "--json"], capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stdout
    replayed = subprocess.run(
        [*COMMAND, "replay", str(out), "--out", str(tmp_path / "again")], capture_output=True, text=True, check=False
    )
    assert replayed.returncode == 0, replayed.stderr
    assert (tmp_path / "again" / "workflows.jsonl").read_bytes() == (out / "workflows.jsonl").read_bytes()


def test_replies_are_constrained_or_counted_as_cut_off(finished_run: tuple[Path, str]) -> None:
    out, _ = finished_run
    journal = Journal(out / "journal.sqlite", read_only=True)
    replies = list(journal.replies())
    journal.close()
    whole = [reply for _, reply, _ in replies if reply.finish_reason == "stop"]
    assert whole, "no reply was finished"
    for reply in whole:
        json.loads(reply.text)


def test_the_prefix_cache_serves_most_of_the_prompts(finished_run: tuple[Path, str]) -> None:
    out, _ = finished_run
    printed = subprocess.run([*COMMAND, "summary", str(out), "--json"], capture_output=True, text=True, check=True)
    assert json.loads(printed.stdout)["cached_share"] > 0.5


def test_a_killed_run_leaves_no_server_behind(tmp_path: Path) -> None:
    command = [*COMMAND, "generate", "--teacher", TEACHER, "--samples", "2", "--out", str(tmp_path / "run")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    wait_for("the server's process", lambda: find_process(process.pid, API_SERVER), process)
    started = engine_processes(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    _, alive = psutil.wait_procs(started, timeout=30)
    assert not alive, f"processes were left behind: {alive}"
