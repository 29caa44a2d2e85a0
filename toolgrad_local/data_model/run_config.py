"""Everything that decides a data set, besides the assets whose digests the manifest keeps."""

from typing import Literal

from pydantic import Field

from toolgrad_local.data_model.base import Data


class LoopSettings(Data):
    """The numbers of the method (METHOD: 50 tools, 10 iterations, 3 proposals, 3 attempts, 10 chains)."""

    iterations: int = Field(default=10, ge=1, le=100)
    pool_size: int = Field(default=50, ge=2, le=99)
    far_share: float = Field(default=0.3, ge=0, le=0.5)
    """Share of a pool's tools that come from domains which have little to do with the others."""
    proposals: int = Field(default=3, ge=1, le=9)
    call_attempts: int = Field(default=3, ge=1, le=9)
    """Executions of one proposal, the failed ones included."""
    reply_attempts: int = Field(default=2, ge=1, le=9)
    """Requests for one reply, those cut off or unfit included."""
    max_chains: int = Field(default=10, ge=1, le=10)
    inverse_predict: Literal["each", "final"] = "each"
    """each: after every accepted step (the paper's); final: once, after the last step (cheaper)."""
    query_drafts: int = Field(default=2, ge=1, le=9)
    """Queries written for one workflow, until one says every value that only the query can give."""
    result_tokens: int = Field(default=160, ge=40, le=4000)
    """Budget of one tool result in a prompt; the journal keeps the whole result."""


class RunConfig(Data):
    """What `generate` was asked for."""

    samples: int = Field(default=100, ge=1, le=10_000_000)
    seed: int = Field(default=0, ge=0, lt=2**31)
    teacher: str
    loop: LoopSettings = LoopSettings()
