"""Grows many samples at once."""

import asyncio
import time
from collections import deque

from toolgrad_local.baselines.grow import grow as grow_baseline
from toolgrad_local.errors import Interrupted
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.width import FALLBACK, Width
from toolgrad_local.loop.context import Setting
from toolgrad_local.loop.grow import grow
from toolgrad_local.teacher.fleet import FleetTeacher

LOOK_SECONDS = 0.5
"""Between two looks at the engine's load."""


async def grow_all(
    setting: Setting, samples: int, width: int | None, meter: Meter, fleet: FleetTeacher | None = None
) -> None:
    """Grow every sample that the journal does not have finished, `width` at a time or fewer.

    With a `fleet` as many as its engines can take; `width` None: no other bound. A sample that is begun runs to its
    end, or, after a stop request, to its next question. The first other exception ends all; what they were told by then
    is in the journal.
    """
    done = setting.journal.finished()
    todo = deque(sample for sample in range(samples) if sample not in done)
    pace, ended = Width(width, adapts=fleet is not None), asyncio.Queue[asyncio.Task[None]]()
    growing: set[asyncio.Task[None]] = set()
    stopped = None
    if fleet is not None:
        await look_at(fleet, pace, 0, meter)
        if not pace.heard and width is None:
            meter.tell(f"no server tells its load at /metrics: {FALLBACK} samples at a time, or as --width says")
    looked = time.monotonic()
    try:
        while True:
            if fleet is not None and time.monotonic() - looked >= LOOK_SECONDS:
                await look_at(fleet, pace, len(growing), meter)
                looked = time.monotonic()
            if stopped is None:
                start_some(setting, todo, pace.room(len(growing), len(todo)), growing, ended, meter)
            meter.width = len(growing)
            if not growing:
                break
            stopped = await take_ended(ended, growing, LOOK_SECONDS if fleet is not None else None) or stopped
    finally:
        for task in growing:
            task.cancel()
        await asyncio.gather(*growing, return_exceptions=True)
    if stopped is not None:
        raise stopped


async def look_at(fleet: FleetTeacher, pace: Width, active: int, meter: Meter) -> None:
    """Let the width follow the engines' load, and show it."""
    load = await fleet.load()
    pace.follow(load, active)
    if load is not None:
        meter.queue = load.waiting + load.held
    meter.servers_left, meter.servers = len(fleet.left), len(fleet.members)


def start_some(
    setting: Setting,
    todo: deque[int],
    room: int,
    growing: set[asyncio.Task[None]],
    ended: "asyncio.Queue[asyncio.Task[None]]",
    meter: Meter,
) -> None:
    """Start as many samples as there is room for."""
    for _ in range(min(room, len(todo))):
        task = asyncio.create_task(grow_one(setting, todo.popleft(), meter))
        growing.add(task)
        task.add_done_callback(ended.put_nowait)


async def take_ended(
    ended: "asyncio.Queue[asyncio.Task[None]]", growing: set[asyncio.Task[None]], patience: float | None
) -> Interrupted | None:
    """Wait for a sample to end, so many seconds at most, and take all that have.

    Returns what a stop request made one raise, and raises what else one raised.
    """
    try:
        async with asyncio.timeout(patience):
            tasks = [await ended.get()]
    except TimeoutError:
        return None
    while not ended.empty():
        tasks.append(ended.get_nowait())
    stopped = None
    for task in tasks:
        try:
            task.result()
        except Interrupted as error:
            stopped = error
    growing.difference_update(tasks)
    return stopped


async def grow_one(setting: Setting, sample: int, meter: Meter) -> None:
    """Grow one sample and journal it."""
    trajectory = await (grow_baseline if setting.baseline else grow)(setting, sample)
    setting.journal.add_sample(sample, trajectory.model_dump_json())
    meter.count_sample(sample, trajectory.rejected is None)
