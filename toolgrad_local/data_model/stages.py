"""What the stages of one step decided."""

from typing import Literal

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.call import ToolCall, ToolResult

ReportOutcome = Literal["succeeded", "failed", "repeated", "no_reply"]
"""failed: every attempt gave a tool error; repeated: the same call is in the workflow; no_reply: the
teacher's reply was cut off or did not fit."""


class Proposal(Data):
    """A tool, and what whoever executes it is told to do."""

    tool: str
    instruction: str


class Attempt(Data):
    """One execution of a call."""

    call: ToolCall
    result: ToolResult


class Report(Data):
    """What executing one proposal gave."""

    proposal: Proposal
    attempts: tuple[Attempt, ...]
    outcome: ReportOutcome

    @property
    def kept(self) -> Attempt:
        """The attempt that succeeded: the last one. Only for a report that succeeded."""
        return self.attempts[-1]


class Selection(Data):
    """The selector's choice (the textual gradient)."""

    reason: str
    report: int | None
    """Index of the chosen report, None for none."""
    chain: int | None
    """Index of the chain that the selector wants it to continue, None for a new one."""


class Ask(Data):
    """A trace of one request to the teacher; its reply is in the journal under the same key."""

    stage: str
    slot: int
    attempt: int
    request_digest: str
    prompt_tokens: int
    completion_tokens: int
    failure: str | None = None
    """Kind of ReplyError, None for a reply that fits."""
