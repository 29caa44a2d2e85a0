"""How many samples of a run came how far."""

from collections.abc import Sequence

from toolgrad_local.data_model.audit import AuditPart
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory


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


def count_funnel(trajectories: Sequence[Trajectory]) -> Funnel:
    """The funnel of a run's samples, with the verdicts that they carry."""
    grown = [t for t in trajectories if t.accepted]
    grounded = [t for t in grown if passes(t, "grounded")]
    query_ok = [t for t in grounded if passes(t, "query")]
    response_ok = [t for t in query_ok if passes(t, "response")]
    released = [t for t in trajectories if t.rejected is None]
    started = len(trajectories)
    return Funnel(
        started=started,
        grown=len(grown),
        grounded=len(grounded),
        query_ok=len(query_ok),
        response_ok=len(response_ok),
        round_trip_ok=sum(t.round_trip is not None and t.round_trip.agrees for t in response_ok),
        unique=sum(t.rejected != "duplicate" for t in response_ok),
        released=len(released),
        grounded_share_of_released=sum(t.grounded for t in released) / max(1, len(released)),
        pass_rate_paper=len(grown) / max(1, started),
        pass_rate_strict=len(released) / max(1, started),
    )


def passes(trajectory: Trajectory, part: AuditPart) -> bool:
    """True if the sample was audited and that part of it found nothing."""
    return trajectory.audit is not None and trajectory.audit.passes(part)
