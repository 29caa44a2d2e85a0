"""Memory of a long run: resident at the end, outputs and summary included, over that at one tenth."""

from typing import Any

from toolgrad_local.bench.child import run_child
from toolgrad_local.bench.plan import Plan, Tell

MIB = 2**20


def measure_memory(plan: Plan, tell: Tell) -> dict[str, tuple[float, ...]]:
    """A whole run of the scripted teacher in a process of its own."""
    found = []
    for repeat in range(plan.repeat):
        config = plan.make_config(repeat)
        tell(f"memory, repeat {repeat + 1} of {plan.repeat}: {config.samples} samples x {config.loop.iterations} steps")
        reading: Any = run_child("memory_child", config=config.model_dump(mode="json"), width=plan.width)
        found.append(reading)
        tell(
            f"  {reading['tenth'] / MIB:.0f} MiB at one tenth, {reading['grown'] / MIB:.0f} when grown, "
            f"{reading['end'] / MIB:.0f} at the end, {reading['seconds']:.0f} s"
        )
    return {
        "memory_ratio": tuple(reading["end"] / reading["tenth"] for reading in found),
        "memory_tenth_mib": tuple(reading["tenth"] / MIB for reading in found),
        "memory_grown_mib": tuple(reading["grown"] / MIB for reading in found),
        "memory_end_mib": tuple(reading["end"] / MIB for reading in found),
        "memory_minutes": tuple(reading["seconds"] / 60 for reading in found),
    }
