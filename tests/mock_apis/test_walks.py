"""Random walks through the entity graph reach every tool, and give the same again.

The short budget of `make test` may miss one tool in a hundred; that of `make test-long` misses none.
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from toolgrad_local.catalog.checks.behaviour import BROKEN
from toolgrad_local.catalog.checks.walk import replay_walk, walk_catalog
from toolgrad_local.catalog.loader import load_catalog

WALKS = 20


def walk_twice(seed: int, steps: int) -> tuple[int, Counter[str], list[str], bool]:
    """Calls, successes, broken calls, and whether all of them give the same again in a fresh world."""
    tools = load_catalog().tools
    walk = walk_catalog(tools, seed, steps, first=seed * len(tools) // WALKS)
    broken = [name for name in walk.failures if name.endswith(f" {BROKEN}")]
    return len(walk.calls), walk.successes, broken, replay_walk(tools, seed, walk)


def test_walks_replay_and_every_tool_succeeds_at_least_once(long: bool) -> None:
    tools = load_catalog().tools
    steps = 2 * len(tools) if long else len(tools) // 2
    with ProcessPoolExecutor(2) as workers:
        done = list(workers.map(walk_twice, range(WALKS), [steps] * WALKS))
    successes: Counter[str] = Counter()
    for _, succeeded, broken, same in done:
        assert same
        assert broken == []
        successes.update(succeeded)
    least = min(successes[name] for name in tools)
    calls = sum(count for count, *_ in done)
    print(f"{calls} calls in {WALKS} walks, {successes.total()} successes, at least {least} a tool")
    missed = sorted(set(tools) - set(successes))
    assert len(missed) <= (0 if long else len(tools) // 100), missed
