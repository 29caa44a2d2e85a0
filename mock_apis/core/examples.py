"""Runs tools' examples, each after the examples whose results it refers to."""

import re
from collections.abc import Mapping
from typing import Any

from mock_apis.core.tool import Tool
from mock_apis.core.world import World

REFERENCE = re.compile(r"@([a-z][a-z0-9_]*)\.(.+)")
"""`@flights_search.flights[0].flight_id`: a tool, and a path in its example's result."""
PATH_PART = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[([0-9]+)\]")


def run_example(tools: Mapping[str, Tool], name: str, world: World) -> Any:
    """The result of a tool's example in this world, which keeps what it writes.

    Raises ToolFailure, or ValueError for a reference to nothing.
    """
    return tools[name].run(world, resolve_example(tools, name, world))


def resolve_example(tools: Mapping[str, Tool], name: str, world: World) -> dict[str, Any]:
    """The arguments of a tool's example; the examples they refer to are run in this world, each once."""
    arguments: dict[str, Any] = _resolve(tools[name].example, tools, world, {}, (name,))
    return arguments


def value_at(value: Any, path: str) -> Any:
    """What lies at a path such as `items[0].id`. Raises LookupError."""
    for name, index in PATH_PART.findall(path):
        value = value[name] if name else value[int(index)]
    return value


def _resolve(node: Any, tools: Mapping[str, Tool], world: World, ran: dict[str, Any], asking: tuple[str, ...]) -> Any:
    if isinstance(node, dict):
        return {key: _resolve(child, tools, world, ran, asking) for key, child in node.items()}
    if isinstance(node, list):
        return [_resolve(child, tools, world, ran, asking) for child in node]
    match = REFERENCE.fullmatch(node) if isinstance(node, str) else None
    if match is None:
        return node
    other, path = match.groups()
    if other not in tools or other in asking:
        raise ValueError(f"the example of {asking[-1]} refers to {node}, which is no other tool's result")
    if other not in ran:
        ran[other] = tools[other].run(world, _resolve(tools[other].example, tools, world, ran, (*asking, other)))
    try:
        return value_at(ran[other], path)
    except (LookupError, TypeError) as error:
        raise ValueError(f"the example of {asking[-1]} refers to {node}, which that result does not have") from error
