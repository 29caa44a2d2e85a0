"""Everything that decides a data set, besides the assets whose digests the manifest keeps."""

from typing import Literal, get_args

from pydantic import Field

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.style import StyleLists


class LoopSettings(Data):
    """The numbers of the method (METHOD: 50 tools, 10 iterations, 3 proposals, 3 attempts, 10 chains)."""

    iterations: int = Field(default=10, ge=1, le=100)
    pool_size: int = Field(default=50, ge=2, le=99)
    coverage: Literal["dealt", "uniform"] = "dealt"
    """dealt: pools hold each tool equally often and keep their text; uniform: every step draws its own tools from the
    whole catalog (the paper's), which no prefix cache can serve. For ablations."""
    far_share: float = Field(default=0.3, ge=0, le=0.5)
    """Share of a pool's tools that come from domains which have little to do with the others."""
    pools: int | None = Field(default=None, ge=1)
    """Pools dealt at most; None: as many as the run offers often enough to pay for reading them. Set it to that number
    to extend a run: with more samples and `--reuse` the first ones stay as they are."""
    proposals: int = Field(default=3, ge=1, le=9)
    call_attempts: int = Field(default=3, ge=1, le=9)
    """Executions of one proposal, the failed ones included."""
    reply_attempts: int = Field(default=2, ge=1, le=9)
    """Requests for one reply, those cut off or unfit included."""
    max_chains: int = Field(default=10, ge=1, le=10)
    selector: Literal["teacher", "random", "first"] = "teacher"
    """random, first: a report that succeeded, drawn by the seed or the first one, without asking. For ablations."""
    inverse_predict: Literal["each", "final"] = "final"
    """final: once, after the last step; each: after every accepted step (the paper's), all but the last thrown away."""
    drafts: int = Field(default=4, ge=1, le=9)
    """Queries, and then responses, written for one workflow: the first, and those written anew with its faults."""
    round_trip: Literal["off", "record", "require"] = "record"
    """record: the teacher solves its own query, and the agreement is noted; require: it has to agree."""
    thoughts: bool = True
    """Write the thoughts of the reasoning-style view."""
    omissions: bool = True
    """Write each query without one value too, for negatives that lack a parameter."""
    result_tokens: int = Field(default=160, ge=40, le=4000)
    """Budget of one tool result in a prompt; the journal keeps the whole result."""


BaselineMethod = Literal["standard", "react", "dfs"]
BASELINE_METHODS: tuple[BaselineMethod, ...] = get_args(BaselineMethod)
MOST_ROUNDS = 10
"""A workflow has no more than 10 chains, and each call may begin one."""


class Baseline(Data):
    """A query-first method, and how far it may go for one sample."""

    method: BaselineMethod
    rounds: int = Field(default=MOST_ROUNDS, ge=2, le=MOST_ROUNDS)
    """Steps of one path at most, the failed ones and the last included; of standard: calls in its one reply."""
    steps: int = Field(default=60, ge=2, le=1000)
    """Steps in all branches of dfs together."""

    @property
    def most_requests(self) -> int:
        """For the query and its annotation, if every reply fits."""
        return 1 + {"standard": 1, "react": self.rounds, "dfs": self.steps}[self.method]


class RunConfig(Data):
    """What `generate` or `baseline` was asked for."""

    samples: int = Field(default=100, ge=1, le=10_000_000)
    seed: int = Field(default=0, ge=0, lt=2**31)
    teacher: str
    styles: StyleLists | None
    """What the queries' styles are drawn from; None for plain ones."""
    languages: tuple[str, ...] = Field(default=("English",), min_length=1)
    """Languages of the queries, drawn by the sample's seed."""
    loop: LoopSettings = LoopSettings()
    baseline: Baseline | None = None
    """None for ToolGrad."""

    @property
    def method(self) -> str:
        """`toolgrad`, or the baseline's."""
        return self.baseline.method if self.baseline else "toolgrad"

    @property
    def command(self) -> str:
        """What makes such a run: `generate` or `baseline react`."""
        return f"baseline {self.baseline.method}" if self.baseline else "generate"
