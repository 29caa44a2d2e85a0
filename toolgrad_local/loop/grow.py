"""One seed to one trajectory: the ToolGrad loop as it reads in the paper."""

import asyncio
from dataclasses import dataclass, field, replace

from toolgrad_local.catalog.sampler import pool_of
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.stages import Proposal, Report, Selection
from toolgrad_local.data_model.trajectory import InverseOutcome, Step, StepOutcome, Trajectory
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.execute import execute
from toolgrad_local.loop.inverse_predict import inverse_predict
from toolgrad_local.loop.propose import propose
from toolgrad_local.loop.provenance import is_grounded, trace_call
from toolgrad_local.loop.select import place_in_chain, select
from toolgrad_local.loop.tell import tell_workflow
from toolgrad_local.seeding import derive_seed


@dataclass(frozen=True)
class State:
    """What a sample has grown to."""

    session: Session
    workflow: Workflow = field(default_factory=Workflow)
    aim: str = ""
    """The reason behind the first kept call."""
    query: str | None = None
    """None also while the last accepted call is not in the query yet."""
    response: str | None = None


@dataclass(frozen=True)
class Growth:
    """What one step decided, as far as it got."""

    outcome: StepOutcome
    reason: str | None = None
    proposals: tuple[Proposal, ...] = ()
    reports: tuple[Report, ...] = ()
    selection: Selection | None = None


async def grow(setting: Setting, sample: int) -> Trajectory:
    """Grow one workflow. Decided by the seed and the teacher's replies alone."""
    world_seed = derive_seed(setting.seed, "world", sample)
    state = State(Session.fresh(setting.catalog, world_seed))
    facts = state.session.facts()
    steps: list[Step] = []
    for index in range(setting.loop.iterations):
        context = StepContext(setting, sample, index)
        pool = pool_of(setting.pools, setting.seed, sample, index)
        growth, state = await grow_step(context, pool.index, state, facts)
        inverse, state = await predict(context, growth, state, facts)
        steps.append(record_step(context, pool.index, growth, inverse))
        setting.on_step(steps[-1])
    return finish(setting, sample, world_seed, state, tuple(steps))


async def grow_step(context: StepContext, pool: int, state: State, facts: str) -> tuple[Growth, State]:
    """Propose, execute, select, append: the state is a new one only if the outcome is `accepted`."""
    setting, workflow = context.setting, state.workflow
    told = tell_workflow(workflow, facts, setting.loop.result_tokens)
    try:
        reason, proposals = await propose(context, setting.pools[pool], workflow, told, state.aim)
    except ReplyError:
        return Growth("no_proposal"), state
    if not proposals:
        return Growth("no_proposal", reason), state
    reports = tuple(
        await asyncio.gather(
            *(execute(context, p, slot, workflow, state.session.fork(), told) for slot, p in enumerate(proposals))
        )
    )
    growth = Growth("no_success", reason, proposals, reports)
    if not any(report.outcome == "succeeded" for report in reports):
        return growth, state
    try:
        selection = await select(context, workflow, reports, told)
    except ReplyError:
        return replace(growth, outcome="no_selection"), state
    growth = replace(growth, outcome="not_selected", selection=selection)
    if selection.report is None:
        return growth, state
    call = reports[selection.report].kept.call
    leaves = trace_call(call, setting.catalog.tools[call.tool], workflow, setting.catalog.tools)
    chain = place_in_chain(selection, leaves, workflow)
    if chain >= setting.loop.max_chains:
        return replace(growth, outcome="chain_limit"), state
    session = state.session.fork()
    result = session.call(call)
    if result != reports[selection.report].kept.result:
        raise AssertionError(f"{call.tool} gave another result when it was applied: a tool that is not deterministic")
    link = Link(step=context.step, chain=chain, call=call, result=result, leaves=leaves)
    grown = State(session, workflow.append(link), state.aim or reason)
    return replace(growth, outcome="accepted"), grown


async def predict(context: StepContext, growth: Growth, state: State, facts: str) -> tuple[InverseOutcome, State]:
    """Write the query, if it is due: after an accepted step, or, when one is owed, after the last."""
    last = context.step == context.setting.loop.iterations - 1
    each = context.setting.loop.inverse_predict == "each"
    owed = bool(state.workflow.links) and state.query is None
    if not owed or not (last or (each and growth.outcome == "accepted")):
        return "skipped", state
    told = tell_workflow(state.workflow, facts, context.setting.loop.result_tokens)
    try:
        draft = await inverse_predict(context, state.workflow, told)
    except ReplyError:
        return "failed", state
    return "written", replace(state, workflow=draft.workflow, query=draft.query, response=draft.response)


def record_step(context: StepContext, pool: int, growth: Growth, inverse: InverseOutcome) -> Step:
    """The record of the step."""
    return Step(
        index=context.step,
        pool=pool,
        reason=growth.reason,
        proposals=growth.proposals,
        reports=growth.reports,
        selection=growth.selection,
        outcome=growth.outcome,
        inverse=inverse,
        asks=context.sorted_asks(),
    )


def finish(setting: Setting, sample: int, world_seed: int, state: State, steps: tuple[Step, ...]) -> Trajectory:
    """The record of the sample."""
    accepted = state.query is not None
    return Trajectory(
        sample=sample,
        world_seed=world_seed,
        query=state.query,
        response=state.response,
        workflow=state.workflow,
        rejected=None if accepted else ("no_query" if state.workflow.links else "no_accepted_call"),
        grounded=accepted and is_grounded(state.workflow),
        teacher=setting.teacher.name,
        steps=steps,
    )
