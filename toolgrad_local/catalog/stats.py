"""A catalog's figures."""

from collections import Counter

from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.base import Data


class CatalogStats(Data):
    """What `catalog stats` reports."""

    tools: int
    domains: int
    categories: int
    stateful_domains: int
    """Domains with at least one tool that writes."""
    linked_share: float
    """Share of the tools that take an entity which another tool gives."""
    entities: int
    writes: int
    """Tools that change the world."""
    kinds: dict[str, int]
    tools_by_category: dict[str, int]
    said_by_people: list[str]
    """Entities that no tool gives."""
    digest: str


def measure_catalog(catalog: Catalog) -> CatalogStats:
    """The figures of a catalog."""
    tools = catalog.tools.values()
    graph = EntityGraph(tools)
    return CatalogStats(
        tools=len(tools),
        domains=len(catalog.domains),
        categories=len({domain.category for domain in catalog.domains}),
        stateful_domains=len({tool.domain for tool in tools if tool.writes}),
        linked_share=round(len(graph.linked) / len(tools), 4),
        entities=len(set(graph.producers) | set(graph.consumers)),
        writes=sum(tool.writes for tool in tools),
        kinds=dict(sorted(Counter(tool.kind for tool in tools).items())),
        tools_by_category=dict(sorted(Counter(tool.category for tool in tools).items())),
        said_by_people=graph.said_by_people,
        digest=catalog.digest,
    )
