"""JSON Schemas of the subset that teachers, grammars and exports all understand.

Subset: object (closed), array, string (enum, pattern), integer, number, boolean, and null in
results. No references, no unions but with null, no titles.
"""

from typing import Any

from pydantic import BaseModel, TypeAdapter

KEPT = {
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "pattern",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems",
    "minLength", "maxLength", "description", "default", "anyOf", "x-entity",
}  # fmt: skip
"""Schema keywords that survive; pydantic's titles do not."""

BOUNDLESS = {"title", "$defs", "$ref", "examples", "deprecated"}
"""Keywords outside the subset that allow and forbid nothing."""
LITERAL = {"enum", "const", "default", "examples"}
"""Keywords whose values are values, not schemas."""


def parameters_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of a tool's arguments. An optional parameter is one that may be left out, not null."""
    schema = inline(model.model_json_schema())
    for name, field in schema.get("properties", {}).items():
        schema["properties"][name] = without_null(field)
    schema.setdefault("properties", {})
    schema.setdefault("required", [])
    schema["additionalProperties"] = False
    schema.pop("description", None)
    return schema


def result_schema(annotation: Any) -> dict[str, Any]:
    """The schema of what a tool returns."""
    return inline(TypeAdapter(annotation).json_schema(mode="serialization"))


def inline(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with references replaced and everything outside the subset's keywords removed."""
    inlined: dict[str, Any] = _inline(schema, schema.get("$defs", {}))
    return inlined


def find_dropped(schema: Any) -> set[str]:
    """The keywords of a pydantic schema that `inline` leaves out although they bound a value."""
    if isinstance(schema, list):
        return {key for item in schema for key in find_dropped(item)}
    if not isinstance(schema, dict):
        return set()
    dropped = set(schema) - KEPT - BOUNDLESS
    for key, child in schema.items():
        named = key in ("properties", "$defs")
        dropped |= find_dropped(list(child.values()) if named else child) if key not in LITERAL else set()
    return dropped


def without_null(field: dict[str, Any]) -> dict[str, Any]:
    """A field's schema without its null branch and null default."""
    if "anyOf" in field:
        branches = [branch for branch in field["anyOf"] if branch.get("type") != "null"]
        if len(branches) == 1:
            field = {**{k: v for k, v in field.items() if k != "anyOf"}, **branches[0]}
    if field.get("default", 0) is None:
        field = {key: value for key, value in field.items() if key != "default"}
    return field


def _inline(node: Any, definitions: dict[str, Any]) -> Any:
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = definitions[node["$ref"].rsplit("/", 1)[-1]]
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return _inline({**target, **rest}, definitions)
    kept: dict[str, Any] = {}
    for key, value in node.items():
        if key not in KEPT:
            continue
        if key == "properties":
            kept[key] = {name: _inline(child, definitions) for name, child in value.items()}
        elif key == "items":
            kept[key] = _inline(value, definitions)
        elif key == "anyOf":
            kept[key] = [_inline(branch, definitions) for branch in value]
        else:
            kept[key] = value
    return kept
