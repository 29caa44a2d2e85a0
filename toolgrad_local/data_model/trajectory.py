"""The record of one sample: what was kept, how it came about, and what is wrong with it."""

from typing import Literal

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.stages import Ask, Proposal, Report, Selection
from toolgrad_local.data_model.workflow import Workflow

StepOutcome = Literal["accepted", "no_proposal", "no_success", "not_selected", "no_selection", "chain_limit"]
"""no_proposal: the proposer's reply did not fit, or named no tool that can be called yet; no_success: no
report succeeded; not_selected: the selector said none; no_selection: its reply did not fit; chain_limit:
it needed one chain too many."""

InverseOutcome = Literal["written", "failed", "skipped"]
Rejection = Literal["no_accepted_call", "no_query"]


class Step(Data):
    """One iteration of the loop."""

    index: int
    pool: int
    """Number of the pool in the run's epoch."""
    reason: str | None
    """What the proposer said it is after."""
    proposals: tuple[Proposal, ...]
    reports: tuple[Report, ...]
    selection: Selection | None
    outcome: StepOutcome
    inverse: InverseOutcome
    asks: tuple[Ask, ...]


class Trajectory(Data):
    """A sample: a query, the workflow that answers it, and the response."""

    sample: int
    world_seed: int
    query: str | None
    response: str | None
    workflow: Workflow
    rejected: Rejection | None
    """None for an accepted sample (the paper's meaning of pass: a kept call and a query)."""
    grounded: bool
    """Ours: accepted, and every argument leaf has a source that is known."""
    teacher: str
    steps: tuple[Step, ...]
