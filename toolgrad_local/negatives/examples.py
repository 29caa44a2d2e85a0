"""From released samples to training rows: a positive each, and verified negatives in the proportion asked for."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.example import Example
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError
from toolgrad_local.negatives.bench import Bench, open_bench
from toolgrad_local.negatives.check import find_fault
from toolgrad_local.negatives.gold import gold_tools
from toolgrad_local.negatives.irrelevance import make_irrelevance
from toolgrad_local.negatives.missing_parameter import make_missing_parameter
from toolgrad_local.negatives.missing_tool import make_missing_tool
from toolgrad_local.negatives.negative import speaks_english
from toolgrad_local.negatives.no_tool import make_no_tool, read_chats
from toolgrad_local.negatives.options import ExampleOptions
from toolgrad_local.negatives.positive import make_positive
from toolgrad_local.negatives.quotas import Filled, Source, fill_quotas
from toolgrad_local.negatives.ranking import Similarity
from toolgrad_local.negatives.stand_in import SERVING, count_verdicts
from toolgrad_local.seeding import shuffle

Maker = Callable[[Trajectory, Bench], Example | str]
MAKERS: dict[str, Maker] = {
    "irrelevance": make_irrelevance,
    "missing_tool": make_missing_tool,
    "missing_parameter": make_missing_parameter,
}


class Counts(Data):
    """What happened on the way, each reason with its number; reasons that did not occur are left out."""

    rows: dict[str, int]
    """By kind."""
    excluded: dict[str, int]
    """Tools that could serve and were therefore not offered, by reason; one a sample and tool."""
    harmless: dict[str, int]
    """Tools that were tried and could not serve, by reason; one a sample and tool."""
    dropped: dict[str, int]
    """Negatives that could not be made or failed their check: `missing_parameter: value_still_said`."""
    passed_on: dict[str, int]
    """Negatives that a kind could not supply, so that other kinds were asked for them."""
    lacking: int
    """Negatives that no kind could supply."""
    small: int
    """Rows with fewer tools than asked for: the catalog has no more that would be right."""


class ExampleSet(Data):
    """Rows sorted by id."""

    examples: tuple[Example, ...]
    counts: Counts
    similarity: str
    """Name of the embedding model, or `lexical`."""


def make_examples(
    trajectories: Sequence[Trajectory], catalog: Catalog, options: ExampleOptions, similarity: Similarity
) -> ExampleSet:
    """Rows of released samples. The same samples and options give the same rows, whatever order they come in.

    Raises ConfigError if a sample has more gold tools than are to be offered, JournalError if a kept call gives
    another result than in the run.
    """
    samples = sorted(trajectories, key=lambda trajectory: trajectory.sample)
    require_room(samples, options)
    bench = open_bench(catalog, options, similarity)
    positives = [make_positive(trajectory, bench) for trajectory in samples]
    filled = make_negatives(samples, bench)
    rows = sorted((*positives, *filled.rows), key=lambda example: example.id)
    return ExampleSet(examples=tuple(rows), counts=count(rows, filled, bench), similarity=similarity.name)


def require_room(samples: Sequence[Trajectory], options: ExampleOptions) -> None:
    """Raises ConfigError for the sample that uses most tools, if these are more than are offered."""
    largest = max(samples, key=lambda trajectory: len(gold_tools(trajectory)), default=None)
    if largest is not None and (needed := len(gold_tools(largest))) > options.offered:
        raise ConfigError(
            f"sample {largest.sample} uses {needed} tools and only {options.offered} are to be offered; "
            f"use --offered {needed} or more"
        )


def make_negatives(samples: Sequence[Trajectory], bench: Bench) -> Filled:
    """As many as the options say for the positives; which samples they are made of is drawn for each kind."""
    wanted = (len(samples) * bench.options.negatives + 50) // 100
    chats = shuffle(range(len(read_chats())), bench.options.seed, "no_tool")
    sources: dict[str, Source] = {kind: make_kind(kind, samples, bench) for kind in MAKERS}
    sources["no_tool"] = (make_no_tool(number, bench) for number in chats)
    return fill_quotas(wanted, bench.options.kinds.model_dump(), sources)


def make_kind(kind: str, samples: Sequence[Trajectory], bench: Bench) -> Iterator[Example | str]:
    """At most one row a sample, in drawn order; a reason for one that cannot be made or fails its check."""
    for trajectory in shuffle(samples, bench.options.seed, kind):
        made = MAKERS[kind](trajectory, bench) if speaks_english(trajectory) else "other_language"
        fault = None if isinstance(made, str) else find_fault(made, trajectory, bench)
        yield fault or made


def count(rows: Sequence[Example], filled: Filled, bench: Bench) -> Counts:
    """The figures of a set."""
    verdicts = count_verdicts(bench.judges)
    return Counts(
        rows=tally(Counter(example.kind for example in rows)),
        excluded=tally(Counter({name: number for name, number in verdicts.items() if name in SERVING})),
        harmless=tally(Counter({name: number for name, number in verdicts.items() if name not in SERVING})),
        dropped=tally(filled.dropped),
        passed_on=tally(filled.passed_on),
        lacking=filled.lacking,
        small=sum(len(example.tools) < bench.options.offered for example in rows),
    )


def tally(counter: Counter[str]) -> dict[str, int]:
    """The counter by name."""
    return {name: counter[name] for name in sorted(counter)}
