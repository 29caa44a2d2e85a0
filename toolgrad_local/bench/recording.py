"""The requests of a run: recorded while it goes on, or grown again from its journal, which keeps replies only."""

import asyncio
import tempfile
import time
from pathlib import Path

from mock_apis.core import canonical_json
from toolgrad_local.bench.flight import Span
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.generation.assemble import make_setting, require_same_assets, sampling_of
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.replay import WIDTH, copy_replies
from toolgrad_local.generation.run import grow_all
from toolgrad_local.journal.store import Journal
from toolgrad_local.journal.teacher import JournaledTeacher
from toolgrad_local.prompting.render import Prompts


class RecordingTeacher:
    """Keeps every request, its reply, and when it was sent and answered."""

    def __init__(self, inner: Teacher) -> None:
        self.inner, self.name = inner, inner.name
        self.exchanges: list[tuple[Request, Reply]] = []
        self.spans: list[Span] = []

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply."""
        sent = time.perf_counter()
        reply = await self.inner.ask(request)
        self.spans.append((sent, time.perf_counter()))
        self.exchanges.append((request, reply))
        return reply

    @property
    def requests(self) -> list[Request]:
        """In the order of samples, steps and attempts, whichever reply came first."""
        return sorted((request for request, _ in self.exchanges), key=place_of)


def place_of(request: Request) -> tuple[int, int, str, int, int]:
    """Where a request stands in its run."""
    key = request.key
    return key.sample, key.step, key.stage, key.slot, key.attempt


def collect_requests(run: Path, catalog: Catalog) -> list[Request]:
    """Every request of a finished run. Raises ConfigError if catalog or prompts are not those of the run."""
    source = RunFolder(run)
    source.require()
    manifest, prompts = read_manifest(source), Prompts()
    require_same_assets(manifest, catalog, prompts, f"read the requests of {run}")
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as folder:
        target = RunFolder(Path(folder))
        journal = Journal(target.journal)
        try:
            copy_replies(source, journal)
            teacher = RecordingTeacher(JournaledTeacher(journal, None, manifest.config.teacher))
            setting = make_setting(manifest.config, catalog, prompts, teacher, journal, sampling_of(manifest.profile))
            samples = manifest.config.samples
            asyncio.run(grow_all(setting, samples, WIDTH, Meter(samples, manifest.config.loop)))
        finally:
            journal.close()
    return teacher.requests


def distinct_schemas(requests: list[Request]) -> list[str]:
    """The JSON texts of the schemas, each once, in order of first use."""
    return list(dict.fromkeys(canonical_json(request.json_schema) for request in requests))
