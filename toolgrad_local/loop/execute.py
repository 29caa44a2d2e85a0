"""API Executor: one proposal on a fork of the sample's world, tried again with its error."""

from mock_apis.core import canonical_json
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.stages import Attempt, Proposal, Report
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.loop.trim import trim_arguments
from toolgrad_local.prompting.brief import parameter_lines
from toolgrad_local.prompting.schemas import call_schema


async def execute(
    context: StepContext, proposal: Proposal, slot: int, workflow: Workflow, session: Session, told: dict[str, object]
) -> Report:
    """What came of the proposal. Every executed call is journaled with its whole result.

    `session` is this proposal's own fork; a failed call leaves it as it was.
    """
    setting = context.setting
    tool = setting.catalog.tools[proposal.tool]
    attempts: list[Attempt] = []
    for number in range(setting.loop.call_attempts):
        failures = [
            {"arguments": canonical_json(attempt.call.arguments), "message": attempt.result.message}
            for attempt in attempts
        ]
        messages = setting.prompts.render(
            "execute",
            tool=tool,
            parameters=parameter_lines(tool),
            instruction=proposal.instruction,
            failures=failures,
            **told,
        )
        try:
            arguments = await ask(
                context,
                "execute",
                call_schema(tool),
                messages,
                slot=slot,
                first_attempt=number * setting.loop.reply_attempts,
            )
        except ReplyError:
            return Report(proposal=proposal, attempts=tuple(attempts), outcome="no_reply")
        said = f"{proposal.instruction} {told['facts']}"
        trimmed = trim_arguments(arguments, tool, workflow, setting.catalog.tools, said, session.world.today)
        call = ToolCall(tool=tool.name, arguments=trimmed)
        result = session.call(call)
        setting.journal.add_call(
            context.sample,
            context.step,
            slot,
            number,
            canonical_json(call.model_dump()),
            canonical_json(result.model_dump()),
        )
        attempts.append(Attempt(call=call, result=result))
        if any(link.call == call for link in workflow.links):
            return Report(proposal=proposal, attempts=tuple(attempts), outcome="repeated")
        if result.ok:
            return Report(proposal=proposal, attempts=tuple(attempts), outcome="succeeded")
    return Report(proposal=proposal, attempts=tuple(attempts), outcome="failed")
