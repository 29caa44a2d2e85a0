"""Seeded arguments for a tool: valid by its schema, and where they can be, by what the world holds."""

import math
import random
from collections.abc import Iterator
from typing import Any

import rstr

from mock_apis.core import Draw, Tool, World
from mock_apis.core.entities import DATE_PATTERN, DATETIME_PATTERN

Known = dict[str, list[Any]]
"""Entity to values that results have given."""
WORDS = (
    "bread",
    "Paris",
    "the next trip",
    "a",
    "",
    " ",
    "Zürich",
    "x' OR 1=1",
    "line\nbreak",
    "日本",
    "0",
    "null",
    "z" * 300,
)
NUMBERS = (0, 1, -1, 2, 3, 7, 10, 12.5, 0.01, -273.2, 1e-9, 99.99, 1000, 10**6, -(10**9), 10**18, 1e300)
MISTYPED: dict[str, tuple[Any, ...]] = {
    "string": (7, True, ["x"], None),
    "integer": ("7", 1.5, True, None),
    "number": ("1.5", True, [1], None),
    "boolean": ("true", 1, None),
    "array": ("x", {"a": 1}, None),
    "object": ([], "x", None),
}
"""Values of the wrong type, for each type."""


def draw_arguments(
    tool: Tool, draw: Draw, world: World, known: Known, example: dict[str, Any], sensible: float
) -> dict[str, Any]:
    """Arguments that fit the schema: with probability `sensible` a known entity value, or one of the example."""
    required = set(tool.parameters["required"])
    chosen = [name for name in tool.parameters["properties"] if name in required or draw.chance(0.4)]
    usual = draw.chance(sensible)
    return {
        name: example[name]
        if usual and name in example and draw.chance(sensible)
        else draw_value(tool.parameters["properties"][name], draw, world, known, sensible)
        for name in chosen
    }


def draw_value(schema: dict[str, Any], draw: Draw, world: World, known: Known, sensible: float) -> Any:
    """A value that the schema allows; an entity is with probability `sensible` one that is known."""
    if schema.get("x-entity") in known and draw.chance(sensible):
        return draw.pick(known[schema["x-entity"]])
    if "enum" in schema:
        return draw.pick(schema["enum"])
    kind = schema["type"]
    if kind == "object":
        return {
            name: draw_value(child, draw, world, known, sensible)
            for name, child in schema["properties"].items()
            if name in schema.get("required", ()) or draw.chance(0.4)
        }
    if kind == "array":
        low = schema.get("minItems", 0)
        count = draw.between(low, schema.get("maxItems", low + 3))
        return [draw_value(schema["items"], draw, world, known, sensible) for _ in range(count)]
    if kind == "boolean":
        return draw.chance(0.5)
    return draw_number(schema, draw) if kind in ("integer", "number") else draw_text(schema.get("pattern"), draw, world)


def draw_number(schema: dict[str, Any], draw: Draw) -> int | float:
    """A number within the bounds, near them or far from them."""
    whole = schema["type"] == "integer"
    low, high = (schema.get(key, schema.get(f"exclusive{key.capitalize()}")) for key in ("minimum", "maximum"))
    if low is not None and high is not None:
        first, last = math.ceil(low), math.floor(high)
        return draw.between(first, last) if first <= last and (whole or draw.chance(0.3)) else draw.amount(low, high)
    number = draw.pick([int(number) for number in NUMBERS] if whole else NUMBERS)
    if low is not None and number <= low:
        number = low + abs(number) + 1
    return high - abs(number) - 1 if high is not None and number >= high else number


def draw_text(pattern: str | None, draw: Draw, world: World) -> str:
    """A string of the pattern: dates mostly near the world's own, words where all is allowed."""
    day = World(draw.between(0, 9)).today if draw.chance(0.3) else world.today
    if pattern == DATE_PATTERN and draw.chance(0.8):
        return day.isoformat()
    if pattern == DATETIME_PATTERN and draw.chance(0.8):
        return f"{day.isoformat()}T{draw.between(0, 23):02d}:{draw.pick(('00', '30', '17'))}"
    if pattern is None:
        return draw.pick(WORDS)
    text: str = rstr.Rstr(random.Random(draw.bits())).xeger(pattern)
    return text


def collect_entities(value: Any, schema: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    """Add the values that the schema marks as entities, each once, by their text."""
    for branch in (schema, *schema.get("anyOf", ())):
        if "x-entity" in branch and value is not None:
            found.setdefault(branch["x-entity"], {})[str(value)] = value
        if isinstance(value, dict):
            for key, child in value.items():
                collect_entities(child, branch.get("properties", {}).get(key, {}), found)
        elif isinstance(value, list):
            for child in value:
                collect_entities(child, branch.get("items", {}), found)


def wrong_arguments(tool: Tool, good: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each parameter dropped, mistyped or out of range, and one too many: its name, and the arguments."""
    for name in tool.parameters["required"]:
        yield name, {key: good[key] for key in good if key != name}
    for name, schema in tool.parameters["properties"].items():
        for value in MISTYPED[schema["type"]]:
            yield name, {**good, name: value}
        if "minimum" in schema:
            yield name, {**good, name: schema["minimum"] - 1}
        if "maximum" in schema:
            yield name, {**good, name: schema["maximum"] + 1}
        if "enum" in schema and schema["type"] == "string":
            yield name, {**good, name: "no such choice"}
    yield "nonesuch", {**good, "nonesuch": 1}
