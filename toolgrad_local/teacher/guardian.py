"""Runs a command in a process group of its own and ends the whole group when its parent is gone.

Started as `python -m toolgrad_local.teacher.guardian COMMAND...`. The parent holds the other end of
standard input; however the parent dies, SIGKILL included, that end closes and this process sees it.
"""

import os
import select
import signal
import subprocess
import sys
import time

from toolgrad_local.teacher.processes import group_members, signal_group

GRACE_SECONDS = 8.0
"""Between asking the group to stop and killing it."""
KILL_SECONDS = 8.0
"""A killed process lives on until the kernel has taken its memory back."""
POLL_SECONDS = 0.1


def guard(command: list[str]) -> int:
    """Run the command until it ends or standard input closes; returns its exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=restore_signals)
    while child.poll() is None:
        readable, _, _ = select.select([0], [], [], POLL_SECONDS)
        if readable and not os.read(0, 1):
            break
    end_group(child)
    return child.returncode or 0


def restore_signals() -> None:
    """Signals that this process ignores are not ignored by what it starts."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def end_group(child: "subprocess.Popen[bytes]") -> None:
    """End every process of the group: politely, then for certain. Returns when they are gone.

    A stopped process (SIGSTOP) is woken, so that it can hear the polite request.
    """
    for numbers, patience in (((signal.SIGTERM, signal.SIGCONT), GRACE_SECONDS), ((signal.SIGKILL,), KILL_SECONDS)):
        for number in numbers:
            signal_group(child.pid, number)
        deadline = time.monotonic() + patience
        while group_lives(child) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)


def group_lives(child: "subprocess.Popen[bytes]") -> bool:
    """True while any process of the group is left."""
    child.poll()
    return bool(group_members(child.pid))


if __name__ == "__main__":
    sys.exit(guard(sys.argv[1:]))
