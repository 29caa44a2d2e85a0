"""Conversations with the tags of the Hermes models: `<tools>`, `<tool_call>`, `<tool_response>`, one JSON line in each.

Thoughts and the ids of calls are not held.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolgrad_local.data_model.example import Turn
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.functions import read_functions, write_tool
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row, count_calls
from toolgrad_local.export.wording import find_today, say_today

INTRODUCTION = "You can call functions. Their signatures are within <tools></tools> tags:"
RULE = (
    "To call one, write a JSON object with its name and arguments within <tool_call></tool_call> tags; several calls "
    "may follow one another. Results come back within <tool_response></tool_response> tags. If none of the functions "
    "can serve, say so instead."
)


def write(row: Row) -> dict[str, Any]:
    """id, conversations."""
    said = [{"from": "system", "value": write_system(row)}, {"from": "human", "value": row.query}]
    for turn in row.turns:
        calls = [{"name": call.tool, "arguments": call.arguments} for call in turn.calls]
        said.append({"from": "gpt", "value": enclose("tool_call", calls)})
        if row.answer is not None:
            results = [{"name": call.tool, "content": call.result} for call in turn.calls]
            said.append({"from": "tool", "value": enclose("tool_response", results)})
    if row.answer is not None:
        said.append({"from": "gpt", "value": row.answer})
    return {"id": row.id, "conversations": said}


def write_system(row: Row) -> str:
    """Day, tools and how to call them."""
    tools = "\n".join(plain_json(write_tool(tool)) for tool in row.tools or ())
    today = [] if row.today is None else [say_today(row.today)]
    return "\n".join([*today, INTRODUCTION, "<tools>", tools, "</tools>", RULE])


def enclose(tag: str, values: Iterable[Any]) -> str:
    """Each value on a line of its own, between lines with the tag."""
    return "\n".join(f"<{tag}>\n{plain_json(value)}\n</{tag}>" for value in values)


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    said: Sequence[Mapping[str, str]] = found["conversations"]
    system, human, *rest = said
    called = [lines for part in rest if part["from"] == "gpt" and (lines := disclose("tool_call", part["value"]))]
    answered = [disclose("tool_response", part["value"]) for part in rest if part["from"] == "tool"]
    turns = count_calls([[(c["name"], c["arguments"]) for c in calls] for calls in called])
    if answered:
        turns = tuple(with_results(turn, results) for turn, results in zip(turns, answered, strict=True))
    has_answer = not turns or bool(answered)
    return Row(
        id=found["id"],
        query=human["value"],
        today=find_today(system["value"].partition("\n")[0]),
        tools=read_functions(map(json.loads, between("tools", system["value"]))),
        turns=turns,
        thought=None,
        answer=said[-1]["value"] if has_answer else None,
    )


def disclose(tag: str, text: str) -> list[Any]:
    """The values that `enclose` wrote; none if the text does not begin with the tag."""
    return [json.loads(line) for line in between(tag, text)] if text.startswith(f"<{tag}>\n") else []


def between(tag: str, text: str) -> list[str]:
    """The lines that lie between lines with the tag."""
    inside, lines = False, []
    for line in text.split("\n"):
        if line in (f"<{tag}>", f"</{tag}>"):
            inside = line == f"<{tag}>"
        elif inside and line:
            lines.append(line)
    return lines


def with_results(turn: Turn, results: Sequence[Mapping[str, Any]]) -> Turn:
    """The turn with what came back."""
    calls = (c.model_copy(update={"result": r["content"]}) for c, r in zip(turn.calls, results, strict=True))
    return turn.model_copy(update={"calls": tuple(calls)})


HERMES = Format(
    "hermes",
    "conversations with the tags of the Hermes models",
    {"id": "text", "conversations": ("from", "value")},
    write,
    read,
)
