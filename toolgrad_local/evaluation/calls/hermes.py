"""`<tool_call>{"name": …, "arguments": {…}}</tool_call>`: Hermes, Qwen, SmolLM and others."""

import re

from toolgrad_local.evaluation.calls.pieces import Pieces, read_json

CALL = re.compile(r"<tool_call>(.*?)(?:</tool_call>|(?=<tool_call>)|\Z)", re.DOTALL)


def read_hermes(text: str) -> Pieces:
    """A value for each opening tag."""
    values = tuple(read_json(match[1]) for match in CALL.finditer(text))
    return Pieces(values, CALL.sub("", text).replace("</tool_call>", "").strip())


def write_hermes(calls: str) -> str:
    """One call's JSON between its tags."""
    return f"<tool_call>\n{calls}\n</tool_call>"
