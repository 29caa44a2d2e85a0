"""Writes the query first, for tools that were drawn, before anything is called. It stays as it is written."""

from functools import partial

from mock_apis.core import Tool
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.readiness import OPAQUE_SUFFIX, entities_in
from toolgrad_local.data_model.exchange import Message
from toolgrad_local.data_model.style import Style
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.inverse_predict import repeats
from toolgrad_local.loop.points import OWNER, describe_speaker, parameter_words
from toolgrad_local.prompting.brief import type_text
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.prompting.schemas import posed_schema


async def pose(context: StepContext, tools: tuple[str, ...], facts: str, style: Style) -> str:
    """A query that needs these tools. Raises ReplyError.

    A reply that cannot be used is asked for anew as often as one of ToolGrad's: `drafts` times, each with its
    attempts. The first that can be is taken: no audit has a say.
    """
    messages = render_pose(context.setting.prompts, context.setting.catalog, tools, facts, style)
    judge = partial(refuse_copy, examples=messages[0].content)
    for slot in range(context.setting.loop.drafts):
        try:
            reply = await ask(context, "pose", posed_schema(), messages, slot=slot, judge=judge)
        except ReplyError as error:
            failed = error
        else:
            return " ".join(reply["query"].split())
    raise failed


def render_pose(
    prompts: Prompts, catalog: Catalog, tools: tuple[str, ...], facts: str, style: Style
) -> tuple[Message, ...]:
    """The messages to the writer of the query: the instructions and examples first, which all samples share."""
    needs = [describe_need(catalog.tools[name]) for name in tools]
    return prompts.render("pose", facts=facts, needs=needs, speaker=describe_speaker(style))


def describe_need(tool: Tool) -> str:
    """`Book one seat on a flight. Needs passenger (string: Full name); the flight comes from another tool`

    Without the tool's name, which a user does not know, and without optional parameters.
    """
    said, given = [], []
    for name in tool.parameters["required"]:
        schema = tool.parameters["properties"][name]
        if any(entity.endswith(OPAQUE_SUFFIX) for entity in entities_in(schema)):
            given.append(f"the {parameter_words(name).removesuffix(' id')} comes from another tool")
        else:
            said.append(f"{parameter_words(name)} ({type_text(schema)}: {schema.get('description', '').rstrip('.')})")
    needs = f" Needs {', '.join(said)}" if said else ""
    described = tool.description.replace(OWNER, "my").replace("the user", "me")
    return f"{described}{needs}{''.join(f'; {source}' for source in given)}"


def refuse_copy(reply: dict[str, str], examples: str) -> None:
    """Raises ReplyError for an empty query, and for one that is copied from the instructions and their examples."""
    query = " ".join(reply["query"].split())
    if not query:
        raise ReplyError("schema_mismatch", "the query is empty")
    if repeats(query, examples):
        raise ReplyError("echo", "the query repeats the examples")
