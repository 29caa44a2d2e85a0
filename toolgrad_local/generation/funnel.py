"""How many samples of a run came how far."""

from collections import Counter
from collections.abc import Iterable

from toolgrad_local.data_model.audit import AuditPart
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory

PARTS: tuple[tuple[AuditPart, str], ...] = (
    ("grounded", "grounded"),
    ("query", "query_ok"),
    ("response", "response_ok"),
)
"""The audit's parts in their order, and what counts the samples that passed so far."""


class Funnel(Data):
    """Counts of samples; each includes only samples that the counts before it include, but for `round_trip_ok`."""

    started: int
    grown: int
    """With at least one kept call and a query: the paper's meaning of pass."""
    grounded: int
    """Every argument of every call has a source."""
    query_ok: int
    response_ok: int
    round_trip_ok: int
    """Of `response_ok`: a solver that knew only the query made the same calls. Required only if the run says so."""
    unique: int
    """Of `response_ok`: asks nothing that an earlier sample asks."""
    released: int
    """In workflows.jsonl."""
    grounded_share_of_released: float
    pass_rate_paper: float
    """grown / started"""
    pass_rate_strict: float
    """released / started"""


def count_funnel(trajectories: Iterable[Trajectory]) -> Funnel:
    """The funnel of a run's samples, with the verdicts that they carry."""
    counts: Counter[str] = Counter()
    for trajectory in trajectories:
        add_to_funnel(counts, trajectory)
    return make_funnel(counts)


def add_to_funnel(counts: Counter[str], trajectory: Trajectory) -> None:
    """Count one more sample."""
    counts["started"] += 1
    if trajectory.rejected is None:
        counts["released"] += 1
        counts["released_grounded"] += trajectory.grounded
    counts["grown"] += trajectory.accepted
    for part, name in PARTS:
        if not (trajectory.accepted and passes(trajectory, part)):
            return
        counts[name] += 1
    counts["round_trip_ok"] += trajectory.round_trip is not None and trajectory.round_trip.agrees
    counts["unique"] += trajectory.rejected != "duplicate"


def make_funnel(counts: Counter[str]) -> Funnel:
    """The funnel of the samples that were counted."""
    started = max(1, counts["started"])
    return Funnel(
        started=counts["started"],
        grown=counts["grown"],
        grounded=counts["grounded"],
        query_ok=counts["query_ok"],
        response_ok=counts["response_ok"],
        round_trip_ok=counts["round_trip_ok"],
        unique=counts["unique"],
        released=counts["released"],
        grounded_share_of_released=counts["released_grounded"] / max(1, counts["released"]),
        pass_rate_paper=counts["grown"] / started,
        pass_rate_strict=counts["released"] / started,
    )


def passes(trajectory: Trajectory, part: AuditPart) -> bool:
    """True if the sample was audited and that part of it found nothing."""
    return trajectory.audit is not None and trajectory.audit.passes(part)
