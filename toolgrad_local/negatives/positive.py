"""The row that a released sample gives: its calls in turns, among verified distractors."""

from collections.abc import Iterator

from toolgrad_local.data_model.example import Example, ExampleCall, OfferedTool, Turn
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.data_model.workflow import ArgumentLeaf
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.distractors import draw_distractors
from toolgrad_local.negatives.gold import gold_domains, gold_tools, world_date
from toolgrad_local.negatives.offered import offer_tools


def make_positive(trajectory: Trajectory, bench: Bench) -> Example:
    """Only for a released sample: it has a query and a response."""
    assert trajectory.query is not None
    assert trajectory.response is not None
    name, thoughts = group_name(trajectory), trajectory.thoughts
    return Example(
        id=name,
        group=name,
        kind="positive",
        domains=gold_domains(trajectory, bench.catalog),
        tools=offer_with_gold(trajectory, bench, name),
        query=trajectory.query,
        turns=tuple(make_turns(trajectory)),
        thought=thoughts[-1] if thoughts else None,
        answer=trajectory.response,
        single_turn=all(is_said_or_fixed(leaf) for link in trajectory.workflow.links for leaf in link.leaves),
        teacher=trajectory.teacher,
        today=world_date(trajectory.world_seed),
        world_seed=trajectory.world_seed,
    )


def group_name(trajectory: Trajectory) -> str:
    """`w000012`: what all rows of a sample share."""
    return f"w{trajectory.sample:06d}"


def offer_with_gold(trajectory: Trajectory, bench: Bench, row: str) -> tuple[OfferedTool, ...]:
    """The gold tools and as many distractors as fill the row."""
    gold = gold_tools(trajectory)
    others = draw_distractors(trajectory, bench.options.offered - len(gold), bench)
    return offer_tools((*gold, *others), bench.catalog, bench.options.seed, row)


def make_turns(trajectory: Trajectory) -> Iterator[Turn]:
    """The turns, with calls numbered through the row."""
    links, number = trajectory.workflow.links, 0
    for index, turn in enumerate(trajectory.turns):
        calls = []
        for link in (links[i] for i in turn):
            number += 1
            calls.append(
                ExampleCall(
                    id=f"call_{number}",
                    tool=link.call.tool,
                    arguments=link.call.arguments,
                    result=link.result.value,
                )
            )
        yield Turn(thought=trajectory.thoughts[index] if trajectory.thoughts else None, calls=tuple(calls))


def is_said_or_fixed(leaf: ArgumentLeaf) -> bool:
    """True if the argument needs no result of an earlier call."""
    return leaf.edge is None or not leaf.edge.needed
