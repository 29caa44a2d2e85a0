"""Refuses sockets while tools are imported and tried."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class SocketRefused(RuntimeError):
    """A tool asked for a socket."""


class _Guard:
    """An audit hook cannot be taken away again, so one is put in and switched."""

    installed = False
    active = False

    @classmethod
    def audit(cls, event: str, arguments: tuple[Any, ...]) -> None:
        if cls.active and event.startswith("socket."):
            raise SocketRefused(f"asks for {event}")


@contextmanager
def refuse_sockets() -> Iterator[None]:
    """Within this, whatever touches a socket raises SocketRefused."""
    if not _Guard.installed:
        sys.addaudithook(_Guard.audit)
        _Guard.installed = True
    _Guard.active = True
    try:
        yield
    finally:
        _Guard.active = False
