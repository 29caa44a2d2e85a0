"""Every random choice of a run is a function of (run seed, labels)."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def derive_seed(*labels: object) -> int:
    """A seed below 2**31 (the range that every engine accepts) decided by the labels."""
    text = "\x1f".join(map(str, labels)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big") % (2**31)


def shuffle(items: Sequence[T], *labels: object) -> list[T]:
    """The items in an order decided by the labels: the same on every machine and Python version."""
    keyed = [
        (hashlib.blake2b(f"{derive_seed(*labels)}\x1f{i}".encode(), digest_size=8).digest(), i)
        for i in range(len(items))
    ]
    return [items[i] for _, i in sorted(keyed)]
