"""Inverse Predictor: the query that the workflow answers, written anew with what is wrong until the audit passes it."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from toolgrad_local.audit.provenance import settle
from toolgrad_local.audit.query import audit_query, without_values
from toolgrad_local.audit.sample import find_untraced
from toolgrad_local.data_model.audit import Finding
from toolgrad_local.data_model.exchange import Message
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.drafting import write_best
from toolgrad_local.loop.points import describe_faults, describe_speaker, list_points
from toolgrad_local.prompting.schemas import query_schema

ECHO_WORDS = 7
"""As many words in a row as nobody shares with a prompt by chance."""


@dataclass(frozen=True)
class Draft:
    """A query, the workflow with the sources that this query settles, and what is wrong with both."""

    query: str
    workflow: Workflow
    findings: tuple[Finding, ...]


async def inverse_predict(context: StepContext, workflow: Workflow, style: Style, today: date) -> Draft:
    """The first draft without a finding, else the one with fewest. Raises ReplyError if there is no draft at all."""
    return await write_best(context.setting.loop.drafts, partial(write_draft, context, workflow, style, today))


async def write_draft(
    context: StepContext, workflow: Workflow, style: Style, today: date, number: int, best: Draft | None
) -> Draft:
    """One draft; told what is wrong with the best one so far. Raises ReplyError."""
    tools = context.setting.catalog.tools
    messages = context.setting.prompts.render(
        "inverse_predict",
        points=list_points(workflow, tools, today),
        speaker=describe_speaker(style),
        faults=describe_faults(best.findings, workflow) if best else [],
    )
    judge = partial(refuse_copy, workflow=workflow, prompt=messages)
    reply = await ask(context, "inverse_predict", query_schema(), messages, slot=number, judge=judge)
    query = " ".join(reply["query"].split())
    settled = settle(workflow, query, today, style.language)
    findings = (*find_untraced(settled), *audit_query(query, settled, tools, today, style.language))
    return Draft(query, settled, findings)


def refuse_copy(reply: dict[str, str], workflow: Workflow, prompt: tuple[Message, ...]) -> None:
    """Raises ReplyError for an empty query, and for one that is copied from the prompt."""
    query = " ".join(reply["query"].split())
    if not query:
        raise ReplyError("schema_mismatch", "the query is empty")
    if repeats(without_values(query, workflow), " ".join(message.content for message in prompt)):
        raise ReplyError("echo", "the query repeats the prompt")


def repeats(query: str, prompt: str) -> bool:
    """True if a run of `ECHO_WORDS` words of the query stands in the prompt: it was copied, not written."""
    words, told = query.lower().split(), " ".join(prompt.lower().split())
    return any(" ".join(words[i : i + ECHO_WORDS]) in told for i in range(len(words) - ECHO_WORDS + 1))
