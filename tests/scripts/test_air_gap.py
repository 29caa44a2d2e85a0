"""The tracers of `make air-gap`: what they note, and what counts as leaving the machine."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent.parent / "scripts" / "air_gap"
LOG = """\
17<python> connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 ENETUNREACH
17<python> connect(5, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16 <unfinished ...>
17<python> connect(5, {sa_family=AF_UNIX, sun_path="/tmp/x"}, 9) = 0
17<python> sendto(5, [{nlmsg_len=20}, ...], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20
18<ZMQbg/IO/0> sendto(6, ""..., 30, 0, NULL, 0) = 30
18<a b> sendto(6, ""..., 3, 0, {sa_family=AF_INET6, inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 3
19 connect(3, {sa_family=AF_VSOCK, svm_cid=0x2, svm_port=0x400}, 16) = -1 ENODEV
"""


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> Any:
    """scripts/air_gap/attempts.py, which is no package."""
    monkeypatch.syspath_prepend(str(FOLDER))
    import attempts

    return attempts


def test_the_log_of_strace_is_read_without_what_stays_in_the_kernel(attempts: Any, tmp_path: Path) -> None:
    (tmp_path / "log").write_text(LOG)
    found = attempts.read_strace(tmp_path / "log", "generate")
    assert {(attempt.program, attempt.call, attempt.address) for attempt in found} == {
        ("python", "connect", "192.0.2.1"),
        ("python", "connect", "127.0.0.1"),
        ("a b", "sendto", "2001:db8::1"),
        ("?", "connect", "AF_VSOCK"),
    }


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("8.8.8.8", False),
        ("::ffff:8.8.8.8", False),
        ("10.0.0.1", False),
        ("models.example", False),
        ("AF_VSOCK", False),
    ],
)
def test_only_loopback_counts_as_this_machine(attempts: Any, address: str, here: bool) -> None:
    assert attempts.is_on_this_machine(address) == here


def test_the_hook_notes_addresses_and_names_of_every_python(attempts: Any, tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "probe = socket.socket(type=socket.SOCK_DGRAM)\n"
        "probe.connect(('127.0.0.1', 9))\n"
        "socket.getaddrinfo('localhost', 9)\n"
        "try: socket.socket(socket.AF_UNIX).connect('/nowhere')\n"
        "except OSError: pass\n"
    )
    environment = {"PYTHONPATH": str(FOLDER / "hook"), "AIR_GAP_HOOK": str(tmp_path / "log")}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    found = attempts.read_hook(tmp_path / "log", "verify")
    assert {(attempt.call, attempt.address) for attempt in found} == {
        ("connect", "127.0.0.1"),
        ("getaddrinfo", "localhost"),
    }


def test_the_canary_notices_a_machine_with_a_route(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, FOLDER / "canary.py"], capture_output=True, text=True)
    outcomes = json.loads(done.stdout)
    assert (done.returncode == 0) == (set(outcomes.values()) == {"closed"})
    assert outcomes["connection"] in ("closed", "open: not tried, there is a route")
