"""A user's world and tools as this process knows them: what was called, and what the worker said of it."""

import hashlib
import json
from typing import Any

from mock_apis.core import Tool, World
from mock_apis.core.errors import ToolFailure
from toolgrad_local.catalog.host import Host
from toolgrad_local.data_model.outcome import Outcome, OutcomeStore


class DistantWorld(World):
    """Its rows are in the worker: here are its seed, the calls that wrote, its clock and the hash of its state."""

    def __init__(self, seed: int, host: Host, store: OutcomeStore | None) -> None:
        """`store` None: outcomes are not remembered."""
        super().__init__(seed)
        self._host, self._store = host, store
        self._calls: tuple[str, ...] = ()
        self._state = super().state_hash()

    def fork(self) -> "DistantWorld":
        """A copy whose writes this world does not see."""
        twin = DistantWorld.__new__(DistantWorld)
        twin.__dict__.update(self.__dict__)
        return twin

    def state_hash(self) -> str:
        """As the worker said it after the last write."""
        return self._state

    def call(self, tool: str, arguments: dict[str, Any]) -> Any:
        """The value of a call in the worker. Raises ToolFailure, also for a fault of the tool's (`TOOL_FAULTS`)."""
        outcome = self._find_outcome(tool, arguments)
        if not outcome.ok:
            failure = ToolFailure(outcome.message)
            failure.kind = outcome.error or ToolFailure.kind
            raise failure
        if outcome.state is not None and outcome.writes is not None:
            self._calls = (*self._calls, json.dumps([tool, arguments]))
            self._writes, self._state = outcome.writes, outcome.state
        return outcome.value

    def _find_outcome(self, tool: str, arguments: dict[str, Any]) -> Outcome:
        """As it is remembered, or by the worker, and then remembered before anything is made of it."""
        if self._store is None:
            return self._host.call(self.seed, self._calls, tool, arguments)
        asked = json.dumps([self.seed, *self._calls, tool, arguments], sort_keys=True)
        key = hashlib.sha256(asked.encode()).hexdigest()
        kept = self._store.outcome(key)
        if kept is not None:
            return Outcome.model_validate_json(kept)
        outcome = self._host.call(self.seed, self._calls, tool, arguments)
        self._store.add_outcome(key, outcome.model_dump_json())
        return outcome


class DistantTool(Tool):
    """A tool that runs where the world is in which it is called."""

    @classmethod
    def of(cls, tool: Tool) -> "DistantTool":
        """The same declaration, with all that was read of it."""
        twin = cls.__new__(cls)
        twin.__dict__.update(tool.__dict__)
        return twin

    def run(self, world: World, arguments: dict[str, Any]) -> Any:
        """The JSON value of the result. Raises ToolFailure."""
        if isinstance(world, DistantWorld):
            return world.call(self.name, arguments)
        return super().run(world, arguments)
