"""Rules of scores: decathlon tables, bowling frames, darts finishes."""

import math
from functools import cache

from mock_apis.core.errors import InvalidArgument

DECATHLON: dict[str, tuple[str, float, float, float]] = {
    "100m": ("track", 25.4347, 18, 1.81),
    "long_jump": ("jump", 0.14354, 220, 1.4),
    "shot_put": ("throw", 51.39, 1.5, 1.05),
    "high_jump": ("jump", 0.8465, 75, 1.42),
    "400m": ("track", 1.53775, 82, 1.81),
    "110m_hurdles": ("track", 5.74352, 28.5, 1.92),
    "discus": ("throw", 12.91, 4, 1.1),
    "pole_vault": ("jump", 0.2797, 100, 1.35),
    "javelin": ("throw", 10.14, 7, 1.08),
    "1500m": ("track", 0.03768, 480, 1.85),
}
"""Kind, A, B and C of the men's scoring tables of World Athletics (2001)."""
DARTS = {
    **{str(value): value for value in (*range(1, 21), 25)},
    **{f"D{value}": 2 * value for value in (*range(1, 21), 25)},
    **{f"T{value}": 3 * value for value in range(1, 21)},
}
"""Bull is D25."""


def decathlon_points(event: str, mark: float) -> int:
    """Points of a mark in seconds or metres; jumps count in centimetres."""
    kind, factor, base, power = DECATHLON[event]
    amount = mark * 100 if kind == "jump" else mark
    gap = base - amount if kind == "track" else amount - base
    return math.floor(factor * gap**power + 1e-9) if gap > 0 else 0


def bowling_frames(rolls: list[int]) -> tuple[list[int | None], int]:
    """Total after each frame that is begun (None where later rolls decide), and the best score still possible.

    Raises InvalidArgument for rolls that no game has.
    """
    return _frames(rolls), (_frames([*rolls, *_strikes_after(rolls)])[-1] or 0)


@cache
def darts_finish(score: int, darts: int) -> tuple[str, ...] | None:
    """A finish on a double with the fewest darts, preferring high trebles and even doubles; None if there is none."""
    for count in range(1, darts + 1):
        found = _finish(score, count)
        if found:
            return found
    return None


@cache
def _finish(score: int, darts: int) -> tuple[str, ...] | None:
    if darts == 1:
        double = f"D{score // 2}"
        return (double,) if score % 2 == 0 and double in DARTS else None
    for dart in sorted(DARTS, key=lambda name: (name[0] == "D", -DARTS[name])):
        rest = _finish(score - DARTS[dart], darts - 1) if score - DARTS[dart] >= 2 else None
        if rest:
            return (dart, *rest)
    return None


def _frames(rolls: list[int]) -> list[int | None]:
    totals: list[int | None] = []
    place, total = 0, 0
    for frame in range(1, 11):
        if place >= len(rolls):
            return totals
        first, *rest = rolls[place : place + 3]
        strike, second = first == 10, rest[0] if rest else None
        if not strike and second is not None and first + second > 10:
            raise InvalidArgument(f"rolls: {first} and {second} in frame {frame} are over 10 pins")
        needed = 3 if strike or (second is not None and first + second == 10) else 2
        known = len(rolls) - place >= needed
        total += sum(rolls[place : place + needed])
        totals.append(total if known else None)
        if frame == 10:
            _check_last(rolls[place:], needed)
        place += 1 if strike else 2
    return totals


def _check_last(rolls: list[int], needed: int) -> None:
    if len(rolls) > needed:
        raise InvalidArgument(f"rolls: there are {len(rolls) - needed} rolls after the end of the game")
    if len(rolls) == 3 and rolls[0] == 10 and rolls[1] != 10 and rolls[1] + rolls[2] > 10:
        raise InvalidArgument(f"rolls: {rolls[1]} and {rolls[2]} in frame 10 are over 10 pins")


def _strikes_after(rolls: list[int]) -> list[int]:
    """The best rolls that can follow."""
    place = frame = 0
    while frame < 9 and place < len(rolls):
        if rolls[place] != 10 and place + 1 == len(rolls):
            return [10 - rolls[place], *[10] * (9 - frame + 2)]
        place += 1 if rolls[place] == 10 else 2
        frame += 1
    last = rolls[place:]
    if frame < 9 or not last:
        return [10] * (12 - frame if not last else 0)
    if len(last) == 1:
        return [10, 10] if last[0] == 10 else [10 - last[0], 10]
    if len(last) == 2 and (last[0] == 10 or sum(last) == 10):
        return [10] if last[0] != 10 or last[1] == 10 else [10 - last[1]]
    return []
