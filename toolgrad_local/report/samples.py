"""The samples as the page reads them: a small index that is read at once, and whole samples in blocks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from toolgrad_local.data_model.audit import PART_OF, FindingKind
from toolgrad_local.data_model.trajectory import Rejection, Trajectory
from toolgrad_local.pages.pack import to_json

BLOCK_SAMPLES = 200
BLOCK_BYTES = 4_000_000
"""A block is closed at whichever comes first, so that opening one takes a moment at most."""
LEFT_OUT: Any = {
    "closing": True,
    "steps": {"__all__": {"asks": True, "reports": {"__all__": {"attempts": True, "proposal": True}}}},
}
"""Fields that the page does not show: requests, and the results of calls that were not kept."""


def index_samples(trajectories: Sequence[Trajectory], domains: Mapping[str, str], starts: Sequence[int]) -> Any:
    """One list a field; tools, rejections and finding kinds by their number in a table.

    `domains` gives a tool's domain, `starts` the position of each block's first sample.
    """
    names = sorted({link.call.tool for t in trajectories for link in t.workflow.links})
    tools = {name: number for number, name in enumerate(names)}
    kinds = {kind: number for number, kind in enumerate(get_args(FindingKind))}
    reasons: dict[str | None, int] = {reason: number for number, reason in enumerate((None, *get_args(Rejection)))}
    return {
        "tools": names,
        "domains": [domains.get(name, "") for name in names],
        "kinds": list(kinds),
        "parts": [PART_OF[kind] for kind in kinds],
        "reasons": list(reasons),
        "starts": list(starts),
        "sample": [t.sample for t in trajectories],
        "reason": [reasons[t.rejected] for t in trajectories],
        "query": [t.query for t in trajectories],
        "response": [t.response for t in trajectories],
        "calls": [[tools[link.call.tool] for link in t.workflow.links] for t in trajectories],
        "turns": [len(t.turns) for t in trajectories],
        "findings": [sorted({kinds[finding.kind] for finding in list_findings(t)}) for t in trajectories],
        "agrees": [None if t.round_trip is None else t.round_trip.agrees for t in trajectories],
    }


def list_findings(trajectory: Trajectory) -> Sequence[Any]:
    """What the audit found; nothing if there was none."""
    return trajectory.audit.findings if trajectory.audit else ()


def cut_blocks(trajectories: Sequence[Trajectory]) -> Iterator[tuple[int, bytes]]:
    """Position of the first sample, and a JSON array of samples; the last may be short."""
    start, size = 0, 0
    held: list[bytes] = []
    for position, trajectory in enumerate(trajectories):
        text = to_json(trajectory.model_dump(mode="json", exclude=LEFT_OUT))
        if held and (len(held) == BLOCK_SAMPLES or size + len(text) > BLOCK_BYTES):
            yield start, b"[" + b",".join(held) + b"]"
            start, held, size = position, [], 0
        held.append(text)
        size += len(text)
    yield start, b"[" + b",".join(held) + b"]"
