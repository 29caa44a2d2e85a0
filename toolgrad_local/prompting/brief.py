"""Tools and results in few tokens."""

from typing import Any

from mock_apis.core import Tool, canonical_json

CHARACTERS_A_TOKEN = 3
"""JSON with ids and numbers takes about three characters a token of the Qwen tokenizer."""
PAGING = frozenset({"limit", "offset"})
"""Parameters that a pool's line leaves out."""


def tool_line(tool: Tool) -> str:
    """One line of a pool: `flights_get(flight_id): Look up one flight.`"""
    names = ", ".join(
        name if name in tool.parameters["required"] else f"{name}?"
        for name in tool.parameters["properties"]
        if name not in PAGING
    )
    return f"{tool.name}({names}): {tool.description}"


def parameter_lines(tool: Tool) -> str:
    """One line a parameter: name, type or allowed values, whether it may be left out, description."""
    lines = []
    for name, schema in tool.parameters["properties"].items():
        optional = "" if name in tool.parameters["required"] else ", optional"
        lines.append(f"- {name} ({type_text(schema)}{optional}): {schema.get('description', '')}")
    return "\n".join(lines) or "- none"


def type_text(schema: dict[str, Any]) -> str:
    """A type as people write it: `string`, `low|normal|high`, `array of number`."""
    if "enum" in schema:
        return "|".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"array of {type_text(schema['items'])}"
    if schema.get("type") == "object":
        return "object of " + ", ".join(schema.get("properties", {}))
    if "minimum" in schema and "maximum" in schema:
        return f"{schema['type']} {schema['minimum']} to {schema['maximum']}"
    return str(schema.get("type", "value"))


def shorten_result(value: Any, tokens: int) -> str:
    """Canonical JSON within a budget: long lists and long strings are cut, with a mark that says so."""
    limit = tokens * CHARACTERS_A_TOKEN
    text = canonical_json(value)
    for items, characters in ((5, 200), (3, 120), (2, 80), (1, 60)):
        if len(text) <= limit:
            break
        text = canonical_json(cut(value, items, characters))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def cut(value: Any, items: int, characters: int) -> Any:
    """The value with at most so many items in each list and characters in each string."""
    if isinstance(value, str):
        return value if len(value) <= characters else value[: characters - 1] + "…"
    if isinstance(value, list):
        kept = [cut(item, items, characters) for item in value[:items]]
        return kept if len(value) <= items else [*kept, f"… {len(value) - items} more"]
    if isinstance(value, dict):
        return {key: cut(item, items, characters) for key, item in value.items()}
    return value
