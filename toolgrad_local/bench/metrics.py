"""What the benchmarks measure: each figure's name, unit and goal. Values are in results.json, never here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """One measured quantity."""

    label: str
    digits: int = 2
    """Decimal places that are printed."""
    share: bool = False
    """Printed as a percentage."""
    at_most: float | None = None
    at_least: float | None = None
    compare: str = ""
    """What it is set beside where there is no goal."""

    @property
    def goal(self) -> str:
        """The goal, what it is compared with, or nothing."""
        bound = self.at_most if self.at_most is not None else self.at_least
        if bound is None:
            return self.compare
        written = f"{bound:.0%}" if self.share else f"{bound:,g}"
        return f"at least {written}" if self.at_most is None else f"at most {written}"

    def write(self, value: float) -> str:
        """The value for people."""
        return f"{value:.1%}" if self.share else f"{value:,.{self.digits}f}"

    def is_reached(self, value: float) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.at_most is not None:
            return value <= self.at_most
        return None if self.at_least is None else value >= self.at_least


METRICS: dict[str, Metric] = {
    "loop_over_ideal": Metric("wall time of the loop over the ideal's", at_most=1.15),
    "loop_over_ideal_per_token": Metric("the same, each divided by its generated tokens"),
    "loop_seconds": Metric("the loop, seconds", 1),
    "ideal_seconds": Metric("the ideal, seconds", 1),
    "loop_in_flight": Metric("the loop, requests in flight on average", 1),
    "loop_below_width": Metric("the loop, share of its time with fewer than the engine decodes together", share=True),
    "loop_generated_tokens": Metric("the loop, generated tokens", 0),
    "ideal_generated_tokens": Metric("the ideal, generated tokens", 0),
    "loop_cached_share": Metric("the loop, prompt tokens from the prefix cache", share=True),
    "ideal_cached_share": Metric("the ideal, prompt tokens from the prefix cache", share=True),
    "speedup_over_reference_schedule": Metric("samples a minute over the reference schedule's", 1, at_least=8),
    "samples_a_minute": Metric("samples a minute", 1),
    "reference_samples_a_minute": Metric("samples a minute, reference schedule"),
    "overhead_calls_per_second": Metric("teacher calls a second", 0, at_least=2000),
    "overhead_calls_per_cpu_second": Metric("teacher calls a second of processor time", 0),
    "memory_ratio": Metric("memory at the end over that at one tenth", at_most=1.3),
    "memory_tenth_mib": Metric("at one tenth of the samples, MiB", 0),
    "memory_grown_mib": Metric("when all samples were grown, MiB", 0),
    "memory_end_mib": Metric("most while outputs and summary were made, MiB", 0),
    "memory_minutes": Metric("minutes of the run", 1),
    "prefix_cache_share": Metric("prompt tokens served from the prefix cache", share=True, at_least=0.85),
    "prefix_cache_share_unordered": Metric("the same requests, particular text first", share=True),
    "read_tokens_per_sample": Metric("prompt tokens read a sample", 0),
    "read_tokens_per_sample_unordered": Metric("the same requests, particular text first", 0),
    "distinct_schemas": Metric("distinct schemas of the run", 0),
    "compile_seconds": Metric("seconds to compile them all"),
    "constrained_over_free": Metric("decode speed, constrained over free"),
    "teacher_calls_per_sample": Metric("teacher calls a sample", 1, compare="the paper: 45.9"),
    "tools_per_sample": Metric("tools kept a sample", 1, compare="the paper: 6.1"),
    "calls_per_tool": Metric("teacher calls a tool kept", 1, compare="the paper: 7.5"),
    "prompt_tokens_per_sample": Metric("prompt tokens a sample", 0),
    "generated_tokens_per_sample": Metric("generated tokens a sample", 0),
    "tool_calls_per_sample": Metric("tool calls a sample", 1),
    "kills_survived": Metric("kills after which the run ended with the same bytes", 0),
    "kills_tried": Metric("kills tried", 0),
    "connections_tried": Metric("addresses asked for, by all programs and tracers", 0),
    "connections_beyond_loopback": Metric("of these beyond loopback", 0, at_most=0),
}
"""The paper is arXiv 2508.04086, its data set ToolGrad-5K."""

SUMMED = ("kills_survived", "kills_tried")
"""Measured by more than one script: the headline is the sum."""
