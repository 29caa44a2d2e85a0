"""What a sample costs and what it is worth: of a run made here, or of finished ones side by side."""

import asyncio
import tempfile
from pathlib import Path

from toolgrad_local.bench.phase import grow_samples, open_engine
from toolgrad_local.bench.plan import Plan, Tell, require_teacher
from toolgrad_local.bench.results import ResultTable
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest
from toolgrad_local.generation.summary import Summary, summarise
from toolgrad_local.journal.store import Journal

ROWS = (
    "samples",
    "teacher calls a sample",
    "prompt tokens a sample",
    "read, not from the cache",
    "generated tokens a sample",
    "tool calls a sample",
    "tools kept a sample",
    "teacher calls a tool kept",
    "generated tokens a released sample",
    "pass rate, the paper's",
    "pass rate, ours",
    "tools of a released sample",
    "released with an edge",
)


def measure_cost(plan: Plan, tell: Tell) -> tuple[dict[str, tuple[float, ...]], tuple[ResultTable, ...]]:
    """A table of all runs, and the metrics: of the first run given, or of all that were made here."""
    runs = [read_run(run) for run in plan.runs] or [
        asyncio.run(make_run(plan, repeat, tell)) for repeat in range(plan.repeat)
    ]
    measured = [summary for _, summary in (runs[:1] if plan.runs else runs)]
    metrics = {
        "teacher_calls_per_sample": tuple(summary.teacher_calls_a_sample for summary in measured),
        "tools_per_sample": tuple(summary.tools_a_sample for summary in measured),
        "calls_per_tool": tuple(count_calls_a_tool(summary) for summary in measured),
        "prompt_tokens_per_sample": tuple(summary.prompt_tokens_a_sample for summary in measured),
        "generated_tokens_per_sample": tuple(summary.generated_tokens_a_sample for summary in measured),
        "tool_calls_per_sample": tuple(summary.tool_calls_a_sample for summary in measured),
    }
    names = [run.name for run in plan.runs] or [f"seed {config.seed}" for config, _ in runs]
    columns = ("", *(f"{name}: {describe_loop(config)}" for name, (config, _) in zip(names, runs, strict=True)))
    cells = [describe_run(summary) for _, summary in runs]
    rows = tuple((title, *(cell[number] for cell in cells)) for number, title in enumerate(ROWS))
    return metrics, (ResultTable(title="Cost and effect of the loop's settings", columns=columns, rows=rows),)


def read_run(run: Path) -> tuple[RunConfig, Summary]:
    """Config and figures of a finished run. Raises ConfigError for any other folder."""
    folder = RunFolder(run)
    folder.require()
    manifest = read_manifest(folder)
    if not manifest.finished:
        raise ConfigError(f"--run {run} is unfinished; resume it with `toolgrad-local generate --out {run}`")
    journal = Journal(folder.journal, read_only=True)
    try:
        return manifest.config, summarise(journal)
    finally:
        journal.close()


async def make_run(plan: Plan, repeat: int, tell: Tell) -> tuple[RunConfig, Summary]:
    """A run of the plan's settings."""
    profile, weights = require_teacher(plan)
    config = plan.make_config(repeat)
    tell(f"cost, repeat {repeat + 1} of {plan.repeat}: {plan.samples} samples")
    with tempfile.TemporaryDirectory(prefix="toolgrad-bench-") as name:
        async with open_engine(profile, weights, Path(name), tell, primed=True) as teacher:
            phase = await grow_samples(teacher, config, profile, load_catalog(), Path(name), plan.width)
    assert phase.summary is not None
    return config, phase.summary


def describe_loop(config: RunConfig) -> str:
    """The teacher, and what differs from the default settings."""
    default = LoopSettings().model_dump()
    changed = [f"{name} {value}" for name, value in config.loop.model_dump().items() if value != default[name]]
    return f"{config.teacher}, {', '.join(changed) or 'default settings'}"


def describe_run(summary: Summary) -> tuple[str, ...]:
    """The cells under ROWS."""
    funnel = summary.funnel
    read = summary.prompt_tokens_a_sample * (1 - summary.cached_share)
    generated = summary.generated_tokens_a_sample * funnel.started / max(1, funnel.released)
    return (
        str(funnel.started),
        f"{summary.teacher_calls_a_sample:.1f}",
        f"{summary.prompt_tokens_a_sample:,.0f}",
        f"{read:,.0f}",
        f"{summary.generated_tokens_a_sample:,.0f}",
        f"{summary.tool_calls_a_sample:.1f}",
        f"{summary.tools_a_sample:.1f}",
        f"{count_calls_a_tool(summary):.1f}",
        f"{generated:,.0f}" if funnel.released else "none released",
        f"{funnel.pass_rate_paper:.1%}",
        f"{funnel.pass_rate_strict:.1%}",
        f"{summary.tools_a_released_sample:.1f}",
        f"{summary.with_edge} of {funnel.released}",
    )


def count_calls_a_tool(summary: Summary) -> float:
    """Teacher calls for each tool kept in a sample that has a query."""
    kept = summary.tools_a_sample * summary.funnel.grown
    return summary.teacher_calls_a_sample * summary.funnel.started / max(1.0, kept)
