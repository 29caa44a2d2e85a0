"""Grows many samples at once."""

import asyncio
from collections.abc import Iterator

from toolgrad_local.data_model.exchange import Request, RequestKey, Sampling
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.generation.meter import Meter
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.grow import grow
from toolgrad_local.loop.propose import proposer_schema, render_proposer


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
        meter.accepted += trajectory.rejected is None


async def warm_pools(setting: Setting, teacher: Teacher) -> None:
    """Have the engine read each pool's text and compile the proposer's grammar once, before the samples need them.

    Sent together, requests with a common new prefix would each compute it. Nothing of this is journaled.
    """
    await asyncio.gather(*(teacher.ask(warming_request(setting, pool)) for pool in range(len(setting.pools))))


def warming_request(setting: Setting, pool: int) -> Request:
    """A proposer's prompt for an empty workflow, of which one token is generated."""
    messages = render_proposer(setting, setting.pools[pool], frozenset(), {"facts": "nobody", "calls": []}, "")
    return Request(
        key=RequestKey(sample=-1, step=pool, stage="probe"),
        messages=messages,
        json_schema=proposer_schema(setting, setting.pools[pool], Workflow()),
        sampling=Sampling(temperature=0.0, max_tokens=1),
        seed=0,
    )
