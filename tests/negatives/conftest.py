"""Samples made by really executing calls in a fresh world."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from mock_apis.core.examples import value_at
from toolgrad_local.audit.provenance import settle, trace_call
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.audit import Audit, Omission
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.negatives.bench import Bench, open_bench
from toolgrad_local.negatives.lexical import Lexical
from toolgrad_local.negatives.options import ExampleOptions

REFERENCE = re.compile(r"@(\d+)\.(.+)")
"""`@0.lots[0].lot_id`: that value in the result of the first call."""
Calls = list[tuple[str, dict[str, Any]]]
PLAIN = Style(persona="", situation="", tone="", length="", explicitness="")


def grow_workflow(catalog: Catalog, seed: int, calls: Calls) -> Workflow:
    """The calls executed one after the other, traced."""
    session, workflow = Session.fresh(catalog, seed), Workflow()
    for step, (name, arguments) in enumerate(calls):
        filled = {key: fill_reference(value, workflow) for key, value in arguments.items()}
        call = ToolCall(tool=name, arguments=filled)
        result = session.call(call)
        assert result.ok, result.message
        leaves = trace_call(call, catalog.tool(name), workflow, catalog.tools)
        workflow = workflow.append(Link(step=step, chain=0, call=call, result=result, leaves=leaves))
    return workflow


def fill_reference(value: Any, workflow: Workflow) -> Any:
    """The value, or what it refers to."""
    match = REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return value_at(workflow.links[int(match[1])].result.value, match[2]) if match else value


@pytest.fixture
def make_sample(catalog: Catalog) -> Callable[..., Trajectory]:
    """Makes a released sample, of the bundled catalog or another one; each call is a turn of its own."""
    bundled = catalog

    def make(
        calls: Calls,
        *,
        catalog: Catalog = bundled,
        sample: int = 12,
        seed: int = 3,
        query: str = "Please do it.",
        response: str = "Done.",
        omission: Omission | None = None,
        style: Style = PLAIN,
        thoughts: tuple[str, ...] | None = None,
    ) -> Trajectory:
        workflow = settle(grow_workflow(catalog, seed, calls), query, Session.fresh(catalog, seed).world.today)
        return Trajectory(
            sample=sample,
            world_seed=seed,
            query=query,
            response=response,
            workflow=workflow,
            turns=tuple((index,) for index in range(len(calls))),
            thoughts=thoughts,
            rejected=None,
            audit=Audit(),
            round_trip=None,
            omission=omission,
            style=style,
            teacher="told",
            steps=(),
            closing=(),
        )

    return make


@pytest.fixture
def make_bench(catalog: Catalog) -> Callable[..., Bench]:
    """Opens a bench that ranks by words: `make_bench(offered=6)`."""

    def make(**options: Any) -> Bench:
        return open_bench(catalog, ExampleOptions(**options), Lexical())

    return make


@pytest.fixture
def parking_sample(make_sample: Callable[..., Trajectory]) -> Trajectory:
    """Two calls: the second takes an id that only the first can give; the query says the rest."""
    query = "Find a car park in Paris and park my car AB123CD there for 95 minutes."
    arguments = {"lot_id": "@0.lots[0].lot_id", "plate": "AB123CD", "minutes": 95}
    short = "Find a car park in Paris and park my car AB123CD there."
    return make_sample(
        [("parking_lots", {"city": "Paris"}), ("parking_start_session", arguments)],
        query=query,
        response="Your car is parked.",
        omission=Omission(query=short, link=1, path="minutes", value=95),
        thoughts=("First the car parks.", "Then the session.", "All is done."),
    )
