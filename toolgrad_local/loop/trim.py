"""Drops optional arguments that nothing asks for: a teacher fills them in with values of its own."""

from datetime import date
from typing import Any

from mock_apis.core import Tool
from toolgrad_local.audit.leaves import walk_leaves
from toolgrad_local.audit.provenance import find_edge
from toolgrad_local.audit.said import is_said
from toolgrad_local.data_model.workflow import Workflow


def trim_arguments(
    arguments: dict[str, Any], tool: Tool, workflow: Workflow, tools: dict[str, Tool], told: str, today: date
) -> dict[str, Any]:
    """The arguments without optional ones that are their defaults, or that neither `told` (the instruction and the
    user's facts) says nor an earlier result gives."""
    properties = tool.parameters["properties"]
    kept: dict[str, Any] = {}
    for name, value in arguments.items():
        schema = properties.get(name, {})
        if name not in tool.parameters["required"]:
            if "default" in schema and schema["default"] == value:
                continue
            leaves = list(walk_leaves(value, schema, name))
            if not all(
                find_edge(leaf, workflow, tools) is not None
                or is_said(leaf.value, told, path=leaf.path, entity=leaf.entity, today=today)
                for leaf in leaves
            ):
                continue
        kept[name] = value
    return kept
