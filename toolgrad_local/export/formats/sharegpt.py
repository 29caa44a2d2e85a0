"""ShareGPT conversations as LLaMA-Factory reads them.

Its speakers must take turns, so calls made side by side are one message, a JSON list, and so are their results; a
single call and a single result stand for themselves. Thoughts and the ids of calls are not held.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from toolgrad_local.data_model.example import Turn
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.functions import read_functions, write_function
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.row import Row, count_calls
from toolgrad_local.export.wording import find_today, say_today


def write(row: Row) -> dict[str, Any]:
    """id, conversations, system, tools."""
    said = [{"from": "human", "value": row.query}]
    for turn in row.turns:
        calls = [{"name": call.tool, "arguments": call.arguments} for call in turn.calls]
        said.append({"from": "function_call", "value": plain_json(unwrap(calls))})
        if row.answer is not None:
            said.append({"from": "observation", "value": plain_json(unwrap([call.result for call in turn.calls]))})
    if row.answer is not None:
        said.append({"from": "gpt", "value": row.answer})
    return {
        "id": row.id,
        "conversations": said,
        "system": "" if row.today is None else say_today(row.today),
        "tools": plain_json([write_function(tool) for tool in row.tools or ()]),
    }


def unwrap(items: list[Any]) -> Any:
    """The only item, or the list."""
    return items[0] if len(items) == 1 else items


def read(found: Mapping[str, Any]) -> Row:
    """The inverse of `write`."""
    said: Sequence[Mapping[str, str]] = found["conversations"]
    called = [json.loads(part["value"]) for part in said if part["from"] == "function_call"]
    observed = [json.loads(part["value"]) for part in said if part["from"] == "observation"]
    turns = count_calls([[(c["name"], c["arguments"]) for c in wrap(calls)] for calls in called])
    if observed:
        turns = tuple(with_results(turn, result) for turn, result in zip(turns, observed, strict=True))
    return Row(
        id=found["id"],
        query=said[0]["value"],
        today=find_today(found["system"]),
        tools=read_functions(json.loads(found["tools"])),
        turns=turns,
        thought=None,
        answer=said[-1]["value"] if said[-1]["from"] == "gpt" else None,
    )


def wrap(calls: Any) -> list[dict[str, Any]]:
    """The list, or a list of the only call."""
    return calls if isinstance(calls, list) else [calls]


def with_results(turn: Turn, observed: Any) -> Turn:
    """The turn with what was observed after it."""
    results = [observed] if len(turn.calls) == 1 else observed
    calls = (c.model_copy(update={"result": r}) for c, r in zip(turn.calls, results, strict=True))
    return turn.model_copy(update={"calls": tuple(calls)})


SHAREGPT = Format(
    "sharegpt",
    "ShareGPT conversations as LLaMA-Factory reads them",
    {"id": "text", "conversations": ("from", "value"), "system": "text", "tools": "text"},
    write,
    read,
)
