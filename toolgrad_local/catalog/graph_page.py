"""One HTML page, without a network, on which a catalog's entity graph can be explored."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from mock_apis.core import Domain, Tool
from toolgrad_local.catalog.affinity import Affinity
from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.readiness import accepted_entities

TEMPLATE = Path(__file__).parent / "graph_page.html"
SHOWN_LINKS = 4
"""Strongest links that are drawn for each domain; all are listed."""
KIN, PULL, EVEN = 0.15, 0.004, 0.75
"""Attraction within a category, of any two domains, and how far places are moved apart: by eye."""


def write_page(catalog: Catalog, out: Path, usage: Mapping[str, Mapping[str, int]] | None) -> None:
    """Write the page. `usage` gives a tool's counts of offered, proposed and kept; None leaves the chart out."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(template.render(package=catalog.package, data=page_data(catalog, usage)), encoding="utf-8")


def page_data(catalog: Catalog, usage: Mapping[str, Mapping[str, int]] | None) -> dict[str, Any]:
    """What the page's script draws: domains with places, their links, the tools and their counts."""
    graph = EntityGraph(catalog.tools.values())
    affinity = Affinity(catalog.domains)
    names = [domain.name for domain in catalog.domains]
    weights = {(a, b): affinity.between(a, b) for i, a in enumerate(names) for b in names[i + 1 :]}
    links = {pair: weight for pair, weight in weights.items() if weight > 0}
    shown = {pair for name in names for pair in strongest(links, name)}
    places = lay_out(catalog.domains, {pair: links[pair] for pair in shown})
    return {
        "domains": [
            {"name": d.name, "category": d.category, "description": d.description, "tools": list(d.tools)}
            | dict(zip("xy", places[d.name], strict=True))
            for d in catalog.domains
        ],
        "links": [{"a": a, "b": b, "weight": round(links[a, b], 3)} for a, b in sorted(shown)],
        "tools": {name: describe(tool, graph) for name, tool in catalog.tools.items()},
        "usage": None if usage is None else {name: dict(counts) for name, counts in usage.items()},
    }


def strongest(links: dict[tuple[str, str], float], name: str) -> list[tuple[str, str]]:
    """The pairs that tie a domain most."""
    mine = [pair for pair in links if name in pair]
    return sorted(mine, key=lambda pair: (-links[pair], pair))[:SHOWN_LINKS]


def lay_out(domains: Sequence[Domain], links: dict[tuple[str, str], float]) -> dict[str, tuple[float, float]]:
    """A place in the unit square for each domain: linked ones attract, all repel (Fruchterman and Reingold 1991)."""
    import networkx

    network = networkx.Graph()
    for first, second in combinations(domains, 2):
        link = links.get((first.name, second.name), 0) + (KIN if first.category == second.category else 0)
        network.add_edge(first.name, second.name, weight=link + PULL)
    network.add_nodes_from(domain.name for domain in domains)
    found = networkx.spring_layout(network, iterations=120, seed=1)
    columns, rows = (spread({name: float(place[axis]) for name, place in found.items()}) for axis in (0, 1))
    return {name: (columns[name], rows[name]) for name in columns}


def spread(places: dict[str, float]) -> dict[str, float]:
    """Places on one axis, moved most of the way to equal distances, so that a crowd can be read."""
    low, high = min(places.values()), max(places.values())
    wide = (high - low) or 1
    order = {name: rank / max(len(places) - 1, 1) for rank, name in enumerate(sorted(places, key=places.__getitem__))}
    return {name: round(EVEN * order[name] + (1 - EVEN) * (place - low) / wide, 4) for name, place in places.items()}


def describe(tool: Tool, graph: EntityGraph) -> dict[str, Any]:
    """What the page says of a tool."""
    entities = accepted_entities(tool)
    return {
        "domain": tool.domain,
        "kind": tool.kind,
        "writes": tool.writes,
        "description": tool.description,
        "parameters": [
            {
                "name": name,
                "type": schema.get("type", ""),
                "entity": entities.get(name),
                "required": name in tool.parameters["required"],
                "description": schema.get("description", ""),
            }
            for name, schema in tool.parameters["properties"].items()
        ],
        "takes": graph.producers_of(tool.name),
        "gives": graph.consumers_of(tool.name),
    }
