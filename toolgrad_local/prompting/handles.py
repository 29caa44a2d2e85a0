"""Short names for what a reply may point at, so that reply schemas stay constant."""

from collections.abc import Sequence

CHAIN_LETTERS = "ABCDEFGHIJ"


def report_handles(count: int) -> tuple[str, ...]:
    """`r1` ... : one for each report that may be selected."""
    return tuple(f"r{i + 1}" for i in range(count))


def chain_handles(count: int) -> tuple[str, ...]:
    """`A` ... : one for each chain."""
    return tuple(CHAIN_LETTERS[:count])


def index_of(handle: str, handles: Sequence[str]) -> int | None:
    """Position of the handle, None if it is none of them (`none`, `new`)."""
    return handles.index(handle) if handle in handles else None
