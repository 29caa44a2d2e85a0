"""Gates over the catalog as a whole: what the entity graph and the declared equivalents must hold."""

import re
from collections.abc import Iterator
from itertools import combinations

from mock_apis.core import Tool
from toolgrad_local.catalog.checks.findings import Finding, find_in_tool
from toolgrad_local.catalog.graph import EntityGraph
from toolgrad_local.catalog.readiness import OPAQUE_SUFFIX, required_ids

ALIKE = 0.7
"""Share of the words of two descriptions that both have, from which on they count as one promise."""
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "to",
        "in",
        "by",
        "for",
        "with",
        "that",
        "is",
        "its",
        "on",
        "from",
        "one",
        "s",
    ]
)


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


def find_look_alikes(tools: dict[str, Tool]) -> Iterator[Finding]:
    """Tools of different domains that promise the same in other words, and are not declared equivalent."""
    words = {name: set(re.findall("[a-z]+", tool.description.casefold())) - SMALL_WORDS for name, tool in tools.items()}
    for (name, first), (another, second) in combinations(tools.items(), 2):
        mine, other = words[name], words[another]
        common = len(mine & other)
        alike = common > 1 and common >= ALIKE * len(mine | other)
        declared = second.name in first.equivalent_to or first.name in second.equivalent_to
        if alike and first.domain != second.domain and not declared:
            yield find_in_tool(
                second,
                f"promises the same as {first.name}: {first.description}",
                "say what tells them apart, or declare equivalent_to on both",
            )
