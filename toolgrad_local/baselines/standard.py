"""Standard: all calls in one reply, executed in order."""

from toolgrad_local.baselines.annotation import Annotation, outcome_of, record_step
from toolgrad_local.baselines.path import Path, make_call
from toolgrad_local.baselines.tell import tell_path
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.errors import ReplyError
from toolgrad_local.loop.context import StepContext, ask
from toolgrad_local.prompting.schemas import calls_schema


async def annotate_at_once(first: StepContext, pool: int, start: Path, rounds: int) -> Annotation:
    """The calls that the teacher lists, at most `rounds`: it is done with that, whatever they give."""
    setting = first.setting
    schema = calls_schema(tuple(setting.catalog.tools[name] for name in start.tools), rounds)
    messages = setting.prompts.render("standard", **tell_path(start, setting))
    try:
        reply = await ask(first, "standard", schema, messages)
    except ReplyError:
        return Annotation(start, False, (record_step(first, pool, "no_reply"),))
    path = start
    for slot, item in enumerate(reply["calls"]):
        path = make_call(first, path, slot, "", ToolCall(tool=item["tool"], arguments=item["arguments"]))
    return Annotation(path, True, (record_step(first, pool, outcome_of(*path.reports), None, *path.reports),))
