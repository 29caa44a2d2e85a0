"""Rules of JSON queries, schemas and patches."""

from typing import Any

from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted
from mock_apis.data_tools.json_text import check_value, pointer_parts, same, type_of, walk

UNSAFE_WORDS = frozenset({"$ref", "$dynamicRef", "pattern", "patternProperties", "$id", "$schema"})
"""Schema keywords that fetch, recurse or run a regular expression."""
MOST_BRANCHES = 64


def check_growth(node: dict[str, Any]) -> None:
    """Raises ResourceExhausted if an expression could give far more values than it reads."""
    branches, joins, left = 1, 0, [node]
    while left:
        here = left.pop()
        children = [child for child in here.get("children", ()) if isinstance(child, dict)]
        if here.get("type") in ("multi_select_list", "multi_select_dict"):
            branches *= max(1, len(children))
        joins += here.get("type") == "function_expression" and here.get("value") == "join"
        left.extend(children)
    if branches > MOST_BRANCHES or joins > 1:
        raise ResourceExhausted("expression: selects too many combinations; use fewer [a, b], {a: b} or join()")


def check_schema_words(schema: Any) -> None:
    """Raises InvalidArgument for a schema with a keyword that is not offered."""
    if not isinstance(schema, dict | bool):
        raise InvalidArgument("schema_text: is neither an object nor true or false")
    for _, node in walk(schema):
        unsafe = sorted(UNSAFE_WORDS.intersection(node)) if isinstance(node, dict) else []
        if unsafe:
            raise InvalidArgument(f"schema_text: '{unsafe[0]}' is not offered")


def schema_of(value: Any) -> dict[str, Any]:
    """The narrowest simple schema of a value: types, properties, required keys, items."""
    if isinstance(value, dict):
        properties = {key: schema_of(child) for key, child in value.items()}
        return {"type": "object", "properties": properties, "required": sorted(value)}
    if isinstance(value, list):
        schemas = [schema_of(child) for child in value]
        return {"type": "array", **({"items": _joined(schemas)} if schemas else {})}
    return {"type": type_of(value)}


def _joined(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = sorted({kind for schema in schemas for kind in _kinds(schema)})
    if "number" in kinds and "integer" in kinds:
        kinds.remove("integer")
    joined: dict[str, Any] = {"type": kinds[0] if len(kinds) == 1 else kinds}
    objects = [schema for schema in schemas if "properties" in schema]
    if objects:
        names = dict.fromkeys(name for schema in objects for name in schema["properties"])
        joined["properties"] = {
            name: _joined([schema["properties"][name] for schema in objects if name in schema["properties"]])
            for name in names
        }
        joined["required"] = sorted(name for name in names if all(name in schema["required"] for schema in objects))
    items = [schema["items"] for schema in schemas if "items" in schema]
    if items:
        joined["items"] = _joined(items)
    return joined


def _kinds(schema: dict[str, Any]) -> list[str]:
    return schema["type"] if isinstance(schema["type"], list) else [schema["type"]]


def patch_value(document: Any, step: dict[str, Any], name: str) -> Any:
    """One operation of RFC 6902. Raises InvalidArgument, FailedPrecondition or ResourceExhausted."""
    kind = step.get("op")
    if kind not in ("add", "remove", "replace", "move", "copy", "test"):
        raise InvalidArgument(f"{name}: 'op' is not one of add, remove, replace, move, copy, test")
    path = _path(step, "path", name)
    if kind in ("add", "replace", "test") and "value" not in step:
        raise InvalidArgument(f"{name}: has no 'value'")
    if kind == "test":
        if not same(value_at(document, path, name), step["value"]):
            raise FailedPrecondition(f"{name}: the value at '{step['path']}' is another one")
        return document
    if kind == "remove":
        return without(document, path, name)
    if kind == "replace":
        value_at(document, path, name)
        return with_value(document, path, step["value"], name, replace=True)
    if kind == "add":
        return with_value(document, path, step["value"], name)
    source = _path(step, "from", name)
    moved = value_at(document, source, name)
    if kind == "move":
        if path[: len(source)] == source and path != source:
            raise InvalidArgument(f"{name}: a value cannot be moved into itself")
        document = without(document, source, name) if source else None
    changed = with_value(document, path, moved, name)
    check_value(name, changed)
    return changed


def _path(step: dict[str, Any], key: str, name: str) -> list[str]:
    if not isinstance(step.get(key), str):
        raise InvalidArgument(f"{name}: '{key}' is not a JSON Pointer")
    return pointer_parts(name, step[key])


def value_at(document: Any, path: list[str], name: str) -> Any:
    """The value at a path. Raises FailedPrecondition if there is none."""
    for part in path:
        document = document[_place(document, part, name)]
    return document


def without(document: Any, path: list[str], name: str) -> Any:
    """The document without the value at a path."""
    if not path:
        raise InvalidArgument(f"{name}: the whole document cannot be removed")
    place = _place(document, path[0], name)
    if len(path) > 1:
        return _set(document, place, without(document[place], path[1:], name))
    if isinstance(document, dict):
        return {key: child for key, child in document.items() if key != place}
    return [*document[:place], *document[place + 1 :]]


def with_value(document: Any, path: list[str], value: Any, name: str, replace: bool = False) -> Any:
    """The document with a value added (or replaced) at a path."""
    if not path:
        return value
    if len(path) > 1:
        place = _place(document, path[0], name)
        return _set(document, place, with_value(document[place], path[1:], value, name, replace))
    if isinstance(document, dict):
        return {**document, path[0]: value}
    place = (
        len(document) if path[0] == "-" and isinstance(document, list) else _place(document, path[0], name, not replace)
    )
    return [*document[:place], value, *document[place + replace :]]


def _set(document: Any, place: Any, value: Any) -> Any:
    if isinstance(document, dict):
        return {**document, place: value}
    return [*document[:place], value, *document[place + 1 :]]


def _place(document: Any, part: str, name: str, end: bool = False) -> Any:
    if isinstance(document, dict) and part in document:
        return part
    if isinstance(document, list) and part in map(str, range(len(document) + end)):
        return int(part)
    raise FailedPrecondition(f"{name}: there is nothing at '{part}'")
