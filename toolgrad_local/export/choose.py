"""Which samples of a run go into a data set."""

from collections.abc import Sequence

from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.format import Format
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.seeding import shuffle


def choose_samples(
    released: Sequence[Trajectory], form: Format, options: ExportOptions
) -> tuple[tuple[Trajectory, ...], dict[str, int]]:
    """The samples, by number, and how many were left out for what reason. Raises ConfigError if none is left."""
    fitting = list(released)
    left_out: dict[str, int] = {}
    if form.scope == "single_turn" or options.single_turn:
        fitting = [t for t in fitting if is_single_turn(t)]
        left_out["not_single_turn"] = len(released) - len(fitting)
    if form.scope == "thoughts":
        before = len(fitting)
        fitting = [t for t in fitting if t.thoughts is not None]
        left_out["no_thoughts"] = before - len(fitting)
    if not fitting:
        raise ConfigError(f"no released sample of the run fits --format {options.format}: {describe(left_out)}")
    if options.limit is not None and options.limit < len(fitting):
        left_out["over_limit"] = len(fitting) - options.limit
        fitting = shuffle(fitting, "limit", options.seed)[: options.limit]
    return tuple(sorted(fitting, key=sample_of)), {reason: count for reason, count in left_out.items() if count}


def is_single_turn(trajectory: Trajectory) -> bool:
    """True if no call has to wait for a result."""
    return not any(edge.needed for link in trajectory.workflow.links for edge in link.edges)


def sample_of(trajectory: Trajectory) -> int:
    """Its number."""
    return trajectory.sample


def describe(left_out: dict[str, int]) -> str:
    """`3 not_single_turn`, or that there is none."""
    return ", ".join(f"{count} {reason}" for reason, count in left_out.items()) or "it released none"
