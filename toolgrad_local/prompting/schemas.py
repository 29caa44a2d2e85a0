"""The JSON Schema of every reply. No length bounds: they explode grammars; max_tokens bounds a reply.

Each is made once and shared: nobody changes one.
"""

from functools import cache, lru_cache
from typing import Any

from mock_apis.core import Tool
from toolgrad_local.prompting.handles import chain_handles, report_handles

TEXT: dict[str, Any] = {"type": "string"}
NO_TOOL = "none"
"""What a solver says when nothing is left to call; no tool can have this name, which has no domain."""
PROSE_KEYS = frozenset({"x-entity", "description", "default"})
"""Keywords that no grammar needs."""


@lru_cache(maxsize=256)
def proposal_schema(tools: tuple[str, ...], proposals: int) -> dict[str, Any]:
    """A reason and exactly `proposals` pairs of an instruction and a tool's name.

    The instruction comes first: a small teacher that has to name the tool before it has said what it
    wants mostly names the first one.
    """
    item = closed({"instruction": TEXT, "tool": one_of(tools)})
    return closed(
        {"reason": TEXT, "proposals": {"type": "array", "items": item, "minItems": proposals, "maxItems": proposals}}
    )


@cache
def selection_schema(reports: int, chains: int, may_decline: bool) -> dict[str, Any]:
    """A reason, a report (or none, where that is allowed) and a chain (or a new one)."""
    choices = report_handles(reports) + (("none",) if may_decline else ())
    return closed({"reason": TEXT, "report": one_of(choices), "chain": one_of(("new", *chain_handles(chains)))})


@cache
def query_schema() -> dict[str, Any]:
    """A query."""
    return closed({"query": TEXT})


@cache
def posed_schema() -> dict[str, Any]:
    """The values that a query is to say, then the query."""
    return closed({"values": TEXT, "query": TEXT})


@cache
def response_schema() -> dict[str, Any]:
    """A response."""
    return closed({"response": TEXT})


@lru_cache(maxsize=256)
def tool_schema(tools: tuple[str, ...]) -> dict[str, Any]:
    """What is left to do, and a tool's name, or none."""
    return closed({"left": TEXT, "tool": one_of((*tools, NO_TOOL))})


@cache
def thoughts_schema(count: int) -> dict[str, Any]:
    """Exactly so many thoughts."""
    return closed({"thoughts": {"type": "array", "items": TEXT, "minItems": count, "maxItems": count}})


FINISH, GIVE_UP = "finish", "give_up"
"""What an annotator says instead of a tool's name; no tool can have these names, which have no domain."""


@lru_cache(maxsize=256)
def calls_schema(tools: tuple[Tool, ...], most: int) -> dict[str, Any]:
    """One to `most` calls, each of one of the tools with arguments that fit it."""
    item = {"anyOf": [named_call(tool) for tool in tools]}
    return closed({"calls": {"type": "array", "items": item, "minItems": 1, "maxItems": most}})


@lru_cache(maxsize=1024)
def step_schema(tools: tuple[Tool, ...], endings: tuple[str, ...]) -> dict[str, Any]:
    """A thought, then a call of one of the tools or one of the endings."""
    ends = [closed({"tool": one_of((ending,))}) for ending in endings]
    return closed({"thought": TEXT, "next": {"anyOf": [*map(named_call, tools), *ends]}})


@cache
def named_call(tool: Tool) -> dict[str, Any]:
    """The tool's name, then its arguments."""
    return closed({"tool": one_of((tool.name,)), "arguments": call_schema(tool)})


WIDEST_RANGE = 100
"""Integers that a schema spells out at most."""


@cache
def call_schema(tool: Tool) -> dict[str, Any]:
    """The arguments of one call of the tool."""
    return arguments_schema(tool.parameters)


def arguments_schema(parameters: dict[str, Any]) -> dict[str, Any]:
    """A tool's parameters without what only people read, and with small ranges spelled out.

    Grammars skip `minimum` and `maximum`; a list of the integers between them they do obey.
    """
    stripped = spell_ranges(strip_prose(parameters))
    assert isinstance(stripped, dict)
    return stripped


def strip_prose(node: Any) -> Any:
    """The schema without descriptions, defaults and entity marks, at every depth."""
    if isinstance(node, list):
        return [strip_prose(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: strip_prose(value) for key, value in node.items() if key not in PROSE_KEYS and key != "properties"}
    if "properties" in node:
        kept["properties"] = {name: strip_prose(child) for name, child in node["properties"].items()}
    return kept


def spell_ranges(node: Any) -> Any:
    """The schema with each small range of integers as an enum, at every depth."""
    if isinstance(node, list):
        return [spell_ranges(item) for item in node]
    if not isinstance(node, dict):
        return node
    low, high = node.get("minimum"), node.get("maximum")
    if node.get("type") == "integer" and isinstance(low, int) and isinstance(high, int) and high - low <= WIDEST_RANGE:
        return {"type": "integer", "enum": list(range(low, high + 1))}
    return {key: spell_ranges(value) for key, value in node.items()}


def one_of(values: tuple[str, ...]) -> dict[str, Any]:
    """A string out of a list."""
    return {"type": "string", "enum": list(values)}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """An object with exactly these properties, in this order."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
