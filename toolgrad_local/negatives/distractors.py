"""The tools that are offered beside the gold ones, and none of which could serve."""

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.gold import gold_tools
from toolgrad_local.negatives.ranking import Ranking
from toolgrad_local.negatives.stand_in import Judge
from toolgrad_local.seeding import shuffle


def draw_distractors(trajectory: Trajectory, count: int, bench: Bench) -> tuple[str, ...]:
    """At most `count` tools: random, similar or half of each; fewer only where the catalog has no more."""
    gold, judge = gold_tools(trajectory), bench.judge(trajectory)
    drawn = shuffle(tuple(bench.catalog.tools), bench.options.seed, trajectory.sample, "distractors")
    near = interleave(gold, bench.ranking)
    wanted = {"random": 0, "similar": count, "mixed": -(-count // 2)}[bench.options.distractors]
    similar = choose((), near, wanted, judge)
    return choose(similar, drawn, count, judge)


def choose(taken: Iterable[str], names: Iterable[str], count: int, judge: Judge) -> tuple[str, ...]:
    """`taken` filled up to `count` with the first names that are not in it and could not serve."""
    start = tuple(taken)
    fresh = (name for name in names if name not in start and not judge.serves(name))
    return (*start, *islice(fresh, max(0, count - len(start))))


def interleave(gold: tuple[str, ...], ranking: Ranking) -> Iterator[str]:
    """The nearest of each gold tool in turn, then the second nearest, and so on; each tool once."""
    seen: set[str] = set()
    for names in zip_longest(*(ranking(name) for name in gold)):
        for name in names:
            if name is not None and name not in seen:
                seen.add(name)
                yield name
