"""Python reads this when it starts, if its folder is on PYTHONPATH: each address asked for goes to $AIR_GAP_HOOK."""

import json
import os
import sys
from typing import Any

ADDRESS_AT = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.bind": 1, "socket.getaddrinfo": 0}
"""Where the event's arguments have the address."""
LOG = os.environ.get("AIR_GAP_HOOK")


def note(event: str, arguments: tuple[Any, ...]) -> None:
    """Appends one line, in one write, so that processes do not tear each other's."""
    if event not in ADDRESS_AT:
        return
    address = arguments[ADDRESS_AT[event]]
    host = address[0] if isinstance(address, tuple) and address else address
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    program = " ".join(sys.orig_argv[1:3])
    line = {
        "program": program,
        "call": event.partition(".")[2],
        "address": host,
        "path": isinstance(address, str | bytes),
    }
    descriptor = os.open(str(LOG), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.write(descriptor, (json.dumps(line, default=str) + "\n").encode())
    os.close(descriptor)


if LOG:
    sys.addaudithook(note)
