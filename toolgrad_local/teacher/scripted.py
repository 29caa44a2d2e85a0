"""A teacher without a model: seeded values that fit the schema. For tests and benchmarks only.

It knows nothing of tools or language. It turns the lines of a prompt into something like a query and a response, so
that samples come through the audit; a data set made with it carries its name.
"""

import json
import random
import re
from typing import Any

import rstr

from mock_apis.core.world import Draw
from toolgrad_local.data_model.exchange import Reply, Request, Usage
from toolgrad_local.teacher.scripted_prose import write_prose

WORDS = ("find", "the", "next", "open", "small", "report", "for", "a", "trip", "with", "green", "paper")
CUT_OFF_SHARE = 0.02
"""Share of replies that come back cut off, so that failures are exercised too."""
QUOTED_VALUE = re.compile(r'"([^"\\]{3,60})"')


class ScriptedTeacher:
    """Answers at once; the reply is decided by the request's seed, schema and messages."""

    name = "scripted"

    async def ask(self, request: Request) -> Reply:
        """A reply that fits the request's schema, or, rarely, one that is cut off."""
        draw = Draw(request.seed, request.key.stage)
        seen = QUOTED_VALUE.findall(request.messages[-1].content)
        prose = write_prose(request)
        value = make_value(request.json_schema, draw, seen) if prose is None else prose
        text = json.dumps(value, ensure_ascii=False)
        prompt_tokens = sum(len(message.content) for message in request.messages) // 4
        cut_off = draw.chance(CUT_OFF_SHARE)
        return Reply(
            text=text[: len(text) // 2] if cut_off else text,
            finish_reason="length" if cut_off else "stop",
            usage=Usage(prompt_tokens=prompt_tokens, completion_tokens=len(text) // 4),
        )


def make_value(schema: dict[str, Any], draw: Draw, seen: list[str]) -> Any:
    """A value of the schema; free strings are sometimes ones that the prompt shows in quotes."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return draw.pick(schema["enum"])
    if "anyOf" in schema:
        return make_value(draw.pick(schema["anyOf"]), draw, seen)
    kind = schema.get("type")
    if kind == "object":
        required = schema.get("required", [])
        return {
            name: make_value(child, draw, seen)
            for name, child in schema.get("properties", {}).items()
            if name in required or draw.chance(0.3)
        }
    if kind == "array":
        low = schema.get("minItems", 1)
        return [
            make_value(schema["items"], draw, seen) for _ in range(draw.between(low, schema.get("maxItems", low + 1)))
        ]
    if kind in ("integer", "number"):
        return draw.between(int(schema.get("minimum", 1)), int(schema.get("maximum", schema.get("minimum", 1) + 20)))
    if kind == "boolean":
        return draw.chance(0.5)
    if kind == "null":
        return None
    return make_string(schema, draw, seen)


def make_string(schema: dict[str, Any], draw: Draw, seen: list[str]) -> str:
    """A string that fits the pattern, if there is one; else a value seen in the prompt, or words."""
    pattern = schema.get("pattern")
    if pattern:
        fitting = [value for value in seen if re.search(pattern, value)]
        return draw.pick(fitting) if fitting and draw.chance(0.8) else match_of(pattern, draw)
    if seen and draw.chance(0.6):
        return draw.pick(seen)
    return " ".join(draw.sample(WORDS, 4))


def match_of(pattern: str, draw: Draw) -> str:
    """A string that matches the pattern, decided by the draw."""
    text: str = rstr.Rstr(random.Random(draw.bits())).xeger(pattern)
    return text
