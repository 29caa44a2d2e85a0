"""The response: what the assistant answers from the results, written anew until the audit passes it."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from toolgrad_local.audit.response import audit_response
from toolgrad_local.data_model.audit import Finding
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.drafting import write_best
from toolgrad_local.loop.points import describe_faults
from toolgrad_local.prompting.brief import shorten_result
from toolgrad_local.prompting.schemas import response_schema


@dataclass(frozen=True)
class Answer:
    """A response, and what is wrong with it."""

    response: str
    findings: tuple[Finding, ...]


async def respond(context: StepContext, workflow: Workflow, query: str, today: date, language: str) -> Answer:
    """The first answer without a finding, else the one with fewest. Raises ReplyError if there is none at all."""
    write = partial(write_answer, context, workflow, query, today, language)
    return await write_best(context.setting.loop.drafts, write)


async def write_answer(
    context: StepContext,
    workflow: Workflow,
    query: str,
    today: date,
    language: str,
    number: int,
    best: Answer | None,
) -> Answer:
    """One answer; told what is wrong with the best one so far. Raises ReplyError."""
    tools = context.setting.catalog.tools
    messages = context.setting.prompts.render(
        "respond",
        query=query,
        calls=[
            {
                "description": tools[link.call.tool].description,
                "result": shorten_result(link.result.value, context.setting.loop.result_tokens),
            }
            for link in workflow.links
        ],
        faults=describe_faults(best.findings, workflow) if best else [],
    )
    reply = await ask(context, "respond", response_schema(), messages, slot=number, judge=refuse_empty)
    response = " ".join(reply["response"].split())
    return Answer(response, tuple(audit_response(response, query, workflow, tools, today, language)))


def refuse_empty(reply: dict[str, str]) -> None:
    """Raises ReplyError for an empty response."""
    if not reply["response"].strip():
        raise ReplyError("schema_mismatch", "the response is empty")
