"""What a constraint costs: the schemas of a run, the time to compile them, and decoding with them and without."""

import asyncio
import statistics
import tempfile
import time
from collections import OrderedDict
from pathlib import Path

from toolgrad_local.bench.free import FreeClient
from toolgrad_local.bench.phase import grow_samples, open_engine, refuse_restart, warm_up
from toolgrad_local.bench.plan import Plan, Tell, require_teacher
from toolgrad_local.bench.recording import RecordingTeacher, collect_requests, distinct_schemas
from toolgrad_local.bench.results import ResultTable
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.profile import Backend, TeacherProfile
from toolgrad_local.errors import ConfigError, TeacherError
from toolgrad_local.generation.assemble import load_run_catalog
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.teacher.answer import ConnectionLost
from toolgrad_local.teacher.backends import DISTRIBUTIONS, load_tokenizer, time_compiles
from toolgrad_local.teacher.client import VllmClient
from toolgrad_local.teacher.open import connect
from toolgrad_local.teacher.server import Server

SENT = 64
"""Requests that are decoded together."""
KEPT_GRAMMARS = 128
"""That vLLM's outlines backend keeps compiled (get_outlines_cache in vllm/v1/structured_output/utils.py)."""
COLUMNS = (
    "backend", "compile all, s", "slowest, s", "constrained, tokens/s", "free, tokens/s", "constrained over free",
)  # fmt: skip


def measure_grammars(plan: Plan, tell: Tell) -> tuple[dict[str, tuple[float, ...]], tuple[ResultTable, ...]]:
    """All three backends; the metrics are of the one that the teacher's profile names."""
    profile, weights = require_teacher(plan)
    requests = find_requests(plan, profile, weights, tell)
    schemas = distinct_schemas(requests)
    tokenizer = load_tokenizer(weights)
    sent = pick_evenly(requests, SENT)
    metrics: dict[str, tuple[float, ...]] = {"distinct_schemas": (float(len(schemas)),)}
    rows = []
    for backend in DISTRIBUTIONS:
        seconds = time_compiles(backend, tokenizer, weights, schemas)
        tell(f"grammars: {backend} compiles {len(schemas)} schemas in {sum(seconds):.2f} s; decoding")
        rates = asyncio.run(measure_decoding(plan, profile, weights, backend, sent, tell))
        ratios = tuple(constrained / free for constrained, free in rates)
        if backend == profile.backend:
            metrics |= {"compile_seconds": (sum(seconds),), "constrained_over_free": ratios}
        rows.append(
            (
                f"{backend} (the profile's)" if backend == profile.backend else backend,
                f"{sum(seconds):.2f}",
                f"{max(seconds):.3f}",
                *(f"{statistics.median(rate):,.0f}" for rate in zip(*rates, strict=True)),
                f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f} of {len(ratios)})",
            )
        )
    misses = count_compilations(requests)
    title = (
        f"{len(schemas)} schemas in {len(requests):,} requests; vLLM's outlines backend keeps {KEPT_GRAMMARS} and "
        f"so compiles {misses:,} times, sample after sample; {len(sent)} requests decoded together"
    )
    return metrics, (ResultTable(title=title, columns=COLUMNS, rows=tuple(rows)),)


def find_requests(plan: Plan, profile: TeacherProfile, weights: Path, tell: Tell) -> list[Request]:
    """Those of the first run given, else of samples grown now."""
    if plan.runs:
        requests = collect_requests(plan.runs[0], load_run_catalog(RunFolder(plan.runs[0]), None))
    else:
        tell(f"grammars: growing {plan.samples} samples for their requests")
        requests = asyncio.run(record_run(plan, profile, weights, tell))
    if not requests:
        raise ConfigError(f"--run {plan.runs[0]} asked its teacher nothing; name another run")
    return requests


async def record_run(plan: Plan, profile: TeacherProfile, weights: Path, tell: Tell) -> list[Request]:
    """The requests of a run."""
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as name:
        folder = Path(name)
        async with open_engine(profile, weights, folder, tell, primed=True) as teacher:
            recorder = RecordingTeacher(teacher)
            await grow_samples(recorder, plan.make_config(), profile, load_catalog(), folder, plan.width, teacher)
    return recorder.requests


def pick_evenly(requests: list[Request], count: int) -> list[Request]:
    """So many of the requests, or all, from beginning to end."""
    count = min(count, len(requests))
    return [requests[len(requests) * number // count] for number in range(count)]


def count_compilations(requests: list[Request]) -> int:
    """How often a cache of the last KEPT_GRAMMARS schemas lacks the one that is asked for."""
    kept: OrderedDict[str, None] = OrderedDict()
    misses = 0
    for request in requests:
        schema = distinct_schemas([request])[0]
        misses += schema not in kept
        kept[schema] = None
        kept.move_to_end(schema)
        if len(kept) > KEPT_GRAMMARS:
            kept.popitem(last=False)
    return misses


async def measure_decoding(
    plan: Plan, profile: TeacherProfile, weights: Path, backend: Backend, requests: list[Request], tell: Tell
) -> list[tuple[float, float]]:
    """Generated tokens a second with the constraint and without, alternating, on one server.

    A first round, which is not counted, compiles the grammars, reads the prompts, and says how long each reply is:
    the free ones are made to be as long.
    """
    served = profile.model_copy(update={"backend": backend})
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as name:
        server = Server(served, weights, Path(name) / "teacher.log", refuse_restart)
        try:
            await server.start()
            bound, free = connect(server, served), FreeClient(server.url, server.key)
            try:
                await warm_up(Direct(bound))
                _, replies = await decode(bound, requests)
                lengths = [max(1, reply.usage.completion_tokens) for reply in replies]
                unbound = [bound_length(r, length) for r, length in zip(requests, lengths, strict=True)]
                await decode(free, unbound)
                rates = []
                for number in range(plan.repeat):
                    constrained, _ = await decode(bound, requests)
                    unconstrained, _ = await decode(free, unbound)
                    rates.append((constrained, unconstrained))
                    tell(f"  {number + 1} of {plan.repeat}: {constrained:,.0f} and {unconstrained:,.0f} tokens/s")
                return rates
            finally:
                await bound.close()
                await free.close()
        except ConnectionLost as lost:
            raise TeacherError(f"the engine with backend {backend} was lost while it decoded: {lost}") from lost
        finally:
            await server.stop()


class Direct:
    """A client as a teacher, without supervision: what is lost here ends the measurement."""

    name = "direct"

    def __init__(self, client: VllmClient) -> None:
        self.client = client

    async def ask(self, request: Request) -> Reply:
        """The client's reply."""
        return await self.client.ask(request)


def bound_length(request: Request, tokens: int) -> Request:
    """The request with that many tokens to write."""
    sampling = request.sampling.model_copy(update={"max_tokens": tokens})
    return request.model_copy(update={"sampling": sampling})


async def decode(client: VllmClient, requests: list[Request]) -> tuple[float, list[Reply]]:
    """Generated tokens a second of requests that are sent together, and the replies."""
    started = time.perf_counter()
    replies = await asyncio.gather(*(client.ask(request) for request in requests))
    seconds = time.perf_counter() - started
    return sum(reply.usage.completion_tokens for reply in replies) / seconds, list(replies)
