"""How many tokens a second a teacher reads alone and together, and writes with more and more requests together.

    python benchmarks/reading.py [--teacher smollm2-135m] [--json]

Texts fill the processor by themselves; short replies do not, and gain from company. So the two say roughly how much two
schedules of the same requests can differ on a machine. The last rows write with each way to leave unlikely tokens out.
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
READ_TOGETHER = (4, 16)
"""Texts of the first length, sent at once."""
TOGETHER = (1, 2, 4, 8, 16, 32, 64)
SAMPLERS: dict[str, dict[str, float]] = {"free": {}, "min_p": {"min_p": 0.1}, "top_p": {"top_p": 0.9}}
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
        serving = profile.serving.model_copy(update={"max_sequences": max(TOGETHER)})
        profile = profile.model_copy(update={"serving": serving})
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

    async def ask(prompt: str, tokens: int, **sampling: float) -> int:
        body = {"model": model, "prompt": prompt, "max_tokens": tokens, "ignore_eos": True, "seed": 1, **sampling}
        reply = await client.post(f"{url}/completions", json=body)
        reply.raise_for_status()
        return int(reply.json()["usage"]["prompt_tokens"])

    async def read(texts: list[str]) -> None:
        begin = monotonic()
        tokens = sum(await asyncio.gather(*(ask(text, 1) for text in texts)))
        rate = tokens / (monotonic() - begin)
        rows.append({"what": f"read {len(texts)} of", "many": tokens // len(texts), "unit": "tokens", "rate": rate})

    async def write(many: int, name: str) -> None:
        begin = monotonic()
        prompts = (f"{name}, number {many} {place}:" for place in range(many))
        await asyncio.gather(*(ask(prompt, WRITTEN, **SAMPLERS[name]) for prompt in prompts))
        rate = WRITTEN * many / (monotonic() - begin)
        rows.append({"what": f"write ({name})", "many": many, "unit": "together", "rate": rate})

    rows: list[dict[str, str | float]] = []
    await asyncio.gather(*(ask(f"warm {place}", WRITTEN) for place in range(max(TOGETHER))))
    for words in WORDS:
        await read([make_text(words, f"{words} alone")])
    for many in READ_TOGETHER:
        await read([make_text(WORDS[0], f"{many} {place}") for place in range(many)])
    for many in TOGETHER:
        await write(many, "free")
    for name in ("min_p", "top_p"):
        for many in TOGETHER[-2:]:
            await write(many, name)
    return rows


def make_text(words: int, mark: str) -> str:
    """About so many words, of which none begins a text with another mark."""
    return " ".join(f"{mark} {place} name{place * 7919 % 1000}" for place in range(words))


if __name__ == "__main__":
    main()
