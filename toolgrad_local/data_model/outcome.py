"""What came of calling a user's tool in a process of its own, and who remembers it."""

from typing import Any, Protocol

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.call import ToolResult

TIMEOUT, CRASHED, OVERSIZED = "tool_timeout", "tool_crashed", "tool_oversized"
TOOL_FAULTS = frozenset({TIMEOUT, CRASHED, OVERSIZED})
"""Kinds of failure of a result that are the tool's own fault: no answer in time; an exception that no tool may raise,
or the end of its process; a result or a memory beyond all bounds."""


class Outcome(Data):
    """A result; and the world after it, if the call changed that."""

    ok: bool
    error: str | None = None
    message: str | None = None
    value: Any = None
    writes: int | None = None
    """How many rows were written and ids issued in the world in all; None if the call changed nothing."""
    state: str | None = None
    """Hash of the world's state; None if the call changed nothing."""

    @property
    def result(self) -> ToolResult:
        """Without the world."""
        return ToolResult(ok=self.ok, error=self.error, message=self.message, value=self.value)


class OutcomeStore(Protocol):
    """Remembers outcomes. A call that is there is not made again: a run that is resumed or replayed does not depend on
    the speed of a machine."""

    def outcome(self, key: str) -> str | None:
        """The outcome's JSON, None for a call that was never made."""
        ...

    def add_outcome(self, key: str, outcome: str) -> None:
        """Remember it."""
        ...
