"""The figures that runs are compared by, each with its interval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from toolgrad_local.compare.samples import SampleFigures
from toolgrad_local.intervals import Interval, Ratio, ratio_difference, ratio_interval, tell_interval

Number = Callable[[SampleFigures], float]


@dataclass(frozen=True)
class Figure:
    """A sum over a run's samples divided by another one, where both are of the same samples."""

    key: str
    title: str
    above: Number
    below: Number
    digits: int = 1
    percent: bool = False
    drawn: bool = True
    """In the picture too."""

    def measure(self, samples: Sequence[SampleFigures]) -> Interval | None:
        """None if there is nothing to divide by."""
        return ratio_interval(*self.list_numbers(samples))

    def compare(
        self, first: Sequence[SampleFigures], second: Sequence[SampleFigures], *, paired: bool
    ) -> Interval | None:
        """The second run's less the first's; None if either has nothing to divide by."""
        return ratio_difference(self.list_numbers(first), self.list_numbers(second), paired=paired)

    def list_numbers(self, samples: Sequence[SampleFigures]) -> Ratio:
        """Of both sums, a number a sample."""
        return [self.above(s) for s in samples], [self.below(s) for s in samples]

    def tell(self, interval: Interval | None) -> str:
        """As the tables show it."""
        return tell_interval(interval, self.digits, self.percent)


def count_one(sample: SampleFigures) -> float:
    """For means over all samples."""
    return 1.0


def of_passed(number: Number) -> Number:
    """The number where the sample passed by the paper's meaning, else 0."""
    return Product(attrgetter("passed"), number)


def of_released(number: Number) -> Number:
    """The number where the sample was released, else 0."""
    return Product(attrgetter("released"), number)


@dataclass(frozen=True)
class Product:
    """Two numbers of a sample multiplied."""

    left: Number
    right: Number

    def __call__(self, sample: SampleFigures) -> float:
        return self.left(sample) * self.right(sample)


passed, released = attrgetter("passed"), attrgetter("released")
FIGURES = (
    Figure("pass_rate_paper", "pass rate, the paper's meaning (%)", passed, count_one, percent=True),
    Figure("pass_rate", "pass rate, ours: released (%)", released, count_one, percent=True),
    Figure("tools_passed", "tools a sample that passed", of_passed(attrgetter("tools")), passed, 2, drawn=False),
    Figure("tools_released", "tools a released sample", of_released(attrgetter("tools")), released, 2),
    Figure("depth", "depth of a released sample", of_released(attrgetter("depth")), released, 2),
    Figure("turns", "turns of a released sample", of_released(attrgetter("turns")), released, 2, drawn=False),
    Figure("with_edge", "released with an edge (%)", of_released(attrgetter("has_edge")), released, percent=True),
    Figure("teacher_calls", "teacher calls a sample", attrgetter("teacher_calls"), count_one),
    Figure("tool_calls", "tool calls a sample", attrgetter("tool_calls"), count_one, drawn=False),
    Figure("prompt_tokens", "prompt tokens a sample", attrgetter("prompt_tokens"), count_one, 0, drawn=False),
    Figure(
        "cached_share",
        "of these from the prefix cache (%)",
        attrgetter("cached_tokens"),
        attrgetter("prompt_tokens"),
        0,
        percent=True,
        drawn=False,
    ),
    Figure("generated_tokens", "generated tokens a sample", attrgetter("generated_tokens"), count_one, 0),
    Figure("seconds", "seconds a sample, all requests", attrgetter("seconds"), count_one, drawn=False),
    Figure("teacher_calls_a_release", "teacher calls a released sample", attrgetter("teacher_calls"), released),
    Figure("tokens_a_release", "generated tokens a released sample", attrgetter("generated_tokens"), released, 0),
)
"""In the order of the tables. Seconds are summed over requests that ran side by side: a run folder knows no
others."""
