"""One phase of a comparison: a fresh engine, warmed up, that grows samples or is sent requests.

Every phase has an engine of its own, so that none finds the prefixes or grammars of another in a cache.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from toolgrad_local.bench.plan import Tell
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.exchange import Request
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import TeacherError
from toolgrad_local.generation.generate import grow_with
from toolgrad_local.generation.meter import Meter, MeteredTeacher
from toolgrad_local.generation.progress import show_progress
from toolgrad_local.generation.summary import Summary, summarise
from toolgrad_local.journal.store import Journal
from toolgrad_local.teacher.fleet import FleetTeacher
from toolgrad_local.teacher.open import serve_teacher
from toolgrad_local.teacher.probe import probe_request

WARM_UP_REQUESTS = 64
"""Short ones that share no text with a run's."""
MOST_OUTSTANDING = 900
"""Below the connections that the client's pool allows, so that it never makes a request wait."""


@dataclass(frozen=True)
class Phase:
    """What a phase took."""

    seconds: float
    requests: int
    prompt_tokens: int
    cached_tokens: int
    generated_tokens: int
    summary: Summary | None = None
    """Of the samples, where the phase grew any."""

    @property
    def cached_share(self) -> float:
        """Share of prompt tokens that the prefix cache served."""
        return self.cached_tokens / max(1, self.prompt_tokens)


@asynccontextmanager
async def open_engine(
    profile: TeacherProfile, weights: Path, folder: Path, tell: Tell, *, primed: bool
) -> AsyncIterator[Teacher]:
    """The teacher on a server of its own, warmed up.

    `primed`: the teacher that a run has, which reads a long text once before the others come and tells its load; else
    the bare server behind it.
    """
    async with serve_teacher(profile, weights, folder / "teacher.log", refuse_restart) as fleet:
        bare = fleet.members[0].teacher
        await warm_up(bare)
        tell("  the engine is up and warm")
        yield fleet if primed else bare


def refuse_restart(notice: str) -> None:
    """Raises TeacherError when the engine has died: the time of its restart is nobody's measurement."""
    if "died" in notice:
        raise TeacherError(f"{notice}: what was being measured is spoilt; see why it died, and measure again")


async def warm_up(teacher: Teacher) -> None:
    """Short requests sent together: threads, kernels and the grammar library's vocabulary are there afterwards."""
    probe = probe_request()
    await asyncio.gather(
        *(teacher.ask(probe.model_copy(update={"seed": seed})) for seed in range(1, WARM_UP_REQUESTS + 1))
    )


async def grow_samples(
    teacher: Teacher,
    config: RunConfig,
    profile: TeacherProfile | None,
    catalog: Catalog,
    folder: Path,
    width: int | None,
    engine: Teacher | None = None,
) -> Phase:
    """Grow all samples of the config into a new journal in `folder`; the time is that of growing alone.

    `engine`: what is behind the teacher, if it is not the teacher itself; one that tells its load decides the width.
    """
    behind = engine or teacher
    fleet = behind if isinstance(behind, FleetTeacher) else None
    folder.mkdir(parents=True, exist_ok=True)
    journal = Journal(folder / "journal.sqlite")
    meter = Meter(config.samples, config.loop)
    try:
        async with show_progress(meter, Console(stderr=True)):
            started = time.perf_counter()
            await grow_with(MeteredTeacher(teacher, meter), config, profile, catalog, journal, width, meter, fleet)
            seconds = time.perf_counter() - started
        summary = summarise(journal)
    finally:
        journal.close()
    return read_meter(meter, seconds, summary)


async def send_all(teacher: Teacher, requests: list[Request], outstanding: int) -> Phase:
    """Send the requests in their order, always so many outstanding that the engine's queue is never empty."""
    meter = Meter(len(requests), RunConfig(teacher=teacher.name, styles=None).loop)
    metered, todo = MeteredTeacher(teacher, meter), iter(requests)
    started = time.perf_counter()
    await asyncio.gather(*(send_some(metered, todo) for _ in range(min(outstanding, len(requests)))))
    return read_meter(meter, time.perf_counter() - started, None)


async def send_some(teacher: Teacher, todo: Iterator[Request]) -> None:
    """Send one request after another until none is left."""
    for request in todo:
        await teacher.ask(request)


def read_meter(meter: Meter, seconds: float, summary: Summary | None) -> Phase:
    """The meter's counts as a phase."""
    return Phase(seconds, meter.asked, meter.prompt_tokens, meter.cached_tokens, meter.generated_tokens, summary)


def count_outstanding(profile: TeacherProfile) -> int:
    """Requests that keep an engine's queue full."""
    return min(4 * profile.serving.max_sequences, MOST_OUTSTANDING)
