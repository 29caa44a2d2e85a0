"""`[flights_search(origin="LHR", limit=3)]`: Llama 3.2 and 4, Gemma, and the prompts of the Berkeley leaderboard."""

import ast
import json
import re
from typing import Any

from toolgrad_local.evaluation.calls.pieces import BROKEN, Pieces, read_json

FENCE = re.compile(r"```(?:tool_code|python|py)?\n(.*?)(?:```|\Z)", re.DOTALL)
MARKS = ("<|python_start|>", "<|python_end|>", "<|eom_id|>", "<|eot_id|>")
CALL = re.compile(r"\[?\s*[A-Za-z_][\w.]*\(")
JSON_NAMES = {"true": True, "false": False, "null": None}


def read_pythonic(text: str) -> Pieces:
    """The calls of a reply that is a list of them or one, or of its first fence that is."""
    for mark in MARKS:
        text = text.replace(mark, "")
    text = text.strip()
    for match in FENCE.finditer(text):
        if CALL.match(match[1].strip()):
            return Pieces(read_calls(match[1].strip()), (text[: match.start()] + text[match.end() :]).strip())
    if text.startswith("[") and CALL.match(text):
        return Pieces(read_calls(text))
    values = read_calls(text) if CALL.match(text) else ()
    return Pieces(values) if values and BROKEN not in values else Pieces((), text)


def read_calls(text: str) -> tuple[Any, ...]:
    """`{"name", "arguments"}` for each call; BROKEN for what is no Python."""
    try:
        nodes = ast.parse(text).body
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return (BROKEN,)
    values: list[Any] = []
    for node in nodes:
        value = node.value if isinstance(node, ast.Expr) else None
        values += map(read_call, value.elts if isinstance(value, ast.List) else [value])
    return tuple(values)


def read_call(node: ast.expr | None) -> Any:
    """One call; a call whose arguments have no names has a list of them for arguments."""
    if not isinstance(node, ast.Call):
        return BROKEN
    try:
        arguments: Any = {word.arg: read_value(word.value) for word in node.keywords if word.arg is not None}
        if node.args:
            arguments = [*map(read_value, node.args), *arguments.values()]
        return read_json(json.dumps({"name": ast.unparse(node.func), "arguments": arguments}, allow_nan=False))
    except (ValueError, TypeError, RecursionError):
        return BROKEN


def read_value(node: ast.expr) -> Any:
    """A literal, JSON's names for true, false and null too. Raises ValueError for anything else."""
    if isinstance(node, ast.Name) and node.id in JSON_NAMES:
        return JSON_NAMES[node.id]
    if isinstance(node, ast.List | ast.Tuple):
        return [read_value(item) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {read_key(key): read_value(item) for key, item in zip(node.keys, node.values, strict=True)}
    return ast.literal_eval(node)


def read_key(node: ast.expr | None) -> str:
    """A key. Raises ValueError unless it is a text."""
    key = None if node is None else ast.literal_eval(node)
    if not isinstance(key, str):
        raise ValueError("a key is no text")
    return key
