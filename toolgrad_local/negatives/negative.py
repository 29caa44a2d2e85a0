"""What all negatives of a sample share."""

from collections.abc import Iterator

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.example import Example, ExampleKind, OfferedTool
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.bench import Bench
from toolgrad_local.negatives.gold import gold_domains, world_date
from toolgrad_local.negatives.plain_words import tell_ability
from toolgrad_local.negatives.positive import group_name

FEWEST_OFFERED = 2
"""A negative that can offer fewer tools is not made."""


def name_row(trajectory: Trajectory, kind: ExampleKind) -> str:
    """`w000012-missing_tool`"""
    return f"{group_name(trajectory)}-{kind}"


def make_negative(
    trajectory: Trajectory,
    bench: Bench,
    kind: ExampleKind,
    *,
    query: str,
    tools: tuple[OfferedTool, ...],
    answer: str,
) -> Example:
    """A row in which nothing is called. All its arguments are said, since there are none."""
    return Example(
        id=name_row(trajectory, kind),
        group=group_name(trajectory),
        kind=kind,
        domains=gold_domains(trajectory, bench.catalog),
        tools=tools,
        query=query,
        turns=(),
        thought=None,
        answer=answer,
        single_turn=True,
        teacher=trajectory.teacher,
        today=world_date(trajectory.world_seed),
        world_seed=trajectory.world_seed,
    )


def tell_lacking(trajectory: Trajectory, catalog: Catalog) -> Iterator[str]:
    """What the gold tools do: first those on whose results no other call waits, since these give what is asked for."""
    links = trajectory.workflow.links
    waited_for = {edge.link for link in links for edge in link.edges if edge.needed}
    for index in sorted(range(len(links)), key=lambda i: (i in waited_for, i)):
        yield tell_ability(catalog.tool(links[index].call.tool).description)


def speaks_english(trajectory: Trajectory) -> bool:
    """The answers of negatives are in English, so that only English queries get one."""
    return trajectory.style is None or trajectory.style.language == "English"
