"""Schemas and acceptable values as the checker of the Berkeley Function Calling Leaderboard (BFCL) wants them."""

from collections.abc import Mapping
from typing import Any

TYPES = {"object": "dict", "number": "float"}
JSON_TYPES = {theirs: ours for ours, theirs in TYPES.items()}
LEFT_OUT = ""
"""Among the acceptable values of a parameter: it may be left out. The first one where the gold call leaves it out."""


def write_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """With the leaderboard's names of types, and a description for every property, which its converters read."""
    written = convert_schema(schema, TYPES)
    for part in parts_of(written):
        for child in part.get("properties", {}).values():
            child.setdefault("description", "")
    return written


def read_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `write_schema`."""
    found = convert_schema(schema, JSON_TYPES)
    for part in parts_of(found):
        for child in part.get("properties", {}).values():
            if child.get("description") == "":
                del child["description"]
    return found


def convert_schema(schema: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A deep copy with other names of types."""
    converted: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            converted[key] = {name: convert_schema(child, names) for name, child in value.items()}
        elif key == "items":
            converted[key] = convert_schema(value, names)
        else:
            converted[key] = names.get(value, value) if key == "type" else value
    return converted


def parts_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schema and all schemas within it."""
    children = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return [schema, *(part for child in children for part in parts_of(child))]


def write_acceptable(arguments: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Acceptable values by parameter: the gold one; `""` beside a default, which may be left out or said."""
    acceptable: dict[str, list[Any]] = {}
    for name, child in schema.get("properties", {}).items():
        has_default = name not in schema.get("required", ()) and "default" in child
        if name in arguments:
            value = arguments[name]
            spare = [LEFT_OUT] if has_default and child["default"] == value else []
            acceptable[name] = [*spellings(value, child), *spare]
        elif has_default:
            acceptable[name] = [LEFT_OUT, *spellings(child["default"], child)]
    return acceptable


def spellings(value: Any, schema: Mapping[str, Any]) -> list[Any]:
    """The value wrapped; a list of numbers that are all whole also as such, since the checker tells them apart."""
    is_whole = isinstance(value, list) and value and all(type(item) is int for item in value)
    wrapped = wrap(value, schema)
    return [wrapped, value] if is_whole and type(wrapped[0]) is float else [wrapped]


def read_arguments(acceptable: Mapping[str, list[Any]], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The gold call's arguments."""
    return {
        name: unwrap(values[0], schema["properties"][name])
        for name, values in acceptable.items()
        if values[0] != LEFT_OUT
    }


def wrap(value: Any, schema: Mapping[str, Any]) -> Any:
    """A value as the checker compares it: numbers are floats, each field of a record is a list of acceptable values."""
    value = as_floats(value, schema)
    if isinstance(value, dict):
        return {key: [item] for key, item in value.items()}
    if isinstance(value, list):
        return [{k: [v] for k, v in item.items()} if isinstance(item, dict) else item for item in value]
    return value


def unwrap(value: Any, schema: Mapping[str, Any]) -> Any:
    """The inverse of `wrap`, but for 2.0, which may have been 2."""
    if isinstance(value, dict):
        return {key: items[0] for key, items in value.items()}
    if isinstance(value, list) and schema.get("items", {}).get("type") in ("dict", "object"):
        return [{key: items[0] for key, items in item.items()} for item in value]
    return value


def as_floats(value: Any, schema: Mapping[str, Any]) -> Any:
    """The value with whole numbers made floats where the schema says number."""
    if isinstance(value, dict):
        return {key: as_floats(item, schema.get("properties", {}).get(key, {})) for key, item in value.items()}
    if isinstance(value, list):
        return [as_floats(item, schema.get("items", {})) for item in value]
    is_number = schema.get("type") in ("number", "float") and isinstance(value, int) and not isinstance(value, bool)
    return float(value) if is_number else value
