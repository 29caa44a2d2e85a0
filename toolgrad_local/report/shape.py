"""How large and how deep the workflows are."""

from collections import Counter
from collections.abc import Iterable, Sequence

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory


class Distribution(Data):
    """How many times each whole number occurs, apart for released samples and others."""

    values: tuple[int, ...]
    """Every number from the smallest to the largest."""
    released: tuple[int, ...]
    others: tuple[int, ...]
    released_mean: float | None
    """None without a released sample."""


class Shape(Data):
    """Distributions over the samples with at least one kept call."""

    tools: Distribution
    """Kept calls a sample."""
    chain_lengths: Distribution
    """Calls of each chain."""
    turns: Distribution
    """Depth: turns a sample, calls of one turn being made side by side."""
    calls_a_turn: Distribution
    edges: Distribution
    """Argument values that a result gave, a sample."""


def measure_shape(trajectories: Iterable[Trajectory]) -> Shape:
    """The distributions of a run."""
    grown = [t for t in trajectories if t.workflow.links]
    return Shape(
        tools=distribute(grown, [[len(t.workflow.links)] for t in grown]),
        chain_lengths=distribute(grown, [list(map(len, t.workflow.chains)) for t in grown]),
        turns=distribute(grown, [[len(t.turns)] for t in grown]),
        calls_a_turn=distribute(grown, [list(map(len, t.turns)) for t in grown]),
        edges=distribute(grown, [[sum(len(link.edges) for link in t.workflow.links)] for t in grown]),
    )


def distribute(samples: Sequence[Trajectory], numbers: Sequence[Sequence[int]]) -> Distribution:
    """Counts of the numbers that each sample has."""
    released = [n for t, found in zip(samples, numbers, strict=True) if t.rejected is None for n in found]
    others = [n for t, found in zip(samples, numbers, strict=True) if t.rejected is not None for n in found]
    counts = Counter(released), Counter(others)
    every = sorted(set(released) | set(others))
    values = tuple(range(every[0], every[-1] + 1)) if every else ()
    return Distribution(
        values=values,
        released=tuple(counts[0][value] for value in values),
        others=tuple(counts[1][value] for value in values),
        released_mean=round(sum(released) / len(released), 2) if released else None,
    )
