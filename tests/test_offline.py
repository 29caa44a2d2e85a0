"""Nothing leaves this machine: the guard refuses, and a run has no use for a socket."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

OUTSIDE = "192.0.2.1"
"""An address of the block that is reserved for documentation."""
AUDITED_COMMAND = """
import socket, sys

def refuse_sockets(event, arguments):
    local = event == "socket.__new__" and arguments[1] == socket.AF_UNIX
    if event.startswith("socket.") and not local:
        print("AUDIT", event, arguments[1:], file=sys.stderr)
        raise SystemExit(99)

sys.addaudithook(refuse_sockets)
from toolgrad_local.cli.main import run_command
run_command()
"""
"""The event loop wakes itself over a pair of unnamed AF_UNIX sockets; nothing else may be made."""


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda: socket.create_connection((OUTSIDE, 80), timeout=1), id="create_connection"),
        pytest.param(lambda: socket.socket().connect((OUTSIDE, 80)), id="connect"),
        pytest.param(lambda: socket.socket().connect_ex((OUTSIDE, 80)), id="connect_ex"),
        pytest.param(lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80, 0, 0)), id="connect IPv6"),
        pytest.param(lambda: socket.socket().bind(("0.0.0.0", 0)), id="bind every interface"),
        pytest.param(lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"?", (OUTSIDE, 53)), id="sendto"),
        pytest.param(lambda: socket.getaddrinfo("models.example", 443), id="getaddrinfo"),
        pytest.param(lambda: asyncio.run(asyncio.open_connection(OUTSIDE, 80)), id="asyncio"),
    ],
)
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_the_guard_refuses_whatever_leaves_this_machine(leave: Callable[[], object], socket_guard: Any) -> None:
    with pytest.raises(AssertionError, match="wanted to leave this machine"):
        leave()
    assert len(socket_guard.refused) == 1
    socket_guard.refused.clear()


def test_the_guard_lets_loopback_and_local_paths_pass(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
    with socket.socket(socket.AF_UNIX) as local:
        local.bind(str(tmp_path / "socket"))


def test_a_scripted_run_asks_for_no_address(
    scripted_run: Callable[..., Path], command: Callable[..., Any], socket_guard: Any
) -> None:
    folder = scripted_run()
    assert command("verify", folder).code == 0
    assert socket_guard.asked == []


def test_generate_and_verify_make_no_socket_but_the_event_loops_own(tmp_path: Path) -> None:
    folder = str(tmp_path / "run")
    options = ["--teacher", "scripted", "--samples", "2", "--iterations", "2", "--out", folder]
    for arguments in (["generate", *options], ["verify", folder]):
        done = subprocess.run([sys.executable, "-c", AUDITED_COMMAND, *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_the_audit_of_the_test_above_notices_a_socket() -> None:
    code = AUDITED_COMMAND.partition("from toolgrad_local")[0] + "socket.socket()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr.split()[:2]) == (99, ["AUDIT", "socket.__new__"])
