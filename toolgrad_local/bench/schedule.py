"""Against the reference's schedule: two samples at a time, within each one request after another, executors apart."""

import asyncio
import tempfile
from collections import defaultdict
from pathlib import Path

from toolgrad_local.bench.phase import Phase, grow_samples, open_engine
from toolgrad_local.bench.plan import Plan, Tell, require_teacher
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.teacher import Teacher

REFERENCE_WIDTH = 2
REFERENCE_SHARE = 16
"""The reference grows one sample for so many of ours: it has no ramp-up to speak of, and takes as long for them."""
FEWEST_SAMPLES = 4
"""That the reference grows."""


class WaitingTeacher:
    """Asks for one reply of a sample after another, but for the executors': the reference's schedule."""

    def __init__(self, inner: Teacher) -> None:
        self.inner, self.name = inner, inner.name
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply."""
        if request.key.stage == "execute":
            return await self.inner.ask(request)
        async with self._turns[request.key.sample]:
            return await self.inner.ask(request)


def measure_schedule(plan: Plan, tell: Tell) -> dict[str, tuple[float, ...]]:
    """Both schedules at the same settings, in turn; which one comes first alternates."""
    few = count_reference_samples(plan)
    ours: list[float] = []
    reference: list[float] = []
    for repeat in range(plan.repeat):
        phases = [(ours, plan.samples, plan.width, True), (reference, few, REFERENCE_WIDTH, False)]
        for rates, samples, width, primed in phases if repeat % 2 == 0 else reversed(phases):
            pace = f"{width} at a time" if width else "as many at a time as fit"
            tell(f"schedule, repeat {repeat + 1} of {plan.repeat}: {samples} samples, {pace}")
            phase = asyncio.run(measure_rate(plan, repeat, samples, width, tell, primed=primed))
            rates.append(60 * samples / phase.seconds)
            tell(f"  {rates[-1]:.2f} samples a minute, {describe_phase(phase, samples)}")
    return {
        "speedup_over_reference_schedule": tuple(a / b for a, b in zip(ours, reference, strict=True)),
        "samples_a_minute": tuple(ours),
        "reference_samples_a_minute": tuple(reference),
    }


def describe_phase(phase: Phase, samples: int) -> str:
    """What the pace was bought with: a schedule that released fewer samples would be none the better."""
    released = phase.summary.funnel.released if phase.summary else 0
    return (
        f"{released} released, {phase.requests / samples:.1f} requests a sample, "
        f"{phase.cached_share:.0%} of the prompts cached, {phase.seconds:.0f} s"
    )


def count_reference_samples(plan: Plan) -> int:
    """An even number, so that both places are taken to the end."""
    return max(FEWEST_SAMPLES, plan.samples // REFERENCE_SHARE // REFERENCE_WIDTH * REFERENCE_WIDTH)


async def measure_rate(plan: Plan, repeat: int, samples: int, width: int | None, tell: Tell, *, primed: bool) -> Phase:
    """Grow so many samples; the reference (not `primed`) has no long text read once, and does one thing at a time.

    A run of fewer samples is dealt fewer pools, so that each is read for as many steps in both.
    """
    profile, weights = require_teacher(plan)
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as name:
        folder = Path(name)
        async with open_engine(profile, weights, folder, tell, primed=primed) as teacher:
            config = plan.make_config(repeat, samples)
            asked = teacher if primed else WaitingTeacher(teacher)
            return await grow_samples(asked, config, profile, load_catalog(), folder, width)
