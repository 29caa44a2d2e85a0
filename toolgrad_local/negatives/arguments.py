"""The arguments of one tool's call as another tool would take them."""

from typing import Any

from mock_apis.core import Tool
from toolgrad_local.catalog.readiness import accepted_entities


def map_arguments(given: dict[str, Any], tool: Tool, other: Tool) -> dict[str, Any] | None:
    """Arguments for `other` out of those of `tool`: by name, else by entity, else by type where only one fits.

    None if a required one cannot be filled. Optional ones are filled by name or entity alone.
    """
    ours, theirs = tool.parameters["properties"], other.parameters["properties"]
    left, taken = dict(given), {}
    for name in theirs:
        if name in left and type_of(ours[name]) == type_of(theirs[name]):
            taken[name] = left.pop(name)
    entities = accepted_entities(tool)
    for name, entity in accepted_entities(other).items():
        match = next((own for own in left if entities.get(own) == entity), None)
        if name not in taken and match is not None:
            taken[name] = left.pop(match)
    for name in other.parameters["required"]:
        if name not in taken:
            fitting = [own for own in left if type_of(ours[own]) == type_of(theirs[name])]
            if len(fitting) != 1:
                return None
            taken[name] = left.pop(fitting[0])
    return taken


def type_of(schema: dict[str, Any]) -> str:
    """The JSON type; integer counts as number."""
    kind = str(schema.get("type", ""))
    return "number" if kind == "integer" else kind
