"""Round trip: the teacher solves its own query, knowing only that, the offered tools, and the results as they come."""

from mock_apis.core import canonical_json
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.audit import RoundTrip
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.stages import Attempt
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.agreement import compare
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.tell import tell_call
from toolgrad_local.prompting.brief import parameter_lines, shorten_result, tool_line
from toolgrad_local.prompting.schemas import NO_TOOL, call_schema, tool_schema


async def solve(context: StepContext, query: str, workflow: Workflow, offered: tuple[str, ...]) -> RoundTrip:
    """What the solver did: at most one call more than the workflow has.

    A reply that does not fit ends it, and so does a call that was made before, which says that it knows no other.
    """
    setting = context.setting
    session = Session.fresh(setting.catalog, context.world_seed)
    lines = [tool_line(setting.catalog.tools[name]) for name in offered]
    attempts: list[Attempt] = []
    for number in range(len(workflow.links) + 1):
        told = tell_message(query, session, attempts, setting.loop.result_tokens)
        try:
            messages = setting.prompts.render("solve", tools=lines, **told)
            name = (await ask(context, "solve", tool_schema(offered), messages, slot=number))["tool"]
            if name == NO_TOOL:
                break
            tool = setting.catalog.tools[name]
            messages = setting.prompts.render("fill", tool=tool, parameters=parameter_lines(tool), **told)
            arguments = await ask(context, "fill", call_schema(tool), messages, slot=number)
        except ReplyError:
            break
        call = ToolCall(tool=name, arguments=arguments)
        if any(attempt.call == call for attempt in attempts):
            break
        attempts.append(make_attempt(context, session, call, number))
    return compare(tuple(attempts), workflow, setting.catalog, context.world_seed, query)


def tell_message(query: str, session: Session, attempts: list[Attempt], result_tokens: int) -> dict[str, object]:
    """The variables of `_message.jinja`."""
    calls = [{"text": tell_call(attempt.call), "result": tell_result(attempt, result_tokens)} for attempt in attempts]
    return {"query": query, "today": session.world.today.isoformat(), "calls": calls}


def tell_result(attempt: Attempt, tokens: int) -> str:
    """The value of a call that succeeded, the message of one that failed."""
    if attempt.result.ok:
        return shorten_result(attempt.result.value, tokens)
    return f"failed: {attempt.result.message}"


def make_attempt(context: StepContext, session: Session, call: ToolCall, number: int) -> Attempt:
    """Execute and journal a call."""
    result = session.call(call)
    texts = (canonical_json(call.model_dump()), canonical_json(result.model_dump()))
    context.setting.journal.add_call(context.sample, context.step, number, 0, *texts)
    return Attempt(call=call, result=result)


def offered_tools(pool: tuple[str, ...], workflow: Workflow) -> tuple[str, ...]:
    """The pool of the sample's first kept call, and the kept tools that other pools offered."""
    return (*pool, *dict.fromkeys(link.call.tool for link in workflow.links if link.call.tool not in pool))
