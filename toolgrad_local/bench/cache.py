"""The prefix cache: how much of the prompts it serves, beside an order of the texts that ignores it."""

import asyncio
import tempfile
from pathlib import Path

from toolgrad_local.bench.phase import Phase, grow_samples, open_engine
from toolgrad_local.bench.plan import Plan, Tell, require_teacher
from toolgrad_local.bench.recording import RecordingTeacher
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.data_model.exchange import Message, Reply, Request, RequestKey
from toolgrad_local.data_model.teacher import Teacher


class ShadowTeacher:
    """Sends each request with its texts the other way round, and answers with what the run was told before.

    So the loop asks the same, in the same order and at the same width; only the order of the texts differs.
    """

    def __init__(self, inner: Teacher, told: dict[RequestKey, Reply]) -> None:
        self.inner, self.told, self.name = inner, told, inner.name

    async def ask(self, request: Request) -> Reply:
        """The earlier run's reply, with the usage of this one."""
        asked = await self.inner.ask(put_particular_first(request))
        return self.told[request.key].model_copy(update={"usage": asked.usage})


def put_particular_first(request: Request) -> Request:
    """The request with the text that is its own first, and the one that it shares with others last."""
    texts = [message.content for message in reversed(request.messages)]
    messages = tuple(
        Message(role=message.role, content=text) for message, text in zip(request.messages, texts, strict=True)
    )
    return request.model_copy(update={"messages": messages})


def measure_cache(plan: Plan, tell: Tell) -> dict[str, tuple[float, ...]]:
    """The share of prompt tokens from the cache over a whole run, in both orders."""
    pairs = [asyncio.run(measure_orders(plan, repeat, tell)) for repeat in range(plan.repeat)]
    return {
        "prefix_cache_share": tuple(ours.cached_share for ours, _ in pairs),
        "prefix_cache_share_unordered": tuple(other.cached_share for _, other in pairs),
        "read_tokens_per_sample": tuple(count_read(ours) / plan.samples for ours, _ in pairs),
        "read_tokens_per_sample_unordered": tuple(count_read(other) / plan.samples for _, other in pairs),
    }


def count_read(phase: Phase) -> int:
    """Prompt tokens that the engine had to read."""
    return phase.prompt_tokens - phase.cached_tokens


async def measure_orders(plan: Plan, repeat: int, tell: Tell) -> tuple[Phase, Phase]:
    """A run as it is, and the same requests in the order that ignores caching."""
    profile, weights = require_teacher(plan)
    config, catalog = plan.make_config(repeat), load_catalog()
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as name:
        folder = Path(name)
        tell(f"cache, repeat {repeat + 1} of {plan.repeat}: {plan.samples} samples, shared text first")
        async with open_engine(profile, weights, folder, tell, primed=True) as teacher:
            recorder = RecordingTeacher(teacher)
            ours = await grow_samples(recorder, config, profile, catalog, folder / "ours", plan.width, teacher)
        tell(f"  {ours.cached_share:.1%} from the cache; now with particular text first")
        told = {request.key: reply for request, reply in recorder.exchanges}
        async with open_engine(profile, weights, folder, tell, primed=True) as teacher:
            shadow = ShadowTeacher(teacher, told)
            other = await grow_samples(shadow, config, profile, catalog, folder / "other", plan.width, teacher)
        tell(f"  {other.cached_share:.1%} from the cache")
    return ours, other
