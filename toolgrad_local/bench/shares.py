"""Whose time a profile shows: each function's own time, a library's being put down to whoever of us called it."""

import cProfile
import pstats
from typing import Any

PARTS = (
    ("toolgrad_local/prompting/", "prompting"),
    ("toolgrad_local/loop/tell.py", "prompting"),
    ("toolgrad_local/journal/", "journal and digests"),
    ("toolgrad_local/loop/context.py:read_reply", "parsing and validation"),
    ("toolgrad_local/catalog/", "catalog and its calls"),
    ("mock_apis/", "catalog and its calls"),
    ("toolgrad_local/audit/", "audit"),
    ("toolgrad_local/loop/", "stages of the loop"),
    ("toolgrad_local/bench/", "event loop"),
    ("toolgrad_local/", "the rest of us"),
)
"""The beginning of file:function within the project, and the part; the first that fits."""
NOBODY = "event loop"
"""Whose the time of a library is that none of us called."""
ROUNDS = 40
"""So many calls of libraries by libraries are followed up."""

Function = tuple[str, int, str]


def share_by_part(profile: cProfile.Profile) -> dict[str, float]:
    """Shares of the whole time by part, largest first."""
    stats: dict[Function, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    totals: dict[str, float] = {}
    open_time: dict[Function, float] = {}
    for function, (_, _, own, _, _) in stats.items():
        settle_time(function, own, totals, open_time)
    for _ in range(ROUNDS):
        passed_on, open_time = open_time, {}
        for function, seconds in passed_on.items():
            callers = {caller: row[3] for caller, row in stats[function][4].items() if caller != function}
            whole = sum(callers.values())
            if whole <= 0:
                totals[NOBODY] = totals.get(NOBODY, 0.0) + seconds
                continue
            for caller, weight in callers.items():
                settle_time(caller, seconds * weight / whole, totals, open_time)
    totals[NOBODY] = totals.get(NOBODY, 0.0) + sum(open_time.values())
    whole = sum(totals.values())
    return {part: round(totals[part] / whole, 4) for part in sorted(totals, key=lambda part: -totals[part])}


def settle_time(function: Function, seconds: float, totals: dict[str, float], open_time: dict[Function, float]) -> None:
    """Put the time down to the function's part, or leave it open if the function is none of ours."""
    part = part_of(function)
    if part is None:
        open_time[function] = open_time.get(function, 0.0) + seconds
    else:
        totals[part] = totals.get(part, 0.0) + seconds


def part_of(function: Function) -> str | None:
    """The part that a function belongs to, None for a library's."""
    file, _, name = function
    if "site-packages" in file:
        return None
    return next((part for beginning, part in PARTS if f"/{beginning}" in f"{file}:{name}"), None)
