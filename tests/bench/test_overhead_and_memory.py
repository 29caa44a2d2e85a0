"""The figures without an engine, at tiny sizes: what they count and what they print."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.bench import memory_child, overhead_child
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.generation.meter import Meter

Command = Callable[..., Any]
CONFIG = RunConfig(samples=2, seed=7, teacher="scripted", styles=None, loop=LoopSettings(iterations=1))


def test_the_overhead_is_of_the_whole_loop_with_replies_that_are_there(catalog: Catalog) -> None:
    found = overhead_child.measure(CONFIG, catalog, 2, 2)
    assert found["calls"] > 8
    assert len(found["seconds"]) == len(found["cpu_seconds"]) == 2
    assert min(found["seconds"]) > 0 < min(found["cpu_seconds"])
    assert {"prompting", "journal and digests", "parsing and validation", "audit"} <= set(found["shares"])


async def test_memory_is_watched_at_one_tenth_and_to_the_end_of_the_outputs() -> None:
    meter = Meter(20, LoopSettings())
    watch = memory_child.Watch(meter)
    watch.read()
    assert (watch.tenth, watch.grown, watch.end) == (0, 0, 0)
    meter.samples_done = 2
    watch.read()
    assert watch.tenth > 2**20 > watch.grown
    meter.samples_done = 20
    tenth = watch.tenth
    watch.read()
    assert watch.tenth == tenth
    assert watch.grown == watch.end > 0


def test_a_whole_run_is_measured(catalog: Catalog) -> None:
    found = memory_child.measure(CONFIG, catalog, 2)
    assert found["end"] >= found["grown"] > 2**20
    assert found["tenth"] > 2**20
    assert found["seconds"] > 0


@pytest.mark.slow
def test_both_are_measured_in_processes_of_their_own_and_merged(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    outcome = command("bench", "overhead", "--samples", 2, "--iterations", 1, "--repeat", 3, "--out", out)
    assert outcome.code == 0, outcome.err
    assert "teacher calls a second" in outcome.out
    outcome = command("bench", "memory", "--samples", 100, "--iterations", 1, "--out", out, "--json")
    assert outcome.code == 0, outcome.err
    printed, written = json.loads(outcome.out), json.loads(out.read_text())
    assert list(printed["figures"]) == ["memory"]
    assert set(written["figures"]) == {"overhead", "memory"}
    assert 0.5 < written["memory_ratio"] == printed["memory_ratio"] < 3
    assert written["overhead_calls_per_second"] > 10
    assert len(written["figures"]["overhead"]["metrics"]["overhead_calls_per_second"]) == 3
    assert "## Memory" in (tmp_path / "RESULTS.md").read_text()
