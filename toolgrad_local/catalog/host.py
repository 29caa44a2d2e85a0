"""Keeps the process in which a user's tools run: starts it when it is needed, waits no longer than a bound, ends it."""

import json
import os
import select
import signal
import subprocess
import sys
import time
import weakref
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolgrad_local.catalog import bounds
from toolgrad_local.data_model.outcome import CRASHED, OVERSIZED, TIMEOUT, Outcome
from toolgrad_local.errors import CatalogError

OUT_OF_MEMORY = 77
"""Exit code of a worker whose memory is full."""
READ_BYTES = 1 << 16
END_SECONDS = 5.0
"""For a process to end that has closed its pipe."""


class WorkerEnded(Exception):
    """No answer came, and the process is gone."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Host:
    """One worker at a time for the package in a folder."""

    def __init__(self, folder: Path, digest: str, *, trial: bool = False) -> None:
        self._command = [sys.executable, "-P", "-m", "toolgrad_local.catalog.worker", str(folder.resolve())]
        self._command += ["trial"] if trial else []
        self._folder, self._digest = folder, digest
        self._process: subprocess.Popen[bytes] | None = None
        self._strikes: Counter[str] = Counter()
        self._last: dict[str, Outcome] = {}
        self._end: weakref.finalize[..., Host] | None = None

    def call(self, seed: int, calls: tuple[str, ...], tool: str, arguments: dict[str, Any]) -> Outcome:
        """What a call gives in the world of that seed after those calls.

        That a worker dies, or its memory is full, may be an earlier call's doing: blamed is who does it to a fresh one.
        """
        if self._strikes[tool] >= bounds.STRIKES:
            return self._last[tool]
        request = {"do": "call", "seed": seed, "calls": calls, "tool": tool, "arguments": arguments}
        fresh = self._process is None
        try:
            return self.ask(request, bounds.CALL_SECONDS)
        except WorkerEnded as ended:
            if ended.kind != TIMEOUT and not fresh:
                return self.call(seed, calls, tool, arguments)
            self._strikes[tool] += 1
            message = f"{tool} is out of service: {ended}"
            self._last[tool] = Outcome(ok=False, error=ended.kind, message=message)
            return self._last[tool]

    def ask(self, request: dict[str, Any], seconds: float) -> Outcome:
        """The worker's answer. Raises WorkerEnded, and CatalogError if there can be no worker."""
        process = self._process or self._start()
        line = self._exchange(process, json.dumps(request).encode() + b"\n", seconds)
        try:
            return Outcome.model_validate_json(line)
        except ValidationError:
            self.stop()
            raise WorkerEnded(CRASHED, "its process answers what is no result") from None

    def stop(self) -> None:
        """End the worker."""
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def _start(self) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
            env=environment,
        )
        assert process.stdin is not None
        os.set_blocking(process.stdin.fileno(), False)
        self._process, self._end = process, weakref.finalize(self, end_process, process)
        try:
            digest = json.loads(self._exchange(process, b"", bounds.START_SECONDS))
        except WorkerEnded as ended:
            raise CatalogError(f"{self._folder}: the process for its tools does not start: {ended}") from None
        if digest != self._digest:
            self.stop()
            raise CatalogError(
                f"{self._folder} has changed since it was loaded; put back what it was, or start a new run"
            )
        return process

    def _exchange(self, process: "subprocess.Popen[bytes]", text: bytes, seconds: float) -> bytes:
        """Send a line, if any, and wait for one."""
        assert process.stdin is not None
        assert process.stdout is not None
        deadline = time.monotonic() + seconds
        line = bytearray()
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            readable, writable, _ = select.select([process.stdout], [process.stdin] if text else [], [], max(0, left))
            if left <= 0 or not (readable or writable):
                self.stop()
                raise WorkerEnded(TIMEOUT, f"no answer within {seconds:g} s")
            if not readable:
                try:
                    text = text[process.stdin.write(text) or 0 :]
                except BrokenPipeError:  # it is dead: the end of its answers tells
                    text = b""
            elif got := os.read(process.stdout.fileno(), READ_BYTES):
                line += got
            else:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(END_SECONDS)
                self.stop()
                raise tell_end(process.returncode)
        return bytes(line)


def end_process(process: "subprocess.Popen[bytes]") -> None:
    """Kill the process group: the worker, and what it has started."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def tell_end(code: int) -> WorkerEnded:
    """Why a worker is gone, by its exit code."""
    if code == OUT_OF_MEMORY:
        return WorkerEnded(OVERSIZED, f"it takes more than {bounds.MEMORY >> 20} MB of memory")
    if code < 0:
        return WorkerEnded(CRASHED, f"its process is ended by {signal.Signals(-code).name}")
    return WorkerEnded(CRASHED, f"it ends its process with exit code {code}")
