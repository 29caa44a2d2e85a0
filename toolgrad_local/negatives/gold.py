"""The kept calls of a sample, each with the world as it was before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mock_apis.core import Tool, World
from mock_apis.core.canonical import canonical_json
from toolgrad_local.audit.leaves import Scalar, walk_leaves
from toolgrad_local.audit.said import is_said
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.data_model.workflow import Link
from toolgrad_local.errors import JournalError


@dataclass(frozen=True)
class GoldCall:
    """A kept call, and what it takes to see whether another tool does the same."""

    tool: Tool
    arguments: dict[str, Any]
    result: Any
    before: Session
    after: str
    """Hash of the world's state after the call."""
    wanted: tuple[Scalar, ...]
    """The values of the result that the response states or that later calls took."""


def gold_tools(trajectory: Trajectory) -> tuple[str, ...]:
    """Names of the kept calls' tools, in order of first use."""
    return tuple(dict.fromkeys(link.call.tool for link in trajectory.workflow.links))


def gold_domains(trajectory: Trajectory, catalog: Catalog) -> tuple[str, ...]:
    """Domains of the gold tools, sorted."""
    return tuple(sorted({catalog.tool(name).domain for name in gold_tools(trajectory)}))


def world_date(seed: int) -> str:
    """The date of a fresh world, 2024-05-09."""
    return World(seed).today.isoformat()


def replay_gold(trajectory: Trajectory, catalog: Catalog) -> tuple[GoldCall, ...]:
    """The calls, executed again in a fresh world. Raises JournalError if one gives something else than in the run."""
    session = Session.fresh(catalog, trajectory.world_seed)
    calls = []
    for index, link in enumerate(trajectory.workflow.links):
        before = session.fork()
        result = session.call(link.call)
        if not result.ok or canonical_json(result.value) != canonical_json(link.result.value):
            raise JournalError(
                f"sample {trajectory.sample}: {link.call.tool} gives another result than in the run; "
                "see what `toolgrad-local verify` says of the run"
            )
        wanted = tuple(find_wanted(trajectory, index, link))
        tool = catalog.tool(link.call.tool)
        calls.append(GoldCall(tool, link.call.arguments, result.value, before, session.world.state_hash(), wanted))
    return tuple(calls)


def find_wanted(trajectory: Trajectory, index: int, link: Link) -> Iterator[Scalar]:
    """The values of a link's result that matter to the sample."""
    taken = {edge.path for later in trajectory.workflow.links for edge in later.edges if edge.link == index}
    for leaf in walk_leaves(link.result.value, {}):
        if leaf.path in taken or is_said(leaf.value, trajectory.response or ""):
            yield leaf.value
