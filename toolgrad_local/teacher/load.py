"""What an engine says of its own load: vLLM's /metrics, in the text format of Prometheus."""

import re

import httpx

from toolgrad_local.data_model.base import Data

LOAD_SECONDS = 3.0
"""A server that takes longer to tell its load is not waited for."""
FIGURE = re.compile(
    r"^vllm:(num_requests_running|num_requests_waiting|num_preemptions_total|kv_cache_usage_perc)(?:\{[^}]*\})? (\S+)$",
    re.M,
)


class Load(Data):
    """The load of one server, or of several together."""

    running: int
    """Requests that are decoded or read."""
    waiting: int
    """Requests in the engine's queue."""
    held: int = 0
    """Requests that have not come there: they wait for a text to be read, or are many on their way."""
    preemptions: int = 0
    """Requests put back since the server started, because the key-value cache was full."""
    cache: float = 0.0
    """Share of the key-value cache that is in use, of the fullest engine."""


class Silent(Exception):
    """The server cannot be asked now."""


def read_load(text: str) -> Load | None:
    """The load of all engines of a server; None if the text is not of a vLLM server."""
    figures: dict[str, list[float]] = {}
    for name, value in FIGURE.findall(text):
        figures.setdefault(name, []).append(float(value))
    if "num_requests_running" not in figures or "num_requests_waiting" not in figures:
        return None
    return Load(
        running=int(sum(figures["num_requests_running"])),
        waiting=int(sum(figures["num_requests_waiting"])),
        preemptions=int(sum(figures.get("num_preemptions_total", []))),
        cache=max(figures.get("kv_cache_usage_perc", [0.0])),
    )


async def fetch_load(client: httpx.AsyncClient, url: str, key: str) -> Load | None:
    """The load of the server whose interface is at `url`; None if it does not tell it. Raises Silent."""
    try:
        answer = await client.get(
            url.rstrip("/").removesuffix("/v1") + "/metrics",
            headers={"Authorization": f"Bearer {key}"},
            timeout=LOAD_SECONDS,
        )
    except httpx.TransportError as error:
        raise Silent(str(error)) from error
    return read_load(answer.text) if answer.status_code == 200 else None


def add_loads(loads: list[Load]) -> Load:
    """The load of several servers together."""
    return Load(
        running=sum(load.running for load in loads),
        waiting=sum(load.waiting for load in loads),
        held=sum(load.held for load in loads),
        preemptions=sum(load.preemptions for load in loads),
        cache=max((load.cache for load in loads), default=0.0),
    )
