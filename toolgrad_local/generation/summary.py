"""What came of a run, in figures."""

from collections import Counter

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.generation.faults import count_faults, group_faults
from toolgrad_local.generation.funnel import Funnel, add_to_funnel, make_funnel
from toolgrad_local.generation.outputs import read_judged
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
    tools_at_fault: dict[str, dict[str, int]]
    """Tools of a user's package that hung, died or gave too much, with how often, by kind."""


def summarise(journal: Journal) -> Summary:
    """The figures of the samples that are finished; one is looked at at a time."""
    funnel: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    faults: Counter[tuple[str, str]] = Counter()
    for trajectory in read_judged(journal):
        add_to_funnel(funnel, trajectory)
        failures.update(count_failures(trajectory))
        totals.update(count_growth(trajectory))
        faults.update(count_faults(trajectory))
    stages = sum_usage(journal)
    prompt = sum(stage.prompt_tokens for stage in stages.values())
    count = max(1, funnel["started"])
    return Summary(
        funnel=make_funnel(funnel),
        with_edge=totals["with_edge"],
        tools_a_sample=totals["tools"] / max(1, funnel["grown"]),
        tools_a_released_sample=totals["released_tools"] / max(1, funnel["released"]),
        steps=totals["steps"],
        steps_accepted=totals["steps_accepted"],
        teacher_calls_a_sample=sum(stage.calls for stage in stages.values()) / count,
        prompt_tokens_a_sample=prompt / count,
        generated_tokens_a_sample=sum(stage.generated_tokens for stage in stages.values()) / count,
        tool_calls_a_sample=journal.count_calls() / count,
        cached_share=sum(stage.cached_tokens for stage in stages.values()) / max(1, prompt),
        stages=stages,
        failures=dict(sorted(failures.items())),
        tools_at_fault=group_faults(faults),
    )


def count_growth(trajectory: Trajectory) -> Counter[str]:
    """Steps and kept calls of one sample."""
    links = trajectory.workflow.links
    counts = Counter(steps=len(trajectory.steps))
    counts["steps_accepted"] = sum(step.outcome == "accepted" for step in trajectory.steps)
    counts["tools"] = len(links) if trajectory.accepted else 0
    if trajectory.rejected is None:
        counts["released_tools"] = len(links)
        counts["with_edge"] = any(link.edges for link in links)
    return counts


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


def count_failures(trajectory: Trajectory) -> Counter[str]:
    """Failures of one sample by kind."""
    counts: Counter[str] = Counter()
    if trajectory.rejected:
        counts[f"sample {trajectory.rejected}"] += 1
    if trajectory.audit is not None:
        counts.update(f"audit {finding.kind}" for finding in trajectory.audit.findings)
    counts.update(f"step {step.outcome}" for step in trajectory.steps if step.failed)
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
