"""Rows of really executed calls."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from mock_apis.core.examples import resolve_example
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.audit import Audit
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.example import Example, ExampleCall, OfferedTool, Turn
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.data_model.workflow import ArgumentLeaf, Edge, Link, Workflow
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, hash_file, write_manifest

SEED = 5
PLAIN = Style(persona="anyone", situation="any", tone="plain", length="short", explicitness="explicit")


def without_entities(schema: Any) -> Any:
    """The schema as a model sees it."""
    if isinstance(schema, dict):
        return {key: without_entities(value) for key, value in schema.items() if key != "x-entity"}
    return [without_entities(item) for item in schema] if isinstance(schema, list) else schema


@pytest.fixture(scope="session")
def offer(catalog: Catalog) -> Callable[[str], OfferedTool]:
    """A tool as it is offered."""

    def make(name: str) -> OfferedTool:
        tool = catalog.tool(name)
        return OfferedTool(name=name, description=tool.description, parameters=without_entities(tool.parameters))

    return make


@pytest.fixture(scope="session")
def make_example(catalog: Catalog, offer: Callable[[str], OfferedTool]) -> Callable[..., Example]:
    """A row: turns of tools, called with their examples' arguments or those given."""

    def make(row: str, *turns: Sequence[str], offered: Sequence[str] = (), **parts: Any) -> Example:
        session = Session.fresh(catalog, SEED)
        thoughts = parts.pop("thoughts", None)
        arguments = parts.pop("arguments", {})
        made, count = [], 0
        for index, turn in enumerate(turns):
            calls = []
            for tool in turn:
                count += 1
                given = arguments.get(tool) or resolve_example(catalog.tools, tool, session.world)
                result = session.call(ToolCall(tool=tool, arguments=given))
                assert result.ok, result
                calls.append(ExampleCall(id=f"call_{count}", tool=tool, arguments=given, result=result.value))
            made.append(Turn(thought=thoughts[index] if thoughts else None, calls=tuple(calls)))
        names = dict.fromkeys([*offered, *(tool for turn in turns for tool in turn)])
        return Example(
            **{
                "id": row,
                "group": row.partition("-")[0],
                "kind": "positive" if turns else "irrelevance",
                "domains": tuple(sorted({catalog.tool(tool).domain for turn in turns for tool in turn})),
                "tools": tuple(offer(name) for name in names),
                "query": f"Please do {row} for me, “tomorrow”.",
                "turns": tuple(made),
                "thought": thoughts[-1] if thoughts else None,
                "answer": f"Done with {row}: <b>42</b> é, 0.3.",
                "single_turn": len(turns) < 2,
                "teacher": "hand",
                "today": session.world.today.isoformat(),
                "world_seed": SEED,
                **parts,
            }
        )

    return make


@pytest.fixture(scope="session")
def make_sample(catalog: Catalog) -> Callable[..., Trajectory]:
    """A released sample whose calls were executed; each turn's calls wait for those before it."""

    def make(sample: int, *turns: Sequence[str], **parts: Any) -> Trajectory:
        session = Session.fresh(catalog, SEED + sample)
        links: list[Link] = []
        indices: list[tuple[int, ...]] = []
        for turn in turns:
            for tool in turn:
                arguments = resolve_example(catalog.tools, tool, session.world)
                call = ToolCall(tool=tool, arguments=arguments)
                result = session.call(call)
                assert result.ok, result
                leaves = tuple(make_leaf(name, value, waits=bool(indices)) for name, value in arguments.items())
                links.append(Link(step=len(links), chain=0, call=call, result=result, leaves=leaves))
            indices.append(tuple(range(len(links) - len(turn), len(links))))
        values = ", ".join(str(value) for link in links for value in link.call.arguments.values())
        return Trajectory(
            **{
                "sample": sample,
                "world_seed": SEED + sample,
                "query": f"Number {sample}: please see to {values}.",
                "response": f"I have seen to number {sample}.",
                "workflow": Workflow(links=tuple(links)),
                "turns": tuple(indices),
                "thoughts": tuple(f"Thought {n}." for n in range(len(turns) + 1)),
                "rejected": None,
                "audit": Audit(),
                "round_trip": None,
                "omission": None,
                "style": PLAIN,
                "teacher": "hand",
                "steps": (),
                "closing": (),
                **parts,
            }
        )

    return make


def make_leaf(name: str, value: Any, *, waits: bool) -> ArgumentLeaf:
    """An argument of the query, or of an earlier result if its call waits."""
    scalar = value if isinstance(value, str | int | float | bool) else str(value)
    edge = Edge(link=0, path="id", entity=None, needed=True) if waits else None
    return ArgumentLeaf(path=name, value=scalar, source="edge" if waits else "query", edge=edge)


@pytest.fixture(scope="session")
def samples(make_sample: Callable[..., Trajectory]) -> tuple[Trajectory, ...]:
    """Twelve: one rejected, one of two turns, one without thoughts, one with parallel calls."""
    single = ["appliances_running_cost", "algebra_from_roots", "fluids_tank_outflow", "cities_get", "cards_poker_hand"]
    single += ["colours_mix", "atmosphere_heat_index", "body_metrics_bmi"]
    return (
        *(make_sample(number, [tool]) for number, tool in enumerate(single)),
        make_sample(8, ["cities_get"], rejected="query"),
        make_sample(9, ["parking_lots"], ["parking_start_session"]),
        make_sample(10, ["algebra_solve_system", "fuel_ev_trip_fuel"]),
        make_sample(11, ["brewing_alcohol"], thoughts=None),
    )


@pytest.fixture(scope="session")
def make_run(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A finished run's folder with these samples."""

    def make(samples: Sequence[Trajectory], **changes: Any) -> Path:
        folder = RunFolder(tmp_path_factory.mktemp("run"))
        for path, part in (
            (folder.workflows, [s for s in samples if s.rejected is None]),
            (folder.rejected, [s for s in samples if s.rejected is not None]),
        ):
            path.write_text("".join(s.model_dump_json() + "\n" for s in part), encoding="utf-8")
        outputs = {path.name: hash_file(path) for path in (folder.workflows, folder.rejected)}
        config = RunConfig(samples=len(samples), seed=3, teacher="scripted", styles=None)
        manifest = Manifest(
            **{
                "config": config,
                "profile": None,
                "weights": None,
                "catalog": catalog.digest,
                "prompts": "0" * 64,
                "tools": len(catalog.tools),
                "versions": {"toolgrad-local": "0.1.0"},
                "hardware": {"processor": "a secret machine"},
                "outputs": outputs,
                **changes,
            }
        )
        write_manifest(folder, manifest)
        return folder.root

    return make


@pytest.fixture(scope="session")
def run(make_run: Callable[..., Path], samples: tuple[Trajectory, ...]) -> Path:
    """The folder of a finished run; do not change it."""
    return make_run(samples)
