"""A tool call and what came of it."""

from typing import Any

from toolgrad_local.data_model.base import Data


class ToolCall(Data):
    """A tool's name and the arguments as JSON values."""

    tool: str
    arguments: dict[str, Any]


class ToolResult(Data):
    """The outcome of executing a call: `value` if `ok`, else an error kind and a message."""

    ok: bool
    error: str | None = None
    """One of the kinds of CATALOG: invalid_argument, not_found, conflict, ...; unknown_tool; one of `TOOL_FAULTS`."""
    message: str | None = None
    value: Any = None
    """JSON value with floats rounded to 10 significant digits; None unless ok."""
