"""What a stop request does to a run, in flight or not."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.errors import Interrupted
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate as generate_run
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.stopping import StopRequest
from toolgrad_local.journal.store import Journal
from toolgrad_local.teacher.scripted import ScriptedTeacher

CONFIG = RunConfig(samples=4, seed=11, teacher="scripted", styles=None, loop=LoopSettings(iterations=2, pool_size=3))


class SlowTeacher:
    """The scripted teacher; at a request it has the run stopped, and answers afterwards, or never."""

    name = "scripted"

    def __init__(self, signals_at: int, *, frozen: bool = False) -> None:
        self.signals_at, self.frozen = signals_at, frozen
        self.stop = StopRequest(lambda line: None)
        self.asked, self.closed = 0, False
        self.inner = ScriptedTeacher()

    async def ask(self, request: Request) -> Reply:
        self.asked += 1
        if self.asked == self.signals_at:
            os.kill(os.getpid(), signal.SIGTERM)
        while self.asked >= self.signals_at and (self.frozen or not self.stop.asked):
            await asyncio.sleep(0)
        return await self.inner.ask(request)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Teacher]:
        """As a server is opened and closed; 0 asks for the run's end while it starts."""
        try:
            if self.signals_at == 0:
                os.kill(os.getpid(), signal.SIGTERM)
                await asyncio.sleep(3600)
            yield self
        finally:
            self.closed = True


@pytest.fixture
def catalog(example_folder: Path) -> Catalog:
    """A small one, which is read in no time."""
    return load_catalog(example_folder)


async def stop_run(teacher: SlowTeacher, catalog: Catalog, folder: RunFolder) -> tuple[str, int]:
    """What the run says at its end, and how many replies are in its journal."""
    claim_folder(folder, CONFIG, None, None, catalog)
    with pytest.raises(Interrupted) as end:
        await generate_run(folder, CONFIG, None, catalog, teacher.open, 4, Meter(4, CONFIG.loop), teacher.stop)
    assert teacher.closed
    assert not folder.workflows.exists()
    journal = Journal(folder.journal, read_only=True)
    replies = sum(1 for _ in journal.replies())
    journal.close()
    return str(end.value), replies


async def test_everything_in_flight_is_finished_and_journaled_and_nothing_new_is_asked(
    catalog: Catalog, tmp_path: Path
) -> None:
    teacher = SlowTeacher(signals_at=4)
    said, replies = await stop_run(teacher, catalog, RunFolder(tmp_path / "run"))
    assert said == "stopped on request; run the same command to resume"
    assert replies == teacher.asked >= 4


async def test_a_teacher_that_is_frozen_is_waited_for_no_longer_than_the_grace(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolgrad_local.generation.stopping.GRACE_SECONDS", 0.1)
    said, replies = await stop_run(SlowTeacher(signals_at=1, frozen=True), catalog, RunFolder(tmp_path / "run"))
    assert (said, replies) == ("stopped at once on request; run the same command to resume", 0)


async def test_a_teacher_that_is_starting_is_not_waited_for(catalog: Catalog, tmp_path: Path) -> None:
    said, replies = await stop_run(SlowTeacher(signals_at=0), catalog, RunFolder(tmp_path / "run"))
    assert (said, replies) == ("stopped at once on request; run the same command to resume", 0)
