"""How far what a solver did agrees with the workflow."""

from collections import Counter
from collections.abc import Iterable

from mock_apis.core import canonical_json
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.audit import RoundTrip
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.stages import Attempt
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.loop.trim import trim_arguments


def compare(
    attempts: tuple[Attempt, ...], workflow: Workflow, catalog: Catalog, world_seed: int, query: str
) -> RoundTrip:
    """The agreement; order counts only by what it does to the world.

    Of the solver's calls as of the workflow's those optional arguments count that the query or an earlier result gives:
    the workflow's had no others either.
    """
    made = bare_calls(((attempt.call, attempt.result) for attempt in attempts), catalog, world_seed, query)
    wanted = bare_calls(((link.call, link.result) for link in workflow.links), catalog, world_seed, query)
    return RoundTrip(
        attempts=attempts,
        same_tools=Counter(call.tool for call in made) == Counter(call.tool for call in wanted),
        same_arguments=Counter(map(write_call, made)) == Counter(map(write_call, wanted)),
        same_state=end_state(made, catalog, world_seed) == end_state(wanted, catalog, world_seed),
    )


def bare_calls(
    made: Iterable[tuple[ToolCall, ToolResult]], catalog: Catalog, world_seed: int, query: str
) -> list[ToolCall]:
    """The calls without optional arguments that neither the query says nor an earlier result gives."""
    today = Session.fresh(catalog, world_seed).world.today
    before, bare = Workflow(), []
    for call, result in made:
        tool = catalog.tools[call.tool]
        arguments = trim_arguments(call.arguments, tool, before, catalog.tools, query, today)
        bare.append(ToolCall(tool=call.tool, arguments=arguments))
        if result.ok:
            before = before.append(Link(step=0, chain=0, call=call, result=result))
    return bare


def write_call(call: ToolCall) -> str:
    """The call as text, case aside."""
    return f"{call.tool} {canonical_json(call.arguments).casefold()}"


def end_state(calls: list[ToolCall], catalog: Catalog, world_seed: int) -> str:
    """The hash of the world after these calls."""
    session = Session.fresh(catalog, world_seed)
    for call in calls:
        session.call(call)
    return session.world.state_hash()
