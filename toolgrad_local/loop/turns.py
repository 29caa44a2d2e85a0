"""Which calls can be made side by side: those that need nothing of one another, tried in the world."""

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.workflow import Workflow


def plan_turns(catalog: Catalog, world_seed: int, workflow: Workflow) -> tuple[tuple[int, ...], ...]:
    """Link indices turn by turn. A call waits for what a needed edge gives it, and for any earlier call that it does
    not commute with: one of the two would give another result if they changed places."""
    turn_of: list[int] = []
    for index, link in enumerate(workflow.links):
        waits = {edge.link for edge in link.edges if edge.needed}
        waits |= {j for j in range(index) if j not in waits and not commute(catalog, world_seed, workflow, j, index)}
        turn_of.append(max((turn_of[j] + 1 for j in waits), default=0))
    return tuple(tuple(i for i, turn in enumerate(turn_of) if turn == t) for t in range(max(turn_of, default=-1) + 1))


def commute(catalog: Catalog, world_seed: int, workflow: Workflow, first: int, second: int) -> bool:
    """True if neither call shows whether it came before the other: the later one gives what it gave without the
    earlier one, and the earlier one gives the same with and without the later one before it."""
    links = workflow.links
    if not any(catalog.tools[links[i].call.tool].writes for i in (first, second)):
        return True
    session = Session.fresh(catalog, world_seed)
    for index in range(second):
        if index != first:
            session.call(links[index].call)
    alone = session.fork().call(links[first].call)
    return session.call(links[second].call) == links[second].result and session.call(links[first].call) == alone
