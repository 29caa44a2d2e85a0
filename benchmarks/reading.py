"""How many tokens a second a teacher reads alone, and writes with more and more requests together.

    python benchmarks/reading.py [--teacher smollm2-135m] [--json]

Long texts fill the processor by themselves; short replies do not, and gain from company. So the two say roughly how
much two schedules of the same requests can differ on a machine. Several texts read at once are not measured.
"""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from time import monotonic

import httpx

from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.teacher.server import Server

WORDS = (120, 250, 500)
"""Of the texts that are read; none begins like another."""
TOGETHER = (1, 2, 4, 8, 16, 32)
WRITTEN = 40
"""Tokens of each reply."""


def main() -> None:
    """Print a line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--teacher", default="smollm2-135m")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = asyncio.run(measure(given.teacher))
    if given.json:
        print(json.dumps(rows, indent=2))
        return
    for row in rows:
        print(f"{row['what']} {row['many']} {row['unit']}: {row['rate']:.1f} tok/s")


async def measure(teacher: str) -> list[dict[str, str | float]]:
    """One row a text read, then one a number of requests that write together."""
    profile = load_profile(teacher)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(profile, require_weights(profile), Path(folder) / "log", lambda _: None)
        await server.start()
        headers = {"Authorization": f"Bearer {server.key}"}
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=600, headers=headers) as client:
                return await measure_server(client, server.url)
        finally:
            await server.stop()


async def measure_server(client: httpx.AsyncClient, url: str) -> list[dict[str, str | float]]:
    """Texts one after another, then crowds of requests."""
    model = (await client.get(f"{url}/models")).json()["data"][0]["id"]

    async def ask(prompt: str, tokens: int) -> int:
        body = {"model": model, "prompt": prompt, "max_tokens": tokens, "ignore_eos": True}
        reply = await client.post(f"{url}/completions", json=body)
        reply.raise_for_status()
        return int(reply.json()["usage"]["prompt_tokens"])

    await ask("warm", WRITTEN)
    rows: list[dict[str, str | float]] = []
    for words in WORDS:
        text = " ".join(f"{words}{place} name{place * 7919 % 1000}" for place in range(words))
        begin = monotonic()
        tokens = await ask(text, 1)
        rows.append({"what": "read", "many": tokens, "unit": "tokens", "rate": tokens / (monotonic() - begin)})
    for many in TOGETHER:
        begin = monotonic()
        await asyncio.gather(*(ask(f"Number {many} {place}:", WRITTEN) for place in range(many)))
        rate = WRITTEN * many / (monotonic() - begin)
        rows.append({"what": "write", "many": many, "unit": "together", "rate": rate})
    return rows


if __name__ == "__main__":
    main()
