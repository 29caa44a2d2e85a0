"""Deals the catalog into pools: every tool is offered equally often, decided by the seed alone.

An epoch shuffles the domains and deals their tools in that order, so that a pool holds whole
domains (and thus calls that can follow one another), and its text stays the same for the whole run.
"""

from dataclasses import dataclass

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.seeding import shuffle

VISITS_A_POOL = 16
"""How often a pool is offered at least, where the catalog would give more pools than that."""


STEPS_A_POOL = 3
"""Steps that a sample stays with a pool: what takes the ids that a result gave is mostly in the same one."""


@dataclass(frozen=True)
class Pool:
    """The tools offered in a step."""

    index: int
    tools: tuple[str, ...]


def deal_pools(catalog: Catalog, size: int, seed: int, visits: int) -> tuple[Pool, ...]:
    """The catalog in pools of at most `size` tools, as equal in size as can be; together each tool once.

    A run of few `visits` (samples times steps) is dealt only the first pools: reading a pool's text
    has to pay off.
    """
    names = [name for domain in shuffle(catalog.domains, seed, "pools") for name in domain.tools]
    count = -(-len(names) // size)
    bounds = [len(names) * i // count for i in range(count + 1)]
    dealt = min(count, max(1, visits // VISITS_A_POOL))
    return tuple(Pool(i, tuple(names[bounds[i] : bounds[i + 1]])) for i in range(dealt))


def pool_of(pools: tuple[Pool, ...], seed: int, sample: int, step: int) -> Pool:
    """The pool of a step: a sample stays with one for some steps, and sees all before it sees one again."""
    stay = step // STEPS_A_POOL
    walk = shuffle(pools, seed, "walk", sample, stay // len(pools))
    return walk[stay % len(pools)]
