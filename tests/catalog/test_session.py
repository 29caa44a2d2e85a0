"""One sample's world: typed results, no exception for what a caller can get wrong."""

from dataclasses import replace
from functools import wraps
from typing import Any

import pytest

from mock_apis.core import World
from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.catalog.session import KNOWN_PEOPLE, Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.errors import CatalogError

CREATE = ToolCall(tool="tasks_create", arguments={"title": "Buy stamps"})


@pytest.fixture
def session(catalog: Catalog) -> Session:
    return Session.fresh(catalog, 7)


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        pytest.param(ToolCall(tool="tasks_make", arguments={}), "unknown_tool", "tasks_make", id="unknown tool"),
        pytest.param(ToolCall(tool="tasks_create", arguments={}), "invalid_argument", "title", id="argument missing"),
        pytest.param(
            ToolCall(tool="tasks_get", arguments={"task_id": "TASK-000000"}), "not_found", "TASK", id="no such id"
        ),
    ],
)
def test_what_a_caller_gets_wrong_is_a_result(session: Session, call: ToolCall, error: str, said: str) -> None:
    before = session.world.state_hash()
    result = session.call(call)
    assert (result.ok, result.error, result.value) == (False, error, None)
    assert said in (result.message or "")
    assert session.world.state_hash() == before


def test_a_fork_keeps_its_writes_to_itself(session: Session) -> None:
    fork = session.fork()
    task = fork.call(CREATE).value["task_id"]
    look = ToolCall(tool="tasks_get", arguments={"task_id": task})
    assert fork.call(look).ok
    assert session.call(look).error == "not_found"
    assert session.call(CREATE).value["task_id"] == task


def test_the_facts_name_the_user_the_day_and_some_people(session: Session, catalog: Catalog) -> None:
    facts = session.facts()
    assert session.world.today.isoformat() in facts
    assert facts.count("@") == 1 + KNOWN_PEOPLE
    assert facts == Session.fresh(catalog, 7).facts() != Session.fresh(catalog, 8).facts()


def test_the_catalog_is_read_the_same_twice_and_suggests_near_names(catalog: Catalog) -> None:
    assert load_catalog().digest == catalog.digest
    with pytest.raises(CatalogError, match=r"no tool 'flights_serch' in mock_apis; near it: flights_search"):
        catalog.tool("flights_serch")


def test_a_bug_of_a_bundled_tool_costs_the_call_and_leaves_the_world_as_it_was(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = catalog.tools["tasks_create"]
    session = Session.fresh(catalog, 7)
    before = session.world.state_hash()
    monkeypatch.setitem(catalog.tools, "tasks_create", replace(tool, function=wraps(tool.function)(fail_late)))
    result = session.call(CREATE)
    assert (result.error, result.message) == ("tool_crashed", "tasks_create is out of order (ZeroDivisionError)")
    assert session.world.state_hash() == before


def fail_late(w: World, **values: Any) -> None:
    """A tool with a bug that shows after it has written."""
    w.new_id("TASK")
    raise ZeroDivisionError
