"""One run, sample by sample: what each came to and what it cost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.generation.finished import FinishedRun
from toolgrad_local.journal.store import Journal


@dataclass(frozen=True)
class SampleFigures:
    """Numbers of one sample."""

    passed: bool
    """By the paper's meaning."""
    released: bool
    tools: int
    """Kept calls."""
    depth: int
    """Calls on the longest path of needed edges."""
    turns: int
    """In which its calls can be made; 0 where there is no answer."""
    has_edge: bool
    """A result gives an argument of a later call, whether or not the query says that too."""
    teacher_calls: int
    tool_calls: int
    """Executed, the failed ones and those of the round trip too."""
    prompt_tokens: int
    cached_tokens: int
    """Of the prompt tokens, those that the engine's prefix cache served."""
    generated_tokens: int
    seconds: float
    """Sum over requests, which wait for one another's tokens where many are in flight."""


def measure_samples(run: FinishedRun) -> tuple[SampleFigures, ...]:
    """Every sample of a run, by number. Raises JournalError if its journal is damaged."""
    journal = Journal(run.folder.journal, read_only=True)
    try:
        spent: dict[int, Counter[str]] = {trajectory.sample: Counter() for trajectory in run.trajectories}
        seconds: Counter[int] = Counter()
        for sample, usage, duration in journal.usages():
            spent[sample].update(teacher_calls=1, **usage.model_dump())
            seconds[sample] += duration  # type: ignore[assignment]
        return tuple(
            SampleFigures(
                passed=trajectory.accepted,
                released=trajectory.rejected is None,
                tools=len(trajectory.workflow.links),
                depth=measure_depth(trajectory.workflow),
                turns=len(trajectory.turns),
                has_edge=any(link.edges for link in trajectory.workflow.links),
                teacher_calls=spent[trajectory.sample]["teacher_calls"],
                tool_calls=len(journal.called(trajectory.sample)),
                prompt_tokens=spent[trajectory.sample]["prompt_tokens"],
                cached_tokens=spent[trajectory.sample]["cached_tokens"],
                generated_tokens=spent[trajectory.sample]["completion_tokens"],
                seconds=seconds[trajectory.sample],
            )
            for trajectory in run.trajectories
        )
    finally:
        journal.close()


def measure_depth(workflow: Workflow) -> int:
    """Calls on the longest path of needed edges; 0 without a call."""
    depths: list[int] = []
    for link in workflow.links:
        depths.append(1 + deepest(depths[edge.link] for edge in link.edges if edge.needed))
    return deepest(depths)


def deepest(depths: Iterable[int]) -> int:
    """The largest, 0 for none."""
    return max(depths, default=0)
