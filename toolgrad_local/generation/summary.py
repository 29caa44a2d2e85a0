"""What came of a run, in figures."""

from collections import Counter
from collections.abc import Iterable

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.generation.funnel import Funnel, count_funnel
from toolgrad_local.generation.outputs import judge_all
from toolgrad_local.journal.store import Journal


class StageUsage(Data):
    """What one stage asked of the teacher."""

    calls: int
    prompt_tokens: int
    cached_tokens: int
    generated_tokens: int
    seconds: float
    """Sum over requests that ran side by side."""


class Summary(Data):
    """Figures over all samples of a run that are done."""

    funnel: Funnel
    with_edge: int
    """Released samples in which a result really flows into a later call."""
    tools_a_sample: float
    """Kept calls of a sample that has a query, on average: the paper's figure."""
    tools_a_released_sample: float
    steps: int
    steps_accepted: int
    teacher_calls_a_sample: float
    prompt_tokens_a_sample: float
    generated_tokens_a_sample: float
    tool_calls_a_sample: float
    cached_share: float
    """Share of prompt tokens that the engine's prefix cache served."""
    stages: dict[str, StageUsage]
    failures: dict[str, int]
    """Rejected samples, findings of the audit, steps without an accepted call, unfit replies and failed tool calls, by
    kind."""


def summarise(journal: Journal) -> Summary:
    """The figures of the samples that are finished."""
    trajectories = judge_all(journal)
    stages = sum_usage(journal)
    accepted = [t for t in trajectories if t.accepted]
    released = [t for t in trajectories if t.rejected is None]
    steps = [step for t in trajectories for step in t.steps]
    prompt = sum(stage.prompt_tokens for stage in stages.values())
    count = max(1, len(trajectories))
    return Summary(
        funnel=count_funnel(trajectories),
        with_edge=sum(any(link.edges for link in t.workflow.links) for t in released),
        tools_a_sample=sum(len(t.workflow.links) for t in accepted) / max(1, len(accepted)),
        tools_a_released_sample=sum(len(t.workflow.links) for t in released) / max(1, len(released)),
        steps=len(steps),
        steps_accepted=sum(step.outcome == "accepted" for step in steps),
        teacher_calls_a_sample=sum(stage.calls for stage in stages.values()) / count,
        prompt_tokens_a_sample=prompt / count,
        generated_tokens_a_sample=sum(stage.generated_tokens for stage in stages.values()) / count,
        tool_calls_a_sample=journal.count_calls() / count,
        cached_share=sum(stage.cached_tokens for stage in stages.values()) / max(1, prompt),
        stages=stages,
        failures=dict(sorted(count_failures(trajectories).items())),
    )


def sum_usage(journal: Journal) -> dict[str, StageUsage]:
    """Usage by stage over everything in the journal."""
    totals: dict[str, list[float]] = {}
    for stage, reply, seconds in journal.replies():
        usage = reply.usage
        row = (1, usage.prompt_tokens, usage.cached_tokens, usage.completion_tokens, seconds)
        totals[stage] = [a + b for a, b in zip(totals.get(stage, [0.0] * 5), row, strict=True)]
    return {
        stage: StageUsage(
            calls=int(row[0]),
            prompt_tokens=int(row[1]),
            cached_tokens=int(row[2]),
            generated_tokens=int(row[3]),
            seconds=round(row[4], 3),
        )
        for stage, row in totals.items()
    }


def count_failures(trajectories: Iterable[Trajectory]) -> Counter[str]:
    """Failures by kind."""
    counts: Counter[str] = Counter()
    for trajectory in trajectories:
        if trajectory.rejected:
            counts[f"sample {trajectory.rejected}"] += 1
        if trajectory.audit is not None:
            counts.update(f"audit {finding.kind}" for finding in trajectory.audit.findings)
        counts.update(f"step {step.outcome}" for step in trajectory.steps if step.outcome != "accepted")
        asks = (*(ask for step in trajectory.steps for ask in step.asks), *trajectory.closing)
        counts.update(f"reply {ask.failure}" for ask in asks if ask.failure)
        counts.update(
            f"call {attempt.result.error}"
            for step in trajectory.steps
            for report in step.reports
            for attempt in report.attempts
            if attempt.result.error
        )
    return counts
