"""Our own overhead: teacher calls a second through the whole loop when the teacher answers at once, on one core."""

from typing import Any

from toolgrad_local.bench.child import run_child
from toolgrad_local.bench.plan import Plan, Tell
from toolgrad_local.bench.results import ResultTable


def measure_overhead(plan: Plan, tell: Tell) -> tuple[dict[str, tuple[float, ...]], tuple[ResultTable, ...]]:
    """All repeats in one process, after a run that warms it up and writes the replies."""
    tell(f"overhead: {plan.samples} samples of precomputed replies, {plan.repeat} times, and once under a profiler")
    found: Any = run_child(
        "overhead_child", config=plan.make_config().model_dump(mode="json"), width=plan.width, repeat=plan.repeat
    )
    calls = found["calls"]
    tell(f"  {calls} teacher calls in {', '.join(f'{seconds:.1f}' for seconds in found['seconds'])} s")
    shares = tuple((part, f"{share:.1%}") for part, share in found["shares"].items())
    return (
        {
            "overhead_calls_per_second": tuple(calls / seconds for seconds in found["seconds"]),
            "overhead_calls_per_cpu_second": tuple(calls / seconds for seconds in found["cpu_seconds"]),
        },
        (ResultTable(title="Where the time goes, under the profiler", columns=("part", "share"), rows=shares),),
    )
