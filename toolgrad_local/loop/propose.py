"""API Proposer: from the workflow and a pool to the next calls worth trying."""

from typing import Any

from toolgrad_local.catalog.readiness import entities_in, find_openings, is_ready
from toolgrad_local.catalog.sampler import Pool
from toolgrad_local.data_model.exchange import Message
from toolgrad_local.data_model.stages import Proposal
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.loop.context import Setting, StepContext, ask
from toolgrad_local.loop.leaves import walk_leaves
from toolgrad_local.prompting.brief import tool_line
from toolgrad_local.prompting.handles import index_of, pool_handles
from toolgrad_local.prompting.schemas import proposal_schema

MOST_HINTS = 8
"""Tools that a prompt names as able to use the results so far."""


async def propose(
    context: StepContext, pool: Pool, workflow: Workflow, told: dict[str, object], aim: str
) -> tuple[str, tuple[Proposal, ...]]:
    """The reason and the proposals, each tool and instruction once. Raises ReplyError.

    Left out: a handle past the end of a small pool, a proposal that repeats another, and a tool that
    requires an id of a kind that no result has given.
    """
    setting = context.setting
    given = given_entities(workflow, setting)
    messages = render_proposer(setting, pool, given, told, aim)
    reply = await ask(context, "propose", proposer_schema(setting, pool, workflow), messages)
    handles = pool_handles(len(pool.tools))
    proposals: list[Proposal] = []
    for item in reply["proposals"]:
        index = index_of(item["tool"], handles)
        instruction = " ".join(item["instruction"].split())
        if index is None or not instruction or not is_ready(setting.catalog.tools[pool.tools[index]], given):
            continue
        proposal = Proposal(tool=pool.tools[index], instruction=instruction)
        if proposal not in proposals:
            proposals.append(proposal)
    return " ".join(reply["reason"].split()), tuple(proposals)


def render_proposer(
    setting: Setting, pool: Pool, given: frozenset[str], told: dict[str, object], aim: str
) -> tuple[Message, ...]:
    """The proposer's messages: the pool's text first, which all samples share."""
    tools = [setting.catalog.tools[name] for name in pool.tools]
    handles = pool_handles(len(tools))
    lines = [tool_line(handle, tool) for handle, tool in zip(handles, tools, strict=True)]
    openings = [(handle, find_openings(tool, given)) for handle, tool in zip(handles, tools, strict=True)]
    hints = [f"{handle} ({', '.join(names)})" for handle, names in openings if names][:MOST_HINTS]
    return setting.prompts.render(
        "propose", tools=lines, proposals=setting.loop.proposals, aim=aim, hints=hints, **told
    )


def proposer_schema(setting: Setting, pool: Pool, workflow: Workflow) -> dict[str, Any]:
    """While nothing has been called: only the pool's tools that need no id. Then one schema for the whole run."""
    if not workflow.links:
        handles = pool_handles(len(pool.tools))
        starters = [
            handle
            for handle, name in zip(handles, pool.tools, strict=True)
            if is_ready(setting.catalog.tools[name], frozenset())
        ]
        return proposal_schema(tuple(starters) or handles, setting.loop.proposals)
    widest = max(len(dealt.tools) for dealt in setting.pools)
    return proposal_schema(pool_handles(widest), setting.loop.proposals)


def given_entities(workflow: Workflow, setting: Setting) -> frozenset[str]:
    """The kinds of entity of which the workflow's results hold a value."""
    return frozenset(
        entity
        for link in workflow.links
        for leaf in walk_leaves(link.result.value, setting.catalog.tools[link.call.tool].result)
        if leaf.value is not None
        for entity in entities_in(leaf.schema)
    )
