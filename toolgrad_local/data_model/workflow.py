"""The thing that grows: executed calls, linked by the values that flow between them."""

from typing import Literal

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.call import ToolCall, ToolResult

Source = Literal["edge", "default", "only_value", "query", "untraced"]
"""Where an argument value comes from: an earlier result, the schema's default, the only value the
schema allows, the query, or nowhere that is known."""


class Edge(Data):
    """An earlier result gave an argument its value."""

    link: int
    """Index of the link whose result holds the value."""
    path: str
    """Where in that result: `flights[0].flight_id`."""
    entity: str | None
    """The entity type that both ends declare; None when neither declares one."""
    needed: bool
    """True if the query does not state the value itself, so that the call must wait for the result."""


class ArgumentLeaf(Data):
    """One scalar of a call's arguments, and its source."""

    path: str
    value: str | int | float | bool | None
    entity: str | None = None
    """The entity type that the parameter declares."""
    source: Source
    edge: Edge | None = None


class Link(Data):
    """A kept call with its result."""

    step: int
    chain: int
    call: ToolCall
    result: ToolResult
    leaves: tuple[ArgumentLeaf, ...] = ()

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges that end in this call."""
        return tuple(leaf.edge for leaf in self.leaves if leaf.edge is not None)


class Workflow(Data):
    """Kept calls in the order in which they were executed."""

    links: tuple[Link, ...] = ()

    @property
    def chains(self) -> tuple[tuple[int, ...], ...]:
        """Link indices of each chain, in order; every link is in one chain."""
        count = max((link.chain for link in self.links), default=-1) + 1
        return tuple(tuple(i for i, link in enumerate(self.links) if link.chain == c) for c in range(count))

    def append(self, link: Link) -> "Workflow":
        """The workflow with one more link at the end."""
        return Workflow(links=(*self.links, link))
