"""The process in which a user's tools run. Requests and answers are JSON, one a line; what a tool prints goes nowhere.

Started as `python -m toolgrad_local.catalog.worker FOLDER [trial]`; on trial, every socket is refused. It knows no
clock: whoever asks waits as long as it likes, and kills it. A world is named by its seed and the writing calls made in
it, which are made again where they are not remembered: a worker that was killed had nothing that the next one lacks.
"""

import contextlib
import ctypes
import errno
import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from mock_apis.core import Tool, World
from mock_apis.core.errors import ToolFailure
from mock_apis.core.package import load_package
from toolgrad_local.catalog.bounds import LARGEST_ANSWER, LONGEST_MESSAGE, MEMORY
from toolgrad_local.catalog.host import OUT_OF_MEMORY
from toolgrad_local.catalog.loader import digest_catalog, import_folder
from toolgrad_local.data_model.outcome import CRASHED, OVERSIZED

MOST_WORLDS = 128
MOST_WORDS = 200
"""Characters of an exception's text."""
PR_SET_PDEATHSIG = 1

Worlds = dict[tuple[Any, ...], World]
"""Seed and writing calls to the world in which they were made."""


def main() -> None:
    """Load the package, say its digest, and answer until nobody asks any more."""
    requests, answers = take_pipes()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # the kernel's word: a tool that hangs reads no pipe
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.ExitStack() as stack:
        if "trial" in sys.argv[2:]:
            from toolgrad_local.catalog.checks.guard import refuse_sockets

            stack.enter_context(refuse_sockets())
        package = import_folder(Path(sys.argv[1]))
        domains = load_package(package, settle=True).domains
        tools = {name: tool for domain in domains for name, tool in domain.tools.items()}
        limit_memory()
        worlds: Worlds = {}
        send(answers, encode(digest_catalog(package)))
        me = os.getpid()
        for line in requests:
            text = answer(tools, worlds, json.loads(line))
            if os.getpid() != me:
                os._exit(0)  # a tool has forked, and this is the copy
            send(answers, text)


def send(answers: BinaryIO, line: bytes) -> None:
    """One answer, at once."""
    answers.write(line + b"\n")
    answers.flush()


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the requests alone: what tools read and print there is nothing."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    return requests, answers


def limit_memory() -> None:
    """From here on, relative to what is loaded."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def answer(tools: dict[str, Tool], worlds: Worlds, request: dict[str, Any]) -> bytes:
    """A line of JSON. Whatever a user's code raises is caught here, at the border of the process, and told."""
    work: dict[str, Callable[..., dict[str, Any]]] = {
        "call": partial(call_tool, tools, worlds),
        "learn": partial(learn, tools),
        "check": partial(check, tools),
    }
    try:
        return encode(work[request.pop("do")](**request))
    except ToolFailure as failure:
        return encode_failure(failure.kind, str(failure))
    except BaseException as error:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            os._exit(OUT_OF_MEMORY)
        return encode_failure(CRASHED, tell(error))


def encode(value: Any) -> bytes:
    """JSON. Raises ValueError for what has none in UTF-8."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode()


def encode_failure(kind: str, message: str) -> bytes:
    """The answer of a call that failed."""
    if len(message) > LONGEST_MESSAGE:
        kind, message = OVERSIZED, f"fails with a message of {len(message)} characters"
    return encode({"ok": False, "error": kind, "message": message.encode(errors="replace").decode()})


def call_tool(
    tools: dict[str, Tool], worlds: Worlds, *, seed: int, calls: list[str], tool: str, arguments: dict[str, Any]
) -> dict[str, Any]:
    """The fields of a result; and of the world, if the call changed it."""
    world = find_world(tools, worlds, seed, tuple(calls)).fork()
    answer: dict[str, Any] = {"ok": True, "value": tools[tool].run(world, arguments)}
    size = len(encode(answer))
    if size > LARGEST_ANSWER:
        return {"ok": False, "error": OVERSIZED, "message": f"gives {size} bytes; {LARGEST_ANSWER} at most"}
    if tools[tool].writes:
        keep_world(worlds, (seed, *calls, json.dumps([tool, arguments])), world)
        answer |= {"writes": world.writes, "state": world.state_hash()}
    return answer


def find_world(tools: dict[str, Tool], worlds: Worlds, seed: int, calls: tuple[str, ...]) -> World:
    """The world of that seed after those calls."""
    known = worlds.get((seed, *calls))
    if known is not None:
        return known
    if not calls:
        return keep_world(worlds, (seed,), World(seed))
    world = find_world(tools, worlds, seed, calls[:-1]).fork()
    name, arguments = json.loads(calls[-1])
    tools[name].run(world, arguments)
    return keep_world(worlds, (seed, *calls), world)


def keep_world(worlds: Worlds, key: tuple[Any, ...], world: World) -> World:
    """Remember a world in place of the oldest."""
    worlds[key] = world
    if len(worlds) > MOST_WORLDS:
        del worlds[next(iter(worlds))]
    return world


def learn(tools: dict[str, Tool], *, tool: str) -> dict[str, Any]:
    """What the check learns from a tool's example."""
    from toolgrad_local.catalog.checks.behaviour import learn_example

    return {"ok": True, "value": learn_example(tools, tool)}


def check(tools: dict[str, Tool], *, tool: str, known: dict[str, list[Any]]) -> dict[str, Any]:
    """What the check finds when it calls a tool. Warnings are ignored, but where the check looks at them."""
    from toolgrad_local.catalog.checks.behaviour import try_tool

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {"ok": True, "value": [finding.model_dump() for finding in try_tool(tools, tools[tool], known)]}


def tell(error: BaseException) -> str:
    """An exception in one line, with the last line of the code that raised it; no folder, for the data are to be the
    same wherever the package lies."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" at {Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    text = " ".join(str(error).split())[:MOST_WORDS]
    return f"{type(error).__name__}: {text}{where}"


if __name__ == "__main__":
    main()
