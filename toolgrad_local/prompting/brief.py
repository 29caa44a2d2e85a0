"""Tools and results in few tokens."""

from functools import cache
from typing import Any

from mock_apis.core import Tool, canonical_json
from mock_apis.core.entities import DATE_PATTERN, DATETIME_PATTERN

CHARACTERS_A_TOKEN = 3
"""JSON with ids and numbers takes about three characters a token of the Qwen tokenizer."""
PAGING = frozenset({"limit", "offset"})
"""Parameters that a pool's line leaves out."""
MOST_CHOICES = 4
"""Values of a choice that a pool's line names."""
SHORT_TYPES = {"integer": "int", "number": "number", "boolean": "yes or no", "object": "object"}


@cache
def tool_line(tool: Tool) -> str:
    """One line of a pool: `flights_search: Find flights. Takes origin (airport.iata), date (date), cabin?.`

    A parameter has its entity, else its type; plain strings, and what only pages a list, are left out. Not written like
    a call: a small teacher copies that instead of saying what is to be done.
    """
    parts = [
        f"{name}{'' if name in tool.parameters['required'] else '?'}{in_brackets(short_type(schema))}"
        for name, schema in tool.parameters["properties"].items()
        if name not in PAGING
    ]
    takes = f" Takes {', '.join(parts)}." if parts else ""
    return f"{tool.name}: {tool.description}{takes}"


def in_brackets(text: str) -> str:
    """` (text)`; nothing for nothing."""
    return f" ({text})" if text else ""


def short_type(schema: dict[str, Any]) -> str:
    """`airport.iata`, `int`, `low|high`, `list of number`; nothing for a plain string."""
    if "x-entity" in schema:
        return str(schema["x-entity"])
    if "enum" in schema:
        values = list(map(str, schema["enum"]))
        return "|".join(values[:MOST_CHOICES]) + ("|…" if len(values) > MOST_CHOICES else "")
    if schema.get("pattern") in (DATE_PATTERN, DATETIME_PATTERN):
        return "date" if schema["pattern"] == DATE_PATTERN else "date and time"
    if schema.get("type") == "array":
        inner = short_type(schema["items"])
        return f"list of {inner}" if inner else "list"
    return SHORT_TYPES.get(schema.get("type", ""), "")


@cache
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
