"""A request to the teacher and its reply."""

import hashlib
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from mock_apis.core import canonical_json
from toolgrad_local.data_model.base import Data

Stage = Literal[
    "propose", "execute", "select", "pose", "standard", "react", "dfs", "inverse_predict", "respond", "solve", "fill",
    "think", "omit", "probe", "evaluate", "judge",
]  # fmt: skip
STAGES: tuple[Stage, ...] = (
    "propose", "execute", "select", "pose", "standard", "react", "dfs", "inverse_predict", "respond", "solve", "fill",
    "think", "omit",
)  # fmt: skip
"""In the order of a sample. A baseline poses its query and then annotates it with standard, react or dfs.
inverse_predict writes the query, respond the response; solve and fill are the round trip's choice of a tool and its
arguments; think writes the thoughts, omit the query without one value."""


class Message(Data):
    """One chat message."""

    role: Literal["system", "user", "assistant"]
    content: str


class Sampling(Data):
    """How the engine draws tokens."""

    temperature: float = 0.7
    top_p: float = 1.0
    min_p: float = Field(default=0.0, exclude_if=lambda share: not share)
    """Leave out tokens less likely than this share of the likeliest one (Nguyen et al., arXiv 2407.01082). vLLM's CPU
    engine sorts the whole vocabulary for top_p, in every step and for all requests; it does not for this. 0 is not
    written, so that requests from before it was there keep their digests."""
    max_tokens: int = 256
    """A reply that needs more is cut off, which is a failure of that call."""


class RequestKey(Data):
    """Names a request within a run: the journal's primary key."""

    sample: int
    step: int
    stage: Stage
    slot: int = 0
    """Which of the parallel requests of a stage: the proposal's index in execute, else 0."""
    attempt: int = 0


class Request(Data):
    """Everything that decides a reply."""

    key: RequestKey
    messages: tuple[Message, ...]
    json_schema: dict[str, Any]
    sampling: Sampling
    seed: int

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that decides the reply: of everything but the key."""
        return hashlib.sha256(canonical_json(self.model_dump(mode="json", exclude={"key"})).encode()).hexdigest()


class Usage(Data):
    """Tokens of one exchange."""

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    """Prompt tokens that the engine's prefix cache served."""


class Reply(Data):
    """What came back, before it is judged."""

    text: str
    finish_reason: str
    """stop, length (cut off) or error (the engine gave up on the constraint)."""
    usage: Usage
    thoughts: str | None = None
    """A reasoning teacher's thoughts, kept apart from the constrained text."""
