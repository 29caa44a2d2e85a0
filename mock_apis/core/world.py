"""One sample's world: a seed, an overlay of what was written, and a clock that moves with writes."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from mock_apis.core.canonical import digest
from mock_apis.core.errors import NotFound
from mock_apis.core.record import Record

FIRST_DAY = datetime(2024, 1, 8, 8, 0)
DAYS_OF_NOW = 670
"""A world's "now" lies in the 670 days (to November 2025) after FIRST_DAY."""

T = TypeVar("T")


class Draw:
    """Values decided by a key alone: the same key gives the same values on every machine."""

    def __init__(self, *key: Any) -> None:
        text = "\x1f".join(map(str, key)).encode()
        self._key = hashlib.blake2b(text, digest_size=32).digest()
        self._count = 0

    def bits(self) -> int:
        """The next 64 bits."""
        self._count += 1
        hashed = hashlib.blake2b(self._count.to_bytes(8, "big"), key=self._key, digest_size=8)
        return int.from_bytes(hashed.digest(), "big")

    def unit(self) -> float:
        """A float in [0, 1)."""
        return (self.bits() >> 11) / (1 << 53)

    def between(self, low: int, high: int) -> int:
        """An integer, both ends included."""
        return low + self.bits() % (high - low + 1)

    def amount(self, low: float, high: float) -> float:
        """A number of two decimals between low and high."""
        return round(low + (high - low) * self.unit(), 2)

    def pick(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.bits() % len(items)]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """At most `count` different items, in drawn order."""
        left = list(items)
        return [left.pop(self.bits() % len(left)) for _ in range(min(count, len(left)))]

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.unit() < probability


class World:
    """Seeded state. `fork` is cheap: base rows are shared and immutable, only the overlay is copied."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._start = FIRST_DAY + timedelta(
            days=Draw(seed, "now").between(0, DAYS_OF_NOW), minutes=Draw(seed, "minute").between(0, 599)
        )
        self._base: dict[str, dict[str, Any]] = {}
        self._fixed: dict[str, Any] = {}
        self._overlay: dict[str, dict[str, Record | None]] = {}
        self._issued: dict[str, int] = {}
        self._writes = 0

    @property
    def now(self) -> datetime:
        """The world's local time, without a zone; a minute passes with every row written and id issued."""
        return self._start + timedelta(minutes=self._writes)

    @property
    def today(self) -> date:
        """The date of `now`."""
        return self.now.date()

    @property
    def writes(self) -> int:
        """How many rows were written and ids issued; a fork has written if it has more than the world it is of."""
        return self._writes

    def fixed(self, name: str, make: Callable[["World"], T]) -> T:
        """What the seed alone decides, made once for this world and all its forks."""
        if name not in self._fixed:
            self._fixed[name] = make(self)
        made: T = self._fixed[name]
        return made

    def draw(self, *key: Any) -> Draw:
        """Values decided by this world's seed and the key."""
        return Draw(self.seed, *key)

    def new_id(self, prefix: str) -> str:
        """An id such as `EV-3F9A21` that no query can guess; the n-th one of a prefix is always the same."""
        count = self._issued.get(prefix, 0) + 1
        self._issued[prefix] = count
        self._writes += 1
        return f"{prefix}-{Draw(self.seed, 'id', prefix, count).bits() % 0x1000000:06X}"

    def fork(self) -> "World":
        """A copy whose writes this world does not see."""
        twin = World.__new__(World)
        twin.seed, twin._start, twin._base, twin._fixed = self.seed, self._start, self._base, self._fixed
        twin._overlay = {name: dict(rows) for name, rows in self._overlay.items()}
        twin._issued, twin._writes = dict(self._issued), self._writes
        return twin

    def adopt(self, fork: "World") -> None:
        """Take over everything a fork has written."""
        self._overlay, self._issued, self._writes = fork._overlay, fork._issued, fork._writes

    def state_hash(self) -> str:
        """Equal for two worlds of one seed exactly when the same rows were written."""
        rows = {
            name: {key: row and row.model_dump(mode="json") for key, row in table.items()}
            for name, table in self._overlay.items()
        }
        return digest([self.seed, rows, self._issued, self._writes])


R = TypeVar("R", bound=Record)


class Table(Generic[R]):
    """A named table of a domain: rows seeded on first use, changed only in a world's overlay."""

    def __init__(self, name: str, key: str, seed_rows: Callable[[World], Iterable[R]]) -> None:
        """`key` is the field that identifies a row; `seed_rows` may read other tables of a fresh world."""
        self.name, self.key, self._seed_rows = name, key, seed_rows

    def all(self, world: World) -> list[R]:
        """Every row: seeded ones in their order, then those added, oldest first."""
        overlay = world._overlay.get(self.name)
        base = self._rows(world)
        if not overlay:
            return list(base.values())
        merged: dict[str, Any] = {**base, **overlay}
        return [row for row in merged.values() if row is not None]

    def find(self, world: World, key: str) -> R | None:
        """The row of that key, or None."""
        overlay: dict[str, Any] = world._overlay.get(self.name, {})
        found: R | None = overlay[key] if key in overlay else self._rows(world).get(key)
        return found

    def get(self, world: World, key: str) -> R:
        """The row of that key. Raises NotFound naming the field and the key."""
        row = self.find(world, key)
        if row is None:
            raise NotFound(f"no {self.key} '{key}'")
        return row

    def put(self, world: World, row: R) -> R:
        """Add the row, or replace the one with its key."""
        world._overlay.setdefault(self.name, {})[str(getattr(row, self.key))] = row
        world._writes += 1
        return row

    def remove(self, world: World, key: str) -> R:
        """Take the row out and return it. Raises NotFound."""
        row = self.get(world, key)
        world._overlay.setdefault(self.name, {})[key] = None
        world._writes += 1
        return row

    def _rows(self, world: World) -> dict[str, R]:
        base: dict[str, dict[str, Any]] = world._base
        if self.name not in base:
            fresh = World.__new__(World)
            fresh.seed, fresh._start, fresh._base, fresh._fixed = world.seed, world._start, world._base, world._fixed
            fresh._overlay, fresh._issued, fresh._writes = {}, {}, 0
            base[self.name] = {str(getattr(row, self.key)): row for row in self._seed_rows(fresh)}
        return base[self.name]
