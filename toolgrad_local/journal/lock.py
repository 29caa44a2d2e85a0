"""One process at a time in a run folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from toolgrad_local.errors import JournalError


def take_lock(journal: Path) -> TextIO:
    """Lock the folder of a journal until the file that is returned is closed, or this process dies.

    Raises JournalError if another process has it.
    """
    handle = journal.with_suffix(".lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise JournalError(
            f"{journal.parent} is in use by another process; wait for it, or choose another --out"
        ) from None
    return handle


@contextmanager
def hold_lock(journal: Path) -> Iterator[None]:
    """The lock for as long as the body runs."""
    with take_lock(journal):
        yield
