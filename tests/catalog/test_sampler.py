"""Which tools a step is offered: all of them equally often, decided by the seed."""

from collections import Counter
from itertools import combinations

import pytest

from toolgrad_local.catalog.affinity import Affinity
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.sampler import STEPS_A_POOL, VISITS_A_POOL, deal_pools, pool_of, split_domains
from toolgrad_local.seeding import shuffle

FAR = 0.3
PLENTY = 10**6
"""Visits enough for every pool of any catalog here."""


def small_catalog(catalog: Catalog, domains: int) -> Catalog:
    """The first domains of the bundled catalog."""
    return Catalog("small", catalog.domains[:domains], "")


@pytest.mark.parametrize("size", [2, 7, 49, 50, 99])
def test_the_pools_partition_the_catalog_and_are_as_equal_as_can_be(catalog: Catalog, size: int) -> None:
    pools = deal_pools(catalog, size, FAR, seed=3, visits=PLENTY)
    dealt = [name for pool in pools for name in pool.tools]
    assert sorted(dealt) == sorted(catalog.tools)
    lengths = {len(pool.tools) for pool in pools}
    assert max(lengths) <= size
    assert max(lengths) - min(lengths) <= 1
    assert len(pools) == -(-len(catalog.tools) // size)
    assert [pool.index for pool in pools] == list(range(len(pools)))


def test_a_pool_holds_whole_domains_but_at_the_ends_of_its_two_parts(catalog: Catalog) -> None:
    for pool in deal_pools(catalog, 50, FAR, seed=3, visits=PLENTY):
        offered = Counter(catalog.tools[name].domain for name in pool.tools)
        cut = [d.name for d in catalog.domains if d.name in offered and offered[d.name] < len(d.tools)]
        assert len(cut) <= 4


@pytest.mark.parametrize("far_share", [0.0, 0.3, 0.5])
def test_a_pool_has_its_share_of_far_tools(catalog: Catalog, far_share: float) -> None:
    domains = shuffle(catalog.domains, 3, "pools")
    far = {name for domain in split_domains(domains, far_share)[0] for name in domain.tools}
    assert len(far) / len(catalog.tools) == pytest.approx(far_share, abs=0.03)
    for pool in deal_pools(catalog, 50, far_share, seed=3, visits=PLENTY):
        assert len(far & set(pool.tools)) / len(pool.tools) == pytest.approx(far_share, abs=0.06)


def test_linked_domains_are_offered_together_more_than_chance_would_have_it(catalog: Catalog) -> None:
    affinity = Affinity(catalog.domains)
    together, chance = 0.0, 0.0
    for seed in range(5):
        names = [
            [catalog.tools[name].domain for name in pool.tools] for pool in deal_pools(catalog, 50, 0, seed, PLENTY)
        ]
        shuffled = [domain.name for domain in shuffle(catalog.domains, seed, "pools") for _ in domain.tools]
        together += sum(weight_within(affinity, part) for part in names)
        chance += sum(weight_within(affinity, shuffled[i : i + 50]) for i in range(0, len(shuffled), 50))
    assert together > 1.3 * chance


def weight_within(affinity: Affinity, domains: list[str]) -> float:
    """The weights between the different domains of a pool."""
    return sum(affinity.between(a, b) for a, b in combinations(sorted(set(domains)), 2))


def test_another_seed_deals_other_pools_and_the_same_seed_the_same(catalog: Catalog) -> None:
    first, again, other = (deal_pools(catalog, 50, FAR, seed, PLENTY) for seed in (3, 3, 4))
    assert first == again != other


def test_a_catalog_smaller_than_a_pool_is_one_pool(catalog: Catalog) -> None:
    small = small_catalog(catalog, 2)
    (pool,) = deal_pools(small, 50, FAR, seed=0, visits=1)
    assert sorted(pool.tools) == sorted(small.tools)
    assert {pool_of((pool,), 0, sample, step).index for sample in range(3) for step in range(12)} == {0}


@pytest.mark.parametrize(
    ("visits", "pools"),
    [
        pytest.param(1, 1, id="one visit"),
        pytest.param(2 * VISITS_A_POOL - 1, 1, id="not enough for two"),
        pytest.param(2 * VISITS_A_POOL, 2, id="enough for two"),
        pytest.param(PLENTY, 4, id="enough for all"),
    ],
)
def test_a_short_run_is_dealt_only_the_first_pools(catalog: Catalog, visits: int, pools: int) -> None:
    size = -(-len(catalog.tools) // 4)
    assert deal_pools(catalog, size, FAR, 5, visits) == deal_pools(catalog, size, FAR, 5, PLENTY)[:pools]


@pytest.mark.parametrize("sample", range(5))
def test_every_tool_is_offered_equally_often_over_an_epoch(catalog: Catalog, sample: int) -> None:
    pools = deal_pools(catalog, 30, FAR, seed=9, visits=PLENTY)
    epoch = STEPS_A_POOL * len(pools)
    for start in (0, epoch, 2 * epoch):
        offered = Counter(
            name for step in range(start, start + epoch) for name in pool_of(pools, 9, sample, step).tools
        )
        assert offered == dict.fromkeys(catalog.tools, STEPS_A_POOL)


def test_a_sample_stays_with_a_pool_for_some_steps(catalog: Catalog) -> None:
    pools = deal_pools(catalog, 30, FAR, seed=9, visits=PLENTY)
    walk = [pool_of(pools, 9, 0, step).index for step in range(STEPS_A_POOL * len(pools))]
    stays = [walk[start : start + STEPS_A_POOL] for start in range(0, len(walk), STEPS_A_POOL)]
    assert all(len(set(stay)) == 1 for stay in stays)


def test_samples_walk_through_the_pools_in_different_orders(catalog: Catalog) -> None:
    pools = deal_pools(catalog, 30, FAR, seed=9, visits=PLENTY)
    steps = range(0, STEPS_A_POOL * len(pools), STEPS_A_POOL)
    walks = {tuple(pool_of(pools, 9, sample, step).index for step in steps) for sample in range(20)}
    assert len(walks) > 15
    first = Counter(pool_of(pools, 9, sample, 0).index for sample in range(600))
    assert set(first) == set(range(len(pools)))
    assert min(first.values()) > 600 / len(pools) / 2
