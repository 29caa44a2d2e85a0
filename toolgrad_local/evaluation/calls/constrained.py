"""`{"calls": [{"name": …, "arguments": {…}}]}` or `{"answer": …}`: what a reply is held to with --constrained."""

import re
from collections.abc import Sequence
from typing import Any

from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.evaluation.calls.pieces import BROKEN, Pieces, read_json
from toolgrad_local.prompting.schemas import TEXT, arguments_schema, closed, one_of

ANSWER = re.compile(r'\s*\{\s*"answer"')
"""The start of an answer, which may be cut off: it calls nothing."""
MOST_CALLS = 10
"""Calls of one reply; a model that cannot stop would fill it with them."""


def read_constrained(text: str) -> Pieces:
    """The calls, or the answer as the text beside none."""
    value = read_json(text)
    if not isinstance(value, dict):
        return Pieces((), text) if ANSWER.match(text) else Pieces((BROKEN,))
    calls = value.get("calls")
    return Pieces(tuple(calls)) if isinstance(calls, list) else Pieces((), str(value.get("answer", "")))


def reply_schema(tools: Sequence[OfferedTool]) -> dict[str, Any]:
    """Calls of the offered tools with arguments that fit, or an answer."""
    answer = closed({"answer": TEXT})
    if not tools:
        return answer
    calls = [closed({"name": one_of((t.name,)), "arguments": arguments_schema(t.parameters)}) for t in tools]
    listed = {"type": "array", "items": {"anyOf": calls}, "minItems": 1, "maxItems": MOST_CALLS}
    return {"anyOf": [closed({"calls": listed}), answer]}
