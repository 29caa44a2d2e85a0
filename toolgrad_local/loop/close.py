"""What comes after the last step: the audit's verdict, and what only a sample that passes it is worth."""

import asyncio
from dataclasses import dataclass
from functools import partial

from toolgrad_local.audit.sample import audit_sample
from toolgrad_local.data_model.audit import Audit, Omission, RoundTrip
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.trajectory import Rejection, Step, Trajectory
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext
from toolgrad_local.loop.omit import omit
from toolgrad_local.loop.round_trip import offered_tools, solve
from toolgrad_local.loop.state import State
from toolgrad_local.loop.think import think
from toolgrad_local.loop.turns import plan_turns


@dataclass(frozen=True)
class Closing:
    """The end of a sample."""

    rejected: Rejection | None
    audit: Audit | None = None
    turns: tuple[tuple[int, ...], ...] = ()
    round_trip: RoundTrip | None = None
    thoughts: tuple[str, ...] | None = None
    omission: Omission | None = None


async def close(context: StepContext, state: State, style: Style, first_pool: tuple[str, ...]) -> Closing:
    """Audit the sample; one that passes gets its round trip, thoughts and omission, as far as the run wants them."""
    setting, workflow = context.setting, state.workflow
    if state.query is None or state.response is None:
        return Closing("no_query" if workflow.links else "no_accepted_call")
    audit = audit_sample(state.query, state.response, workflow, setting.catalog.tools, state.today, style.language)
    turns = plan_turns(setting.catalog, context.world_seed, workflow)
    required = setting.loop.round_trip == "require"
    rejected = judge(audit, None, required)
    if rejected not in (None, "round_trip"):
        return Closing(rejected, audit, turns)
    thinking, omitting = partial(write_thoughts, context, state, turns), partial(write_omission, context, state, style)
    solving = partial(solve_query, context, state.query, workflow, first_pool)
    if not required:  # whatever the solver does, the sample is released: nothing waits for it
        round_trip, thoughts, omission = await asyncio.gather(solving(), thinking(), omitting())
        return Closing(None, audit, turns, round_trip, thoughts, omission)
    round_trip = await solving()
    rejected = judge(audit, round_trip, required)
    if rejected is not None:
        return Closing(rejected, audit, turns, round_trip)
    thoughts, omission = await asyncio.gather(thinking(), omitting())
    return Closing(None, audit, turns, round_trip, thoughts, omission)


async def solve_query(
    context: StepContext, query: str, workflow: Workflow, first_pool: tuple[str, ...]
) -> RoundTrip | None:
    """The round trip; None if the run wants none."""
    if context.setting.loop.round_trip == "off":
        return None
    return await solve(context, query, workflow, offered_tools(first_pool, workflow))


async def write_thoughts(
    context: StepContext, state: State, turns: tuple[tuple[int, ...], ...]
) -> tuple[str, ...] | None:
    """The thoughts; None if the run wants none, or no reply fits."""
    if not context.setting.loop.thoughts or state.query is None:
        return None
    try:
        return await think(context, state.query, state.workflow, turns, state.today)
    except ReplyError:
        return None


async def write_omission(context: StepContext, state: State, style: Style) -> Omission | None:
    """The query without one value; None if the run wants none, it is not English, or no reply fits."""
    if not context.setting.loop.omissions or style.language != "English" or state.query is None:
        return None
    try:
        return await omit(context, state.query, state.workflow, state.today)
    except ReplyError:
        return None


def make_trajectory(
    context: StepContext, state: State, style: Style, steps: tuple[Step, ...], closing: Closing
) -> Trajectory:
    """The record; `context` is that of what came after the last step."""
    return Trajectory(
        sample=context.sample,
        world_seed=context.world_seed,
        query=state.query,
        response=state.response,
        workflow=state.workflow,
        turns=closing.turns,
        thoughts=closing.thoughts,
        rejected=closing.rejected,
        audit=closing.audit,
        round_trip=closing.round_trip,
        omission=closing.omission,
        style=style,
        teacher=context.setting.teacher.name,
        steps=steps,
        closing=context.sorted_asks(),
    )


def judge(audit: Audit, round_trip: RoundTrip | None, required: bool) -> Rejection | None:
    """Why a sample with a query is not released; None if it is. `required`: the round trip has to agree."""
    if not audit.passes("grounded"):
        return "ungrounded"
    if not audit.passes("query"):
        return "query"
    if not audit.passes("response"):
        return "response"
    if required and not (round_trip and round_trip.agrees):
        return "round_trip"
    return None
