"""Thoughts, actions and observations as text, for models and templates that know no tools.

Only for rows that have thoughts, and so without negatives. The ids of calls are not held.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from toolgrad_local.data_model.example import ExampleCall, Turn
from toolgrad_local.export.format import ALL_PARTS, Format
from toolgrad_local.export.formats.functions import read_functions, write_function
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row
from toolgrad_local.export.wording import find_today, say_today

TOOLS = "Tools, one a line:"
RULE = (
    "Write a line `Thought:`, then for each call a line `Action:` with the tool's name and a line `Action Input:` with "
    "its arguments as JSON. A line `Observation:` comes back for each. When you know enough, write `Thought:` and "
    "`Final Answer:`."
)


def write(row: Row) -> dict[str, Any]:
    """id, messages of role and content."""
    messages = [{"role": "system", "content": write_system(row)}, {"role": "user", "content": row.query}]
    for turn in row.turns:
        lines = [f"Thought: {turn.thought}"]
        for call in turn.calls:
            lines += [f"Action: {call.tool}", f"Action Input: {plain_json(call.arguments)}"]
        messages.append({"role": "assistant", "content": "\n".join(lines)})
        if row.answer is not None:
            seen = "\n".join(f"Observation: {plain_json(call.result)}" for call in turn.calls)
            messages.append({"role": "user", "content": seen})
    if row.answer is not None:
        messages.append({"role": "assistant", "content": f"Thought: {row.thought}\nFinal Answer: {row.answer}"})
    return {"id": row.id, "messages": messages}


def write_system(row: Row) -> str:
    """Day, form and tools."""
    today = [] if row.today is None else [say_today(row.today)]
    return "\n".join([*today, RULE, TOOLS, *(plain_json(write_function(tool)) for tool in row.tools or ())])


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    system, user, *rest = found["messages"]
    thought, answer = None, None
    if rest and "\nFinal Answer: " in rest[-1]["content"]:
        before, _, answer = rest.pop()["content"].partition("\nFinal Answer: ")
        thought = before.removeprefix("Thought: ")
    lines = system["content"].split("\n")
    return Row(
        id=found["id"],
        query=user["content"],
        today=find_today(lines[0]),
        tools=read_functions(map(json.loads, lines[lines.index(TOOLS) + 1 :])),
        turns=read_turns(rest),
        thought=thought,
        answer=answer,
    )


def read_turns(messages: Sequence[Mapping[str, str]]) -> tuple[Turn, ...]:
    """Calls and what was observed, from the messages between query and answer."""
    turns: list[Turn] = []
    count = 0
    for message in messages:
        if message["role"] == "user":
            turns[-1] = observe(turns[-1], message["content"])
            continue
        thought, *actions = message["content"].split("\nAction: ")
        calls = []
        for action in actions:
            count += 1
            tool, _, arguments = action.partition("\nAction Input: ")
            calls.append(ExampleCall(id=f"call_{count}", tool=tool, arguments=json.loads(arguments), result=None))
        turns.append(Turn(thought=thought.removeprefix("Thought: "), calls=tuple(calls)))
    return tuple(turns)


def observe(turn: Turn, text: str) -> Turn:
    """The turn with its results."""
    seen = [json.loads(line.removeprefix("Observation: ")) for line in text.split("\n")]
    calls = (c.model_copy(update={"result": result}) for c, result in zip(turn.calls, seen, strict=True))
    return turn.model_copy(update={"calls": tuple(calls)})


REACT = Format(
    "react",
    "thoughts, actions and observations as text",
    {"id": "text", "messages": ("role", "content")},
    write,
    read,
    holds=ALL_PARTS | {"thoughts"},
    scope="thoughts",
)
