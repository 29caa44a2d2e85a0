"""Against the ideal: the loop's wall time over that of the very same requests without their dependencies."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from toolgrad_local.bench.flight import Span, mean_in_flight, share_below
from toolgrad_local.bench.phase import Phase, count_outstanding, grow_samples, open_engine, send_all
from toolgrad_local.bench.plan import Plan, Tell, require_teacher
from toolgrad_local.bench.recording import RecordingTeacher
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.data_model.exchange import Request
from toolgrad_local.teacher.priming import LONG_TEXT


@dataclass(frozen=True)
class Pair:
    """Loop and ideal of one seed."""

    loop: Phase
    ideal: Phase
    spans: list[Span]
    """Of the loop's requests."""
    together: int
    """Requests that the engine decodes together."""

    @property
    def ratio(self) -> float:
        """Of the wall times."""
        return self.loop.seconds / self.ideal.seconds

    @property
    def ratio_per_token(self) -> float:
        """Of the times a generated token: the two sample at other batch sizes, so that lengths differ a little."""
        return self.ratio * max(1, self.ideal.generated_tokens) / max(1, self.loop.generated_tokens)


def measure_ideal(plan: Plan, tell: Tell) -> dict[str, tuple[float, ...]]:
    """The loop first, since the ideal needs its requests; each repeat has another seed."""
    pairs = [asyncio.run(measure_pair(plan, repeat, tell)) for repeat in range(plan.repeat)]
    return {
        "loop_over_ideal": tuple(pair.ratio for pair in pairs),
        "loop_over_ideal_per_token": tuple(pair.ratio_per_token for pair in pairs),
        "loop_seconds": tuple(pair.loop.seconds for pair in pairs),
        "ideal_seconds": tuple(pair.ideal.seconds for pair in pairs),
        "loop_in_flight": tuple(mean_in_flight(pair.spans) for pair in pairs),
        "loop_below_width": tuple(share_below(pair.spans, pair.together) for pair in pairs),
        "loop_generated_tokens": tuple(float(pair.loop.generated_tokens) for pair in pairs),
        "ideal_generated_tokens": tuple(float(pair.ideal.generated_tokens) for pair in pairs),
        "loop_cached_share": tuple(pair.loop.cached_share for pair in pairs),
        "ideal_cached_share": tuple(pair.ideal.cached_share for pair in pairs),
    }


async def measure_pair(plan: Plan, repeat: int, tell: Tell) -> Pair:
    """Grow samples on one engine, then send what was asked to another one."""
    profile, weights = require_teacher(plan)
    config, catalog = plan.make_config(repeat), load_catalog()
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as name:
        folder = Path(name)
        tell(f"ideal, repeat {repeat + 1} of {plan.repeat}: the loop, {plan.samples} samples")
        async with open_engine(profile, weights, folder, tell, primed=True) as teacher:
            recorder = RecordingTeacher(teacher)
            loop = await grow_samples(recorder, config, profile, catalog, folder, plan.width, teacher)
        tell(f"  {loop.requests} requests in {loop.seconds:.1f} s; now the same ones without dependencies")
        async with open_engine(profile, weights, folder, tell, primed=False) as teacher:
            ideal = await send_all(teacher, order_for_cache(recorder.requests), count_outstanding(profile))
        tell(f"  {ideal.requests} requests in {ideal.seconds:.1f} s")
    return Pair(loop, ideal, recorder.spans, profile.serving.max_sequences)


def order_for_cache(requests: list[Request]) -> list[Request]:
    """The best case for a prefix cache: one request of each long text first, the others with like texts together."""
    first: dict[str, Request] = {}
    for request in requests:
        text = request.messages[0].content
        if len(text) >= LONG_TEXT:
            first.setdefault(text, request)
    primers = {id(request) for request in first.values()}
    others = sorted((request for request in requests if id(request) not in primers), key=texts_of)
    return [*first.values(), *others]


def texts_of(request: Request) -> tuple[bool, tuple[str, ...]]:
    """Sorts requests whose long text somebody else is reading to the end, and shared beginnings together."""
    return len(request.messages[0].content) >= LONG_TEXT, tuple(message.content for message in request.messages)
