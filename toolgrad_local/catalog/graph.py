"""Which tool gives what another takes: the entities are the edges of the catalog's graph."""

from collections.abc import Iterable
from functools import cached_property

from mock_apis.core import Tool
from toolgrad_local.catalog.readiness import entities_in


class EntityGraph:
    """Producers and consumers of every entity. A tool that only repeats what it was given produces nothing."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self.tools = {tool.name: tool for tool in tools}
        self.taken_by_tool = {name: set(entities_in(tool.parameters)) for name, tool in self.tools.items()}
        self.given_by_tool = {
            name: set(entities_in(tool.result)) - self.taken_by_tool[name] for name, tool in self.tools.items()
        }

    @cached_property
    def producers(self) -> dict[str, list[str]]:
        """Entity to the tools whose result gives it, in catalog order."""
        return _invert(self.given_by_tool)

    @cached_property
    def consumers(self) -> dict[str, list[str]]:
        """Entity to the tools that take it, in catalog order."""
        return _invert(self.taken_by_tool)

    def producers_of(self, name: str) -> dict[str, list[str]]:
        """Each entity that the tool takes, with the other tools that give it."""
        return {
            entity: [other for other in self.producers.get(entity, ()) if other != name]
            for entity in sorted(self.taken_by_tool[name])
        }

    def consumers_of(self, name: str) -> dict[str, list[str]]:
        """Each entity that the tool gives, with the other tools that take it."""
        return {
            entity: [other for other in self.consumers.get(entity, ()) if other != name]
            for entity in sorted(self.given_by_tool[name])
        }

    @cached_property
    def linked(self) -> list[str]:
        """The tools that take an entity which another tool gives."""
        return [name for name in self.tools if any(self.producers_of(name).values())]

    @cached_property
    def said_by_people(self) -> list[str]:
        """Entities that some tool takes and none gives: a user has to say them."""
        return sorted(set(self.consumers) - set(self.producers))


def _invert(sets: dict[str, set[str]]) -> dict[str, list[str]]:
    inverted: dict[str, list[str]] = {}
    for name, entities in sets.items():
        for entity in sorted(entities):
            inverted.setdefault(entity, []).append(name)
    return inverted
