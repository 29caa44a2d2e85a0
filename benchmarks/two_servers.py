"""Two small servers, one core each, share a run; one server on both cores makes the same run.

    python benchmarks/two_servers.py [--teacher smollm2-135m] [--samples 16] [--out FOLDER] [--json]

Told of each: how requests were shared out, how often requests with a text in common met at one server, what the prefix
cache served, how the width followed the queue, and whether the run verifies.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.read_config import read_config
from toolgrad_local.generation.stopping import StopRequest
from toolgrad_local.generation.verify import verify_run
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.fleet import shared_text
from toolgrad_local.teacher.open import serve_teacher
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.teacher.shares import share_machine

LOOK_SECONDS = 0.5
LOOP: dict[str, object] = {"pools": 4, "proposals": 2, "drafts": 1, "inverse_predict": "final"}
"""Few requests a sample: this is about servers, and the texts of a small teacher do not get better."""


class Watched:
    """A server's teacher that notes what it is asked."""

    def __init__(self, inner: Teacher) -> None:
        self.inner, self.name = inner, inner.name
        self.texts: Counter[str] = Counter()

    async def ask(self, request: Request) -> Reply:
        """The inner teacher's reply."""
        self.texts[shared_text(request)] += 1
        return await self.inner.ask(request)


class Trial:
    """One run on a number of servers."""

    def __init__(self, config: RunConfig, servers: int, folder: RunFolder) -> None:
        self.config, self.servers, self.folder = config, servers, folder
        self.profile = load_profile(config.teacher)
        self.weights = require_weights(self.profile)
        self.meter = Meter(config.samples, config.loop)
        self.watched: dict[str, Watched] = {}
        self.looks: list[tuple[int, int, int]] = []
        """Width, requests that run, and requests that wait, twice a second."""

    async def run(self, catalog: Catalog) -> dict[str, object]:
        """Make the run; its figures."""
        claim_folder(self.folder, self.config, self.profile, None, catalog)
        stop = StopRequest(self.meter.tell)
        summary = await generate(
            self.folder, self.config, self.profile, catalog, self.open, None, self.meter, stop, None
        )
        asked = [watched.texts.total() for watched in self.watched.values()]
        verdict = verify_run(self.folder, catalog)
        steady = [look for look in self.looks if look[0]]
        return {
            "servers": self.servers,
            "seconds": round(self.seconds, 1),
            "tokens_a_second": round(self.meter.generated_tokens / self.seconds, 1),
            "requests": asked,
            "met": round(self.measure_affinity(), 3),
            "cached_share": round(summary.cached_share, 3),
            "width_most": max((width for width, _, _ in steady), default=0),
            "running_mean": round(sum(running for _, running, _ in steady) / max(1, len(steady)), 1),
            "queue_mean": round(sum(waiting for _, _, waiting in steady) / max(1, len(steady)), 1),
            "released": summary.funnel.released,
            "problems": list(verdict.problems),
            "verified": f"{verdict.samples} samples, {verdict.calls} calls",
        }

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Teacher]:
        """The servers, watched from the moment they are up."""
        shares = share_machine(self.profile, self.servers)
        async with serve_teacher(self.profile, self.weights, self.folder.teacher_log, self.meter.tell, shares) as fleet:
            for member in fleet.members:
                member.primed.inner = self.watched[member.place] = Watched(member.primed.inner)
            watch = asyncio.create_task(self.watch())
            started = time.monotonic()
            try:
                yield fleet
            finally:
                self.seconds = time.monotonic() - started
                watch.cancel()

    async def watch(self) -> None:
        """Note width and queue until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            queue = self.meter.queue or 0
            self.looks.append((self.meter.width, max(0, self.meter.in_flight - queue), queue))

    def measure_affinity(self) -> float:
        """Share of the requests that went to the server to which most requests with the same text went."""
        by_text: dict[str, list[int]] = defaultdict(list)
        for watched in self.watched.values():
            for text, count in watched.texts.items():
                by_text[text].append(count)
        return sum(map(max, by_text.values())) / sum(map(sum, by_text.values()))


def main() -> None:
    """Print the figures of both runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", default="smollm2-135m")
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--iterations", type=int, default=2)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    config = read_config(
        None, {"teacher": given.teacher, "samples": given.samples, "iterations": given.iterations, "styles": "off"}
    )
    config = config.model_copy(update={"loop": config.loop.model_copy(update=LOOP)})
    with tempfile.TemporaryDirectory() as temporary:
        out, catalog = given.out or Path(temporary), load_catalog()
        for servers in (2, 1):
            row = asyncio.run(Trial(config, servers, RunFolder(out / f"servers-{servers}")).run(catalog))
            told = (
                json.dumps(row) if given.json else "\n".join(f"{name:16} {value}" for name, value in row.items()) + "\n"
            )
            print(told, flush=True)


if __name__ == "__main__":
    main()
