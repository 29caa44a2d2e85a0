"""Choices that are provably best: tours, knapsacks, assignments, schedules, linear programs."""

import itertools
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CityName
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.geography.cities import find_city, great_circle_km
from mock_apis.transport.fuel_ev import TripLength

optimization = Domain(
    "optimization", category="mathematics", description="Best tours, packings, assignments, schedules."
)

Whole = Annotated[int, Field(ge=1, le=10_000)]
Cost = Annotated[float, Field(ge=0, le=1_000_000)]
Coefficient = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]


class Item(Record):
    name: str
    weight: Whole
    value: Annotated[int, Field(ge=0, le=1_000_000)]


class Packing(Record):
    chosen: list[str]
    weight: int
    value: int


class Tour(Record):
    cities: list[CityName]
    """In the order of the shortest way; a round trip ends where it starts."""
    distance_km: TripLength


class Assigned(Record):
    columns: list[int]
    """For each row the column that it gets, counted from 1."""
    total: float


class Interval(Record):
    name: str
    start: Annotated[int, Field(ge=0, le=100_000)]
    end: Annotated[int, Field(ge=0, le=100_000)]


class Schedule(Record):
    chosen: list[str]
    rooms_for_all: int
    """Rooms in which all intervals could take place side by side."""


class Coins(Record):
    coins: list[int]
    count: int


class Program(Record):
    values: list[float]
    objective: float


@optimization.tool(
    example={"cities": ["Paris", "Madrid", "Rome", "Berlin"], "round_trip": True}, errors=[NotFound], kind="computation"
)
def city_tour(
    w: World, cities: Annotated[list[CityName], Field(min_length=2, max_length=8)], round_trip: bool = True
) -> Tour:
    """Find the shortest way through several cities from the first one.

    cities: Two to eight different city names, the start first; distances are great circles.
    round_trip: Whether the way leads back to the start.
    """
    if len(set(cities)) != len(cities):
        raise InvalidArgument("cities: a city is given twice")
    places = [(city.latitude, city.longitude) for city in map(find_city, cities)]
    gaps = [[great_circle_km(one, two) for two in places] for one in places]
    size = len(cities)
    best: dict[tuple[int, int], tuple[float, int]] = {(1, 0): (0.0, -1)}
    for visited in range(1, 1 << size, 2):
        for last in range(size):
            if (visited, last) not in best:
                continue
            for following in range(1, size):
                if not visited >> following & 1:
                    key = (visited | 1 << following, following)
                    length = best[(visited, last)][0] + gaps[last][following]
                    if key not in best or length < best[key][0]:
                        best[key] = (length, last)
    full = (1 << size) - 1
    end = min(range(1, size), key=lambda last: best[(full, last)][0] + (gaps[last][0] if round_trip else 0.0))
    total = best[(full, end)][0] + (gaps[end][0] if round_trip else 0.0)
    order, visited, last = [], full, end
    while last >= 0:
        order.append(cities[last])
        visited, last = visited & ~(1 << last), best[(visited, last)][1]
    return Tour(cities=[*order[::-1], *([cities[0]] if round_trip else [])], distance_km=round(total, 1))


@optimization.tool(
    example={
        "items": [
            {"name": "tent", "weight": 5, "value": 10},
            {"name": "stove", "weight": 4, "value": 40},
            {"name": "rope", "weight": 6, "value": 30},
        ],
        "capacity": 10,
    },
    kind="computation",
)
def knapsack(
    w: World,
    items: Annotated[list[Item], Field(min_length=1, max_length=20)],
    capacity: Annotated[int, Field(ge=1, le=2000)],
) -> Packing:
    """Choose the items of greatest value that a weight limit allows.

    items: One to twenty items with a whole weight and value; each can be taken once.
    capacity: Largest total weight, 1 to 2000.
    """
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (capacity + 1)
    for at, item in enumerate(items):
        for room in range(capacity, item.weight - 1, -1):
            value, chosen = best[room - item.weight]
            if value + item.value > best[room][0]:
                best[room] = (value + item.value, (*chosen, at))
    value, chosen = best[capacity]
    return Packing(
        chosen=[items[at].name[:60] for at in chosen], weight=sum(items[at].weight for at in chosen), value=value
    )


@optimization.tool(example={"costs": [[9, 2, 7], [6, 4, 3], [5, 8, 1]]}, kind="computation")
def assign(
    w: World,
    costs: Annotated[list[Annotated[list[Cost], Field(min_length=2, max_length=8)]], Field(min_length=2, max_length=8)],
) -> Assigned:
    """Assign each row (worker) its own column (job) at the least total cost.

    costs: Square table, one row a worker and one number a job, two to eight of each.
    """
    size = len(costs)
    if any(len(row) != size for row in costs):
        raise InvalidArgument(f"costs must have {size} numbers in each of its {size} rows")
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for row in costs:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for taken, (total, columns) in best.items():
            for column in range(size):
                key = taken | 1 << column
                if not taken >> column & 1 and (key not in following or total + row[column] < following[key][0]):
                    following[key] = (total + row[column], (*columns, column + 1))
        best = following
    total, columns = best[(1 << size) - 1]
    return Assigned(columns=list(columns), total=total)


@optimization.tool(
    example={
        "intervals": [
            {"name": "a", "start": 1, "end": 4},
            {"name": "b", "start": 3, "end": 5},
            {"name": "c", "start": 4, "end": 7},
        ]
    },
    kind="computation",
)
def schedule(w: World, intervals: Annotated[list[Interval], Field(min_length=1, max_length=30)]) -> Schedule:
    """Choose as many intervals as possible that do not overlap.

    intervals: One to thirty, in any unit of time; one may begin when another ends.
    """
    for one in intervals:
        if one.end <= one.start:
            raise InvalidArgument(f"intervals: '{one.name[:40]}' ends at {one.end}, not after its start {one.start}")
    chosen: list[Interval] = []
    for one in sorted(intervals, key=lambda row: (row.end, row.start, row.name)):
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    rooms = max(sum(other.start <= one.start < other.end for other in intervals) for one in intervals)
    return Schedule(chosen=[one.name[:60] for one in chosen], rooms_for_all=rooms)


@optimization.tool(
    example={"amount": 67, "coins": [1, 2, 5, 10, 20, 50]}, errors=[FailedPrecondition], kind="computation"
)
def make_change(
    w: World,
    amount: Annotated[int, Field(ge=1, le=5000)],
    coins: Annotated[list[Whole], Field(min_length=1, max_length=12)],
) -> Coins:
    """Pay an amount with as few coins as possible.

    amount: Amount in the smallest unit, such as cents, 1 to 5000.
    coins: Values of the coins in the same unit, of each as many as needed.
    """
    values = sorted(set(coins))
    least: list[int] = [0]
    used: list[int] = [0]
    for part in range(1, amount + 1):
        options = [(least[part - coin], -coin) for coin in values if coin <= part and least[part - coin] < amount + 1]
        count, coin = min(options, default=(amount + 1, 0))
        least.append(count + 1 if options else amount + 1)
        used.append(-coin)
    if used[amount] == 0:
        raise FailedPrecondition(f"amount {amount} cannot be paid with coins {values}")
    if least[amount] > 1000:
        raise FailedPrecondition(f"amount {amount} takes {least[amount]} coins, over 1000")
    paid: list[int] = []
    while amount:
        paid.append(used[amount])
        amount -= used[amount]
    return Coins(coins=sorted(paid, reverse=True), count=len(paid))


@optimization.tool(
    example={"maximise": [3, 5], "limits": [[1, 0], [0, 2], [3, 2]], "right_side": [4, 12, 18]},
    errors=[FailedPrecondition],
    kind="computation",
)
def linear_program(
    w: World,
    maximise: Annotated[list[Coefficient], Field(min_length=1, max_length=3)],
    limits: Annotated[
        list[Annotated[list[Coefficient], Field(min_length=1, max_length=3)]], Field(min_length=1, max_length=6)
    ],
    right_side: Annotated[list[Coefficient], Field(min_length=1, max_length=6)],
) -> Program:
    """Maximise a linear sum of up to three amounts under upper limits.

    maximise: Gain for one unit of each amount; amounts are not negative.
    limits: One row a limit: what one unit of each amount uses.
    right_side: What there is for each limit: the row's sum must not exceed it.
    """
    size = len(maximise)
    if len(limits) != len(right_side) or any(len(row) != size for row in limits):
        raise InvalidArgument("limits must have one row for each right_side and one number for each of maximise")
    gain = [Fraction(str(number)) for number in maximise]
    rows = [([Fraction(str(n)) for n in row], Fraction(str(b))) for row, b in zip(limits, right_side, strict=True)]
    rows += [([Fraction(-(at == column)) for column in range(size)], Fraction(0)) for at in range(size)]
    corners = corners_of(rows, size)
    if not corners:
        raise FailedPrecondition("limits leave no amounts that satisfy them all")
    if is_unbounded(rows[: len(limits)], gain):
        raise FailedPrecondition("maximise grows without end under these limits")
    best = max(corners, key=lambda x: (sum(g * v for g, v in zip(gain, x, strict=True)), x))
    return Program(
        values=[float(v) for v in best], objective=float(sum(g * v for g, v in zip(gain, best, strict=True)))
    )


def corners_of(rows: list[tuple[list[Fraction], Fraction]], size: int) -> list[tuple[Fraction, ...]]:
    """The corners of the region where every row's sum is at most its right side."""
    from mock_apis.mathematics.matrices import dot, reduce

    found: dict[tuple[Fraction, ...], None] = {}
    for chosen in itertools.combinations(rows, size):
        wide = [[*row, right] for row, right in chosen]
        if reduce(wide)[:size] == list(range(size)):
            point = [row[-1] for row in wide]
            if all(dot(row, point) <= right for row, right in rows):
                found[tuple(point)] = None
    return list(found)


def is_unbounded(rows: list[tuple[list[Fraction], Fraction]], gain: list[Fraction]) -> bool:
    """Whether some direction of unit sum keeps to every limit and gains."""
    size = len(gain)
    cone = [(row, Fraction(0)) for row, _ in rows]
    cone += [([Fraction(-(at == column)) for column in range(size)], Fraction(0)) for at in range(size)]
    cone += [([Fraction(1)] * size, Fraction(1)), ([Fraction(-1)] * size, Fraction(-1))]
    return any(sum(g * v for g, v in zip(gain, x, strict=True)) > 0 for x in corners_of(cone, size))
