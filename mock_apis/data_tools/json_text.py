"""JSON as text, read and written strictly, so that it can go from tool to tool."""

import json
import math
from collections.abc import Iterator
from typing import Annotated, Any

from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument, ResourceExhausted

JsonText = Annotated[str, Entity("json.text")]
"""One JSON value as text: {"a": [1, 2]}."""
LONGEST_TEXT = 4000
DEEPEST = 20
MOST_VALUES = 2000
LONGEST_INTEGER = 300
"""Digits; a longer integer is no double any more."""


def load_json(name: str, text: str) -> Any:
    """The value of an argument that is JSON text. Raises InvalidArgument, or ResourceExhausted if it is too long."""
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over {LONGEST_TEXT}")
    try:
        value = json.loads(
            text, parse_constant=_refuse_constant, parse_int=_read_integer, object_pairs_hook=_read_object
        )
    except RecursionError:
        raise InvalidArgument(f"{name}: is nested more than {DEEPEST} levels deep") from None
    except ValueError as error:
        raise InvalidArgument(f"{name}: is not JSON: {error}") from None
    check_value(name, value)
    return value


def write_json(name: str, value: Any) -> str:
    """The text of a JSON value that was made from the argument `name`. Raises ResourceExhausted if it is too long."""
    check_value(name, value)
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    if len(text) > LONGEST_TEXT:
        raise ResourceExhausted(f"{name}: gives {len(text)} characters of JSON, over {LONGEST_TEXT}")
    return text


def check_value(name: str, value: Any) -> None:
    """Raises InvalidArgument for what has no JSON form, ResourceExhausted for too many values."""
    for count, (depth, node) in enumerate(walk(value), 1):
        if count > MOST_VALUES:
            raise ResourceExhausted(f"{name}: holds more than {MOST_VALUES} values")
        if depth > DEEPEST:
            raise InvalidArgument(f"{name}: is nested more than {DEEPEST} levels deep")
        if isinstance(node, float) and not math.isfinite(node):
            raise InvalidArgument(f"{name}: holds a number that is too large")
        if isinstance(node, str) and len(node) > LONGEST_TEXT:
            raise ResourceExhausted(f"{name}: holds a string of over {LONGEST_TEXT} characters")
        if isinstance(node, str) and any("\ud800" <= letter <= "\udfff" for letter in node):
            raise InvalidArgument(f"{name}: holds half of a surrogate pair")


def walk(value: Any) -> Iterator[tuple[int, Any]]:
    """Every value and key within a value, with its depth."""
    left = [(1, value)]
    while left:
        depth, node = left.pop()
        yield depth, node
        if isinstance(node, dict):
            left.extend((depth + 1, child) for pair in node.items() for child in pair)
        elif isinstance(node, list):
            left.extend((depth + 1, child) for child in node)


def pointer(parts: tuple[str | int, ...]) -> str:
    """The JSON Pointer (RFC 6901) of a path; the whole value is the empty text."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def pointer_parts(name: str, text: str) -> list[str]:
    """The parts of a JSON Pointer. Raises InvalidArgument."""
    if text and not text.startswith("/"):
        raise InvalidArgument(f"{name}: the pointer '{text}' does not start with /")
    return [part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:]]


def type_of(value: Any) -> str:
    """The name of a value's JSON type; whole numbers are integers."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return next(name for kind, name in names.items() if isinstance(value, kind))


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; true is not 1, and 1.0 is 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _read_integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise ValueError(f"an integer has over {LONGEST_INTEGER} digits")
    return int(digits)


def _read_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key is given twice in an object")
    return value
