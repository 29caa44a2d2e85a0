"""What a catalog's tools say and do: one described whole, one called, all examples run."""

import json
from collections.abc import Iterator
from typing import Any

from mock_apis.core import Tool
from mock_apis.core.errors import ToolFailure
from mock_apis.core.examples import resolve_arguments, resolve_example
from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.errors import ConfigError


def describe_tool(catalog: Catalog, name: str, seed: int) -> dict[str, Any]:
    """Everything about a tool, with its example run in the world of that seed. Raises CatalogError if there is none."""
    tool = catalog.tool(name)
    graph = EntityGraph(catalog.tools.values())
    return {
        "tool": tool.name,
        "category": tool.category,
        "domain": tool.domain,
        "kind": tool.kind,
        "writes": tool.writes,
        "description": tool.description,
        "parameters": tool.parameters,
        "result": tool.result,
        "errors": ["invalid_argument", *tool.errors],
        "equivalent_to": list(tool.equivalent_to),
        "example": run_example_row(catalog, tool, seed),
        "given_by": graph.producers_of(name),
        "taken_by": graph.consumers_of(name),
    }


def call_tool(catalog: Catalog, name: str, arguments: str, seed: int) -> ToolResult:
    """Call a tool with JSON arguments in a fresh world. Raises CatalogError or ConfigError for what is no call."""
    catalog.tool(name)
    try:
        given = json.loads(arguments)
    except ValueError as error:
        raise ConfigError(f"the arguments are not JSON ({error}): {arguments}") from None
    if not isinstance(given, dict):
        raise ConfigError(f"the arguments are not a JSON object such as {{}}: {arguments}")
    session = Session.fresh(catalog, seed)
    try:
        resolved = resolve_arguments(catalog.tools, given, session.world)
    except (ToolFailure, ValueError) as error:
        raise ConfigError(f"{name}: {error}") from None
    return session.call(ToolCall(tool=name, arguments=resolved))


def run_examples(catalog: Catalog, seed: int) -> Iterator[dict[str, Any]]:
    """A row a tool: tool, arguments, result, error; each example in a fresh world of its own."""
    for tool in catalog.tools.values():
        yield run_example_row(catalog, tool, seed)


def run_example_row(catalog: Catalog, tool: Tool, seed: int) -> dict[str, Any]:
    """Tool, arguments, result and error of a tool's example; result or error is None."""
    session = Session.fresh(catalog, seed)
    try:
        arguments = resolve_example(catalog.tools, tool.name, session.world)
    except (ToolFailure, ValueError) as error:
        return {"tool": tool.name, "arguments": tool.example, "result": None, "error": str(error)}
    result = session.call(ToolCall(tool=tool.name, arguments=arguments))
    said = None if result.ok else f"{result.error}: {result.message}"
    return {"tool": tool.name, "arguments": arguments, "result": result.value, "error": said}
