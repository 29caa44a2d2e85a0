"""Process groups as the kernel lists them under /proc. Zombies do not count: nobody may ever reap them."""

import contextlib
import os
import signal
from pathlib import Path


def group_members(group: int) -> list[int]:
    """The living processes of a process group."""
    return [pid for pid, _, member_of in list_processes() if member_of == group]


def groups_below(parent: int) -> set[int]:
    """The process groups that a process's living children lead."""
    return {pid for pid, above, group in list_processes() if above == parent and group == pid}


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to every process of the group; none is left is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def list_processes() -> list[tuple[int, int, int]]:
    """Id, parent and group of every living process that we may see."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            text = (folder / "stat").read_text()
        except OSError:
            continue
        state, parent, group = text.rpartition(")")[2].split()[:3]  # the name before it may hold anything
        if state not in "ZX":
            found.append((int(folder.name), int(parent), int(group)))
    return found
