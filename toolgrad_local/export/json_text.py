"""JSON text whose numbers survive the readers that people use.

The library `datasets` decodes its Json columns with a parser that gets a decimal by multiplying: 0.3 becomes
0.30000000000000004, and a model would be trained to write that. Such a reader gets 0.30 right. So each decimal of a
Json column is spelt in a way that comes out exact either way.
"""

import json
from itertools import product
from typing import Any

TRAILING_ZEROS = range(13)
MOST_DIGITS = 15
SHIFTS = (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7, -8, 8, -9, 9)
WIDEST = 1 << 63
"""Whole numbers beyond this make that parser give up on the file."""


def plain_json(value: Any) -> str:
    """One line of JSON, keys in their order, letters as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def exact_json(value: Any) -> str:
    """The same JSON with decimals that multiply out. Raises ValueError for a number that cannot be spelt so."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{plain_json(key)}: {exact_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(exact_json, value)) + "]"
    if isinstance(value, float):
        return spell_float(value)
    if isinstance(value, int) and not -WIDEST <= value < WIDEST:
        raise ValueError(f"{value} has more than 64 bits")
    return plain_json(value)


def spell_float(value: float) -> str:
    """A decimal as JSON. Raises ValueError if no spelling that is tried comes out exact, or for no number."""
    usual = plain_json(value)
    if multiply_out(usual) == value:
        return usual
    exponent = int(f"{value:e}".partition("e")[2])
    for shift, zeros in product((*SHIFTS, *(shift - exponent for shift in SHIFTS)), TRAILING_ZEROS):
        text = f"{shift_point(usual, shift)}{'0' * zeros}" + (f"e{-shift}" if shift else "")
        if float(text) == value and multiply_out(text) == value:
            return text
    raise ValueError(f"{usual} has no spelling that every reader gets right")


def shift_point(usual: str, places: int) -> str:
    """The number's digits with the point moved right by so many places (left if negative), at least one after it."""
    sign = "-" if usual.startswith("-") else ""
    mantissa, _, exponent = usual.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + places + int(exponent or 0)
    digits = whole + fraction
    if point <= 0:
        digits, point = "0" * (1 - point) + digits, 1
    digits = digits.ljust(point + 1, "0")
    return f"{sign}{digits[:point].lstrip('0') or '0'}.{digits[point:]}"


def multiply_out(text: str) -> float:
    """The number as the multiplying parser gets it: whole + fraction * 10 ** -digits, all times 10 ** exponent."""
    sign = -1.0 if text.startswith("-") else 1.0
    mantissa, _, exponent = text.lstrip("-").partition("e")
    whole, _, fraction = mantissa.partition(".")
    if len(fraction) > MOST_DIGITS or len(whole) > MOST_DIGITS:
        return float("nan")
    value = float(int(whole)) + float(int(fraction or "0")) * float(f"1e-{len(fraction)}")
    return sign * (value * 10.0 ** int(exponent) if exponent else value)
