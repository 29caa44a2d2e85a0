from collections.abc import Callable

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.sampler import draw_pools, pool_at
from toolgrad_local.data_model.run_config import LoopSettings
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.grow import grow
from toolgrad_local.teacher.scripted import ScriptedTeacher

TASKS = ("tasks_create", "tasks_list", "notes_search", "email_list", "contacts_search")


@pytest.mark.parametrize("selector", ["random", "first"])
async def test_a_selector_that_is_not_the_teacher_asks_nothing_and_never_declines(
    make_setting: Callable[..., Setting], selector: str
) -> None:
    setting = make_setting(ScriptedTeacher(), TASKS, iterations=6, proposals=3, selector=selector)
    samples = [await grow(setting, sample) for sample in range(4)]
    steps = [step for sample in samples for step in sample.steps]
    assert all(ask.stage != "select" for step in steps for ask in step.asks)
    chosen = [step for step in steps if step.selection]
    assert len(chosen) >= 8
    places = []
    for step in chosen:
        candidates = [index for index, report in enumerate(step.reports) if report.outcome == "succeeded"]
        assert step.selection is not None
        assert step.selection.report in candidates
        places.append(candidates.index(step.selection.report))
    assert (set(places) == {0}) == (selector == "first")


def test_draws_from_the_whole_catalog_differ_from_step_to_step(catalog: Catalog) -> None:
    pools, loop = draw_pools(catalog, 50, seed=3, count=12), LoopSettings(coverage="uniform", iterations=4)
    walked = [pool_at(pools, loop, 3, sample, step) for sample in range(3) for step in range(4)]
    assert [pool.index for pool in walked] == list(range(12))
    assert len({frozenset(pool.tools) for pool in walked}) == 12
    assert all(len(set(pool.tools)) == 50 for pool in walked)
    assert draw_pools(catalog, 50, seed=3, count=2) == pools[:2]
    assert len({catalog.tools[name].domain for name in pools[0].tools}) > 20
