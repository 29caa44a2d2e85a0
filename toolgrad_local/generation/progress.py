"""Shows a run while it goes on: a panel on a terminal, plain lines elsewhere."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.console import Console
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table

from toolgrad_local.generation.meter import Meter

REFRESH_SECONDS = 0.5
LINE_SECONDS = 15.0
"""Between plain lines."""


@asynccontextmanager
async def show_progress(meter: Meter, console: Console) -> AsyncIterator[None]:
    """Keep the person informed while the body runs."""
    show = show_panel if console.is_terminal else show_lines
    task = asyncio.create_task(show(meter, console))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def show_panel(meter: Meter, console: Console) -> None:
    """A live panel until cancelled."""
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        while True:
            live.update(make_panel(meter))
            await asyncio.sleep(REFRESH_SECONDS)


async def show_lines(meter: Meter, console: Console) -> None:
    """A line whenever something is to be told, and every quarter of a minute, until cancelled."""
    told = time.monotonic()
    while True:
        while meter.untold:
            console.print(meter.untold.pop(0), highlight=False, soft_wrap=True, markup=False)
            told = time.monotonic()
        if time.monotonic() - told >= LINE_SECONDS:
            console.print(make_line(meter), highlight=False, soft_wrap=True, markup=False)
            told = time.monotonic()
        await asyncio.sleep(REFRESH_SECONDS)


def make_line(meter: Meter) -> str:
    """Everything in one line."""
    if meter.notice and not meter.asked:
        return meter.notice
    line = (
        f"samples {meter.samples_done}/{meter.samples} ({meter.released} released)  steps {meter.steps}  "
        f"teacher calls {meter.asked} (+{meter.in_flight} in flight)  width {meter.width}{engine_text(meter)}  "
        f"{tokens_a_second(meter):.0f} tok/s  cached {meter.cached_share:.0%}  ETA {time_text(meter.seconds_left)}"
    )
    return f"{line}  {meter.notice}" if meter.notice else line


def make_panel(meter: Meter) -> Panel:
    """The panel as it is now."""
    grid = Table.grid(padding=(0, 2))
    grid.add_row("samples", f"{meter.samples_done}/{meter.samples}", ProgressBar(meter.samples, meter.samples_done, 30))
    grid.add_row("width", str(meter.width), f"samples in flight{engine_text(meter)}")
    grid.add_row("steps", str(meter.steps), f"{meter.released} samples released")
    grid.add_row("teacher calls", str(meter.asked), f"{meter.in_flight} in flight")
    grid.add_row(
        "tokens", f"{tokens_a_second(meter):.0f}/s", f"prompt tokens from the prefix cache: {meter.cached_share:.0%}"
    )
    failures = ", ".join(f"{kind} {count}" for kind, count in meter.failures.most_common(5)) or "none"
    grid.add_row("failures", str(sum(meter.failures.values())), failures)
    grid.add_row("time", time_text(meter.seconds), f"ETA {time_text(meter.seconds_left)}")
    if meter.notice:
        grid.add_row("now", "", meter.notice[:100])
    return Panel(grid, title="toolgrad-local", expand=False)


def engine_text(meter: Meter) -> str:
    """How long the engine's queue is, and how many of several servers are left."""
    queue = "" if meter.queue is None else f"  queue {meter.queue}"
    return queue + (f"  servers {meter.servers_left} of {meter.servers}" if meter.servers > 1 else "")


def tokens_a_second(meter: Meter) -> float:
    """Generated tokens a second since the first request."""
    return meter.generated_tokens / meter.seconds if meter.seconds else 0.0


def time_text(seconds: float | None) -> str:
    """1:02:03, or a dash while nothing is known."""
    if seconds is None:
        return "-"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
