"""Runs for the report: samples put together by hand from calls that are really executed, written as a finished run."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local import __version__
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.audit import Audit, Finding, Omission, RoundTrip
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.exchange import Reply, RequestKey, Usage
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.data_model.stages import Attempt, Proposal, Report, Selection
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.trajectory import Step, Trajectory
from toolgrad_local.data_model.workflow import ArgumentLeaf, Edge, Link, Workflow
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, write_manifest
from toolgrad_local.generation.outputs import write_outputs
from toolgrad_local.journal.store import Journal

STYLE = Style(
    persona="a nurse who works nights",
    situation="planning a weekend away between two shifts",
    tone="friendly",
    length="two sentences",
    explicitness="says every value",
)
TRIP: tuple[tuple[str, dict[str, Any]], ...] = (
    ("airports_in_city", {"city": "Dublin"}),
    ("airports_in_city", {"city": "Paris"}),
    ("hotels_search", {"city": "Paris", "limit": 3}),
    (
        "flights_search",
        {"origin": "@0 airports[0].airport", "destination": "@1 airports[0].airport", "date": "2025-03-14"},
    ),
    ("hotels_get", {"hotel_id": "@2 hotels[0].hotel_id"}),
)
TRIP_TURNS = ((0, 1, 2), (3, 4))
TRIP_QUERY = (
    "I want to fly from Dublin to Paris on 2025-03-14 and stay there. Which flights are there that day, and what does "
    "the cheapest of the 3 hotels in Paris offer?"
)


OMISSION = Omission(
    query="I want to fly from Dublin to Paris. Which flights are there?", link=3, path="date", value="2025-03-14"
)


def walk(value: Any, path: str) -> Any:
    """The value at a path such as `hotels[0].hotel_id`."""
    for part in path.replace("[", ".").replace("]", "").split("."):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def resolve(value: Any, links: Sequence[Link]) -> tuple[Any, Edge | None]:
    """A literal, or what `@2 hotels[0].hotel_id` points at with its edge."""
    if not (isinstance(value, str) and value.startswith("@")):
        return value, None
    number, path = value[1:].split(" ", 1)
    found = walk(links[int(number)].result.value, path)
    return found, Edge(link=int(number), path=path, entity="some.entity", needed=True)


def trace(path: str, value: Any, edge: Edge | None, query: str) -> ArgumentLeaf:
    """An edge, said in the query, or untraced."""
    source = "edge" if edge else "query" if str(value) in query else "untraced"
    return ArgumentLeaf.model_validate({"path": path, "value": value, "source": source, "edge": edge})


def execute(session: Session, plan: Sequence[tuple[str, dict[str, Any]]], query: str) -> Workflow:
    """The plan's calls, executed in order, all in one chain but those without an edge."""
    links: list[Link] = []
    for tool, wanted in plan:
        found = {name: resolve(value, links) for name, value in wanted.items()}
        call = ToolCall(tool=tool, arguments={name: value for name, (value, _) in found.items()})
        result = session.call(call)
        assert result.ok, result
        edges = [edge for _, edge in found.values() if edge]
        chain = links[edges[0].link].chain if edges else max((link.chain for link in links), default=-1) + 1
        leaves = tuple(trace(name, value, edge, query) for name, (value, edge) in found.items())
        links.append(Link(step=len(links), chain=chain, call=call, result=result, leaves=leaves))
    return Workflow(links=tuple(links))


def retell(workflow: Workflow) -> tuple[Step, ...]:
    """A step for each call, and one that came to nothing."""
    nothing = Step(
        index=len(workflow.links),
        pool=0,
        reason=None,
        proposals=(),
        reports=(),
        selection=None,
        outcome="no_proposal",
        inverse="skipped",
        asks=(),
    )
    return (*(retell_link(nothing, index, link) for index, link in enumerate(workflow.links)), nothing)


def retell_link(nothing: Step, index: int, link: Link) -> Step:
    """The step that kept a call."""
    proposal = Proposal(tool=link.call.tool, instruction=f"Call {link.call.tool} as the plan says.")
    report = Report(proposal=proposal, attempts=(Attempt(call=link.call, result=link.result),), outcome="succeeded")
    selection = Selection(reason="It answers the request.", report=0, chain=None)
    kept = {"index": index, "reason": "The next thing a traveller needs.", "outcome": "accepted"}
    return nothing.model_copy(update=kept | {"proposals": (proposal,), "reports": (report,), "selection": selection})


def solve(workflow: Workflow) -> RoundTrip:
    """A round trip that makes the same calls."""
    attempts = tuple(Attempt(call=link.call, result=link.result) for link in workflow.links)
    return RoundTrip(attempts=attempts, same_tools=True, same_arguments=True, same_state=True)


@pytest.fixture
def grow_sample(catalog: Catalog) -> Callable[..., Trajectory]:
    """Makes a sample of a plan; what is named overwrites what a released sample of a trip has."""

    def grow(
        sample: int,
        *,
        plan: Sequence[tuple[str, dict[str, Any]]] = TRIP,
        turns: tuple[tuple[int, ...], ...] = TRIP_TURNS,
        query: str | None = TRIP_QUERY,
        findings: Sequence[Finding] = (),
        **changes: Any,
    ) -> Trajectory:
        workflow = execute(Session.fresh(catalog, 7 + sample), plan, query or "")
        fields: dict[str, Any] = {
            "sample": sample,
            "world_seed": 7 + sample,
            "query": query,
            "response": "There are two flights that day, and the cheapest hotel offers breakfast." if query else None,
            "workflow": workflow,
            "turns": turns,
            "thoughts": tuple(f"First thing to find out, number {i + 1}." for i in range(len(turns) + 1))
            if query
            else None,
            "rejected": None,
            "audit": Audit(findings=tuple(findings)) if query else None,
            "round_trip": solve(workflow) if query and not findings else None,
            "omission": OMISSION if query else None,
            "style": STYLE,
            "teacher": "scripted",
            "steps": retell(workflow),
            "closing": (),
        }
        return Trajectory.model_validate(fields | changes)

    return grow


@pytest.fixture
def varied(grow_sample: Callable[..., Trajectory]) -> list[Trajectory]:
    """Six samples: two released, one for each of four rejections."""
    weather = (("weather_forecast", {"city": "Tokyo", "days": 3}),)
    asked = "What will the weather be like in Tokyo for the next 3 days?"
    return [
        grow_sample(0),
        grow_sample(1, plan=weather, turns=((0,),), query=asked, omission=None, thoughts=None),
        grow_sample(
            2,
            query="Call hotels_get for HT-9 and tell me of flights on 2025-03-14 from Dublin to Paris, 3 hotels.",
            rejected="query",
            findings=(
                Finding(kind="names_tool", detail="hotels_get"),
                Finding(kind="leaked_id", detail="HT-9"),
                Finding(kind="call_not_asked", detail="hotels_search", link=2),
            ),
        ),
        grow_sample(
            3,
            plan=weather,
            turns=((0,),),
            query="How warm will Tokyo be?",
            rejected="ungrounded",
            findings=(Finding(kind="untraced_argument", detail="days = 3", link=0),),
        ),
        grow_sample(4, query=None, rejected="no_query"),
        grow_sample(5, plan=(), turns=(), query=None, rejected="no_accepted_call"),
    ]


@pytest.fixture
def write_run(catalog: Catalog, tmp_path: Path) -> Callable[..., Path]:
    """Writes samples as a finished run and gives its folder."""

    def write(trajectories: Sequence[Trajectory], name: str = "run") -> Path:
        folder = RunFolder(tmp_path / name)
        folder.prepare()
        journal = Journal(folder.journal)
        usage = Usage(prompt_tokens=1200, completion_tokens=80, cached_tokens=900)
        for trajectory in trajectories:
            journal.add_sample(trajectory.sample, trajectory.model_dump_json())
            for stage in ("propose", "select", "inverse_predict"):
                key = RequestKey.model_validate({"sample": trajectory.sample, "step": 0, "stage": stage})
                journal.add_reply(key, "0", Reply(text="{}", finish_reason="stop", usage=usage), 0.5)
        config = RunConfig(
            samples=max(1, len(trajectories)), seed=7, teacher="scripted", loop=LoopSettings(iterations=6), styles=None
        )
        manifest = Manifest(
            config=config,
            profile=None,
            weights=None,
            catalog=catalog.digest,
            prompts="0" * 64,
            tools=len(catalog.tools),
            versions={"toolgrad-local": __version__, "python": "3.11.7"},
            hardware={},
            outputs=write_outputs(folder, journal),
        )
        journal.close()
        write_manifest(folder, manifest)
        return folder.root

    return write


@pytest.fixture
def report_of(command: Callable[..., Any], tmp_path: Path) -> Callable[..., Path]:
    """Writes the report of a run by the command line and gives its file."""

    def report(run: Path, *options: object) -> Path:
        out = tmp_path / f"{run.name}.html"
        outcome = command("report", run, "--out", out, *options)
        assert outcome.code == 0, outcome.err
        assert json.dumps(str(out))[1:-1] in outcome.out
        return out

    return report
