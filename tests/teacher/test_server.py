"""Starting, watching and ending a server; the engine itself is in tests/integration."""

import contextlib
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.errors import ConfigError, TeacherError
from toolgrad_local.teacher.open import reach_teacher, refuse_remote
from toolgrad_local.teacher.profiles import list_profiles
from toolgrad_local.teacher.server import Server, free_port

GUARDIAN = [sys.executable, "-m", "toolgrad_local.teacher.guardian"]
STUBBORN_FAMILY = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("up", flush=True)
time.sleep(600)
"""


def silent(line: str) -> None:
    """Nobody needs to know."""


def smallest() -> TeacherProfile:
    return next(profile for profile in list_profiles() if profile.name == "smollm2-135m")


@pytest.mark.parametrize("how", ["close the pipe", "kill the parent"])
def test_the_guardian_ends_a_stubborn_process_and_its_children(how: str) -> None:
    command = [*GUARDIAN, sys.executable, "-c", STUBBORN_FAMILY]
    parent = (
        f"import subprocess, sys, time\n"
        f"p = subprocess.Popen({command!r}, stdin=subprocess.PIPE)\n"
        f"sys.stdin.readline()\np.stdin.close(); p.wait()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 3
    if how == "kill the parent":
        os.kill(process.pid, signal.SIGKILL)
    else:
        process.stdin.write("go\n")
        process.stdin.flush()
    _, alive = psutil.wait_procs(family, timeout=20)
    process.kill()
    process.communicate()
    assert not alive


@pytest.mark.parametrize("who", ["everybody", "the guardian"])
async def test_processes_that_were_stopped_are_ended_with_their_server(who: str, tmp_path: Path) -> None:
    server = Server(smallest(), tmp_path, tmp_path / "log", silent)
    server._process = subprocess.Popen(
        [*GUARDIAN, sys.executable, "-c", STUBBORN_FAMILY.replace("signal.SIG_IGN", "signal.SIG_DFL")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert server._process.stdout is not None
    assert server._process.stdout.readline() == b"up\n"
    server._process.stdout.close()
    guardian = psutil.Process(server._process.pid)
    family = guardian.children(recursive=True)
    assert len(family) == 2
    for process in [guardian, *family] if who == "everybody" else [guardian]:
        process.suspend()
    await server.stop()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive


async def test_a_server_that_dies_while_it_starts_is_one_line_with_the_last_error(tmp_path: Path) -> None:
    server = Server(smallest(), tmp_path / "no-weights-here", tmp_path / "teacher.log", silent)
    with pytest.raises(TeacherError, match="died while it started") as error:
        await server.start()
    assert "\n" not in str(error.value)
    assert "no-weights-here" in str(error.value) or "Error" in str(error.value)
    assert not server.alive()
    await server.stop()


async def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with serve(Answers([])) as url:
        port = int(url.split(":")[2].split("/")[0])
        with pytest.raises(TeacherError, match=f"port {port} is in use"):
            await Server(smallest(), tmp_path, tmp_path / "log", silent, port).start()


def test_two_free_ports_can_be_had() -> None:
    assert free_port() != 0


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("http://127.0.0.1:8000/v1", False),
        ("http://localhost:8000/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://192.0.2.7:8000/v1", True),
        ("http://gpu-box:8000/v1", True),
    ],
)
def test_only_loopback_is_reached_unless_allowed(url: str, refused: bool) -> None:
    refuse_remote(url, allow_remote=True)
    with pytest.raises(ConfigError, match="--allow-remote") if refused else contextlib.nullcontext():
        refuse_remote(url, allow_remote=False)


class Answers(http.server.BaseHTTPRequestHandler):
    """A server that answers chat completions with what it is told to, one after another."""

    def __init__(self, script: list[Any]) -> None:
        self.script, self.asked = script, 0

    def __call__(self, *arguments: Any) -> None:
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.send(200, json.dumps({"object": "list", "data": [{"id": "m", "object": "model"}]}))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        step = self.script[min(self.asked, len(self.script) - 1)]
        self.asked += 1
        if step == "nothing":
            self.close_connection = True
            return
        status, body = step
        self.send(status, body)

    def send(self, status: int, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments: Any) -> None:
        """Quiet."""


@contextlib.contextmanager
def serve(answers: Answers) -> Iterator[str]:
    """A real HTTP server on loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def completion(text: str) -> tuple[int, str]:
    """A chat completion as vLLM sends it."""
    message = {"role": "assistant", "content": text}
    usage = {
        "prompt_tokens": 9,
        "completion_tokens": 3,
        "total_tokens": 12,
        "prompt_tokens_details": {"cached_tokens": 4},
    }
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return 200, json.dumps(body)


async def test_a_server_that_ignores_constraints_is_refused() -> None:
    with (
        serve(Answers([completion("hello")])) as url,
        pytest.raises(TeacherError, match="does not constrain its replies"),
    ):
        async with reach_teacher(smallest(), url, "key", False, silent):
            pass
