"""Runs tools' examples, each after the examples whose results it refers to."""

import re
from collections.abc import Callable, Mapping
from functools import partial
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
    arguments: dict[str, Any] = fill_references(tools[name].example, partial(_run_for, tools, world, {}, (name,)))
    return arguments


def resolve_arguments(tools: Mapping[str, Tool], arguments: dict[str, Any], world: World) -> dict[str, Any]:
    """Arguments in which references stand for values, as in `resolve_example`. Raises ToolFailure or ValueError."""
    resolved: dict[str, Any] = fill_references(arguments, partial(_run_for, tools, world, {}, ()))
    return resolved


def fill_references(node: Any, value_of: Callable[[str, str], Any]) -> Any:
    """The JSON value with each reference replaced by `value_of(tool, path)`."""
    if isinstance(node, dict):
        return {key: fill_references(child, value_of) for key, child in node.items()}
    if isinstance(node, list):
        return [fill_references(child, value_of) for child in node]
    match = REFERENCE.fullmatch(node) if isinstance(node, str) else None
    return node if match is None else value_of(match[1], match[2])


def value_at(value: Any, path: str) -> Any:
    """What lies at a path such as `items[0].id`. Raises LookupError or TypeError."""
    for name, index in PATH_PART.findall(path):
        value = value[name] if name else value[int(index)]
    return value


def _run_for(
    tools: Mapping[str, Tool], world: World, ran: dict[str, Any], asking: tuple[str, ...], other: str, path: str
) -> Any:
    """The value at a path of another tool's example, which is run once in this world."""
    if other not in tools or other in asking:
        raise ValueError(f"{_tell(asking, other, path)} is no other tool's result")
    if other not in ran:
        arguments = fill_references(tools[other].example, partial(_run_for, tools, world, ran, (*asking, other)))
        ran[other] = tools[other].run(world, arguments)
    try:
        return value_at(ran[other], path)
    except (LookupError, TypeError) as error:
        raise ValueError(f"{_tell(asking, other, path)} that result does not have") from error


def _tell(asking: tuple[str, ...], other: str, path: str) -> str:
    who = f"the example of {asking[-1]} refers" if asking else "the arguments refer"
    return f"{who} to @{other}.{path}, which"
