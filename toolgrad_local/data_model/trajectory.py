"""The record of one sample: what was kept, how it came about, and what is wrong with it."""

from typing import Literal

from toolgrad_local.data_model.audit import Audit, Omission, RoundTrip
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.stages import Ask, Proposal, Report, Selection
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.workflow import Workflow

StepOutcome = Literal[
    "accepted", "no_proposal", "no_success", "not_selected", "no_selection", "chain_limit", "finished", "gave_up",
    "abandoned", "no_reply",
]  # fmt: skip
"""no_proposal: the proposer's reply did not fit, or named no tool that can be called yet; no_success: no
report succeeded; not_selected: the selector said none; no_selection: its reply did not fit; chain_limit:
it needed one chain too many. Of a baseline alone: finished: it said that every part is served; gave_up: it said that
the branch leads nowhere; abandoned: the call succeeded, on a branch that was left; no_reply: the reply did not fit."""

InverseOutcome = Literal["written", "failed", "skipped"]
Rejection = Literal[
    "no_accepted_call", "no_query", "unfinished", "ungrounded", "query", "response", "round_trip", "duplicate"
]
"""unfinished: a baseline's calls came to no final answer; ungrounded, query, response: what the audit of the last draft
found; duplicate: an earlier sample of the run asks nearly the same."""


class Step(Data):
    """One iteration of the loop, or one reply of a baseline's annotator."""

    index: int
    pool: int
    """Number of the pool in the run's epoch."""
    reason: str | None
    """What the proposer said it is after; an annotator's thought."""
    proposals: tuple[Proposal, ...]
    reports: tuple[Report, ...]
    selection: Selection | None
    outcome: StepOutcome
    inverse: InverseOutcome
    asks: tuple[Ask, ...]

    @property
    def failed(self) -> bool:
        """True if it brought the sample no further: it was no call that was kept, and no end."""
        return self.outcome not in ("accepted", "finished")


class Trajectory(Data):
    """A sample: a query, the workflow that answers it, and the response."""

    sample: int
    world_seed: int
    query: str | None
    response: str | None
    workflow: Workflow
    turns: tuple[tuple[int, ...], ...]
    """Link indices of each turn: the calls of one turn do not depend on one another."""
    thoughts: tuple[str, ...] | None
    """One before each turn and one before the response; None if none that pass the audit could be written."""
    rejected: Rejection | None
    """None for a released sample."""
    audit: Audit | None
    """None without a query."""
    round_trip: RoundTrip | None
    """None if it was not tried: it is for samples that pass the audit."""
    omission: Omission | None
    """None if there is no value that can be left out, or it could not be written out of the query."""
    style: Style
    teacher: str
    steps: tuple[Step, ...]
    closing: tuple[Ask, ...]
    """What was asked after the last step."""

    @property
    def accepted(self) -> bool:
        """The paper's meaning of pass: a kept call, a query and an answer. Of a baseline a query alone is no pass."""
        return self.response is not None

    @property
    def grounded(self) -> bool:
        """True if every argument leaf has a source that is known."""
        return self.audit is not None and self.audit.passes("grounded")
