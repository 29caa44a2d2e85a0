"""Thoughts for a reasoning-style trajectory, written after the fact and audited like the response."""

from datetime import date
from functools import partial

from mock_apis.core import canonical_json
from toolgrad_local.audit.response import find_inventions, find_wording
from toolgrad_local.data_model.call import ToolResult
from toolgrad_local.data_model.workflow import Link, Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.prompting.brief import shorten_result
from toolgrad_local.prompting.schemas import thoughts_schema

Turns = tuple[tuple[int, ...], ...]


async def think(context: StepContext, query: str, workflow: Workflow, turns: Turns, today: date) -> tuple[str, ...]:
    """A thought before each turn and one before the response. Raises ReplyError if no reply passes the audit."""
    setting = context.setting
    told = [[tell_link(workflow.links[i], context) for i in turn] for turn in turns]
    messages = setting.prompts.render("think", query=query, turns=told)
    judge = partial(refuse_unfounded, context=context, query=query, workflow=workflow, turns=turns, today=today)
    reply = await ask(context, "think", thoughts_schema(len(turns) + 1), messages, judge=judge)
    return tuple(" ".join(thought.split()) for thought in reply["thoughts"])


def tell_link(link: Link, context: StepContext) -> str:
    """A call with its result, by what its tool does."""
    description = context.setting.catalog.tools[link.call.tool].description
    result = shorten_result(link.result.value, context.setting.loop.result_tokens)
    return f"{description} {canonical_json(link.call.arguments)} -> {result}"


def refuse_unfounded(
    reply: dict[str, list[str]], context: StepContext, query: str, workflow: Workflow, turns: Turns, today: date
) -> None:
    """Raises ReplyError for an empty thought, and for one that states what is not known by then."""
    for number, thought in enumerate(reply["thoughts"]):
        known = known_before(workflow, turns, number)
        if not thought.strip():
            raise ReplyError("unfounded", "a thought is empty")
        findings = [
            *find_inventions(thought, query, known, today),
            *find_wording(thought, known, context.setting.catalog.tools),
        ]
        if findings:
            raise ReplyError("unfounded", f"a thought says {findings[0].detail}")


def known_before(workflow: Workflow, turns: Turns, number: int) -> Workflow:
    """The results before a turn, and the arguments that it is about to use."""
    nothing = ToolResult(ok=True, value=None)
    done = [workflow.links[i] for turn in turns[:number] for i in turn]
    due = [
        workflow.links[i].model_copy(update={"result": nothing}) for turn in turns[number : number + 1] for i in turn
    ]
    return Workflow(links=(*done, *due))
