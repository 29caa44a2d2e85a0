"""What the catalog costs: loading it, a fork, the check of arguments, a read call, a write call.

    python benchmarks/catalog.py

The calls are those of the tools' examples, after one to warm up, all in one process but those of a user's package.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from mock_apis.core import Tool, World
from mock_apis.core.examples import resolve_example
from toolgrad_local.catalog.loader import load_catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall

ROUNDS = 5
EXAMPLE = Path(__file__).parent.parent / "examples" / "my_apis"
LOAD = "import time; import pydantic; t = time.process_time(); from toolgrad_local.catalog.loader import load_catalog; \
load_catalog(); print(time.process_time() - t)"


def main() -> None:
    """Print the table."""
    loads = [
        float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    tools = load_catalog().tools
    reads = [prepare(tools, tool) for tool in tools.values() if not tool.writes]
    writes = [prepare(tools, tool) for tool in tools.values() if tool.writes]
    print(f"load {len(tools)} tools: {statistics.median(loads):.2f} s of CPU, {min(loads):.2f} to {max(loads):.2f}")
    report("fork of a world with writes", [world.fork for _, world, _ in writes])
    report("arguments checked, nothing called", [partial(tool.check, arguments) for tool, _, arguments in reads])
    report("read call", [partial(call_on_fork, *call) for call in reads])
    report("write call", [partial(call_on_fork, *call) for call in writes])
    report("call of a user's tool, in a process of its own", [prepare_example() for _ in range(20)])


def prepare(tools: dict[str, Tool], tool: Tool) -> tuple[Tool, World, dict[str, Any]]:
    """A tool, the world in which its example succeeds, and the arguments; called once to warm up."""
    world = World(1)
    arguments = resolve_example(tools, tool.name, world)
    tool.run(world.fork(), arguments)
    return tool, world, arguments


def prepare_example() -> Callable[[], object]:
    """A call of the example package, the process for which has been started."""
    session = Session.fresh(load_catalog(EXAMPLE), 1)
    call = ToolCall(tool="bikes_search", arguments={"city": "Dublin"})
    session.call(call)
    return partial(session.call, call)


def call_on_fork(tool: Tool, world: World, arguments: dict[str, Any]) -> None:
    """One call that leaves the prepared world as it is."""
    tool.run(world.fork(), arguments)


def report(what: str, calls: list[Callable[[], object]]) -> None:
    """Microseconds a call, each the least of its rounds: median, and the tenth and ninetieth percentile."""
    times = sorted(min(measure(call) for _ in range(ROUNDS)) for call in calls)
    low, middle, high = (times[len(times) * part // 10] for part in (1, 5, 9))
    print(f"{what}: {middle:.1f} µs, {low:.1f} to {high:.1f} ({len(calls)} of them)")


def measure(call: Callable[[], object]) -> float:
    """Microseconds of one call."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1e6


if __name__ == "__main__":
    main()
