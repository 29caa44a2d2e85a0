"""Whether a tool could serve in place of a gold one: then it is no distractor, but a second right answer.

What one call cannot show is not seen: several tools that serve together, or arguments that the gold call did not have.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from mock_apis.core import Tool
from mock_apis.core.canonical import canonical_json
from toolgrad_local.audit.leaves import Scalar, walk_leaves
from toolgrad_local.audit.provenance import is_distinctive
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.negatives.arguments import map_arguments
from toolgrad_local.negatives.gold import GoldCall, gold_tools, replay_gold

Serving = Literal["declared_equivalent", "same_state", "same_result", "same_answer", "half_answer"]
"""same_state: it leaves the world as the gold call does; same_result: the gold result's values are all in its own;
same_answer, half_answer: all, or at least half, of those that the response states or that later calls took are."""
Harmless = Literal["not_callable", "only_reads", "writes", "failed", "other_result"]
"""not_callable: the gold arguments do not fill its required ones; only_reads: the gold call writes, it does not;
writes: the other way round; failed: with the gold arguments it gives an error."""
Verdict = Serving | Harmless
SERVING: frozenset[str] = frozenset(get_args(Serving))
STRENGTH: tuple[Verdict, ...] = (*get_args(Serving), "other_result", "failed", "writes", "only_reads", "not_callable")
"""Of several verdicts on one tool the first one counts."""
Key = tuple[str, Any]


@dataclass(frozen=True)
class Judge:
    """Verdicts on a sample's candidates. A tool is executed once for each gold call."""

    trajectory: Trajectory
    catalog: Catalog
    equivalents: Mapping[str, frozenset[str]]
    known: dict[str, Verdict] = field(default_factory=dict)
    """Verdicts so far, by name."""

    @cached_property
    def gold(self) -> tuple[GoldCall, ...]:
        """Executed when the first candidate is judged."""
        return replay_gold(self.trajectory, self.catalog)

    def serves(self, name: str) -> bool:
        """True for a gold tool and for one that could stand in for one."""
        if name in gold_tools(self.trajectory):
            return True
        if name not in self.known:
            self.known[name] = self.judge(name)
        return self.known[name] in SERVING

    def judge(self, name: str) -> Verdict:
        """The strongest verdict over the gold calls."""
        if any(name in self.equivalents.get(gold, ()) for gold in gold_tools(self.trajectory)):
            return "declared_equivalent"
        found = {try_tool(call, self.catalog.tool(name)) for call in self.gold}
        return next(verdict for verdict in STRENGTH if verdict in found)


def close_equivalence(catalog: Catalog) -> dict[str, frozenset[str]]:
    """Each tool that declares an equivalent, or is declared one, with all that it reaches through such declarations."""
    groups: dict[str, frozenset[str]] = {}
    for tool in catalog.tools.values():
        for other in tool.equivalent_to:
            merged = groups.get(tool.name, frozenset({tool.name})) | groups.get(other, frozenset({other}))
            groups |= dict.fromkeys(merged, merged)
    return groups


def try_tool(gold: GoldCall, tool: Tool) -> Verdict:
    """Call the tool in place of the gold call, in the world as it was then, and compare."""
    if gold.tool.writes != tool.writes:
        return "only_reads" if gold.tool.writes else "writes"
    arguments = map_arguments(gold.arguments, gold.tool, tool)
    if arguments is None:
        return "not_callable"
    session = gold.before.fork()
    result = session.call(ToolCall(tool=tool.name, arguments=arguments))
    if not result.ok:
        return "failed"
    if gold.tool.writes and session.world.state_hash() == gold.after:
        return "same_state"
    whole, found = keys_beyond(gold.result, gold.arguments), keys_beyond(result.value, arguments)
    if canonical_json(result.value) == canonical_json(gold.result) or covers(found, whole):
        return "same_result"
    return "other_result" if gold.tool.writes else compare_answers(found, {key_of(v) for v in gold.wanted} & whole)


def compare_answers(found: set[Key], wanted: set[Key]) -> Verdict:
    """How much of what matters a result holds; values that may be the same by chance do not count for a half."""
    if covers(found, wanted):
        return "same_answer"
    telling = {key for key in wanted if is_distinctive(key[1])}
    return "half_answer" if telling and 2 * len(telling & found) >= len(telling) else "other_result"


def covers(found: set[Key], asked: set[Key]) -> bool:
    """True if all that is asked is found, and one of it is no coincidence."""
    return asked <= found and any(is_distinctive(value) for _, value in asked)


def keys_beyond(result: Any, arguments: Any) -> set[Key]:
    """The scalars of a result that are no echo of an argument; None says nothing."""
    given = {key_of(leaf.value) for leaf in walk_leaves(arguments, {})}
    return {key_of(leaf.value) for leaf in walk_leaves(result, {}) if leaf.value is not None} - given


def key_of(value: Scalar) -> Key:
    """So that True is not 1, and 2.0 is 2."""
    return type(value).__name__ if isinstance(value, bool | str) else "number", value


def count_verdicts(judges: Mapping[int, Judge]) -> Counter[str]:
    """How many tools got which verdict, one a sample and tool."""
    return Counter(verdict for judge in judges.values() for verdict in judge.known.values())
