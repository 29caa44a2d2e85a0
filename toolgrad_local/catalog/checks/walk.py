"""Random walks through the entity graph: what a call gives, later calls take."""

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mock_apis.core import Draw, Tool, World, canonical_json
from mock_apis.core.examples import fill_references, value_at
from toolgrad_local.catalog.checks.behaviour import try_call
from toolgrad_local.catalog.checks.values import collect_entities, draw_arguments
from toolgrad_local.catalog.readiness import is_ready

SHIFT = 60
"""Places by which a tool may come earlier in the next turn, so that turns differ."""
RECENT = 12
"""Values of an entity that a walk remembers, the latest ones."""
SENSIBLE = 0.9
"""Share of drawn values that could mean something."""
SOON, TRIES = 6, 4
"""A call that failed is tried again after so many others, and in one turn so often, with other arguments."""


@dataclass
class Walk:
    """What one walk did."""

    world: World
    """As the walk left it."""
    calls: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    """Tool, arguments, and the text of the outcome."""
    successes: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    """By tool and kind, `tool kind`."""


def walk_catalog(tools: dict[str, Tool], seed: int, steps: int, first: int) -> Walk:
    """Walk through one world: tools come in turn from the `first` one on, and wait for the ids that they need."""
    world = World(seed)
    walk = Walk(world)
    known: dict[str, dict[str, Any]] = {}
    names = list(tools)
    tries: Counter[str] = Counter()
    last: dict[str, Any] = {}
    queue = [names[(first + i) % len(names)] for i in range(len(names))]
    for step in range(steps):
        draw = Draw("walk", seed, step)
        name = next((name for name in queue if is_ready(tools[name], frozenset(known))), None)
        if name is None:
            break
        queue.remove(name)
        tool = tools[name]
        values = {entity: list(found.values()) for entity, found in known.items()}
        arguments = draw_arguments(tool, draw, world, values, fill_example(tool, last), SENSIBLE)
        outcome = try_call(tool, world, arguments)
        walk.calls.append((name, arguments, canonical_json(outcome)))
        if isinstance(outcome, tuple):
            walk.failures[f"{name} {outcome[0]}"] += 1
            tries[name] += 1
        else:
            walk.successes[name] += 1
            last[name] = outcome
            remember(outcome, tool, known)
        again = isinstance(outcome, tuple) and tries[name] % TRIES
        queue.insert(SOON if again else max(0, len(queue) - draw.between(0, SHIFT)), name)
    return walk


def fill_example(tool: Tool, last: dict[str, Any]) -> dict[str, Any]:
    """The arguments of the example whose references can be filled from the last results of the walk."""
    filled: dict[str, Any] = {}
    for name, value in tool.example.items():
        try:
            filled[name] = fill_references(value, partial(last_value, last))
        except (LookupError, TypeError):
            continue
    return filled


def last_value(last: dict[str, Any], tool: str, path: str) -> Any:
    """The value at a path of the last result that a tool gave. Raises LookupError or TypeError."""
    return value_at(last[tool], path)


def remember(value: Any, tool: Tool, known: dict[str, dict[str, Any]]) -> None:
    """Add what a result gives, as the latest, and forget the oldest."""
    given: dict[str, dict[str, Any]] = {}
    collect_entities(value, tool.result, given)
    for entity, values in given.items():
        kept = {text: kept for text, kept in known.get(entity, {}).items() if text not in values}
        known[entity] = dict([*kept.items(), *values.items()][-RECENT:])


def replay_walk(tools: dict[str, Tool], seed: int, walk: Walk) -> bool:
    """True if the same calls give the same outcomes in a fresh world of that seed."""
    world = World(seed)
    return all(canonical_json(try_call(tools[name], world, arguments)) == said for name, arguments, said in walk.calls)
