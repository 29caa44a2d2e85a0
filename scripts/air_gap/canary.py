"""Tries to leave the machine in every way that needs no packet to be believed, and says what happened. Plain Python.

Prints one JSON object, probe to outcome, and exits with 0 only if each outcome is `closed`. `--bait` first answers on
the address that it will try: so it is seen that a way out is noticed, without any packet to anybody else.
"""

import json
import socket
import sys
from pathlib import Path

OUTSIDE, OUTSIDE_IPV6 = "192.0.2.1", "2001:db8::1"
"""Of the blocks that are reserved for documentation: routed like any public address, owned by nobody."""
PORT = 4443
NAME = "canary.example"
CLOSED = "closed"
PATIENCE_S = 5


def main(bait: bool) -> int:
    """All probes; with `bait`, in a namespace that has OUTSIDE as an address of its own."""
    listener = socket.create_server((OUTSIDE, PORT)) if bait else None
    outcomes = {
        "interfaces": probe_interfaces(),
        "routes": probe_routes(),
        "route to a public address": probe_route(socket.AF_INET, OUTSIDE),
        "route to a public IPv6 address": probe_route(socket.AF_INET6, OUTSIDE_IPV6),
        "connection": probe_connection(),
        "name look-up": probe_name(),
    }
    if listener is not None:
        listener.close()
    print(json.dumps(outcomes))
    return 0 if set(outcomes.values()) == {CLOSED} else 1


def probe_interfaces() -> str:
    """Whether there is any but loopback."""
    names = sorted(name for _, name in socket.if_nameindex() if name != "lo")
    return f"open: {', '.join(names)}" if names else CLOSED


def probe_routes() -> str:
    """Whether anything is routed over an interface that is not loopback."""
    rows = [line.split()[0] for line in Path("/proc/net/route").read_text().splitlines()[1:]]
    ipv6 = Path("/proc/net/ipv6_route")
    rows += [line.split()[-1] for line in ipv6.read_text().splitlines()] if ipv6.exists() else []
    others = sorted(set(rows) - {"lo"})
    return f"open: {', '.join(others)}" if others else CLOSED


def probe_route(family: int, address: str) -> str:
    """Whether the kernel would know where to send a datagram. Connecting such a socket sends nothing."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, PORT))
    except OSError:
        return CLOSED
    return f"open: {address} has a route"


def probe_connection() -> str:
    """Whether somebody answers there; tried only if there is a bait or no route, so that no packet leaves."""
    if probe_route(socket.AF_INET, OUTSIDE) != CLOSED and not is_own_address():
        return "open: not tried, there is a route"
    try:
        with socket.create_connection((OUTSIDE, PORT), timeout=PATIENCE_S):
            return f"open: connected to {OUTSIDE}"
    except OSError:
        return CLOSED


def is_own_address() -> bool:
    """Whether OUTSIDE has been given to this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((OUTSIDE, 0))
        except OSError:
            return False
    return True


def probe_name() -> str:
    """Whether any name service answers; `no such name` is an answer too."""
    if probe_route(socket.AF_INET, OUTSIDE) != CLOSED and not is_own_address():
        return "open: not tried, there is a route"
    try:
        socket.getaddrinfo(NAME, PORT)
    except socket.gaierror as error:
        return CLOSED if error.errno == socket.EAI_AGAIN else f"open: somebody answered ({error.strerror})"
    return f"open: {NAME} was resolved"


if __name__ == "__main__":
    sys.exit(main("--bait" in sys.argv))
