"""What a format finds in a reply: values that stand where a call stands, and the text beside them."""

import json
import math
from dataclasses import dataclass
from typing import Any, NoReturn

SPACE = " \t\r\n,;"
"""What may stand between two values."""


class Broken:
    """Stands for a call that cannot be read."""


BROKEN = Broken()


@dataclass(frozen=True)
class Pieces:
    """A reply taken apart."""

    values: tuple[Any, ...] = ()
    """JSON values, or BROKEN; none if the reply calls nothing."""
    beside: str = ""


def read_json(text: str) -> Any:
    """The JSON value that the text is; BROKEN for anything else, and for numbers and letters that JSON cannot hold."""
    try:
        return check(DECODER.decode(text.strip()))
    except (ValueError, RecursionError):
        return BROKEN


def read_values(text: str) -> tuple[Any, ...]:
    """The JSON values that follow one another, with BROKEN for what comes after them; a list counts as its items."""
    values: list[Any] = []
    place = 0
    while place < len(text):
        if text[place] in SPACE:
            place += 1
            continue
        try:
            value, place = DECODER.raw_decode(text, place)
            values += [check(item) for item in (value if isinstance(value, list) else [value])]
        except (ValueError, RecursionError):
            return (*values, BROKEN)
    return tuple(values)


def check(value: Any) -> Any:
    """The value. Raises ValueError for half of a surrogate pair, which no file can hold."""
    json.dumps(value, ensure_ascii=False).encode()
    return value


def read_float(text: str) -> float:
    """A decimal. Raises ValueError for one that is too large."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is too large")
    return value


def refuse(name: str) -> NoReturn:
    """NaN and the infinities are no JSON."""
    raise ValueError(f"{name} is no JSON")


DECODER = json.JSONDecoder(parse_float=read_float, parse_constant=refuse)
