"""What a person is told while a run goes on."""

import asyncio
import io
import time

from rich.console import Console

from toolgrad_local.data_model.exchange import Reply, Usage
from toolgrad_local.data_model.run_config import LoopSettings
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.progress import make_line, make_panel, show_progress, time_text


async def test_off_a_terminal_every_phase_is_a_line_even_a_short_one() -> None:
    out = io.StringIO()
    meter = Meter(4, LoopSettings())
    async with show_progress(meter, Console(file=out)):
        meter.tell("starting the teacher, 1 s: loading")
        meter.tell("starting the teacher, 2 s: loading")
        meter.tell("the teacher's server died; restart 1 of 3")
        meter.tell("starting the teacher, 1 s: loading")
        await asyncio.sleep(0.7)
    lines = out.getvalue().splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "starting the teacher",
        "the teacher's server died; restart 1 of 3",
        "starting the teacher",
    ]


def test_the_panel_shows_samples_calls_cache_failures_and_time_left() -> None:
    meter = Meter(4, LoopSettings(), samples_done=1, asked=10, prompt_tokens=100, cached_tokens=70)
    meter.failures["call not_found"] = 3
    out = io.StringIO()
    Console(file=out, width=100).print(make_panel(meter))
    for part in ("1/4", "10", "70%", "call not_found 3", "ETA"):
        assert part in out.getvalue()


def test_width_queue_and_servers_are_shown_where_they_are_known() -> None:
    meter = Meter(4, LoopSettings(), asked=10, width=3)
    assert "width 3  0 tok/s" in make_line(meter)
    meter.queue = 2
    assert "width 3  queue 2  0 tok/s" in make_line(meter)
    meter.servers_left, meter.servers = 3, 4
    assert "width 3  queue 2  servers 3 of 4  0 tok/s" in make_line(meter)
    out = io.StringIO()
    Console(file=out, width=100).print(make_panel(meter))
    assert "servers 3 of 4" in out.getvalue()


def test_times_are_written_for_people() -> None:
    assert [time_text(seconds) for seconds in (None, 5, 65, 3725)] == ["-", "0:05", "1:05", "1:02:05"]


def test_the_time_left_counts_what_comes_after_the_steps_and_follows_the_samples_that_are_done() -> None:
    meter = Meter(20, LoopSettings(iterations=2, proposals=2), resumed_with=10, samples_done=10)
    meter.first_asked = time.monotonic() - 100
    reply = Reply(text="{}", finish_reason="stop", usage=Usage(prompt_tokens=1, completion_tokens=1))
    for sample in range(10, 20):
        for _ in range(9):
            meter.count_reply(sample, reply)
    assert round(meter.seconds_left or 0) == 100  # of 18 calls a sample
    for sample in range(10, 14):
        for _ in range(21):
            meter.count_reply(sample, reply)
        meter.count_sample(sample, released=True)
    assert (meter.samples_done, meter.released) == (14, 4)
    assert round(meter.seconds_left or 0) == 72  # 30 calls a sample: 126 of 300 are left
