"""Random walks through the entity graph reach every tool, and give the same again.

The short budget of `make test` may miss one tool in a hundred; that of `make test-long` misses none.
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from toolgrad_local.catalog.checks.walk import Walk, replay_walk, walk_catalog
from toolgrad_local.catalog.loader import load_catalog

WALKS = 20


def walk_twice(seed: int, steps: int) -> tuple[Walk, bool]:
    """A walk, and whether its calls give the same again in a fresh world."""
    tools = load_catalog().tools
    walk = walk_catalog(tools, seed, steps, first=seed * len(tools) // WALKS)
    return walk, replay_walk(tools, seed, walk)


def test_walks_replay_and_every_tool_succeeds_at_least_once(long: bool) -> None:
    tools = load_catalog().tools
    steps = 2 * len(tools) if long else len(tools) // 2
    with ProcessPoolExecutor(2) as workers:
        done = list(workers.map(walk_twice, range(WALKS), [steps] * WALKS))
    successes: Counter[str] = Counter()
    for walk, same in done:
        assert same
        successes.update(walk.successes)
        assert [name for name in walk.failures if name.endswith(" broken")] == []
    calls = sum(len(walk.calls) for walk, _ in done)
    least = min(successes[name] for name in tools)
    print(f"{calls} calls in {WALKS} walks, {successes.total()} successes, at least {least} a tool")
    missed = sorted(set(tools) - set(successes))
    assert len(missed) <= (0 if long else len(tools) // 100), missed
