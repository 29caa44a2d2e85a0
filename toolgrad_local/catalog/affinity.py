"""How much domains have to do with each other, by the entities that one gives and the other takes."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from mock_apis.core import Domain
from toolgrad_local.catalog.graph import EntityGraph


class Affinity:
    """Weights between domains: an entity that few domains share weighs more than one that all do."""

    def __init__(self, domains: Sequence[Domain]) -> None:
        graph = EntityGraph(tool for domain in domains for tool in domain.tools.values())
        self.domain_of = {name: tool.domain for name, tool in graph.tools.items()}
        self.given = {d.name: {e for name in d.tools for e in graph.given_by_tool[name]} for d in domains}
        self.taken = {d.name: {e for name in d.tools for e in graph.taken_by_tool[name]} for d in domains}
        self.spread = Counter(e for name in self.given for e in self.given[name] | self.taken[name])
        self.between = cache(self.weigh)

    def weigh(self, a: str, b: str) -> float:
        """The weight between two domains, whichever gives."""
        shared = (self.given[a] & self.taken[b]) | (self.given[b] & self.taken[a])
        return sum(1 / self.spread[entity] for entity in sorted(shared))

    def walk(self, domains: Sequence[Domain]) -> list[Domain]:
        """The domains, each after those that it has most to do with; the first one stays first."""
        left = list(domains)
        order = left[:1]
        del left[:1]
        while left:
            recent = [domain.name for domain in order[-3:]]
            best = max(range(len(left)), key=lambda i: (sum(self.between(left[i].name, r) for r in recent), -i))
            order.append(left.pop(best))
        return order

    def total(self, near: Sequence[Sequence[str]], far: Sequence[Sequence[str]]) -> float:
        """The weight between the tools' domains of each part and of the other list's part beside it."""
        pairs = [
            (a, b)
            for here, there in zip(near, far, strict=True)
            for a in sorted({self.domain_of[name] for name in here})
            for b in sorted({self.domain_of[name] for name in there})
        ]
        return sum(self.between(a, b) for a, b in pairs if a != b)
