"""One seed to one trajectory, the query first: what answer-first generation is compared with."""

from dataclasses import replace

from toolgrad_local.audit.provenance import settle
from toolgrad_local.baselines.annotation import Annotation, record_step
from toolgrad_local.baselines.dfs import annotate_as_tree
from toolgrad_local.baselines.draw import draw_tools
from toolgrad_local.baselines.path import Path
from toolgrad_local.baselines.pose import pose
from toolgrad_local.baselines.react import annotate_in_rounds
from toolgrad_local.baselines.standard import annotate_at_once
from toolgrad_local.catalog.sampler import pool_at
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.run_config import Baseline
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.trajectory import Rejection, Step, Trajectory
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.close import Closing, close, make_trajectory
from toolgrad_local.loop.context import Setting, StepContext
from toolgrad_local.loop.respond import respond
from toolgrad_local.loop.state import State
from toolgrad_local.loop.style import draw_style


async def grow(setting: Setting, sample: int) -> Trajectory:
    """Pose a query, annotate it, answer it, and close the sample as the loop does."""
    assert setting.baseline is not None
    first = StepContext(setting, sample, 0)
    session = Session.fresh(setting.catalog, first.world_seed)
    pool = pool_at(setting.pools, setting.loop, setting.seed, sample, 0)
    style = draw_style(setting.styles, setting.languages, setting.seed, sample)
    tools = draw_tools(setting.catalog, pool, setting.seed, sample)
    state = State(session, session.world.today)
    try:
        query = await pose(first, tools, session.facts(), style)
    except ReplyError:
        steps: tuple[Step, ...] = (record_step(first, pool.index, "no_reply"),)
        return make_trajectory(StepContext(setting, sample, 1), state, style, steps, Closing("no_query"))
    start = Path(query, tools, session, state.today)
    annotation = await annotate(first, pool.index, start, setting.baseline)
    context = StepContext(setting, sample, len(annotation.steps))
    path = annotation.path
    workflow = settle(path.workflow, query, state.today, style.language)
    state = replace(state, session=path.session, workflow=workflow, query=query)
    state = await answer(context, state, annotation, style)
    if state.response is None:
        closing = Closing(find_rejection(annotation))
    else:
        closing = await close(context, state, style, pool.tools)
    return make_trajectory(context, state, style, annotation.steps, closing)


async def annotate(first: StepContext, pool: int, start: Path, baseline: Baseline) -> Annotation:
    """The calls that the method finds for the query."""
    match baseline.method:
        case "standard":
            return await annotate_at_once(first, pool, start, baseline.rounds)
        case "react":
            return await annotate_in_rounds(first, pool, start, baseline.rounds)
        case "dfs":
            return await annotate_as_tree(first, pool, start, baseline.rounds, baseline.steps)


async def answer(context: StepContext, state: State, annotation: Annotation, style: Style) -> State:
    """With a response, if the method is done and a call succeeded: the same writer as the loop's."""
    if state.query is None or not (annotation.finished and state.workflow.links):
        return state
    try:
        written = await respond(context, state.workflow, state.query, state.today, style.language)
    except ReplyError:
        return state
    return replace(state, response=written.response)


def find_rejection(annotation: Annotation) -> Rejection:
    """Why there is no answer."""
    called = any(report.outcome == "succeeded" for step in annotation.steps for report in step.reports)
    return "unfinished" if called else "no_accepted_call"
