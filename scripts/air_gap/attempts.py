"""Reads what the tracers saw: each address that a program asked for, and whether it is on this machine."""

import ipaddress
import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

SYSCALL = re.compile(r"^\d+(?:<(?P<program>[^>]*)>)? (?P<call>connect|sendto|sendmsg|sendmmsg|bind)\(")
FAMILY = re.compile(r"sa_family=(AF_\w+)")
IPV4 = re.compile(r'sin_addr=inet_addr\("([^"]+)"\)')
IPV6 = re.compile(r'inet_pton\(AF_INET6, "([^"]+)"')
QUIET = {"AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"}
"""Sockets that are files, talk to the kernel, or are being disconnected: no way off the machine."""


class Attempt(NamedTuple):
    """A program asked for an address."""

    step: str
    seen_by: str
    program: str
    call: str
    address: str


def read_strace(log: Path, step: str) -> Counter[Attempt]:
    """The attempts in a log of strace, with how often each was made."""
    found: Counter[Attempt] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        syscall = SYSCALL.match(line)
        families = FAMILY.findall(line) if syscall else []
        if not syscall or not families or set(families) <= QUIET:
            continue
        addresses = [*IPV4.findall(line), *IPV6.findall(line)] or [" ".join(families)]
        for address in addresses:
            found[Attempt(step, "strace", syscall["program"] or "?", syscall["call"], address)] += 1
    return found


def read_hook(log: Path, step: str) -> Counter[Attempt]:
    """The attempts that Python's audit hook wrote down, paths of AF_UNIX left out."""
    found: Counter[Attempt] = Counter()
    for line in log.read_text().splitlines() if log.exists() else []:
        entry = json.loads(line)
        if not entry["path"] or entry["call"] == "getaddrinfo":
            found[Attempt(step, "audit hook", entry["program"], entry["call"], str(entry["address"]))] += 1
    return found


def is_on_this_machine(address: str) -> bool:
    """True for loopback and its name, and for a look-up without a name."""
    if address in ("localhost", "None"):
        return True
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(number, "ipv4_mapped", None)
    return (mapped or number).is_loopback


def print_table(found: Counter[Attempt]) -> None:
    """One line an attempt, those that lead away first."""
    rows = sorted(found.items(), key=lambda item: (is_on_this_machine(item[0].address), item[0]))
    widths = [max([len(str(row[0][column])) for row in rows] or [0]) for column in range(len(Attempt._fields))]
    for attempt, times in rows:
        verdict = "loopback" if is_on_this_machine(attempt.address) else "AWAY"
        cells = (f"{cell:<{width}}" for cell, width in zip(attempt, widths, strict=True))
        print(f"  {'  '.join(cells)}  {times:>5}  {verdict}")
