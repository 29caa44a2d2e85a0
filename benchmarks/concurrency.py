"""How many tokens a second a teacher writes with more and more requests of the loop together.

    python benchmarks/concurrency.py --teacher smollm2-135m [--levels 16,32,64,128] [--backend xgrammar] [--json]

The requests are those that the loop makes of a scripted teacher's replies: real prompts and schemas, each asked once. A
server of our own answers them; it decodes as many together as the highest level. A scripted teacher picks tools at
random, so that nearly every request brings a new grammar: `--backend xgrammar`, which compiles them in no time, shows
what the engine itself can do.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx

from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.data_model.exchange import Reply, Request
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.generation.generate import grow_with
from toolgrad_local.generation.meter import Meter
from toolgrad_local.journal.store import Journal
from toolgrad_local.seeding import shuffle
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.client import VllmClient
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.teacher.scripted import ScriptedTeacher
from toolgrad_local.teacher.server import Server

SAMPLES, ITERATIONS, WIDTH = 160, 3, 160
WARM_SECONDS = 12.0
"""Pools are read and schemas compiled meanwhile; not counted."""


class RecordingTeacher:
    """The scripted teacher, remembering what it was asked."""

    name = "scripted"

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._inner = ScriptedTeacher()

    async def ask(self, request: Request) -> Reply:
        """The scripted reply."""
        self.requests.append(request)
        await asyncio.sleep(0)
        return await self._inner.ask(request)


def main() -> None:
    """Print a line a level."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", default="smollm2-135m")
    parser.add_argument("--levels", default="16,32,64,128")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--cache-gib", type=int)
    parser.add_argument("--backend", choices=("outlines", "guidance", "xgrammar"))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    levels = [int(level) for level in given.levels.split(",")]
    profile = load_profile(given.teacher)
    update = {"max_sequences": max(levels)} | ({"cpu_cache_gib": given.cache_gib} if given.cache_gib else {})
    profile = profile.model_copy(update={"serving": profile.serving.model_copy(update=update)})
    if given.backend:
        profile = profile.model_copy(update={"backend": given.backend})
    rows = asyncio.run(measure(profile, levels, given.seconds))
    if given.json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{'together':>8} {'tok/s':>7} {'running':>8} {'waiting':>8} {'cache':>6} {'preempted':>9}")
    for row in rows:
        print("{together:8.0f} {rate:7.1f} {running:8.1f} {waiting:8.1f} {cache:6.0%} {preempted:9.0f}".format(**row))


async def measure(profile: TeacherProfile, levels: list[int], seconds: float) -> list[dict[str, float]]:
    """One row a level: tokens a second, and what the engine said meanwhile."""
    requests = iter(await record_requests(profile))
    with tempfile.TemporaryDirectory() as folder:
        server = Server(profile, require_weights(profile), Path(folder) / "log", print)
        await server.start()
        client = VllmClient(server.url, server.key, chat_template=profile.chat_template)
        try:
            return [await measure_level(client, server.url, requests, level, seconds) for level in levels]
        finally:
            await client.close()
            await server.stop()


async def record_requests(profile: TeacherProfile) -> list[Request]:
    """What the loop asks in a run of many samples side by side, mixed, so that each level gets the same mix."""
    loop = LoopSettings.model_validate({**profile.loop, "iterations": ITERATIONS})
    config = RunConfig(samples=SAMPLES, teacher="scripted", styles=None, loop=loop)
    teacher = RecordingTeacher()
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.sqlite")
        await grow_with(teacher, config, profile, load_catalog(), journal, WIDTH, Meter(SAMPLES, loop))
        journal.close()
    return shuffle(teacher.requests, "concurrency")


async def measure_level(
    client: VllmClient, url: str, requests: Iterator[Request], level: int, seconds: float
) -> dict[str, float]:
    """Keep `level` requests in flight for a while."""
    workers = [asyncio.create_task(ask_on(client, requests)) for _ in range(level)]
    try:
        await asyncio.sleep(WARM_SECONDS)
        first = await read_figures(url)
        seen = []
        for _ in range(int(seconds)):
            await asyncio.sleep(1)
            seen.append(await read_figures(url))
    finally:
        for worker in workers:
            worker.cancel()
        ended = await asyncio.gather(*workers, return_exceptions=True)
    if any(result is None for result in ended):
        print(f"the requests did not last for level {level}")
    written = seen[-1]["generation_tokens_total"] - first["generation_tokens_total"]
    return {
        "together": float(level),
        "rate": written / (seen[-1]["at"] - first["at"]),
        "running": sum(row["num_requests_running"] for row in seen) / len(seen),
        "waiting": sum(row["num_requests_waiting"] for row in seen) / len(seen),
        "cache": max(row["kv_cache_usage_perc"] for row in seen),
        "preempted": seen[-1]["num_preemptions_total"] - first["num_preemptions_total"],
    }


async def ask_on(client: VllmClient, requests: Iterator[Request]) -> None:
    """One request after another until none is left."""
    for request in requests:
        await client.ask(request)


async def read_figures(url: str) -> dict[str, float]:
    """The engine's own figures by their short names, and when they were read."""
    async with httpx.AsyncClient(trust_env=False) as client:
        text = (await client.get(url.removesuffix("/v1") + "/metrics")).text
    figures = {"at": asyncio.get_running_loop().time()}
    for line in text.splitlines():
        if line.startswith("vllm:"):
            name, _, value = line.rpartition(" ")
            figures[name.partition("{")[0].removeprefix("vllm:")] = float(value)
    return figures


if __name__ == "__main__":
    main()
