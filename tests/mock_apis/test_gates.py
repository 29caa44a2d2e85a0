"""What every tool of the catalog must promise. A tool needs no test of its own for this."""

import os
import random
import re
import subprocess
import sys
from functools import cache
from typing import Any

import jsonschema
import pytest
import rstr

from mock_apis.core import Draw, Tool, World, canonical_json
from mock_apis.core.entities import DATE_PATTERN, DATETIME_PATTERN
from mock_apis.core.errors import InvalidArgument, ToolFailure
from mock_apis.core.examples import resolve_example, run_example
from mock_apis.core.schema import KEPT
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.prompting.compile import COMPILERS, check_schemas
from toolgrad_local.prompting.schemas import arguments_schema

TOOLS = load_catalog().tools
SEEDS = (1, 2, 3)
CASES = 20
"""Random calls a tool."""
SAID_BY_PEOPLE = frozenset({"chemical.formula"})
"""Entities that no tool gives, since a user says them."""
LARGEST_RESULT = 8192
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

every_tool = pytest.mark.parametrize("tool", [pytest.param(tool, id=name) for name, tool in TOOLS.items()])


def check_result(tool: Tool, value: Any) -> None:
    """Fails unless the value fits the tool's result schema."""
    jsonschema.Draft202012Validator(tool.result).validate(value)


@cache
def known_values() -> dict[str, list[Any]]:
    """Entity to the values that examples gave."""
    found: dict[str, dict[str, Any]] = {}
    for name, tool in TOOLS.items():
        collect_entities(run_example(TOOLS, name, World(SEEDS[0])), tool.result, found)
    return {entity: [values[key] for key in sorted(values)] for entity, values in found.items()}


def collect_entities(value: Any, schema: dict[str, Any], found: dict[str, dict[str, Any]]) -> None:
    """Add the values that the schema marks as entities."""
    for branch in (schema, *schema.get("anyOf", ())):
        if "x-entity" in branch and value is not None:
            found.setdefault(branch["x-entity"], {})[str(value)] = value
        if isinstance(value, dict):
            for key, child in value.items():
                collect_entities(child, branch.get("properties", {}).get(key, {}), found)
        elif isinstance(value, list):
            for child in value:
                collect_entities(child, branch.get("items", {}), found)


def draw_value(schema: dict[str, Any], draw: Draw, world: World) -> Any:
    """A value that the schema allows; an entity is two times out of three one that exists."""
    if schema.get("x-entity") in known_values() and draw.chance(2 / 3):
        return draw.pick(known_values()[schema["x-entity"]])
    if "enum" in schema:
        return draw.pick(schema["enum"])
    kind = schema["type"]
    if kind == "object":
        return {
            name: draw_value(child, draw, world)
            for name, child in schema["properties"].items()
            if name in schema.get("required", ()) or draw.chance(0.4)
        }
    if kind == "array":
        low = schema.get("minItems", 0)
        count = draw.between(low, schema.get("maxItems", low + 3))
        return [draw_value(schema["items"], draw, world) for _ in range(count)]
    if kind == "boolean":
        return draw.chance(0.5)
    return draw_number(schema, draw) if kind in ("integer", "number") else draw_text(schema.get("pattern"), draw, world)


def draw_number(schema: dict[str, Any], draw: Draw) -> int | float:
    """A number within the bounds, near them or far from them."""
    whole = schema["type"] == "integer"
    low, high = (schema.get(key, schema.get(f"exclusive{key.capitalize()}")) for key in ("minimum", "maximum"))
    if low is not None and high is not None:
        return draw.between(int(low), int(high)) if whole or draw.chance(0.3) else draw.amount(low, high)
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


def schema_nodes(schema: dict[str, Any], depth: int = 1) -> list[tuple[int, dict[str, Any]]]:
    """Every schema within a schema, with its depth; the branches of a union are as deep as the union."""
    children = [(child, depth + 1) for child in schema.get("properties", {}).values()]
    children += [(schema["items"], depth + 1)] if "items" in schema else []
    children += [(branch, depth) for branch in schema.get("anyOf", ())]
    return [(depth, schema), *(node for child, level in children for node in schema_nodes(child, level))]


def entities_of(schema: dict[str, Any]) -> set[str]:
    """The entities that a schema marks."""
    return {node["x-entity"] for _, node in schema_nodes(schema) if "x-entity" in node}


@every_tool
def test_the_example_succeeds_in_fresh_worlds_and_fits_the_result_schema(tool: Tool) -> None:
    for seed in SEEDS:
        value = run_example(TOOLS, tool.name, World(seed))
        check_result(tool, value)
        assert len(canonical_json(value).encode()) <= LARGEST_RESULT
        if seed == SEEDS[0]:
            assert canonical_json(value) == canonical_json(run_example(TOOLS, tool.name, World(seed)))


@every_tool
def test_the_example_changes_the_world_exactly_if_the_tool_writes(tool: Tool) -> None:
    world = World(SEEDS[0])
    arguments = resolve_example(TOOLS, tool.name, world)
    before = world.state_hash()
    tool.run(world, arguments)
    assert (world.state_hash() != before) == tool.writes


@every_tool
def test_wrong_arguments_are_refused_by_name_and_change_nothing(tool: Tool) -> None:
    world = World(SEEDS[0])
    good = resolve_example(TOOLS, tool.name, world)
    before = world.state_hash()
    wrong = [(name, {key: good[key] for key in good if key != name}) for name in tool.parameters["required"]]
    for name, schema in tool.parameters["properties"].items():
        wrong += [(name, {**good, name: value}) for value in MISTYPED[schema["type"]]]
    wrong.append(("nonesuch", {**good, "nonesuch": 1}))
    for name, arguments in wrong:
        with pytest.raises(InvalidArgument, match=rf"^{name}\b"):
            tool.run(world, arguments)
    assert world.state_hash() == before


@every_tool
def test_any_valid_arguments_give_a_result_or_a_declared_error(tool: Tool) -> None:
    base = World(SEEDS[0])
    validator = jsonschema.Draft202012Validator(tool.parameters)
    for case in range(CASES):
        arguments = draw_value(tool.parameters, Draw(tool.name, case), base)
        validator.validate(arguments)
        world, twin = base.fork(), base.fork()
        before = world.state_hash()
        outcome, again = try_call(tool, world, arguments), try_call(tool, twin, arguments)
        assert (outcome, world.state_hash()) == (again, twin.state_hash()), arguments
        if isinstance(outcome, tuple):
            kind, message = outcome
            assert kind in (*tool.errors, "invalid_argument"), f"{kind} is not declared: {message}"
            assert len(message) >= 8, arguments
        if not tool.writes or isinstance(outcome, tuple):
            assert world.state_hash() == before, arguments


def try_call(tool: Tool, world: World, arguments: dict[str, Any]) -> tuple[str, str] | str:
    """The result's text, or the failure's kind and message."""
    try:
        value = tool.run(world, arguments)
    except ToolFailure as failure:
        return failure.kind, str(failure)
    check_result(tool, value)
    return canonical_json(value)


@every_tool
def test_names_and_descriptions_follow_the_rules(tool: Tool) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,63}", tool.name)
    assert tool.name.isidentifier()
    assert tool.name.startswith(f"{tool.domain}_")
    assert 20 <= len(tool.description) <= 200
    for name, schema in tool.parameters["properties"].items():
        assert 8 <= len(schema["description"]) <= 200, name


@every_tool
def test_schemas_keep_to_the_subset(tool: Tool) -> None:
    assert len(tool.parameters["properties"]) <= 8
    for place, schema in (("parameters", tool.parameters), ("result", tool.result)):
        jsonschema.Draft202012Validator.check_schema(schema)
        for depth, node in schema_nodes(schema):
            assert set(node) <= KEPT, place
            assert {"minLength", "maxLength", "$ref"}.isdisjoint(node), place
            if node.get("type") in ("object", "array"):
                assert depth <= 4, place
            if node.get("type") == "object":
                assert node["additionalProperties"] is False, place
            if "anyOf" in node:
                kinds = [branch["type"] for branch in node["anyOf"]]
                assert (place, len(kinds), "null" in kinds) == ("result", 2, True)


@pytest.mark.parametrize("backend", sorted(COMPILERS))
def test_every_backend_compiles_the_arguments_of_every_tool(backend: str) -> None:
    check_schemas(((name, arguments_schema(tool.parameters)) for name, tool in TOOLS.items()), backend)


def test_every_entity_that_a_tool_takes_comes_from_another_tool_or_from_the_user() -> None:
    given = {entity for tool in TOOLS.values() for entity in entities_of(tool.result) - entities_of(tool.parameters)}
    taken = {entity for tool in TOOLS.values() for entity in entities_of(tool.parameters)}
    print("said by people:", *sorted(taken - given))
    assert taken - given == SAID_BY_PEOPLE
    assert len(taken) >= 30


def test_the_catalog_has_breadth_and_state() -> None:
    domains = {tool.domain for tool in TOOLS.values()}
    assert len(TOOLS) >= 80
    assert len(domains) >= 12
    assert len({tool.domain for tool in TOOLS.values() if tool.writes}) >= 3
    assert all(tool.kind == "stateful" for tool in TOOLS.values() if tool.writes)


def test_results_do_not_depend_on_the_machine_they_run_on() -> None:
    code = (
        "from mock_apis.core import World, digest\n"
        "from mock_apis.core.examples import run_example\n"
        "from mock_apis.core.package import load_package\n"
        "import mock_apis\n"
        "tools = {name: tool for domain in load_package(mock_apis).domains for name, tool in domain.tools.items()}\n"
        "print(digest({name: run_example(tools, name, World(4)) for name in tools}))\n"
    )
    machines = (
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "1"},
    )
    digests = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **machine}, capture_output=True, text=True, check=True
        ).stdout
        for machine in machines
    ]
    assert digests[0] == digests[1] != ""
