"""One reply of an annotator that goes step by step: a thought, then a call or an end."""

from dataclasses import dataclass

from toolgrad_local.baselines.path import Path
from toolgrad_local.baselines.tell import tell_path, tell_report
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.exchange import Stage
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
    here and led nowhere.
    """
    setting = context.setting
    endings = list_endings(stage, path)
    messages = setting.prompts.render(
        stage,
        may_finish=FINISH in endings,
        may_give_up=GIVE_UP in endings,
        earlier=[tell_report(report, setting.loop.result_tokens) for report in earlier],
        **tell_path(path, setting),
    )
    schema = step_schema(tuple(setting.catalog.tools[name] for name in path.tools), endings)
    reply = await ask(context, stage, schema, messages)
    thought, name = " ".join(reply["thought"].split()), reply["next"]["tool"]
    if name in endings:
        return Move(thought, None, finishes=name == FINISH)
    return Move(thought, ToolCall(tool=name, arguments=reply["next"]["arguments"]))


def list_endings(stage: Stage, path: Path) -> tuple[str, ...]:
    """How a path may end now."""
    finish = (FINISH,) if path.workflow.links else ()
    return (*finish, GIVE_UP) if stage == "dfs" and path.reports else finish
