"""The conversation that a model is shown: in its own chat format with tools, or in words of ours with --constrained."""

from collections.abc import Sequence
from typing import Any

from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.evaluation.answer import Said
from toolgrad_local.evaluation.question import tell_result
from toolgrad_local.export.formats.functions import write_function, write_tool
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row
from toolgrad_local.export.wording import say_today

Chat = tuple[dict[str, Any], ...]
CONSTRAINED_RULE = (
    'Reply in JSON: {"calls": [{"name": ..., "arguments": {...}}]} to call functions, several at once if they do not '
    'need one another\'s results, or {"answer": ...} once you can answer, or if none of the functions can serve.'
)


def open_chat(row: Row) -> Chat:
    """What the data set says before the model's turn: the day, and the query."""
    system = [] if row.today is None else [{"role": "system", "content": say_today(row.today)}]
    return (*system, {"role": "user", "content": row.query})


def describe_tools(chat: Chat, tools: Sequence[OfferedTool]) -> Chat:
    """The conversation with the tools and the rule of --constrained in its system message."""
    lines = ["You can call these functions:", *(plain_json(write_function(tool)) for tool in tools), CONSTRAINED_RULE]
    if chat[0]["role"] == "system":
        lines, chat = [chat[0]["content"], *lines], chat[1:]
    return ({"role": "system", "content": "\n".join(lines)}, *chat)


def write_tools(tools: Sequence[OfferedTool]) -> tuple[dict[str, Any], ...]:
    """As the interface takes them."""
    return tuple(map(write_tool, tools))


def add_results(
    chat: Chat, text: str, made: Sequence[tuple[ToolCall, ToolResult]], said_before: int, *, parallel: bool
) -> Chat:
    """The conversation with a turn's calls and results; `text` is what the model said beside them.

    `said_before`: calls of earlier turns, so that no two ids are the same. Ids have nine characters, as Mistral wants.
    """
    calls = [
        {
            "id": f"call{said_before + place:05d}",
            "type": "function",
            "function": {"name": call.tool, "arguments": plain_json(call.arguments)},
        }
        for place, (call, _) in enumerate(made, start=1)
    ]
    results = [
        {"role": "tool", "tool_call_id": call["id"], "name": done.tool, "content": plain_json(tell_result(result))}
        for call, (done, result) in zip(calls, made, strict=True)
    ]
    if parallel:
        return (*chat, {"role": "assistant", "content": text, "tool_calls": calls}, *results)
    pairs = [
        message
        for call, result in zip(calls, results, strict=True)
        for message in ({"role": "assistant", "content": "", "tool_calls": [call]}, result)
    ]
    return (*chat, *pairs)


def add_constrained(chat: Chat, said: Said, made: Sequence[tuple[ToolCall, ToolResult]]) -> Chat:
    """The conversation with a reply as it stands, and its results in words."""
    results = plain_json([{"name": call.tool, "result": tell_result(result)} for call, result in made])
    return (*chat, {"role": "assistant", "content": said.text}, {"role": "user", "content": f"Results: {results}"})
