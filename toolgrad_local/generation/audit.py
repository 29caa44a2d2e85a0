"""Audits the samples of a run again, with the audit that is installed now."""

from collections import Counter

from toolgrad_local.audit.provenance import settle
from toolgrad_local.audit.sample import audit_sample
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.audit import Audit
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.generation.funnel import Funnel, count_funnel
from toolgrad_local.generation.outputs import mark_duplicates
from toolgrad_local.loop.close import judge


class AuditReport(Data):
    """What auditing a run again gave."""

    funnel: Funnel
    rejected: dict[str, int]
    """Samples by the reason for which they are not released."""
    findings: dict[str, int]
    """By kind, over all samples."""
    changed: tuple[str, ...]
    """Samples whose verdict is not the recorded one: they were audited by another version."""
    trajectories: tuple[Trajectory, ...]
    """The samples with the audit of now."""


def audit_run(run: FinishedRun, catalog: Catalog) -> AuditReport:
    """Trace, audit and judge every sample anew; nothing is written."""
    required = run.manifest.config.loop.round_trip == "require"
    anew = mark_duplicates([audit_again(trajectory, catalog, required) for trajectory in run.trajectories])
    changed = [
        f"sample {new.sample} was {old.rejected or 'released'}, is {new.rejected or 'released'}"
        for old, new in zip(run.trajectories, anew, strict=True)
        if old.rejected != new.rejected
    ]
    return AuditReport(
        funnel=count_funnel(anew),
        rejected=dict(sorted(Counter(t.rejected for t in anew if t.rejected).items())),
        findings=dict(sorted(Counter(f.kind for t in anew if t.audit for f in t.audit.findings).items())),
        changed=tuple(changed),
        trajectories=tuple(anew),
    )


def audit_again(trajectory: Trajectory, catalog: Catalog, required: bool) -> Trajectory:
    """The sample with sources, findings and verdict of now; one without a query and an answer as it is."""
    if trajectory.query is None or not trajectory.accepted:
        return trajectory
    today = Session.fresh(catalog, trajectory.world_seed).world.today
    workflow = settle(trajectory.workflow, trajectory.query, today, trajectory.style.language)
    settled = trajectory.model_copy(update={"workflow": workflow})
    audit = audit_trajectory(settled, catalog)
    return settled.model_copy(update={"audit": audit, "rejected": judge(audit, trajectory.round_trip, required)})


def audit_trajectory(trajectory: Trajectory, catalog: Catalog) -> Audit:
    """The findings of a sample that has a query and a response, with the sources that it carries."""
    today = Session.fresh(catalog, trajectory.world_seed).world.today
    return audit_sample(
        trajectory.query or "",
        trajectory.response or "",
        trajectory.workflow,
        catalog.tools,
        today,
        trajectory.style.language,
    )
