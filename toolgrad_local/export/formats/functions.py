"""Tools in the shape that OpenAI's interface made common."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolgrad_local.data_model.example import OfferedTool


def write_function(tool: OfferedTool) -> dict[str, Any]:
    """`{"name", "description", "parameters"}`"""
    return {"name": tool.name, "description": tool.description, "parameters": tool.parameters}


def write_tool(tool: OfferedTool) -> dict[str, Any]:
    """`{"type": "function", "function": {...}}`"""
    return {"type": "function", "function": write_function(tool)}


def read_functions(functions: Iterable[Mapping[str, Any]]) -> tuple[OfferedTool, ...]:
    """Tools in either of the two shapes."""
    return tuple(OfferedTool.model_validate(function.get("function", function)) for function in functions)
