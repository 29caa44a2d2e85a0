"""Starts a vLLM server on loopback, waits for it, and stops it with everything it started."""

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.errors import TeacherError
from toolgrad_local.teacher.command import build_command
from toolgrad_local.teacher.hardware import gpu_names
from toolgrad_local.teacher.processes import groups_below, signal_group

START_SECONDS = 1800.0
"""Loading hundreds of gigabytes from a slow disk takes a while."""
STOP_SECONDS = 20.0
POLL_SECONDS = 0.5
LOG_WIDTH = 160

Notice = Callable[[str], None]


class Server:
    """One vLLM server. Its log goes to a file; its key is random and never on a command line."""

    def __init__(
        self, profile: TeacherProfile, weights: Path, log: Path, notice: Notice, port: int | None = None
    ) -> None:
        """`notice` is told what a person wants to know meanwhile. `port` None: a free one at each start."""
        self.profile, self.weights, self.log, self.notice = profile, weights, log, notice
        self.key = secrets.token_urlsafe(24)
        self.port = port or 0
        self._wanted_port = port
        self._process: subprocess.Popen[bytes] | None = None
        """The guardian."""
        self._groups: set[int] = set()
        """The process groups that the guardian holds."""

    @property
    def url(self) -> str:
        """Base address of the OpenAI-compatible interface."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def start(self) -> None:
        """Start and wait until it is healthy. Raises TeacherError with the log's last line if it dies."""
        self.port = self._wanted_port or free_port()
        if self._wanted_port and port_in_use(self._wanted_port):
            raise TeacherError(f"port {self._wanted_port} is in use; choose another --port, or leave it out")
        command = build_command(self.profile, self.weights, self.port, gpu=bool(gpu_names()))
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "toolgrad_local.teacher.guardian", *command.arguments],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **command.environment, "VLLM_API_KEY": self.key},
                start_new_session=True,
            )
        await self._wait_until_healthy()

    def alive(self) -> bool:
        """True while the process runs."""
        return self._process is not None and self._process.poll() is None

    async def stop(self) -> None:
        """End the server and all that it started; returns when they are gone."""
        guardian = self._process
        if guardian is None:
            return
        if guardian.stdin is not None:
            guardian.stdin.close()
        guardian.send_signal(signal.SIGCONT)  # somebody may have stopped it with all the others
        deadline = time.monotonic() + STOP_SECONDS
        while guardian.poll() is None and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        if guardian.poll() is None:
            guardian.kill()
        if guardian.wait() < 0:  # it was killed, and could not end what it held
            for group in self._groups:
                signal_group(group, signal.SIGKILL)
        self._process, self._groups = None, set()

    async def _wait_until_healthy(self) -> None:
        started = time.monotonic()
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            while time.monotonic() - started < START_SECONDS:
                if not self.alive():
                    raise TeacherError(
                        f"the teacher's server died while it started: {last_error(self.log)} ({self.log})"
                    )
                try:
                    answer = await client.get(f"http://127.0.0.1:{self.port}/health")
                    if answer.status_code == 200:
                        self._groups = groups_below(self._process.pid) if self._process else set()
                        self.notice(f"teacher is up after {time.monotonic() - started:.0f} s")
                        return
                except httpx.TransportError:
                    pass
                self.notice(f"starting the teacher, {time.monotonic() - started:.0f} s: {last_line(self.log)}")
                await asyncio.sleep(POLL_SECONDS)
        await self.stop()
        raise TeacherError(f"the teacher's server was not healthy after {START_SECONDS:.0f} s: {last_line(self.log)}")


async def serve_until_stopped(profile: TeacherProfile, weights: Path, port: int | None, tell: Notice) -> None:
    """Serve in the foreground; tells address and key once it is up. Ctrl-C or SIGTERM ends it."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    with tempfile.TemporaryDirectory(prefix="toolgrad-") as folder:
        server = Server(profile, weights, Path(folder) / "teacher.log", lambda line: None, port)
        tell(f"starting {profile.name}; its log is {server.log}")
        try:
            starting = asyncio.create_task(server.start())
            while not starting.done() and not stopped.is_set():
                await asyncio.sleep(POLL_SECONDS)
            if stopped.is_set():
                starting.cancel()
                return
            await starting
            tell(f"--teacher-url {server.url}\nTOOLGRAD_TEACHER_KEY={server.key}")
            while server.alive() and not stopped.is_set():
                await asyncio.sleep(POLL_SECONDS)
            if not stopped.is_set():
                raise TeacherError(f"the teacher's server died: {last_error(server.log)}")
        finally:
            await server.stop()


def free_port() -> int:
    """A loopback port that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def port_in_use(port: int) -> bool:
    """True if the port cannot be bound on loopback."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def last_line(log: Path) -> str:
    """The last line of the log that says something, short enough for one line."""
    lines = [line.strip() for line in tail(log).splitlines() if line.strip()]
    return lines[-1][-LOG_WIDTH:] if lines else "no output yet"


def last_error(log: Path) -> str:
    """The last line of the log that names an error, else its last line."""
    lines = [line.strip() for line in tail(log).splitlines() if "Error" in line and "raise " not in line]
    return lines[-1][-LOG_WIDTH:] if lines else last_line(log)


def tail(log: Path) -> str:
    """The end of the log."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 20_000))
            return file.read().decode(errors="replace")
    except OSError:
        return ""
