"""Tries a user's tools in a process of their own: one that hangs, dies or eats memory is a finding like any other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mock_apis.core import Tool
from toolgrad_local.catalog import bounds
from toolgrad_local.catalog.checks.behaviour import merge_values
from toolgrad_local.catalog.checks.findings import Finding, find_in_tool
from toolgrad_local.catalog.host import Host, WorkerEnded

REMEDY = "let every call end soon, in little memory and without harm to its process"


def try_elsewhere(tools: dict[str, Tool], folder: Path, digest: str) -> Iterator[Finding]:
    """What the tools do when they are called. One whose example ends the process is not called again."""
    host = Host(folder, digest, trial=True)
    learnt: dict[str, Any] = {}
    for tool in tools.values():
        try:
            learnt[tool.name] = ask(host, bounds.LEARN_SECONDS, do="learn", tool=tool.name)
        except WorkerEnded as ended:
            yield find_in_tool(tool, f"breaks in its example: {ended}", REMEDY)
    known = merge_values(learnt.values())
    for name in learnt:
        try:
            found = ask(host, bounds.CHECK_SECONDS, do="check", tool=name, known=known)
        except WorkerEnded as ended:
            yield find_in_tool(tools[name], f"breaks when it is called: {ended}", REMEDY)
        else:
            yield from map(Finding.model_validate, found)
    host.stop()


def ask(host: Host, seconds: float, **request: Any) -> Any:
    """The value of an answer. Raises WorkerEnded also for what ends a process that does not catch it: SystemExit."""
    outcome = host.ask(request, seconds)
    if not outcome.ok:
        raise WorkerEnded(outcome.error or "", outcome.message or "")
    return outcome.value
