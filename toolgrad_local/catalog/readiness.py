"""Which tools can be called now, and which of them can carry a workflow on.

An entity whose name ends in `.id` is opaque: a user cannot say it and a teacher can only make it
up, so a tool that requires one is ready once a result has given one.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from mock_apis.core import Tool

OPAQUE_SUFFIX = ".id"


@cache
def required_ids(tool: Tool) -> frozenset[str]:
    """The opaque entities without which the tool cannot be called."""
    entities = (entities_in(tool.parameters["properties"][name]) for name in tool.parameters["required"])
    return frozenset(entity for found in entities for entity in found if entity.endswith(OPAQUE_SUFFIX))


@cache
def accepted_entities(tool: Tool) -> dict[str, str]:
    """Parameter name to the entity that it takes."""
    found = {name: next(entities_in(schema), None) for name, schema in tool.parameters["properties"].items()}
    return {name: entity for name, entity in found.items() if entity is not None}


def entities_in(schema: Any) -> Iterator[str]:
    """Every entity that a schema declares, at any depth."""
    if isinstance(schema, dict):
        if isinstance(schema.get("x-entity"), str):
            yield schema["x-entity"]
        for child in schema.values():
            yield from entities_in(child)
    elif isinstance(schema, list):
        for child in schema:
            yield from entities_in(child)


def is_ready(tool: Tool, given: frozenset[str]) -> bool:
    """True if every id that the tool requires is of a kind that some result has given."""
    return required_ids(tool) <= given


def find_openings(tool: Tool, given: frozenset[str]) -> tuple[str, ...]:
    """The parameters into which a given entity fits; empty if the tool is not ready."""
    if not is_ready(tool, given):
        return ()
    return tuple(name for name, entity in accepted_entities(tool).items() if entity in given)
