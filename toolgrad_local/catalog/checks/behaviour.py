"""What a tool does when it is called: its example, wrong arguments, drawn arguments."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import jsonschema

from mock_apis.core import Draw, Tool, World, canonical_json
from mock_apis.core.errors import InvalidArgument, ToolFailure
from mock_apis.core.examples import resolve_example, run_example
from toolgrad_local.catalog.checks.declarations import find_schema_faults
from toolgrad_local.catalog.checks.findings import Finding, find_in_tool
from toolgrad_local.catalog.checks.values import Known, collect_entities, draw_arguments, wrong_arguments

SEEDS = (1, 2, 3)
"""Worlds in which an example has to succeed."""
SENSIBLE = 0.6
"""Share of drawn values that could mean something; the others only fit the schema."""
LARGEST_RESULT = 8192
"""Bytes of canonical JSON: results go into prompts."""

CASES = 12
"""Drawn calls a tool."""

BROKEN = "broken"
Outcome = tuple[str, str] | Any
"""A failure's kind and message, or the JSON value of a result."""


def try_tool(tools: dict[str, Tool], tool: Tool, known: Known) -> Iterator[Finding]:
    """All that calls a tool; its example alone if that fails or its parameters cannot be drawn."""
    broken = list(check_example(tools, tool))
    yield from broken
    if not broken and not any(find_schema_faults(tool.parameters, "parameters")):
        yield from check_refusals(tools, tool)
        yield from check_drawn(tools, tool, known, CASES)


def check_example(tools: dict[str, Tool], tool: Tool) -> Iterator[Finding]:
    """The example succeeds in every world, fits the schema, is small, repeats, and writes just if the tool says so."""
    for seed in SEEDS:
        world = World(seed)
        tried = on_trial(partial(try_example, tools, tool, world))
        if isinstance(tried, tuple):
            kind, message = tried
            if kind == BROKEN:
                yield find_in_tool(tool, f"breaks in its example (world {seed}): {message}", "mend one of the two")
            else:
                fault = f"fails in its example (world {seed}): {kind}: {message}"
                yield find_in_tool(tool, fault, "give an example that succeeds")
            return
        value, again, before = tried["value"], tried["again"], tried["before"]
        if canonical_json(value) != canonical_json(again):
            yield find_in_tool(tool, "gives another result when it is called again", "draw with w.draw(...) only")
        if (world.state_hash() != before) != tool.writes:
            fault = "declares writes=True and its example changes nothing" if tool.writes else "changes the world"
            yield find_in_tool(tool, fault, "let writes= say what the function does")
        yield from check_value(tool, value)


def try_example(tools: dict[str, Tool], tool: Tool, world: World) -> dict[str, Any]:
    """The example run twice, once on a fork: `value`, `again`, and the hash of the world `before` it wrote."""
    arguments = resolve_example(tools, tool.name, world)
    before, twin = world.state_hash(), world.fork()
    return {"value": tool.run(world, arguments), "again": tool.run(twin, arguments), "before": before}


def check_value(tool: Tool, value: Any) -> Iterator[Finding]:
    """A result fits its schema and is small."""
    error = next(jsonschema.Draft202012Validator(tool.result).iter_errors(value), None)
    if error is not None:
        fault = f"gives a result that does not fit: {error.json_path}: {error.message}"
        yield find_in_tool(tool, fault, "let the return annotation say what the function gives")
    size = len(canonical_json(value).encode())
    if size > LARGEST_RESULT:
        yield find_in_tool(tool, f"gives a result of {size} bytes", f"page it: {LARGEST_RESULT} at most")


def check_refusals(tools: dict[str, Tool], tool: Tool) -> Iterator[Finding]:
    """A parameter dropped, mistyped, out of range or unknown is refused by name and changes nothing."""
    world = World(SEEDS[0])
    good = resolve_example(tools, tool.name, world)
    before = world.state_hash()
    for name, arguments in wrong_arguments(tool, good):
        outcome = try_call(tool, world, arguments)
        refused = isinstance(outcome, tuple) and outcome[0] == InvalidArgument.kind and name in outcome[1]
        if not refused or world.state_hash() != before:
            fault = f"takes {canonical_json(arguments)[:120]} instead of refusing {name}"
            yield find_in_tool(tool, fault, "annotate the parameter strictly")
            return


def check_drawn(tools: dict[str, Tool], tool: Tool, known: Known, cases: int) -> Iterator[Finding]:
    """Arguments that fit the schema give a result that fits, twice the same, or a declared failure without a trace."""
    example = resolve_example(tools, tool.name, World(SEEDS[0]))
    for case in range(cases):
        draw = Draw("drawn", tool.name, case)
        base = World(draw.between(0, 2**31))
        arguments = draw_arguments(tool, draw, base, known, example, SENSIBLE)
        world, twin = base.fork(), base.fork()
        before = world.state_hash()
        outcome, again = try_call(tool, world, arguments), try_call(tool, twin, arguments)
        said = canonical_json(arguments)[:160]
        if (outcome, world.state_hash()) != (again, twin.state_hash()):
            yield find_in_tool(tool, f"does not give the same twice for {said}", "draw with w.draw(...) only")
            return
        if isinstance(outcome, tuple):
            kind, message = outcome
            if kind not in (*tool.errors, InvalidArgument.kind):
                remedy = "declare it in errors=[...]" if kind != BROKEN else "raise a ToolFailure for it"
                yield find_in_tool(tool, f"fails with {kind} for {said}: {message}", remedy)
                return
            if len(message) < 8:
                yield find_in_tool(tool, f"says only '{message}' for {said}", "name the parameter and the value")
                return
        else:
            yield from check_value(tool, outcome)
        if (not tool.writes or isinstance(outcome, tuple)) and world.state_hash() != before:
            yield find_in_tool(tool, f"changes the world for {said}", "write only in a call that succeeds")
            return


def try_call(tool: Tool, world: World, arguments: dict[str, Any]) -> Outcome:
    """The outcome of a call in which a warning counts as an exception."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return on_trial(partial(tool.run, world, arguments))


def on_trial(work: Callable[[], Any]) -> Outcome:
    """What the work gives, or a failure's kind and message; the kind BROKEN is an exception that no tool may raise.

    The checks are there to find a tool's own exception, and go on to the next tool. (A run counts one as a failed call:
    `Session.call`.)
    """
    try:
        return work()
    except ToolFailure as failure:
        return failure.kind, str(failure)
    except Exception as error:
        return BROKEN, tell(error)


def tell(error: BaseException) -> str:
    """An exception in one line, with the line of the catalog that raised it."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
    text = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {text}{where}"


def learn_values(tools: dict[str, Tool]) -> Known:
    """Entity to the values that examples gave; tools whose example fails give none."""
    return merge_values(learn_example(tools, name) for name in tools)


def learn_example(tools: dict[str, Tool], name: str) -> dict[str, dict[str, Any]]:
    """Entity to the values of a tool's example by their text; none if it fails."""
    found: dict[str, dict[str, Any]] = {}
    outcome = on_trial(partial(run_example, tools, name, World(SEEDS[0])))
    if not isinstance(outcome, tuple):
        collect_entities(outcome, tools[name].result, found)
    return found


def merge_values(learnt: Iterable[dict[str, dict[str, Any]]]) -> Known:
    """What several examples gave, in one order."""
    merged: dict[str, dict[str, Any]] = {}
    for found in learnt:
        for entity, values in found.items():
            merged.setdefault(entity, {}).update(values)
    return {entity: [values[key] for key in sorted(values)] for entity, values in merged.items()}
