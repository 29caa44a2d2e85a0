"""Graphs, written as a list of their edges: A-B:4 B-C:2."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.mathematics.networks import Graph, Node, Summary, augment, edges_of, read, require_nodes, side_of

graphs = Domain("graphs", category="mathematics", description="Paths, trees, flows and structure of graphs.")

GRAPH = "A-B:4 A-C:2 C-B:1 B-D:5 C-D:8 D-E:3"


class Named(Record):
    graph: Graph
    edges: int


class Path(Record):
    nodes: list[Node]
    length: int


class Tree(Record):
    graph: Graph
    weight: int


class Flow(Record):
    value: int
    cut: list[str]
    """Edges whose capacities limit the flow."""


class Order(Record):
    nodes: list[Node]


class Components(Record):
    total: int
    components: list[list[Node]]


class Ranked(Record):
    node: Node
    degree: int
    betweenness: float
    closeness: float


class Ranking(Record):
    nodes: list[Ranked]


class Weakness(Record):
    bridges: list[str]
    cut_nodes: list[Node]


class Matching(Record):
    size: int
    pairs: list[str]


class Distances(Record):
    source: Node
    nodes: list[Node]
    distances: list[int]


ERRORS = [ResourceExhausted, NotFound, FailedPrecondition]


@graphs.tool(example={"family": "cycle", "size": 5}, errors=[FailedPrecondition], kind="computation")
def named(
    w: World, family: Literal["path", "cycle", "star", "wheel", "complete"], size: Annotated[int, Field(ge=2, le=20)]
) -> Named:
    """Write a graph of a well-known family as a list of edges.

    family: Which family; star and wheel have node 1 in the middle.
    size: Number of nodes, 2 to 20; at least 3 for a cycle, 4 for a wheel, at most 12 if complete.
    """
    edges = edges_of(family, size)
    return Named(graph=" ".join(f"{one}-{two}" for one, two in sorted(edges)), edges=len(edges))


@graphs.tool(example={"graph": GRAPH, "source": "A", "target": "E"}, errors=ERRORS, kind="computation")
def shortest_path(w: World, graph: Graph, source: Node, target: Node, directed: bool = False) -> Path:
    """Find the lightest path between two nodes of a graph.

    graph: Edges with lengths, such as A-B:4 B-C:2; 1 where none is given.
    source: Node to start at.
    target: Node to end at.
    directed: Whether A-B leads only from A to B.
    """
    import networkx

    network = read(graph, directed)
    require_nodes(network, source=source, target=target)
    if not networkx.has_path(network, source, target):
        raise FailedPrecondition(f"target {target} cannot be reached from source {source}")
    nodes = networkx.dijkstra_path(network, source, target)
    return Path(nodes=nodes, length=networkx.path_weight(network, nodes, "weight"))


@graphs.tool(example={"graph": GRAPH, "source": "A"}, errors=ERRORS, kind="computation")
def distances(w: World, graph: Graph, source: Node, directed: bool = False) -> Distances:
    """Give the distance from one node to all that it reaches, nearest first.

    graph: Edges with lengths, such as A-B:4 B-C:2; 1 where none is given.
    source: Node to start at.
    directed: Whether A-B leads only from A to B.
    """
    import networkx

    network = read(graph, directed)
    require_nodes(network, source=source)
    found = networkx.single_source_dijkstra_path_length(network, source)
    nodes = sorted(found, key=lambda node: (found[node], node))
    return Distances(source=source, nodes=nodes, distances=[found[node] for node in nodes])


@graphs.tool(example={"graph": GRAPH}, errors=ERRORS, kind="computation")
def spanning_tree(w: World, graph: Graph) -> Tree:
    """Find a lightest tree that joins all nodes of a connected graph.

    graph: Edges with weights, such as A-B:4 B-C:2, undirected.
    """
    import networkx

    network = read(graph, False)
    if not networkx.is_connected(network):
        raise FailedPrecondition("graph is not connected; see graphs_components")
    tree = networkx.minimum_spanning_tree(network, algorithm="kruskal")
    edges = sorted((*sorted((a, b)), data["weight"]) for a, b, data in tree.edges(data=True))
    if not edges:
        raise FailedPrecondition("graph has one node alone and no tree with an edge")
    return Tree(graph=" ".join(f"{a}-{b}:{weight}" for a, b, weight in edges), weight=sum(edge[2] for edge in edges))


@graphs.tool(example={"graph": GRAPH, "source": "A", "sink": "E"}, errors=ERRORS, kind="computation")
def max_flow(w: World, graph: Graph, source: Node, sink: Node) -> Flow:
    """Find the largest flow from a source to a sink and the edges that limit it.

    graph: Directed edges with capacities, such as A-B:4 B-C:2.
    source: Node that the flow leaves.
    sink: Node that the flow reaches, not the source.
    """
    import networkx

    network = read(graph, True)
    require_nodes(network, source=source, sink=sink)
    if source == sink:
        raise FailedPrecondition(f"sink {sink} is the source")
    value, (near, _) = networkx.minimum_cut(network, source, sink, capacity="weight")
    cut = sorted(f"{a}-{b}" for a, b in network.edges if a in near and b not in near)
    return Flow(value=value, cut=cut)


@graphs.tool(
    example={"graph": "shirt-tie tie-jacket trousers-shoes trousers-belt belt-jacket"},
    errors=ERRORS,
    kind="computation",
)
def topological_order(w: World, graph: Graph) -> Order:
    """Order the nodes so that every arrow points forward.

    graph: Arrows such as shirt-tie tie-jacket, without a cycle; first by alphabet where free.
    """
    import networkx

    network = read(graph, True)
    if not networkx.is_directed_acyclic_graph(network):
        raise FailedPrecondition("graph has a cycle, so no order exists; see graphs_find_cycle")
    return Order(nodes=list(networkx.lexicographical_topological_sort(network)))


@graphs.tool(example={"graph": "A-B B-C C-A"}, errors=ERRORS, kind="computation")
def find_cycle(w: World, graph: Graph, directed: bool = True) -> Order:
    """Find one cycle of a graph, as its nodes in order.

    graph: Edges such as A-B B-C C-A.
    directed: Whether A-B leads only from A to B.
    """
    import networkx

    try:
        edges = networkx.find_cycle(read(graph, directed))
    except networkx.NetworkXNoCycle:
        raise FailedPrecondition("graph has no cycle") from None
    return Order(nodes=[edge[0] for edge in edges])


@graphs.tool(example={"graph": "A-B B-C D-E"}, errors=ERRORS, kind="computation")
def components(w: World, graph: Graph, strong: bool = False) -> Components:
    """Split a graph into its connected components, largest first.

    graph: Edges such as A-B B-C D-E.
    strong: Whether edges are arrows and components those that go round in both directions.
    """
    import networkx

    network = read(graph, strong)
    parts = networkx.strongly_connected_components(network) if strong else networkx.connected_components(network)
    found = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part))
    return Components(total=len(found), components=found)


@graphs.tool(example={"graph": GRAPH}, errors=ERRORS, kind="computation")
def centrality(w: World, graph: Graph, limit: Annotated[int, Field(ge=1, le=20)] = 5) -> Ranking:
    """Rank the nodes of an undirected graph by how central they are.

    graph: Edges such as A-B B-C; their weights do not count.
    limit: At most this many nodes, the highest betweenness first.
    """
    import networkx

    network = read(graph, False)
    between, close = networkx.betweenness_centrality(network), networkx.closeness_centrality(network)
    rows = [
        Ranked(
            node=node, degree=network.degree(node), betweenness=round(between[node], 6), closeness=round(close[node], 6)
        )
        for node in sorted(network)
    ]
    rows.sort(key=lambda row: (-row.betweenness, -row.closeness, row.node))
    return Ranking(nodes=rows[:limit])


@graphs.tool(example={"graph": "@graphs_spanning_tree.graph"}, errors=ERRORS, kind="computation")
def summary(w: World, graph: Graph) -> Summary:
    """Tell whether a graph is connected, bipartite, a tree or Eulerian.

    graph: Edges such as A-B B-C, undirected; weights do not count.
    """
    import networkx

    network = read(graph, False)
    connected = networkx.is_connected(network)
    return Summary(
        nodes=len(network),
        edges=network.number_of_edges(),
        connected=connected,
        bipartite=networkx.is_bipartite(network),
        tree=networkx.is_tree(network),
        eulerian=networkx.is_eulerian(network),
        diameter=networkx.diameter(network) if connected else None,
    )


@graphs.tool(example={"graph": "A-B B-C C-A C-D"}, errors=ERRORS, kind="computation")
def weak_points(w: World, graph: Graph) -> Weakness:
    """Find the edges and nodes whose loss would cut a graph apart.

    graph: Edges such as A-B B-C, undirected.
    """
    import networkx

    network = read(graph, False)
    bridges = sorted("-".join(sorted(edge)) for edge in networkx.bridges(network))
    return Weakness(bridges=bridges, cut_nodes=sorted(networkx.articulation_points(network)))


@graphs.tool(example={"graph": "ann-cook ann-wash bob-cook eve-wash"}, errors=ERRORS, kind="computation")
def match(w: World, graph: Graph) -> Matching:
    """Pair up as many nodes of a bipartite graph as possible.

    graph: Edges from one side to the other, such as ann-cook bob-wash.
    """
    import networkx

    network = read(graph, False)
    if not networkx.is_bipartite(network):
        raise FailedPrecondition("graph is not bipartite: it has a cycle of odd length")
    left = {
        node
        for part in sorted(map(sorted, networkx.connected_components(network)))
        for node in side_of(network, part[0])
    }
    pairs: dict[str, str] = {}
    for node in sorted(left):
        augment(network, node, pairs, set())
    return Matching(size=len(pairs), pairs=sorted(f"{one}-{other}" for other, one in pairs.items()))
