"""The hard negative: tools of the gold tools' domains and similar ones are offered, and none of them can serve."""

from collections.abc import Iterator

from toolgrad_local.data_model.example import Example
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.distractors import choose, interleave
from toolgrad_local.negatives.gold import gold_domains, gold_tools
from toolgrad_local.negatives.negative import FEWEST_OFFERED, make_negative, name_row, tell_lacking
from toolgrad_local.negatives.offered import offer_tools
from toolgrad_local.negatives.wording import MISSING_TOOL, say_lacking
from toolgrad_local.seeding import shuffle


def make_missing_tool(trajectory: Trajectory, bench: Bench) -> Example | str:
    """The row, or why there is none. Half of the tools are of the gold domains, as far as these have as many."""
    row, options, judge = name_row(trajectory, "missing_tool"), bench.options, bench.judge(trajectory)
    near = choose((), draw_near(trajectory, bench, row), -(-options.offered // 2), judge)
    names = choose(near, interleave(gold_tools(trajectory), bench.ranking), options.offered, judge)
    if len(names) < FEWEST_OFFERED:
        return "no_other_tools"
    return make_negative(
        trajectory,
        bench,
        "missing_tool",
        query=trajectory.query or "",
        tools=offer_tools(names, bench.catalog, options.seed, row),
        answer=say_lacking(MISSING_TOOL, tell_lacking(trajectory, bench.catalog), options.seed, row),
    )


def draw_near(trajectory: Trajectory, bench: Bench, row: str) -> Iterator[str]:
    """The tools of the gold domains, in drawn order."""
    gold = gold_domains(trajectory, bench.catalog)
    names = [name for domain in bench.catalog.domains if domain.name in gold for name in domain.tools]
    return iter(shuffle(names, bench.options.seed, row))
