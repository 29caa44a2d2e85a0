"""A row of a data set as a question with its gold answer, and the world in which calls are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_apis.core import canonical_json
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall, ToolResult
from toolgrad_local.data_model.example import ExampleKind, OfferedTool
from toolgrad_local.export.row import Row, group_of, kind_of
from toolgrad_local.seeding import derive_seed


@dataclass(frozen=True)
class Gold:
    """What the gold calls do in the row's world."""

    seed: int
    state: str
    """Hash of the world after them."""
    untouched: str
    """Hash of the world before them."""

    @property
    def writes(self) -> bool:
        return self.state != self.untouched


@dataclass(frozen=True)
class Question:
    """One row."""

    number: int
    """Its place in the split."""
    row: Row
    domains: tuple[str, ...]
    """Of the gold tools, sorted; none for a negative."""
    held_out: bool
    """True if one of them was kept out of the training split."""
    gold: Gold | None
    """None where the world is not known, or the catalog gives other results than the row holds."""

    @property
    def kind(self) -> ExampleKind:
        return kind_of(self.row.id)

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """The gold calls, turn by turn."""
        return tuple(ToolCall(tool=c.tool, arguments=c.arguments) for turn in self.row.turns for c in turn.calls)

    @property
    def goes_on(self) -> bool:
        """True if results are given back until the model answers: the row is whole and its world is known."""
        return self.gold is not None and bool(self.row.turns) and self.row.answer is not None

    @property
    def tools(self) -> tuple[OfferedTool, ...]:
        return self.row.tools or ()


def make_question(number: int, row: Row, catalog: Catalog, run_seed: int, hold_out: Sequence[str]) -> Question:
    """The question of a row of a run with that seed."""
    tools = [catalog.tools[call.tool] for turn in row.turns for call in turn.calls if call.tool in catalog.tools]
    domains = tuple(sorted({tool.domain for tool in tools}))
    held_out = bool(set(domains) & set(hold_out))
    return Question(number, row, domains, held_out, replay_gold(row, catalog, world_seed(row.id, run_seed)))


def world_seed(row_id: str, run_seed: int) -> int | None:
    """The seed of the world that the row's sample was grown in; None for a row without a sample."""
    group = group_of(row_id)
    return derive_seed(run_seed, "world", int(group[1:])) if group.startswith("w") else None


def replay_gold(row: Row, catalog: Catalog, seed: int | None) -> Gold | None:
    """The gold calls made in a fresh world; None unless they give what the row says, on the day that it says."""
    if seed is None:
        return None
    session = Session.fresh(catalog, seed)
    untouched = session.world.state_hash()
    if row.today not in (None, session.world.today.isoformat()):
        return None
    for call in (call for turn in row.turns for call in turn.calls):
        result = session.call(ToolCall(tool=call.tool, arguments=call.arguments))
        known = call.result is not None
        if not result.ok or (known and canonical_json(result.value) != canonical_json(call.result)):
            return None
    return Gold(seed, session.world.state_hash(), untouched)


def make_call(call: ToolCall, tools: Sequence[OfferedTool], session: Session) -> ToolResult:
    """What a call gives; one of a tool that is not offered gives nothing."""
    if all(tool.name != call.tool for tool in tools):
        return ToolResult(ok=False, error="unknown_tool", message=f"no tool '{call.tool}'")
    return session.call(call)


def tell_result(result: ToolResult) -> Any:
    """What the model is given back."""
    return result.value if result.ok else {"error": result.error, "message": result.message}


def count_kinds(questions: Sequence[Question]) -> Mapping[str, int]:
    """How many there are of each kind."""
    kinds = [question.kind for question in questions]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
