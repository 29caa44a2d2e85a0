"""One reply of an annotator that goes step by step: a thought, then a call or an end."""

import json
from dataclasses import dataclass

from toolgrad_local.baselines.path import Path
from toolgrad_local.baselines.tell import tell_path, tell_report
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.exchange import Message, Stage
from toolgrad_local.data_model.stages import Report
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.prompting.schemas import FINISH, GIVE_UP, step_schema


@dataclass(frozen=True)
class Move:
    """What the annotator wants to do next."""

    thought: str
    call: ToolCall | None
    """None for an end."""
    finishes: bool = False
    """It says that every part of the message is served; else, without a call, that this leads nowhere."""


async def choose(context: StepContext, stage: Stage, path: Path, earlier: tuple[Report, ...] = ()) -> Move:
    """The next move on this path. Raises ReplyError.

    It may finish once a call has succeeded, and, in dfs, give up once a call was made. `earlier`: what was tried from
    here and is of no use.
    """
    setting = context.setting
    endings = list_endings(stage, path)
    messages = tell_dialogue(context, stage, path, earlier)
    schema = step_schema(tuple(setting.catalog.tools[name] for name in path.tools), endings)
    reply = await ask(context, stage, schema, messages)
    thought, name = " ".join(reply["thought"].split()), reply["next"]["tool"]
    if name in endings:
        return Move(thought, None, finishes=name == FINISH)
    return Move(thought, ToolCall(tool=name, arguments=reply["next"]["arguments"]))


def tell_dialogue(context: StepContext, stage: Stage, path: Path, earlier: tuple[Report, ...]) -> tuple[Message, ...]:
    """The path as a conversation: its replies as they were asked for, and a result after each.

    Told as a list of calls in one message, a small teacher writes the last one again and again. What was said stays as
    it is, so that prefixes stay cached.
    """
    prompts, tokens = context.setting.prompts, context.setting.loop.result_tokens
    told = tell_path(path, context.setting)
    results = [None, *(tell_report(report, tokens)["result"] for report in path.reports)]
    messages = list[Message]()
    for number, result in enumerate(results):
        tried = [tell_report(report, tokens) for report in earlier] if number == len(path.reports) else []
        system, user = prompts.render(stage, result=result, earlier=tried, **told)
        messages += [user] if messages else [system, user]
        if number < len(path.reports):
            messages.append(Message(role="assistant", content=write_reply(path.reports[number])))
    return tuple(messages)


def write_reply(report: Report) -> str:
    """The reply that a call came from, as JSON; its arguments are those that were kept."""
    call = report.kept.call
    reply = {"thought": report.proposal.instruction, "next": {"tool": call.tool, "arguments": call.arguments}}
    return json.dumps(reply, ensure_ascii=False)


def list_endings(stage: Stage, path: Path) -> tuple[str, ...]:
    """How a path may end now."""
    finish = (FINISH,) if path.workflow.links else ()
    return (*finish, GIVE_UP) if stage == "dfs" and path.reports else finish
