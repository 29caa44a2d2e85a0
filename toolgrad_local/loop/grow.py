"""One seed to one trajectory: the ToolGrad loop as it reads in the paper."""

import asyncio
from dataclasses import dataclass, replace

from toolgrad_local.audit.provenance import trace_call
from toolgrad_local.catalog.sampler import pool_at
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.stages import Proposal, Report, Selection
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.trajectory import InverseOutcome, Step, StepOutcome, Trajectory
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.close import close, make_trajectory
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.execute import execute
from toolgrad_local.loop.inverse_predict import inverse_predict
from toolgrad_local.loop.propose import propose
from toolgrad_local.loop.respond import respond
from toolgrad_local.loop.select import place_in_chain, select
from toolgrad_local.loop.state import State
from toolgrad_local.loop.style import draw_style
from toolgrad_local.loop.tell import tell_workflow


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
    world_seed = StepContext(setting, sample, 0).world_seed
    session = Session.fresh(setting.catalog, world_seed)
    state = State(session, session.world.today)
    facts = session.facts()
    style = draw_style(setting.styles, setting.languages, setting.seed, sample)
    steps: list[Step] = []
    for index in range(setting.loop.iterations):
        context = StepContext(setting, sample, index)
        pool = pool_at(setting.pools, setting.loop, setting.seed, sample, index)
        growth, state = await grow_step(context, pool.index, state, facts)
        inverse: InverseOutcome = "skipped"
        if setting.loop.inverse_predict == "each" and growth.outcome == "accepted":
            inverse, state = await predict(context, state, style)
        steps.append(record_step(context, pool.index, growth, inverse))
        setting.on_step(steps[-1])
    context = StepContext(setting, sample, setting.loop.iterations)
    if state.workflow.links and state.query is None:
        _, state = await predict(context, state, style)
    closing = await close(context, state, style, first_pool(setting, steps, state.workflow))
    return make_trajectory(context, state, style, tuple(steps), closing)


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
    grown = State(session, state.today, workflow.append(link), state.aim or reason)
    return replace(growth, outcome="accepted"), grown


async def predict(context: StepContext, state: State, style: Style) -> tuple[InverseOutcome, State]:
    """Write the query and the response for the workflow as it is."""
    try:
        draft = await inverse_predict(context, state.workflow, style, state.today)
        answer = await respond(context, draft.workflow, draft.query, state.today, style.language)
    except ReplyError:
        return "failed", state
    return "written", replace(state, workflow=draft.workflow, query=draft.query, response=answer.response)


def first_pool(setting: Setting, steps: list[Step], workflow: Workflow) -> tuple[str, ...]:
    """The tools of the pool that the first kept call came from; none without a call."""
    return setting.pools[steps[workflow.links[0].step].pool].tools if workflow.links else ()


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
