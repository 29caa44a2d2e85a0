"""Messages with roles, tool calls and tool results: what `openai` and `trl` share."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toolgrad_local.data_model.example import ExampleCall, Turn
from toolgrad_local.export.format import Column
from toolgrad_local.export.formats.functions import read_functions, write_tool
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row
from toolgrad_local.export.wording import find_today, say_today

COLUMNS: dict[str, Column] = {"id": "text", "messages": "json_list", "tools": "json_list"}


def write_row(row: Row, pack: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """id, messages and tools; `pack` gives the arguments their form."""
    return {
        "id": row.id,
        "messages": write_messages(row, pack),
        "tools": [write_tool(tool) for tool in row.tools or ()],
    }


def write_messages(row: Row, pack: Callable[[dict[str, Any]], Any]) -> list[dict[str, Any]]:
    """System, user, calls and results in turns, answer. Ends with the calls if the row has no answer."""
    messages: list[dict[str, Any]] = []
    if row.today is not None:
        messages.append({"role": "system", "content": say_today(row.today)})
    messages.append({"role": "user", "content": row.query})
    for turn in row.turns:
        calls = [
            {"id": call.id, "type": "function", "function": {"name": call.tool, "arguments": pack(call.arguments)}}
            for call in turn.calls
        ]
        messages.append({"role": "assistant", "content": "", "tool_calls": calls})
        if row.answer is not None:
            messages += [write_result(call) for call in turn.calls]
    if row.answer is not None:
        messages.append({"role": "assistant", "content": row.answer})
    return messages


def write_result(call: ExampleCall) -> dict[str, Any]:
    """The tool's message."""
    return {"role": "tool", "tool_call_id": call.id, "name": call.tool, "content": plain_json(call.result)}


def read_row(found: Mapping[str, Any], unpack: Callable[[Any], dict[str, Any]]) -> Row:
    """The inverse of `write_row`."""
    messages: Sequence[Mapping[str, Any]] = found["messages"]
    results = {m["tool_call_id"]: json.loads(m["content"]) for m in messages if m["role"] == "tool"}
    turns = tuple(
        Turn(
            thought=None,
            calls=tuple(
                ExampleCall(
                    id=call["id"],
                    tool=call["function"]["name"],
                    arguments=unpack(call["function"]["arguments"]),
                    result=results.get(call["id"]),
                )
                for call in message["tool_calls"]
            ),
        )
        for message in messages
        if "tool_calls" in message
    )
    last = messages[-1]
    return Row(
        id=found["id"],
        query=next(m["content"] for m in messages if m["role"] == "user"),
        today=find_today(messages[0]["content"]) if messages[0]["role"] == "system" else None,
        tools=read_functions(found["tools"]),
        turns=turns,
        thought=None,
        answer=None if "tool_calls" in last else last["content"],
    )
