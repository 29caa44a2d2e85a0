"""Deals the catalog into pools: every tool is offered equally often, decided by the seed alone.

A pool is mostly a group of domains that feed one another, so that calls can follow one another, and
for the rest domains that have little to do with them, so that a choice has to be made. Its text
stays the same for the whole run.
"""

from dataclasses import dataclass
from itertools import pairwise

from mock_apis.core import Domain
from toolgrad_local.catalog.affinity import Affinity
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.run_config import LoopSettings
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


def deal_pools(catalog: Catalog, size: int, far_share: float, seed: int, visits: int) -> tuple[Pool, ...]:
    """The catalog in pools of at most `size` tools, as equal in size as can be; together each tool once.

    `far_share` of a pool's tools, as near as whole domains allow, come from domains far from the others. A run of few
    `visits` (samples times steps) is dealt only the first pools: reading a pool's text has to pay off.
    """
    affinity = Affinity(catalog.domains)
    domains = shuffle(catalog.domains, seed, "pools")
    far, linked = split_domains(domains, far_share)
    groups = list_tools(affinity.walk(linked))
    others = list_tools(far)
    count = -(-len(catalog.tools) // size)
    ends = [(len(catalog.tools) * i // count, len(others) * i // count) for i in range(count + 1)]
    near_parts = [groups[a[0] - a[1] : b[0] - b[1]] for a, b in pairwise(ends)]
    turned = [others[end:] + others[:end] for _, end in ends[:-1]]
    far_parts = min(
        ([names[a[1] : b[1]] for a, b in pairwise(ends)] for names in turned),
        key=lambda parts: affinity.total(near_parts, parts),
    )
    dealt = min(count, max(1, visits // VISITS_A_POOL))
    return tuple(Pool(i, tuple(near_parts[i] + far_parts[i])) for i in range(dealt))


def split_domains(domains: list[Domain], share: float) -> tuple[list[Domain], list[Domain]]:
    """The first domains that together hold about that share of the tools, and the others."""
    wanted = share * sum(len(domain.tools) for domain in domains)
    taken, held = 0, 0
    while taken < len(domains) and held + len(domains[taken].tools) / 2 <= wanted:
        held += len(domains[taken].tools)
        taken += 1
    return domains[:taken], domains[taken:]


def list_tools(domains: list[Domain]) -> list[str]:
    """The names of the domains' tools, in order."""
    return [name for domain in domains for name in domain.tools]


def draw_pools(catalog: Catalog, size: int, seed: int, count: int) -> tuple[Pool, ...]:
    """So many draws of `size` tools from the whole catalog, each independent of the others: the paper's pools."""
    names = tuple(catalog.tools)
    return tuple(Pool(index, tuple(shuffle(names, seed, "draw", index)[:size])) for index in range(count))


def pool_at(pools: tuple[Pool, ...], loop: LoopSettings, seed: int, sample: int, step: int) -> Pool:
    """The pool of a step: along the sample's walk, or, where each step has a draw of its own, that one."""
    if loop.coverage == "uniform":
        return pools[(sample * loop.iterations + step) % len(pools)]
    return pool_of(pools, seed, sample, step)


def pool_of(pools: tuple[Pool, ...], seed: int, sample: int, step: int) -> Pool:
    """The pool of a step: a sample stays with one for some steps, and sees all before it sees one again."""
    stay = step // STEPS_A_POOL
    walk = shuffle(pools, seed, "walk", sample, stay // len(pools))
    return walk[stay % len(pools)]
