"""What all tests share. Every test runs behind a guard: not one socket beyond this machine."""

import ipaddress
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.cli.main import run_command


@dataclass
class SocketGuard:
    """Every address that Python code in this process asked for."""

    asked: list[str] = field(default_factory=list)

    def admit(self, what: str, address: Any) -> None:
        """Raises AssertionError unless the address is on this machine."""
        self.asked.append(f"{what} {address}")
        if not is_local(address):
            raise AssertionError(f"a test wanted to leave this machine: {what} {address!r}")


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


def is_local(address: Any) -> bool:
    """True for a path (AF_UNIX), a name of this machine and a loopback address."""
    if isinstance(address, tuple):
        address = address[0]
    elif isinstance(address, str | bytes):
        return True
    if address is None or address in ("localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(address.decode() if isinstance(address, bytes) else address).is_loopback
    except ValueError:
        return False


def guard_method(name: str, guard: SocketGuard) -> Callable[..., Any]:
    """The socket's method behind the guard. The address is its last argument (`sendto` has flags before it)."""
    real = getattr(socket.socket, name)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        guard.admit(name, arguments[-1])
        return real(self, *arguments)

    return guarded


@pytest.fixture(autouse=True)
def socket_guard(monkeypatch: pytest.MonkeyPatch) -> Iterator[SocketGuard]:
    """Refuses connections, bindings and name look-ups beyond loopback and AF_UNIX."""
    guard = SocketGuard()
    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, guard_method(name, guard))
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        guard.admit("getaddrinfo", (host,))
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield guard


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The bundled catalog."""
    return load_catalog()


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs `toolgrad-local` in this process as a shell would: `command("verify", folder)`."""

    def run(*arguments: object) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["toolgrad-local", *map(str, arguments)])
        capsys.readouterr()
        code: Any = 0
        try:
            run_command()
        except SystemExit as end:
            code = end.code or 0
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run


@pytest.fixture
def scripted_run(command: Callable[..., Outcome], tmp_path: Path) -> Callable[..., Path]:
    """Makes a finished run of the scripted teacher and returns its folder."""

    def make(name: str = "run", *, samples: int = 2, iterations: int = 2, seed: int = 7) -> Path:
        folder = tmp_path / name
        options = ("--samples", samples, "--iterations", iterations, "--seed", seed)
        outcome = command("generate", "--teacher", "scripted", "--out", folder, *options)
        assert outcome.code == 0, outcome.err
        return folder

    return make
