"""Tells a server that is slow from one that stands still. Knows signs and time, nothing of servers."""

import time

MOST_INTERVAL = 10.0
MOST_LOOK = 5.0
LOOKS = 30
"""Looks in a patience."""
MOST_BETWEEN = 15.0
"""Seconds that two looks can be apart, one that waits for an answer in vain included; if they are further apart, it was
this process that stood still."""


class StallWatch:
    """Says when the signs of progress have not changed for the patience."""

    def __init__(self, patience: float) -> None:
        """`patience` in seconds."""
        self.patience = patience
        self.interval = min(MOST_INTERVAL, patience / LOOKS)
        self.look_seconds = min(MOST_LOOK, patience / 4)
        self.reset()

    def reset(self) -> None:
        """Nothing is owed, or the server is new."""
        self._quiet, self._looked = 0.0, time.monotonic()
        self._replies, self._pulse = -1, -1.0

    def see(self, replies: int, pulse: float | None) -> bool:
        """True if nothing has moved for the patience. `pulse` None: the server did not say, which is no progress."""
        now = time.monotonic()
        passed, self._looked = min(now - self._looked, MOST_BETWEEN), now
        moved = replies != self._replies or pulse not in (None, self._pulse)
        self._quiet = 0.0 if moved else self._quiet + passed
        self._replies, self._pulse = replies, self._pulse if pulse is None else pulse
        return self._quiet >= self.patience
