"""What a baseline made of a query, and the records of how."""

from dataclasses import dataclass

from toolgrad_local.baselines.path import CHOSEN, Path
from toolgrad_local.data_model.stages import Report
from toolgrad_local.data_model.trajectory import Step, StepOutcome
from toolgrad_local.loop.context import StepContext


@dataclass(frozen=True)
class Annotation:
    """Where an annotator came to."""

    path: Path
    finished: bool
    """It said that it was done, within its bounds."""
    steps: tuple[Step, ...]


def record_step(
    context: StepContext, pool: int, outcome: StepOutcome, thought: str | None = None, *reports: Report
) -> Step:
    """The record of one reply, and the run's progress."""
    step = Step(
        index=context.step,
        pool=pool,
        reason=thought,
        proposals=tuple(report.proposal for report in reports),
        reports=reports,
        selection=CHOSEN if outcome == "accepted" and len(reports) == 1 else None,
        outcome=outcome,
        inverse="skipped",
        asks=context.sorted_asks(),
    )
    context.setting.on_step(step)
    return step


def outcome_of(*reports: Report) -> StepOutcome:
    """`accepted` if one of the calls was kept."""
    return "accepted" if any(report.outcome == "succeeded" for report in reports) else "no_success"
