"""Which tools a query is written for."""

import pytest

from toolgrad_local.baselines.draw import draw_tools
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.readiness import entities_in, is_ready
from toolgrad_local.catalog.sampler import Pool, deal_pools


@pytest.fixture(scope="module")
def pools(catalog: Catalog) -> tuple[Pool, ...]:
    """Some pools of a long run."""
    return deal_pools(catalog, 50, 0.3, seed=5, visits=80)


def test_tools_can_be_called_in_the_order_in_which_they_are_drawn(catalog: Catalog, pools: tuple[Pool, ...]) -> None:
    counts = set()
    for sample in range(60):
        drawn = draw_tools(catalog, pools[sample % len(pools)], 5, sample)
        given: frozenset[str] = frozenset()
        for name in drawn:
            assert is_ready(catalog.tools[name], given), (sample, drawn)
            given |= frozenset(entities_in(catalog.tools[name].result))
        assert len(set(drawn)) == len(drawn)
        counts.add(len(drawn))
    assert counts == {1, 2, 3, 4, 5}


def test_a_draw_is_decided_by_seed_and_sample(catalog: Catalog, pools: tuple[Pool, ...]) -> None:
    pool = pools[0]
    drawn = [draw_tools(catalog, pool, 5, sample) for sample in range(20)]
    assert drawn == [draw_tools(catalog, pool, 5, sample) for sample in range(20)]
    assert len(set(drawn)) > 10
    assert drawn != [draw_tools(catalog, pool, 6, sample) for sample in range(20)]


def test_drawn_tools_belong_together(catalog: Catalog, pools: tuple[Pool, ...]) -> None:
    pool = pools[0]
    pairs = [draw_tools(catalog, pool, 5, sample)[:2] for sample in range(40)]
    domains = [tuple(catalog.tools[name].domain for name in pair) for pair in pairs if len(pair) == 2]
    assert sum(first == second for first, second in domains) > len(domains) / 3
