"""The easy negative: the offered tools come from domains that have nothing to do with the query."""

from toolgrad_local.data_model.example import Example
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.distractors import choose
from toolgrad_local.negatives.gold import gold_domains
from toolgrad_local.negatives.negative import FEWEST_OFFERED, make_negative, name_row, tell_lacking
from toolgrad_local.negatives.offered import offer_tools
from toolgrad_local.negatives.wording import IRRELEVANCE, say_lacking
from toolgrad_local.seeding import shuffle


def make_irrelevance(trajectory: Trajectory, bench: Bench) -> Example | str:
    """The row, or why there is none."""
    row, seed = name_row(trajectory, "irrelevance"), bench.options.seed
    far = shuffle(find_far_tools(trajectory, bench), seed, row)
    names = choose((), far, bench.options.offered, bench.judge(trajectory))
    if len(names) < FEWEST_OFFERED:
        return "no_far_tools"
    return make_negative(
        trajectory,
        bench,
        "irrelevance",
        query=trajectory.query or "",
        tools=offer_tools(names, bench.catalog, seed, row),
        answer=say_lacking(IRRELEVANCE, tell_lacking(trajectory, bench.catalog), seed, row),
    )


def find_far_tools(trajectory: Trajectory, bench: Bench) -> list[str]:
    """Tools of other categories whose domains neither give what a gold domain takes nor take what it gives."""
    gold = gold_domains(trajectory, bench.catalog)
    near = {domain.category for domain in bench.catalog.domains if domain.name in gold}
    return [
        name
        for domain in bench.catalog.domains
        if domain.category not in near and not any(bench.affinity.between(domain.name, other) for other in gold)
        for name in domain.tools
    ]
