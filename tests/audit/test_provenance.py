"""Where argument values come from: edges that are no coincidence, and what a query says."""

from copy import copy
from datetime import date
from typing import Any

import pytest

from toolgrad_local.audit.leaves import Leaf, walk_leaves
from toolgrad_local.audit.provenance import (
    find_edge,
    is_distinctive,
    is_grounded,
    settle,
    trace_call,
    trace_leaf,
)
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.stages import Selection
from toolgrad_local.data_model.workflow import ArgumentLeaf, Edge, Link, Workflow
from toolgrad_local.loop.select import place_in_chain

TODAY = date(2026, 1, 2)
TASKS = {"type": "object", "properties": {"task_id": {"type": "string", "x-entity": "task.id"}}}


@pytest.mark.parametrize(
    ("value", "distinctive"),
    [
        pytest.param("Oslo", True, id="four letters"),
        pytest.param("Rio", False, id="three letters"),
        pytest.param("Open", False, id="a common word"),
        pytest.param(123, True, id="three digits"),
        pytest.param(12, False, id="two digits"),
        pytest.param(1500, False, id="two digits and zeros"),
        pytest.param(1_000_000, False, id="one digit and many zeros"),
        pytest.param(123_456_789, True, id="many digits"),
        pytest.param(0.05, False, id="a small fraction"),
        pytest.param(1e-7, False, id="a tiny fraction"),
        pytest.param(12.75, True, id="four digits with a point"),
        pytest.param(2.5e20, False, id="a float of two digits"),
        pytest.param(10**400, False, id="a number beyond floats"),
        pytest.param(True, False, id="a boolean"),
        pytest.param(None, False, id="null"),
    ],
)
def test_an_untyped_value_is_distinctive_if_two_places_hardly_share_it(value: Any, distinctive: bool) -> None:
    assert is_distinctive(value) == distinctive


def run_calls(catalog: Catalog, *calls: tuple[str, dict[str, Any]]) -> Workflow:
    """A workflow of calls in one world, each in a chain of its own, with their leaves traced."""
    session, workflow = Session.fresh(catalog, 7), Workflow()
    for step, (tool, arguments) in enumerate(calls):
        call = ToolCall(tool=tool, arguments=arguments)
        result = session.call(call)
        assert result.ok, result.message
        leaves = trace_call(call, catalog.tools[tool], workflow, catalog.tools)
        workflow = workflow.append(Link(step=step, chain=step, call=call, result=result, leaves=leaves))
    return workflow


def trace(catalog: Catalog, workflow: Workflow, tool: str, **arguments: Any) -> dict[str, ArgumentLeaf]:
    """The traced leaves of a next call, by their paths."""
    leaves = trace_call(ToolCall(tool=tool, arguments=arguments), catalog.tools[tool], workflow, catalog.tools)
    return {leaf.path: leaf for leaf in leaves}


def test_an_id_is_traced_to_the_result_that_gave_it(catalog: Catalog) -> None:
    workflow = run_calls(catalog, ("tasks_create", {"title": "Buy stamps"}), ("tasks_list", {"limit": 2}))
    task = workflow.links[0].result.value["task_id"]
    leaf = trace(catalog, workflow, "tasks_complete", task_id=task)["task_id"]
    assert (leaf.source, leaf.edge) == ("edge", Edge(link=0, path="task_id", entity="task.id", needed=True))


def test_the_latest_of_several_results_is_the_source(catalog: Catalog) -> None:
    workflow = run_calls(catalog, ("tasks_list", {}), ("tasks_list", {"limit": 3}))
    task = workflow.links[1].result.value["tasks"][1]["task_id"]
    edge = trace(catalog, workflow, "tasks_get", task_id=task)["task_id"].edge
    assert edge == Edge(link=1, path="tasks[1].task_id", entity="task.id", needed=True)


def test_the_same_value_as_another_entity_is_a_coincidence(catalog: Catalog) -> None:
    workflow = run_calls(catalog, ("account_profile", {}))
    city = workflow.links[0].result.value["city"]
    assert trace(catalog, workflow, "airports_in_city", city=city)["city"].source == "edge"
    assert trace(catalog, workflow, "contacts_search", query=city)["query"].source == "untraced"


def test_an_argument_that_a_result_only_echoes_has_no_edge(catalog: Catalog) -> None:
    arguments = {"origin": "DUB", "destination": "CDG", "date": "2026-01-15"}
    workflow = run_calls(catalog, ("flights_search", arguments))
    assert workflow.links[0].result.value["flights"][0]["origin"] == "DUB"
    leaves = trace(catalog, workflow, "flights_search", origin="CDG", destination="DUB", date="2026-01-20")
    assert {leaf.source for leaf in leaves.values()} == {"untraced"}


def test_an_echo_is_seen_through_another_number_type(catalog: Catalog) -> None:
    accounts = run_calls(catalog, ("bank_accounts", {})).links[0].result.value["accounts"]
    transfer = {"from_account": accounts[1]["account_id"], "to_account": accounts[0]["account_id"], "amount": 125}
    workflow = run_calls(catalog, ("bank_transfer", transfer))
    assert str(workflow.links[0].result.value["amount"]) == "125.0"
    assert trace(catalog, workflow, "exchange_rates_convert", amount=125.0)["amount"].source == "untraced"


def test_an_echo_is_seen_inside_a_list(catalog: Catalog) -> None:
    workflow = run_calls(catalog, ("nutrition_compare", {"foods": ["almond", "walnut"], "nutrient": "protein_g"}))
    assert "almond" in {leaf.value for leaf in walk_leaves(workflow.links[0].result.value, {})}
    assert trace(catalog, workflow, "nutrition_get", food="almond")["food"].source == "untraced"


def test_an_echo_does_not_hide_the_result_that_gave_the_value_first(catalog: Catalog) -> None:
    first = run_calls(catalog, ("airports_in_city", {"city": "Paris"}))
    airport = first.links[0].result.value["airports"][0]["airport"]
    search = {"origin": "DUB", "destination": airport, "date": "2026-01-15"}
    workflow = run_calls(catalog, ("airports_in_city", {"city": "Paris"}), ("flights_search", search))
    edge = trace(catalog, workflow, "airports_get", airport=airport)["airport"].edge
    assert edge is not None
    assert (edge.link, edge.path) == (0, "airports[0].airport")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        pytest.param(1234, True, id="a distinctive number"),
        pytest.param(1234.0, True, id="the same as a float"),
        pytest.param("blue whale", True, id="a distinctive text"),
        pytest.param(7, False, id="a small number"),
        pytest.param("open", False, id="a common word"),
        pytest.param(True, False, id="a boolean"),
        pytest.param("1234", False, id="a number as a text"),
        pytest.param("Blue whale", False, id="another case"),
        pytest.param("TASK-000001", False, id="typed there, untyped here"),
    ],
)
def test_an_untyped_value_has_an_edge_only_if_it_is_distinctive(catalog: Catalog, value: Any, found: bool) -> None:
    given = {"number": 1234, "animal": "blue whale", "few": 7, "state": "open", "yes": True, "task_id": "TASK-000001"}
    link = Link(
        step=0, chain=0, call=ToolCall(tool="tasks_list", arguments={}), result=ToolResult(ok=True, value=given)
    )
    edge = find_edge(Leaf("x", value, {}), Workflow(links=(link,)), {"tasks_list": tool_giving(catalog)})
    assert (edge is not None) == found


def tool_giving(catalog: Catalog) -> Any:
    """A tool whose result types nothing but `task_id`."""
    tool = copy(catalog.tools["tasks_list"])
    vars(tool)["result"] = TASKS
    return tool


def test_defaults_and_only_values_need_no_source() -> None:
    sources = [
        trace_leaf(Leaf("limit", value, schema), None).source
        for value, schema in (
            (5, {"type": "integer", "default": 5}),
            (6, {"type": "integer", "default": 5}),
            ("km", {"enum": ["km"]}),
            ("km", {"enum": ["km", "mi"]}),
            ("km", {"const": "km"}),
        )
    ]
    assert sources == ["default", "untraced", "only_value", "untraced", "only_value"]


def test_settling_tells_needed_edges_from_optional_ones_and_said_values_from_untraced_ones(catalog: Catalog) -> None:
    workflow = run_calls(catalog, ("airports_in_city", {"city": "Paris"}))
    airport = workflow.links[0].result.value["airports"][0]["airport"]
    search = {"origin": "DUB", "destination": airport, "date": "2026-01-15"}
    workflow = run_calls(catalog, ("airports_in_city", {"city": "Paris"}), ("flights_search", search))
    told = settle(workflow, "Fly me from DUB to Paris on January 15", TODAY)
    assert sources_of(told) == [{"city": "query"}, {"origin": "query", "destination": "edge", "date": "query"}]
    assert told.links[1].edges[0].needed
    assert is_grounded(told)
    vague = settle(workflow, f"Fly me to {airport} soon", TODAY)
    assert sources_of(vague) == [
        {"city": "untraced"},
        {"origin": "untraced", "destination": "edge", "date": "untraced"},
    ]
    assert not vague.links[1].edges[0].needed
    assert not is_grounded(vague)
    assert settle(vague, "Fly me from DUB to Paris on January 15", TODAY) == told


def sources_of(workflow: Workflow) -> list[dict[str, str]]:
    """Parameter to source, call by call."""
    return [{leaf.path: leaf.source for leaf in link.leaves} for link in workflow.links]


def linked(*chains: int) -> Workflow:
    """A workflow whose links sit in these chains."""
    result = ToolResult(ok=True, value={})
    call = ToolCall(tool="tasks_list", arguments={})
    return Workflow(links=tuple(Link(step=i, chain=chain, call=call, result=result) for i, chain in enumerate(chains)))


def leaves_from(*links: int) -> tuple[ArgumentLeaf, ...]:
    """Leaves with an edge from each of these links, and one without."""
    edges = [Edge(link=link, path="x", entity=None, needed=True) for link in links]
    traced = [ArgumentLeaf(path=f"p{i}", value="v", source="edge", edge=edge) for i, edge in enumerate(edges)]
    return (*traced, ArgumentLeaf(path="q", value="w", source="untraced"))


@pytest.mark.parametrize(
    ("wanted", "sources", "chain"),
    [
        pytest.param(0, (0,), 0, id="the selector's chain, with an edge"),
        pytest.param(1, (0,), 0, id="a chain without an edge is overruled"),
        pytest.param(1, (), 2, id="a chain without any edge is overruled by a new one"),
        pytest.param(None, (), 2, id="a new chain"),
        pytest.param(None, (0,), 0, id="new is overruled by an edge"),
        pytest.param(0, (0, 1), 0, id="edges to two chains: the selector decides"),
        pytest.param(None, (0, 1), 1, id="edges to two chains: else the latest source"),
        pytest.param(None, (1, 2), 0, id="the latest source may be in an early chain"),
        pytest.param(7, (1,), 1, id="a chain that does not exist"),
    ],
)
def test_a_call_joins_a_chain_only_over_an_edge(wanted: int | None, sources: tuple[int, ...], chain: int) -> None:
    selection = Selection(reason="", report=0, chain=wanted)
    assert place_in_chain(selection, leaves_from(*sources), linked(0, 1, 0)) == chain


def test_the_first_call_opens_the_first_chain() -> None:
    assert place_in_chain(Selection(reason="", report=0, chain=None), (), Workflow()) == 0
