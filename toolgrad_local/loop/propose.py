"""API Proposer: from the workflow and a pool to the next calls worth trying."""

from typing import Any

from toolgrad_local.audit.leaves import walk_leaves
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.readiness import find_openings, is_ready
from toolgrad_local.catalog.sampler import Pool
from toolgrad_local.data_model.exchange import Message
from toolgrad_local.data_model.stages import Proposal
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.loop.context import Setting, StepContext, ask
from toolgrad_local.prompting.brief import tool_line
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.prompting.schemas import proposal_schema
from toolgrad_local.seeding import shuffle

MOST_HINTS = 8
"""Tools that a prompt names as able to use the results so far."""
MOST_STARTERS = 5
"""Tools that a prompt names to start with."""


async def propose(
    context: StepContext, pool: Pool, workflow: Workflow, told: dict[str, object], aim: str
) -> tuple[str, tuple[Proposal, ...]]:
    """The reason and the proposals, each tool and instruction once. Raises ReplyError.

    Left out: a proposal that repeats another, and a tool that requires an id of a kind that no result
    has given.
    """
    setting = context.setting
    given = given_entities(workflow, setting)
    if workflow.links:
        hints = hint_openings(setting.catalog, pool, given)
    else:
        hints = hint_starters(setting.catalog, pool, setting.seed, context.sample)
    messages = render_proposer(setting.prompts, setting.catalog, pool, setting.loop.proposals, hints, told, aim)
    reply = await ask(context, "propose", proposer_schema(setting, pool, workflow), messages)
    proposals: list[Proposal] = []
    for item in reply["proposals"]:
        instruction = " ".join(item["instruction"].split())
        if not instruction or not is_ready(setting.catalog.tools[item["tool"]], given):
            continue
        proposal = Proposal(tool=item["tool"], instruction=instruction)
        if proposal not in proposals:
            proposals.append(proposal)
    return " ".join(reply["reason"].split()), tuple(proposals)


def render_proposer(
    prompts: Prompts,
    catalog: Catalog,
    pool: Pool,
    proposals: int,
    hints: list[str],
    told: dict[str, object],
    aim: str,
) -> tuple[Message, ...]:
    """The proposer's messages: the pool's text first, which all samples share."""
    lines = [tool_line(catalog.tools[name]) for name in pool.tools]
    return prompts.render("propose", tools=lines, proposals=proposals, aim=aim, hints=hints, **told)


def hint_openings(catalog: Catalog, pool: Pool, given: frozenset[str]) -> list[str]:
    """Tools of the pool that can use what the results hold, each with the parameters for it."""
    openings = [(name, find_openings(catalog.tools[name], given)) for name in pool.tools]
    return [f"{name} ({', '.join(parameters)})" for name, parameters in openings if parameters][:MOST_HINTS]


def hint_starters(catalog: Catalog, pool: Pool, seed: int, sample: int) -> list[str]:
    """A few tools to start with, drawn by the sample: else all samples start with what a teacher likes best."""
    return shuffle(list_starters(catalog, pool), seed, "start", pool.index, sample)[:MOST_STARTERS]


def list_starters(catalog: Catalog, pool: Pool) -> list[str]:
    """The tools of the pool that need no id; all of them if every one does."""
    return [name for name in pool.tools if is_ready(catalog.tools[name], frozenset())] or list(pool.tools)


def proposer_schema(setting: Setting, pool: Pool, workflow: Workflow) -> dict[str, Any]:
    """Two constant schemas a pool: all its tools, and, while nothing has been called, those that need no id."""
    offered = pool.tools if workflow.links else tuple(list_starters(setting.catalog, pool))
    return proposal_schema(offered, setting.loop.proposals)


def given_entities(workflow: Workflow, setting: Setting) -> frozenset[str]:
    """The kinds of entity of which the workflow's results hold a value."""
    return frozenset(
        leaf.entity
        for link in workflow.links
        for leaf in walk_leaves(link.result.value, setting.catalog.tools[link.call.tool].result)
        if leaf.value is not None and leaf.entity is not None
    )
