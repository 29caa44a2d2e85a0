"""Counts what a run does while it does it."""

import time
from collections import Counter
from dataclasses import dataclass, field

from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.run_config import Baseline, LoopSettings
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.data_model.trajectory import Step

FEWEST_REPLIES = 8
FEWEST_SAMPLES = 4
"""Before as many an estimate of the time that is left would be wild."""
CLOSING_CALLS = 10
"""Teacher calls of a sample after its last step, about."""


@dataclass
class Meter:
    """Figures of this process; a resumed run starts at zero but for `samples_done`."""

    samples: int
    loop: LoopSettings
    baseline: Baseline | None = None
    samples_done: int = 0
    released: int = 0
    steps: int = 0
    asked: int = 0
    in_flight: int = 0
    width: int = 0
    """Samples in flight."""
    queue: int | None = None
    """Requests that wait for the engine; None where it does not say."""
    servers: int = 0
    servers_left: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    generated_tokens: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    notice: str = ""
    remarks: list[str] = field(default_factory=list)
    """What is to be said once, and to stay."""
    untold: list[str] = field(default_factory=list)
    """Notices of a new phase that nobody has printed yet."""
    started: float = field(default_factory=time.monotonic)
    first_asked: float | None = None
    resumed_with: int = 0
    """Samples that were done when this process began."""
    calls_of_done: int = 0
    """Teacher calls of the samples that this process has finished."""
    calls_of: Counter[int] = field(default_factory=Counter)
    """Teacher calls of each sample in flight."""

    def tell(self, notice: str) -> None:
        """Set what is going on now; what comes before its first comma names the phase."""
        if notice.split(",")[0] != self.notice.split(",")[0]:
            self.untold.append(notice)
        self.notice = notice

    def count_step(self, step: Step) -> None:
        """Add a step's outcome and failures."""
        self.steps += 1
        if step.failed:
            self.failures[step.outcome] += 1
        for ask in step.asks:
            if ask.failure:
                self.failures[f"reply {ask.failure}"] += 1
        for report in step.reports:
            for attempt in report.attempts:
                if attempt.result.error:
                    self.failures[f"call {attempt.result.error}"] += 1

    def count_sample(self, sample: int, released: bool) -> None:
        """Add a sample that is done."""
        self.samples_done += 1
        self.released += released
        self.calls_of_done += self.calls_of.pop(sample, 0)

    def count_reply(self, sample: int, reply: Reply) -> None:
        """Add a reply's tokens."""
        self.asked += 1
        self.calls_of[sample] += 1
        self.prompt_tokens += reply.usage.prompt_tokens
        self.cached_tokens += reply.usage.cached_tokens
        self.generated_tokens += reply.usage.completion_tokens

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def cached_share(self) -> float:
        """Share of prompt tokens that the prefix cache served."""
        return self.cached_tokens / self.prompt_tokens if self.prompt_tokens else 0.0

    @property
    def seconds_left(self) -> float | None:
        """At the pace of the teacher calls so far; None before there are a few: the first ones wait for the engine to
        compile schemas and to read the pools.

        Until a few samples are done, one is taken to need a proposer, a selector and its executors for each step, and
        some calls more for query, response and what follows.
        """
        if self.first_asked is None or self.asked < FEWEST_REPLIES:
            return None
        done = self.samples_done - self.resumed_with
        growing = self.baseline.most_requests if self.baseline else self.loop.iterations * (2.0 + self.loop.proposals)
        guess = growing + CLOSING_CALLS
        calls_a_sample = self.calls_of_done / done if done >= FEWEST_SAMPLES else guess
        left = max(float(self.in_flight), (self.samples - self.resumed_with) * calls_a_sample - self.asked)
        return (time.monotonic() - self.first_asked) * left / self.asked


class MeteredTeacher:
    """Counts the requests that really reach a teacher."""

    def __init__(self, inner: Teacher, meter: Meter) -> None:
        self.inner, self.meter, self.name = inner, meter, inner.name

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply, counted."""
        self.meter.in_flight += 1
        if self.meter.first_asked is None:
            self.meter.first_asked = time.monotonic()
        try:
            reply = await self.inner.ask(request)
        finally:
            self.meter.in_flight -= 1
        self.meter.count_reply(request.key.sample, reply)
        return reply
