"""The measuring process of the overhead: `python -m toolgrad_local.bench.overhead_child SETTINGS` prints JSON."""

import asyncio
import cProfile
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from toolgrad_local.bench.recording import RecordingTeacher
from toolgrad_local.bench.shares import share_by_part
from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.data_model.exchange import Reply, Request, RequestKey
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.generation.generate import grow_with
from toolgrad_local.generation.meter import Meter, MeteredTeacher
from toolgrad_local.journal.store import Journal
from toolgrad_local.teacher.priming import PrimingTeacher
from toolgrad_local.teacher.scripted import ScriptedTeacher


class InstantTeacher:
    """Gives replies that are there already, after one turn of the event loop, as a teacher over a socket would."""

    name = "scripted"

    def __init__(self, told: dict[RequestKey, Reply]) -> None:
        self.told = told

    async def ask(self, request: Request) -> Reply:
        """The reply at the request's place."""
        await asyncio.sleep(0)
        return self.told[request.key]


def measure(config: RunConfig, catalog: Catalog, width: int, repeat: int) -> dict[str, Any]:
    """Seconds of each repeat, by the wall clock and of this process; the profile's shares by part."""
    recorder = RecordingTeacher(ScriptedTeacher())
    grow_once(recorder, config, catalog, width)
    teacher = InstantTeacher({request.key: reply for request, reply in recorder.exchanges})
    calls = len(recorder.exchanges)
    recorder.exchanges.clear()
    times = [grow_once(teacher, config, catalog, width) for _ in range(repeat)]
    profile = cProfile.Profile()
    profile.runcall(grow_once, teacher, config, catalog, width)
    return {
        "calls": calls,
        "seconds": [wall for wall, _ in times],
        "cpu_seconds": [processor for _, processor in times],
        "shares": share_by_part(profile),
    }


def grow_once(teacher: Teacher, config: RunConfig, catalog: Catalog, width: int) -> tuple[float, float]:
    """Grow all samples into a new journal, with all that `generate` puts around a teacher; wall and processor time."""
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as folder:
        journal = Journal(Path(folder) / "journal.sqlite")
        meter = Meter(config.samples, config.loop)
        asked = PrimingTeacher(MeteredTeacher(teacher, meter))
        try:
            wall, processor = time.perf_counter(), time.process_time()
            asyncio.run(grow_with(asked, config, None, catalog, journal, width, meter))
            return time.perf_counter() - wall, time.process_time() - processor
        finally:
            journal.close()


def main() -> None:
    """Bind this process to one core, measure, print."""
    settings = json.loads(sys.argv[1])
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    config = RunConfig.model_validate(settings["config"])
    print(json.dumps(measure(config, load_catalog(), settings["width"], settings["repeat"])))


if __name__ == "__main__":
    main()
