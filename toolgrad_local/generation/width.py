"""How many samples are grown at once: as many as keep the engine's queue short but never empty."""

from toolgrad_local.teacher.load import Load

FIRST_SAMPLES = 4
"""Started before the engine has said anything."""
EMPTY_SHARE, QUEUE_SHARE = 1 / 32, 1 / 8
"""Of the requests that run: a queue up to the first are those that came during the engine's last step; one up to the
second stands by for the next ones that end."""
QUICK_SAMPLES = 32
"""Up to here growth is quick; then the samples in flight have time to show what they ask for: later stages of a sample
ask two or three things at once."""
FULL_CACHE = 0.9
"""From here on a request that grows may push another one out."""
FALLBACK = 64
"""Samples in flight at a server that does not tell its load."""


class Width:
    """The number of samples that may be in flight now.

    While the engine's queue is empty, more are started: at each look half as many again, beyond QUICK_SAMPLES a tenth,
    and once the engine had a long queue a sixteenth. While a short queue stands, what ends is replaced. While it is
    longer, or requests are pushed out of the cache, none is started: the samples in flight come to their end.

    The last ones are started together, once they are no more than those in flight: one started late would have the
    engine to itself in the end, while its own requests wait for one another.
    """

    def __init__(self, most: int | None, *, adapts: bool) -> None:
        """`most` None: no bound. Without `adapts` it is `most` from beginning to end."""
        self.most = most
        self.heard = not adapts
        """The engine has told its load, or need not."""
        self._adapts, self._ramping, self._full = adapts, True, False
        self._allowed = FIRST_SAMPLES if adapts else (most or FALLBACK)
        self._preemptions: int | None = None

    def room(self, active: int, left: int) -> int:
        """Samples to start beside those in flight, of the `left` ones; one at least where none is in flight."""
        allowed = self._allowed
        if self._adapts and left <= active and not self._full:
            allowed = active + left
        if self.most is not None:
            allowed = min(allowed, self.most)
        return max(0, max(1, allowed) - active)

    def follow(self, load: Load | None, active: int) -> None:
        """Take in what the engine says while so many samples are in flight; None: it says nothing."""
        if not self._adapts:
            return
        if load is None:
            if not self.heard:
                self._allowed = self.most or FALLBACK
            return
        self.heard = True
        crowded = self._preemptions is not None and load.preemptions > self._preemptions
        self._preemptions = load.preemptions
        self._full = crowded or load.cache > FULL_CACHE
        queue, short = load.waiting + load.held, max(1, QUEUE_SHARE * load.running)
        if crowded or load.waiting > short:
            self._ramping = False
        if crowded or queue > short:
            self._allowed = 0
        elif queue > EMPTY_SHARE * load.running or load.cache > FULL_CACHE:
            self._allowed = active
        else:
            self._allowed = active + self._step(active)

    def _step(self, active: int) -> int:
        if not self._ramping:
            return max(1, active // 16)
        return max(FIRST_SAMPLES, active // 2) if active < QUICK_SAMPLES else active // 10
