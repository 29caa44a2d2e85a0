"""How many rows of each kind: by shares, and what one kind cannot supply goes to the others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolgrad_local.data_model.example import Example

Source = Iterator[Example | str]
"""Rows of a kind, and reasons of those that could not be made, until there are no more."""


@dataclass
class Filled:
    """What came of filling the quotas."""

    rows: list[Example] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    """`missing_parameter: value_still_said`"""
    passed_on: Counter[str] = field(default_factory=Counter)
    """Rows that a kind could not supply, by kind."""
    lacking: int = 0
    """Rows that no kind could supply."""


def fill_quotas(wanted: int, shares: Mapping[str, float], sources: Mapping[str, Source]) -> Filled:
    """Take rows from the sources until as many as wanted are there, or no source has more."""
    filled, left = Filled(), {kind: share for kind, share in shares.items() if share > 0}
    while wanted and left:
        missing = 0
        for kind, quota in divide(wanted, left).items():
            short = quota - take_rows(kind, quota, sources[kind], filled)
            if short:
                filled.passed_on[kind] += short
                missing += short
                del left[kind]
        wanted = missing
    filled.lacking = wanted
    return filled


def take_rows(kind: str, quota: int, source: Source, filled: Filled) -> int:
    """Move up to `quota` rows over; returns how many there were. Reasons are counted."""
    taken = 0
    while taken < quota and (made := next(source, None)) is not None:
        if isinstance(made, str):
            filled.dropped[f"{kind}: {made}"] += 1
        else:
            filled.rows.append(made)
            taken += 1
    return taken


def divide(total: int, shares: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers in proportion to the shares, with the sum `total`: largest remainders are rounded up."""
    whole = sum(shares.values())
    exact = {kind: total * share / whole for kind, share in shares.items()}
    parts = {kind: int(value) for kind, value in exact.items()}
    order = sorted(shares, key=lambda kind: (round(parts[kind] - exact[kind], 9), list(shares).index(kind)))
    for kind in order[: total - sum(parts.values())]:
        parts[kind] += 1
    return parts
