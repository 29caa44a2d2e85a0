"""How many samples are in flight follows the engine's load."""

from dataclasses import dataclass, field

import pytest

from toolgrad_local.generation.width import FALLBACK, FIRST_SAMPLES, Width
from toolgrad_local.teacher.load import Load

PLENTY = 10_000
"""Samples that have not been started."""


def load(running: int, waiting: int, preemptions: int = 0, cache: float = 0.3) -> Load:
    return Load(running=running, waiting=waiting, preemptions=preemptions, cache=cache)


@pytest.mark.parametrize(
    ("said", "room"),
    [
        pytest.param(load(40, 0), 4, id="no queue: more are started"),
        pytest.param(load(4, 0), 4, id="few run: the samples count"),
        pytest.param(load(40, 1), 4, id="what came just now is no queue"),
        pytest.param(load(40, 2), 0, id="a first queue: what ends is replaced"),
        pytest.param(load(40, 5), 0, id="a short queue: what ends is replaced"),
        pytest.param(load(40, 6), -1, id="a long queue: nothing is started"),
        pytest.param(load(40, 0, cache=0.95), 0, id="the cache is nearly full: what ends is replaced"),
    ],
)
def test_a_look_at_the_engine_decides_what_is_started(said: Load, room: int) -> None:
    width = Width(None, adapts=True)
    width.follow(said, 40)
    assert width.room(40, PLENTY) == max(0, room)
    assert width.room(39, PLENTY) == room + 1


@pytest.mark.parametrize(("active", "more"), [(0, FIRST_SAMPLES), (20, 10), (100, 10)])
def test_growth_is_quick_at_first(active: int, more: int) -> None:
    width = Width(None, adapts=True)
    width.follow(load(active, 0), active)
    assert width.room(active, PLENTY) == more


def test_growth_is_slow_once_there_was_a_queue() -> None:
    width = Width(None, adapts=True)
    width.follow(load(64, 9), 64)
    width.follow(load(64, 0), 64)
    assert width.room(64, PLENTY) == 4


def test_nothing_is_started_while_requests_are_pushed_out_of_the_cache() -> None:
    width = Width(None, adapts=True)
    width.follow(load(40, 0, preemptions=2), 40)
    assert width.room(40, PLENTY) > 0
    width.follow(load(40, 0, preemptions=3), 40)
    assert width.room(39, PLENTY) == 0
    width.follow(load(38, 0, preemptions=3), 38)
    assert width.room(38, PLENTY) > 0


def test_growth_stays_quick_while_the_first_requests_wait_for_a_pool_to_be_read() -> None:
    width = Width(None, adapts=True)
    width.follow(Load(running=1, waiting=0, held=3), 4)
    assert width.room(4, PLENTY) == 0
    width.follow(load(4, 0), 4)
    assert width.room(4, PLENTY) == FIRST_SAMPLES


def test_a_bound_is_kept_and_a_lone_run_goes_on_beside_a_crowd() -> None:
    width = Width(10, adapts=True)
    width.follow(load(9, 0), 9)
    assert width.room(9, PLENTY) == 1
    width.follow(load(500, 300), 0)
    assert width.room(0, PLENTY) == 1


@pytest.mark.parametrize(("most", "room"), [(None, FALLBACK), (200, 200), (3, 3)])
def test_a_server_that_does_not_tell_its_load_gets_a_fixed_width(most: int | None, room: int) -> None:
    width = Width(most, adapts=True)
    width.follow(None, 0)
    assert not width.heard
    assert width.room(0, PLENTY) == room


def test_a_look_that_fails_changes_nothing() -> None:
    width = Width(None, adapts=True)
    width.follow(load(40, 5), 40)
    width.follow(None, 40)
    assert width.heard
    assert width.room(40, PLENTY) == 0


@dataclass
class Engine:
    """Decodes `slots` requests together, each for some looks; a sample asks one, then three, then one, and so on."""

    slots: int
    running: list[tuple[int, int]] = field(default_factory=list)
    """Sample, and looks that it still takes."""
    waiting: list[int] = field(default_factory=list)
    stage: dict[int, int] = field(default_factory=dict)

    def start(self, sample: int) -> None:
        self.stage[sample] = 0
        self.ask(sample)

    def ask(self, sample: int) -> None:
        self.waiting += [sample] * (3 if self.stage[sample] % 2 else 1)

    def tick(self) -> None:
        """One look later."""
        ended = [sample for sample, left in self.running if left == 1]
        self.running = [(sample, left - 1) for sample, left in self.running if left > 1]
        for sample in set(ended):
            if sample not in {other for other, _ in self.running} | set(self.waiting):
                self.stage[sample] += 1
                if self.stage[sample] == 12:
                    del self.stage[sample]
                else:
                    self.ask(sample)
        while self.waiting and len(self.running) < self.slots:
            sample = self.waiting.pop(0)
            self.running.append((sample, 5 + sample % 7))


@pytest.mark.parametrize("slots", [4, 32, 256])
def test_the_queue_stays_short_and_the_engine_full_whatever_its_size(slots: int) -> None:
    engine, width = Engine(slots), Width(None, adapts=True)
    begun, busy, queues = 0, [], []
    for look in range(600):
        width.follow(load(len(engine.running), len(engine.waiting)), len(engine.stage))
        for _ in range(width.room(len(engine.stage), PLENTY)):
            engine.start(begun)
            begun += 1
        engine.tick()
        if look >= 200:
            busy.append(len(engine.running) / slots)
            queues.append(len(engine.waiting))
    assert sum(busy) / len(busy) > 0.95
    assert sum(queues) / len(queues) < 8 + slots / 4


def test_a_large_engine_is_full_within_seconds() -> None:
    engine, width = Engine(256), Width(None, adapts=True)
    looks = 0
    while len(engine.running) < 256:
        width.follow(load(len(engine.running), len(engine.waiting)), len(engine.stage))
        for _ in range(width.room(len(engine.stage), PLENTY)):
            engine.start(looks * 1000 + len(engine.stage))
        engine.tick()
        looks += 1
    assert looks <= 24


def test_the_last_samples_are_started_together() -> None:
    width = Width(None, adapts=True)
    width.follow(load(96, 20), 100)
    assert width.room(100, left=101) == 0
    assert width.room(100, left=100) == 100
    assert width.room(180, left=20) == 20


def test_the_last_samples_wait_where_the_cache_is_full_or_a_bound_is_set() -> None:
    full, bound, fixed = Width(None, adapts=True), Width(110, adapts=True), Width(10, adapts=False)
    full.follow(load(96, 20, cache=0.95), 100)
    bound.follow(load(96, 20), 100)
    assert full.room(100, left=50) == 0
    assert bound.room(100, left=50) == 10
    assert fixed.room(9, left=5) == 1
