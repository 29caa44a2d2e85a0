"""Walks a JSON value beside its schema."""

from collections.abc import Iterator
from typing import Any, NamedTuple

Scalar = str | int | float | bool | None


class Leaf(NamedTuple):
    """A scalar with its path (`items[0].id`) and the schema that it was written under."""

    path: str
    value: Scalar
    schema: dict[str, Any]

    @property
    def entity(self) -> str | None:
        """The entity type that the schema declares."""
        entity: str | None = self.schema.get("x-entity")
        return entity


def walk_leaves(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[Leaf]:
    """Every scalar of the value, in order."""
    if "anyOf" in schema:
        schema = pick_branch(schema, value)
    if isinstance(value, dict):
        for key, child in value.items():
            child_schema = schema.get("properties", {}).get(key, {})
            yield from walk_leaves(child, child_schema, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from walk_leaves(child, schema.get("items", {}), f"{path}[{index}]")
    else:
        yield Leaf(path, value, schema)


def pick_branch(schema: dict[str, Any], value: Any) -> dict[str, Any]:
    """The branch of a nullable schema that the value is of."""
    for branch in schema["anyOf"]:
        if (branch.get("type") == "null") == (value is None):
            return {**{key: item for key, item in schema.items() if key != "anyOf"}, **branch}
    return schema
