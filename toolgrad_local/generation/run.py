"""Grows many samples at once."""

import asyncio
from collections.abc import Iterator

from toolgrad_local.generation.meter import Meter
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.grow import grow


async def grow_all(setting: Setting, samples: int, width: int, meter: Meter) -> None:
    """Grow every sample that the journal does not have finished, `width` at a time.

    The first exception ends the others; what they were told by then is in the journal.
    """
    done = setting.journal.finished()
    todo = iter([sample for sample in range(samples) if sample not in done])
    workers = [asyncio.create_task(grow_some(setting, todo, meter)) for _ in range(width)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def grow_some(setting: Setting, todo: Iterator[int], meter: Meter) -> None:
    """Grow one sample after another until none is left."""
    for sample in todo:
        trajectory = await grow(setting, sample)
        setting.journal.add_sample(sample, trajectory.model_dump_json())
        meter.samples_done += 1
        meter.released += trajectory.rejected is None
