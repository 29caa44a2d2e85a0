"""Gates over the catalog as a whole: what the entity graph and the declared equivalents must hold."""

from collections.abc import Iterator

from mock_apis.core import Tool
from toolgrad_local.catalog.checks.findings import Finding, find_in_tool
from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.readiness import OPAQUE_SUFFIX, required_ids


def find_dead_ends(graph: EntityGraph) -> Iterator[Finding]:
    """Tools that require an id which no other tool gives: nobody can ever call them."""
    for name, tool in graph.tools.items():
        for entity in sorted(required_ids(tool)):
            if not [other for other in graph.producers.get(entity, ()) if other != name]:
                yield find_in_tool(
                    tool,
                    f"requires {entity}, which no other tool gives",
                    f"return it from another tool, or name an entity that people say without {OPAQUE_SUFFIX}",
                )


def find_loose_equivalents(tools: dict[str, Tool]) -> Iterator[Finding]:
    """Equivalents that do not exist."""
    for tool in tools.values():
        for other in tool.equivalent_to:
            if other not in tools or other == tool.name:
                yield find_in_tool(tool, f"is equivalent to {other}, which is no other tool", "name an existing tool")
