"""Which calls are made side by side."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.grow import grow
from toolgrad_local.loop.turns import plan_turns
from toolgrad_local.seeding import derive_seed
from toolgrad_local.teacher.scripted import ScriptedTeacher

WORLD = derive_seed(7, "world", 0)
STAMPS = ("tasks_create", {"title": "Buy stamps"})
CALL = ("tasks_create", {"title": "Call mum"})
LIST = ("tasks_list", {})
FAR = ("airports_distance", {"origin": "DUB", "destination": "CDG"})
PARIS = ("airports_in_city", {"city": "Paris"})
AIRPORT = ("airports_get", {"airport": "@0.airports.0.airport"})
WRITERS = (
    "tasks_create",
    "tasks_list",
    "notes_create",
    "notes_search",
    "reminders_create",
    "reminders_list",
    "loans_payoff_time",
)


@pytest.mark.parametrize(
    ("calls", "query", "turns"),
    [
        pytest.param([], "Hello", (), id="no call"),
        pytest.param([FAR, PARIS], "From DUB to CDG, and Paris", ((0, 1),), id="independent"),
        pytest.param([PARIS, AIRPORT], "The first airport of Paris", ((0,), (1,)), id="a needed edge"),
        pytest.param([PARIS, AIRPORT], "The airports of Paris, and CDG", ((0, 1),), id="the query says the value"),
        pytest.param([PARIS, AIRPORT, FAR], "Paris; DUB to CDG", ((0, 1, 2),), id="one value for two calls"),
        pytest.param([STAMPS, CALL], "Both", ((0,), (1,)), id="two writes whose ids would swap"),
        pytest.param([STAMPS, LIST], "Both", ((0,), (1,)), id="a read after a write"),
        pytest.param([LIST, STAMPS], "Both", ((0,), (1,)), id="a write after a read"),
        pytest.param([STAMPS, FAR], "Both", ((0, 1),), id="a write and a read of something else"),
        pytest.param([STAMPS, CALL, FAR], "All", ((0, 2), (1,)), id="a look-up behind writes that wait for each other"),
        pytest.param([STAMPS, CALL, LIST, FAR], "All", ((0, 3), (1,), (2,)), id="a chain of writes and reads"),
    ],
)
def test_a_call_waits_only_for_what_it_needs(
    catalog: Catalog, make_calls: Callable[..., Workflow], calls: list[Any], query: str, turns: Any
) -> None:
    assert plan_turns(catalog, WORLD, make_calls(*calls, query=query) if calls else Workflow()) == turns


@pytest.mark.parametrize("sample", range(3))
async def test_calls_made_turn_by_turn_give_the_recorded_results(
    make_setting: Callable[..., Setting], catalog: Catalog, sample: int
) -> None:
    setting = make_setting(ScriptedTeacher(), WRITERS, iterations=10, inverse_predict="final")
    grown = await grow(setting, sample)
    turns = plan_turns(catalog, grown.world_seed, grown.workflow)
    assert sorted(index for turn in turns for index in turn) == list(range(len(grown.workflow.links)))
    assert len(grown.workflow.links) >= 3
    for backwards in (False, True):
        session = Session.fresh(catalog, grown.world_seed)
        for turn in turns:
            for index in reversed(turn) if backwards else turn:
                assert session.call(grown.workflow.links[index].call) == grown.workflow.links[index].result
