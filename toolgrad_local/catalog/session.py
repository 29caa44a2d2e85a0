"""One sample's world behind typed calls and results."""

from mock_apis.core import World
from mock_apis.core.errors import ToolFailure
from mock_apis.core.persona import people, persona
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.outcome import CRASHED
from toolgrad_local.errors import ToolgradError

KNOWN_PEOPLE = 3
"""How many of the user's acquaintances the teacher is told of."""


class Session:
    """Executes calls in a seeded world. A failed call leaves the world as it was."""

    def __init__(self, catalog: Catalog, world: World) -> None:
        self.catalog, self.world = catalog, world

    @classmethod
    def fresh(cls, catalog: Catalog, seed: int) -> "Session":
        """A session in the untouched world of that seed."""
        return cls(catalog, catalog.new_world(seed))

    def fork(self) -> "Session":
        """A session whose writes this one does not see."""
        return Session(self.catalog, self.world.fork())

    def call(self, call: ToolCall) -> ToolResult:
        """Execute a call. What a caller can get wrong is a result, never an exception."""
        tool = self.catalog.tools.get(call.tool)
        if tool is None:
            return ToolResult(ok=False, error="unknown_tool", message=f"no tool '{call.tool}'")
        try:
            return ToolResult(ok=True, value=tool.run(self.world, call.arguments))
        except ToolFailure as failure:
            return ToolResult(ok=False, error=failure.kind, message=str(failure))
        except ToolgradError:
            raise
        except Exception as bug:  # of the tool: it costs this call, is counted and told of, and the gates fail on it
            return ToolResult(ok=False, error=CRASHED, message=f"{tool.name} is out of order ({type(bug).__name__})")

    def facts(self) -> str:
        """Who the user is, whom they know and what day it is: what values may be drawn from."""
        user = persona(self.world)
        known = "; ".join(f"{person.name} <{person.email}>" for person in people(self.world, KNOWN_PEOPLE))
        return (
            f"{user.name} <{user.email}>, {user.street}, {user.city} ({user.country}), {user.currency}. "
            f"Today: {self.world.today.isoformat()}. Knows: {known}."
        )
