"""`{"name": …, "parameters": {…}}` with nothing around it, or in a fence: Llama 3, Gemma and others."""

import re

from toolgrad_local.evaluation.calls.pieces import BROKEN, Pieces, read_values

FENCE = re.compile(r"```[a-z_]*\n(.*?)(?:```|\Z)", re.DOTALL)
MARKS = ("<|python_tag|>", "<|eom_id|>", "<|eot_id|>")
KEY = '"name"'
"""What a text must hold to be taken for a call that went wrong."""


def read_bare(text: str) -> Pieces:
    """The values of a reply that starts with one, or of its fences."""
    for mark in MARKS:
        text = text.replace(mark, "")
    text = text.strip()
    if text.startswith(("{", "[")):
        return take_values(text)
    fences = [match[1].strip() for match in FENCE.finditer(text)]
    found = [read_values(inner) for inner in fences if inner.startswith(("{", "[")) and KEY in inner]
    values = tuple(value for part in found for value in part)
    return Pieces(values, FENCE.sub("", text).strip() if values else text)


def take_values(text: str) -> Pieces:
    """Values from the start on; what follows a sound one and is none itself stands beside it, unless it is a call."""
    values = read_values(text)
    if values[-1] is BROKEN and KEY not in text:
        return Pieces((), text)
    return Pieces(values)
