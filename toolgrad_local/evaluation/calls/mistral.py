"""`[TOOL_CALLS][{"name": …, "arguments": {…}}]`, and the later `[TOOL_CALLS]name[ARGS]{…}`: Mistral."""

import re
from typing import Any

from toolgrad_local.evaluation.calls.pieces import BROKEN, Pieces, read_json, read_values

MARK = "[TOOL_CALLS]"
NAMED = re.compile(r"\s*([\w.-]+)\s*(?:\[CALL_ID\]\w*)?(?:\[ARGS\])?\s*(\{.*)", re.DOTALL)
END = "</s>"


def read_mistral(text: str) -> Pieces:
    """The values after each mark."""
    before, *parts = text.replace(END, "").split(MARK)
    values = tuple(value for part in parts for value in read_part(part))
    return Pieces(values, before.strip())


def read_part(text: str) -> tuple[Any, ...]:
    """The values between one mark and the next."""
    if text.strip().startswith(("[", "{")):
        return read_values(text)
    named = NAMED.fullmatch(text)
    return ({"name": named[1], "arguments": read_json(named[2])},) if named else (BROKEN,)
