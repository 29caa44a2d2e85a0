"""Whole runs whose server is killed, stopped or answers nonsense. The server is a stand-in, all around it is real."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from toolgrad_local.errors import JournalError
from toolgrad_local.journal.store import Journal
from toolgrad_local.seeding import derive_seed
from toolgrad_local.teacher.server import free_port

Command = Callable[..., Any]
Place = Callable[..., tuple[object, ...]]

ROOT = Path(__file__).parents[2]
STAND_IN = Path(__file__).parent / "stand_in"
GUARDIAN, API_SERVER, ENGINE = "toolgrad_local.teacher.guardian", "vllm.entrypoints.openai.api_server", "--engine"
OUTPUTS = ("workflows.jsonl", "rejected.jsonl")
PROFILE = """
name: stand-in
description: The scripted teacher behind HTTP.
licence: none
memory: none
checkpoint: {{folder: {folder}}}
serving: {{context: 4096, patience: {patience}}}
"""
SYSTEM_MESSAGE = '"role": "system"'
"""In every request of a run, and not in the probe that a server is proven with."""
CONFIG = "samples: 4\nseed: 3\nloop: {iterations: 3, pool_size: 3}\n"
DEADLINE_SECONDS = 120.0
AWAITED = {"starting": "starting the teacher", "restarting": "; restart 2 (", "frozen": "teacher is up"}
"""What is printed before a stop is asked for at that moment."""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The stand-in lies where vLLM would be."""
    monkeypatch.setenv("PYTHONPATH", f"{STAND_IN}{os.pathsep}{ROOT}")
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))


@pytest.fixture
def run_options(tmp_path: Path, example_folder: Path) -> Place:
    """Arguments of `generate` for a run of about 100 replies in a folder of the given name."""

    def make(name: str, patience: float = 2.0) -> tuple[object, ...]:
        (tmp_path / "config.json").write_text("{}")
        profile, config = tmp_path / "stand-in.yaml", tmp_path / "config.yaml"
        profile.write_text(PROFILE.format(folder=tmp_path, patience=patience))
        config.write_text(CONFIG)
        options = ("--teacher", profile, "--catalog", example_folder, "--config", config)
        return ("generate", *options, "--out", tmp_path / name)

    return make


def find_process(mark: str) -> psutil.Process | None:
    """The first process below this one with the mark on its command line, from the guardian down."""
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            line = process.cmdline()
            if mark in line and (mark == GUARDIAN or GUARDIAN not in line):
                return process
    return None


def count_replies(run: Path) -> int:
    """Replies in the journal of a run that may be about to be made or in use."""
    with contextlib.suppress(JournalError):
        journal = Journal(run / "journal.sqlite", read_only=True)
        try:
            return sum(1 for _ in journal.replies())
        finally:
            journal.close()
    return 0


def read_outputs(run: Path) -> list[bytes]:
    """The data set, in bytes."""
    return [(run / name).read_bytes() for name in OUTPUTS]


def do_mischief(run: Path, plan: list[tuple[str, signal.Signals]], done: list[str]) -> None:
    """After every few more replies, send the next signal to the process that it is for."""
    deadline, last, wanted = time.monotonic() + DEADLINE_SECONDS, 0, 5
    for mark, number in plan:
        while time.monotonic() < deadline:
            server, process = find_process(API_SERVER), find_process(mark)
            if server and process and server.pid != last and count_replies(run) >= wanted:
                process.send_signal(number)
                done.append(f"{number.name} {mark}")
                last, wanted = server.pid, count_replies(run) + 6
                break
            time.sleep(0.02)


@contextlib.contextmanager
def stand_in_server(**environment: str) -> Iterator[str]:
    """A stand-in that nobody supervises; its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", API_SERVER, "--port", str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"listening on {port}\n".encode()
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.slow
def test_answers_spoilt_in_every_way_leave_no_trace_in_the_data(
    command: Command, run_options: Place, tmp_path: Path
) -> None:
    for name, trouble in (("calm", "0"), ("troubled", "0.25")):
        with stand_in_server(STAND_IN_TROUBLE=trouble) as url:
            outcome = command(*run_options(name, 1.0), "--teacher-url", url)
        assert outcome.code == 0, outcome.err
    assert read_outputs(tmp_path / "calm") == read_outputs(tmp_path / "troubled")
    assert count_replies(tmp_path / "calm") == count_replies(tmp_path / "troubled") > 50


@pytest.mark.slow
def test_servers_killed_and_frozen_leave_no_trace_in_the_data(
    command: Command, run_options: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command(*run_options("calm")).code == 0
    monkeypatch.setenv("STAND_IN_SECONDS", "0.01")
    plan = [(mark, signal.SIGKILL) for mark in (API_SERVER, ENGINE, API_SERVER, GUARDIAN, ENGINE)]
    plan += [(mark, signal.SIGSTOP) for mark in (API_SERVER, ENGINE)]
    done: list[str] = []
    mischief = threading.Thread(target=do_mischief, args=(tmp_path / "troubled", plan, done))
    mischief.start()
    outcome = command(*run_options("troubled"))
    mischief.join()
    assert outcome.code == 0, outcome.err
    assert done == [f"{number.name} {mark}" for mark, number in plan]
    assert "has made no progress for 2 s; it is ended" in outcome.err
    assert "restart 7 (" in outcome.err
    assert find_process(API_SERVER) is None
    assert read_outputs(tmp_path / "calm") == read_outputs(tmp_path / "troubled")
    assert command("verify", tmp_path / "troubled").code == 0


@pytest.mark.slow
def test_a_request_that_kills_every_server_is_a_failed_reply_and_the_run_goes_on(
    command: Command, run_options: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_POISON", f'"seed": {derive_seed(3, 1, 0, "propose", 0, 0)},')
    outcome = command(*run_options("poisoned", 1.0))
    assert outcome.code == 0, outcome.err
    journal = Journal(tmp_path / "poisoned" / "journal.sqlite", read_only=True)
    finishes = [reply.finish_reason for _, reply, _ in journal.replies()]
    journal.close()
    assert finishes.count("error") == 1
    assert "propose of sample 1 fails at the server" in outcome.err
    assert command("replay", tmp_path / "poisoned", "--out", tmp_path / "again").code == 0
    assert read_outputs(tmp_path / "poisoned") == read_outputs(tmp_path / "again")


@pytest.mark.slow
def test_a_server_that_dies_of_everything_is_given_up_and_the_run_resumes(
    command: Command, run_options: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command(*run_options("calm")).code == 0
    with monkeypatch.context() as poisoned:
        poisoned.setenv("STAND_IN_POISON", SYSTEM_MESSAGE)
        outcome = command(*run_options("troubled"))
    assert outcome.code == 1
    (error,) = [line for line in outcome.err.splitlines() if line.startswith("error:")]
    assert "died 6 times without a reply in between" in error
    assert "run the same command to resume" in error
    assert not (tmp_path / "troubled" / "workflows.jsonl").exists()
    assert command(*run_options("troubled", 9.0)).code == 0, "with another patience"
    assert read_outputs(tmp_path / "calm") == read_outputs(tmp_path / "troubled")


def test_a_server_of_somebody_else_that_is_gone_is_waited_for_and_then_one_clear_line(
    command: Command, run_options: Place, tmp_path: Path
) -> None:
    with stand_in_server(STAND_IN_POISON=SYSTEM_MESSAGE) as url:
        outcome = command(*run_options("run", 0.5), "--teacher-url", url)
    assert outcome.code == 1
    (error,) = [line for line in outcome.err.splitlines() if line.startswith("error:")]
    assert "--teacher-url has given no reply for 0.5 s" in error
    assert "run the same command to resume" in error


@pytest.mark.slow
@pytest.mark.parametrize("moment", AWAITED)
def test_a_stop_request_ends_run_and_server_whatever_the_server_is_doing(
    moment: str, run_options: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if moment == "starting":
        monkeypatch.setenv("STAND_IN_START", "slow")
    elif moment == "restarting":
        monkeypatch.setenv("STAND_IN_POISON", SYSTEM_MESSAGE)
    monkeypatch.setenv("STAND_IN_SECONDS", "0.05")
    command = [sys.executable, "-m", "toolgrad_local", *map(str, run_options("run", 600.0))]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr is not None
    for line in process.stderr:
        if AWAITED[moment] in line:
            break
    if moment == "frozen":
        do_mischief(tmp_path / "run", [(ENGINE, signal.SIGSTOP)], [])
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGTERM)
    if moment != "starting":
        assert any("stopping: finishing what is in flight" in line for line in process.stderr)
        process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=DEADLINE_SECONDS)
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive
    assert process.returncode == 130, errors
    assert "run the same command to resume" in errors
    assert "Traceback" not in errors
    assert not (tmp_path / "run" / "workflows.jsonl").exists()
