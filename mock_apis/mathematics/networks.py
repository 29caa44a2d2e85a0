"""Graphs as text, read into networkx."""

from itertools import combinations, pairwise
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted

Graph = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9]+-[A-Za-z0-9]+(:[0-9]+)?( [A-Za-z0-9]+-[A-Za-z0-9]+(:[0-9]+)?)*$"),
    Entity("math.graph"),
]
"""Edges with weights: A-B:4 B-C:2; a weight that is left out is 1."""
Node = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+$"), Entity("graph.node")]
MOST_EDGES = 80


class Summary(Record):
    nodes: int
    edges: int
    connected: bool
    bipartite: bool
    tree: bool
    eulerian: bool
    """Whether a closed walk takes every edge once."""
    diameter: int | None
    """Edges of the longest shortest path; null if not connected."""


def read(text: str, directed: bool) -> Any:
    """The networkx graph, its nodes and edges in order of their names. Raises InvalidArgument or ResourceExhausted."""
    import networkx

    items = text.split()
    if len(items) > MOST_EDGES or len(text) > 2000:
        raise ResourceExhausted(f"graph has {len(items)} edges; {MOST_EDGES} in 2000 characters are allowed")
    edges: dict[tuple[str, str], int] = {}
    for item in items:
        ends, _, weight = item.partition(":")
        first, _, second = ends.partition("-")
        if len(weight) > 7:
            raise InvalidArgument(f"graph: the weight {weight[:20]} has over 7 digits")
        pair = (first, second) if directed else (min(first, second), max(first, second))
        if pair in edges:
            raise InvalidArgument(f"graph: the edge {first}-{second} is given twice")
        edges[pair] = int(weight or 1)
    network = networkx.DiGraph() if directed else networkx.Graph()
    network.add_nodes_from(sorted({node for pair in edges for node in pair}))
    network.add_weighted_edges_from((*pair, edges[pair]) for pair in sorted(edges))
    return network


def require_nodes(network: Any, **nodes: str) -> None:
    """Raises NotFound."""
    for argument, node in nodes.items():
        if node not in network:
            raise NotFound(f"{argument} '{node[:40]}' is no node of the graph")


def side_of(network: Any, first: str) -> list[str]:
    """The nodes at even distance from the first one, in its component."""
    import networkx

    steps = networkx.single_source_shortest_path_length(network, first)
    return [node for node in steps if steps[node] % 2 == 0]


def augment(network: Any, node: str, pairs: dict[str, str], seen: set[str]) -> bool:
    """Find a partner for the node, moving others if need be."""
    for other in sorted(network[node]):
        if other not in seen:
            seen.add(other)
            if other not in pairs or augment(network, pairs[other], pairs, seen):
                pairs[other] = node
                return True
    return False


def edges_of(family: str, size: int) -> list[tuple[int, int]]:
    """The edges of a path, cycle, star, wheel or complete graph. Raises FailedPrecondition."""
    least, most = {"cycle": (3, 20), "wheel": (4, 20), "complete": (2, 12)}.get(family, (2, 20))
    if not least <= size <= most:
        raise FailedPrecondition(f"size {size}: a {family} has {least} to {most} nodes here")
    ring = range(2 if family == "wheel" else 1, size + 1)
    edges = [(1, at) for at in range(2, size + 1)] if family in ("star", "wheel") else []
    edges += list(pairwise(ring)) if family in ("path", "cycle", "wheel") else []
    edges += [(ring[0], size)] if family in ("cycle", "wheel") else []
    edges += list(combinations(ring, 2)) if family == "complete" else []
    return edges
